package demo

import (
	"embed"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/taxonomy"
)

//go:embed data
var files embed.FS

// trade is what somebody does, with the skills it takes.
type trade struct {
	occupation domain.ID
	isco       string
	label      string // "maçon/maçonne"
	man, woman string // the two forms of it
	essential  []skill
	optional   []skill

	isic               string
	weight, women      int
	iscedMin, iscedMax int
	wageMin, wageMax   int
	licence            string
}

type skill struct {
	concept domain.ID
	words   string
}

type region struct {
	code                   string
	weight, received, fled int
	speaks                 []string
}

type country struct {
	code    string
	weight  int
	through []string
	regular int // percent
}

type trader struct { // an employer's section and words
	isic, kind string
	heads      []string
}

// data is what the tables say.
type data struct {
	trades    []trade
	regions   []region
	countries []country
	employers []trader
	names     map[string][]string
}

func readData(release taxonomy.Release, concepts map[string]domain.ID) (*data, error) {
	d := &data{names: map[string][]string{}}
	err := errors.Join(
		each("names", "kind,names", func(r table.Row) error {
			d.names[r.Get("kind")] = list(r.Get("names"))
			return nil
		}),
		each("regions", "region,weight,received,fled,speaks", func(r table.Row) error {
			n, err := numbers(r, "weight", "received", "fled")
			d.regions = append(d.regions, region{r.Get("region"), n[0], n[1], n[2], list(r.Get("speaks"))})
			return err
		}),
		each("countries", "country,weight,through,regular", func(r table.Row) error {
			n, err := numbers(r, "weight", "regular")
			d.countries = append(d.countries, country{r.Get("country"), n[0], list(r.Get("through")), n[1]})
			return err
		}),
		each("employers", "isic,kind,head", func(r table.Row) error {
			d.employers = append(d.employers, trader{r.Get("isic"), r.Get("kind"), list(r.Get("head"))})
			return nil
		}),
		d.readTrades(release, concepts),
	)
	return d, err
}

// readTrades joins the table of trades with Baara's own occupations.
func (d *data) readTrades(release taxonomy.Release, concepts map[string]domain.ID) error {
	drafts := map[string]taxonomy.Draft{} // by address
	byStarter := map[string]taxonomy.Draft{}
	for _, c := range release.Concepts {
		drafts[c.URI] = c
		if c.Kind == taxonomy.Occupation {
			byStarter[c.StarterID] = c
		}
	}
	needs := map[string][]taxonomy.DraftRelation{}
	for _, r := range release.Relations {
		needs[r.From] = append(needs[r.From], r)
	}
	return each("trades", "trade,isic,weight,women,isced_min,isced_max,wage_min,wage_max,licence", func(r table.Row) error {
		n, err := numbers(r, "weight", "women", "isced_min", "isced_max", "wage_min", "wage_max")
		occupation, ok := byStarter[r.Get("trade")]
		if err != nil || !ok {
			return errors.Join(err, fmt.Errorf("trade %q", r.Get("trade")))
		}
		t := trade{
			occupation: concepts[occupation.URI], isco: occupation.ISCO, label: french(occupation), isic: r.Get("isic"),
			weight: n[0], women: n[1], iscedMin: n[2], iscedMax: n[3], wageMin: n[4], wageMax: n[5], licence: r.Get("licence"),
		}
		t.man, t.woman = forms(t.label)
		for _, need := range needs[occupation.URI] {
			s := skill{concepts[need.To], french(drafts[need.To])}
			if need.Kind == taxonomy.Essential {
				t.essential = append(t.essential, s)
			} else {
				t.optional = append(t.optional, s)
			}
		}
		d.trades = append(d.trades, t)
		return nil
	})
}

func french(c taxonomy.Draft) string {
	for _, l := range c.Labels {
		if l.Lang == "fr" && l.Preferred {
			return l.Text
		}
	}
	return ""
}

// forms gives what a man and what a woman says of "coiffeur/coiffeuse pour
// hommes" and of "ouvrier agricole/ouvrière agricole".
func forms(label string) (man, woman string) {
	first, second, pair := strings.Cut(label, "/")
	if !pair {
		return label, label
	}
	_, tail, more := strings.Cut(second, " ")
	if more && !strings.Contains(first, " ") {
		first += " " + tail
	}
	return first, second
}

// each reads a table; any problem is an error.
func each(name, columns string, fn func(table.Row) error) error {
	file, err := files.Open("data/" + name + ".csv")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer func() { _ = file.Close() }()
	rows, err := table.Open(name, file, strings.Split(columns, ","), table.WithComments())
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	var failed error
	problems, err := rows.Each(func(row table.Row) *table.Problem {
		if err := fn(row); err != nil && failed == nil {
			failed = fmt.Errorf("demo: %s line %d: %w", name, row.Line, err)
		}
		return nil
	})
	if len(problems) > 0 {
		failed = errors.Join(failed, &table.Error{Problem: problems[0]})
	}
	return errors.Join(err, failed)
}

func numbers(r table.Row, columns ...string) ([]int, error) {
	out := make([]int, len(columns))
	for i, c := range columns {
		n, err := strconv.Atoi(r.Get(c))
		if err != nil {
			return out, fmt.Errorf("%s: %w", c, err)
		}
		out[i] = n
	}
	return out, nil
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}
