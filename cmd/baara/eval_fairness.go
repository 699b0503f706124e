package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// evalFairnessCmd compares who is seen with who could be. It reads the records
// of this installation, seeded or imported, and keeps nothing.
type evalFairnessCmd struct {
	JSON   bool   `name:"json" help:"Print one JSON object and nothing else."`
	Every  int    `default:"1" help:"Look at every n-th open vacancy only."`
	Invent int    `help:"Measure so many invented people in a throwaway installation instead."`
	Seed   uint64 `default:"1" help:"Which invented people."`
}

// fairGroup is how much a group is seen. A share of 1 is the group's part of
// its pool, however large the group is.
type fairGroup struct {
	By       string  `json:"by"` // sex, age, group or region
	Value    string  `json:"value"`
	Places   int     `json:"places"`          // places in pools, over all vacancies
	Eligible float64 `json:"of_eligible"`     // exposure against those who meet the hard conditions
	Fitting  float64 `json:"of_fitting"`      // exposure against those of them with any point
	Reach    float64 `json:"fitting_in_pool"` // how often somebody eligible has any point, against all
}

// fairnessReport is the answer, with what its numbers mean.
type fairnessReport struct {
	Definition string      `json:"definition"`
	Vacancies  int         `json:"vacancies"`
	Groups     []fairGroup `json:"groups"`
}

const fairnessDefinition = "Exposure of a place r of the first 20 is 1/log2(1+r); a vacancy gives 1 in all. " +
	"A group's number is its exposure over all vacancies, divided by the sum of its parts of each vacancy's pool: " +
	"1 means seen as often as its part of the pool says. Nothing listed here is known to the ranking."

// fewest is the number of places in pools below which a group is not shown: people could be told apart, and chance would speak.
const fewest = 30

// Run measures an installation, or an invented one.
func (c *evalFairnessCmd) Run(ctx context.Context, s *Settings) error {
	if c.Every < 1 {
		return errors.New("--every must be 1 or more")
	}
	if c.Invent > 0 {
		return withThrowaway(ctx, c.invented, c.report)
	}
	return withUseCases(ctx, s, func(core *wire.Core) (err error) {
		dir, err := os.MkdirTemp("", "baara-eval-")
		if err != nil {
			return fmt.Errorf("eval: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		quiet := slog.New(slog.DiscardHandler)
		live, err := index.Open(filepath.Join(dir, "index"), quiet)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, live.Close()) }()
		say("index")
		if err := feed.New(core.DB.Search(), live, core.Clock, quiet).Reindex(ctx); err != nil {
			return err
		}
		return c.report(ctx, throwaway{core: core, live: live})
	})
}

func (c *evalFairnessCmd) invented(ctx context.Context, t throwaway) error {
	say("invented people")
	if _, err := demoAgencies(ctx, t.core); err != nil {
		return err
	}
	_, err := t.core.Invent(ctx, wire.Invention{Seed: c.Seed, People: c.Invent, Vacancies: max(1, c.Invent/25)})
	return err
}

func (c *evalFairnessCmd) report(ctx context.Context, t throwaway) error {
	say("fairness")
	report, err := t.measureFairness(ctx, c.Every)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	fmt.Printf("%d vacancies. %s\n%-8s %-24s %10s %10s %10s %10s\n", report.Vacancies, report.Definition,
		"by", "value", "places", "eligible", "fitting", "reach")
	for _, g := range report.Groups {
		fmt.Printf("%-8s %-24s %10d %10.2f %10.2f %10.2f\n", g.By, g.Value, g.Places, g.Eligible, g.Fitting, g.Reach)
	}
	return nil
}

// fairTrait is one thing about people that the ranking must not know.
type fairTrait struct{ by, value string }

// fairTally is what came together for one trait.
type fairTally struct {
	people                int
	exposure              float64
	ofEligible, ofFitting float64 // the sum of parts of pools
	eligible, fitting     int
}

// measureFairness ranks for every open vacancy, and counts who of its pool is
// where. The pool is found by brute force: everybody who meets the conditions.
func (t throwaway) measureFairness(ctx context.Context, every int) (fairnessReport, error) {
	report := fairnessReport{Definition: fairnessDefinition}
	profiles, traits, err := t.everybody(ctx)
	if err != nil {
		return report, err
	}
	openings, err := t.openings(ctx)
	if err != nil {
		return report, err
	}
	day, engine := domain.DateOf(t.core.Clock.Now()), t.engine()
	sums := map[fairTrait]*fairTally{}
	allEligible, allFitting := 0, 0
	for i := 0; i < len(openings); i += every {
		o := openings[i]
		hits, err := engine.Candidates(ctx, o, day, matching.Page{Size: evalDepth})
		if err != nil {
			return report, err
		}
		if len(hits.Hits) == 0 {
			continue
		}
		report.Vacancies++
		pool := map[fairTrait]*fairTally{}
		at := func(f fairTrait) *fairTally {
			if pool[f] == nil {
				pool[f] = &fairTally{}
			}
			return pool[f]
		}
		eligible, fitting := 0, 0
		for id, p := range profiles {
			points, why := matching.Score(p, o, day, matching.DefaultWeights())
			if !why.Eligible() {
				continue
			}
			eligible++
			if points > 0 {
				fitting++
			}
			for _, f := range traits[id] {
				at(f).eligible++
				if points > 0 {
					at(f).fitting++
				}
			}
		}
		whole := 0.0
		for r := range hits.Hits {
			whole += exposure(r)
		}
		for r, h := range hits.Hits {
			for _, f := range traits[h.ID] {
				at(f).exposure += exposure(r) / whole
			}
		}
		allEligible, allFitting = allEligible+eligible, allFitting+fitting
		for f, one := range pool {
			sum := sums[f]
			if sum == nil {
				sum = &fairTally{}
				sums[f] = sum
			}
			sum.people += one.eligible
			sum.exposure += one.exposure
			sum.ofEligible += part(one.eligible, eligible)
			sum.ofFitting += part(one.fitting, fitting)
			sum.fitting += one.fitting
		}
	}
	for f, s := range sums {
		if s.people < fewest {
			continue
		}
		report.Groups = append(report.Groups, fairGroup{
			By: f.by, Value: f.value, Places: s.people, Eligible: ratio(s.exposure, s.ofEligible), Fitting: ratio(s.exposure, s.ofFitting),
			Reach: ratio(part(s.fitting, s.people), part(allFitting, allEligible)),
		})
	}
	slices.SortFunc(report.Groups, compareFairGroups)
	return report, nil
}

func exposure(place int) float64 { return 1 / math.Log2(float64(place)+2) }

func part(n, of int) float64 { return float64(n) / float64(max(1, of)) }

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return math.Round(100*a/b) / 100
}

// everybody reads the people who may be matched, and what the ranking does not know of them.
func (t throwaway) everybody(ctx context.Context) (map[domain.ID]matching.Profile, map[domain.ID][]fairTrait, error) {
	profiles, traits := map[domain.ID]matching.Profile{}, map[domain.ID][]fairTrait{}
	day := domain.DateOf(t.core.Clock.Now())
	var last domain.ID
	for {
		ids, err := t.core.DB.Search().PeopleAfter(ctx, last, 1000)
		if err != nil || len(ids) == 0 {
			return profiles, traits, err
		}
		last = ids[len(ids)-1]
		records, err := t.core.DB.Search().People(ctx, ids)
		if err != nil {
			return nil, nil, err
		}
		region := map[domain.ID]string{}
		for _, r := range records {
			profiles[r.Profile.ID], region[r.Profile.ID] = r.Profile, r.Region
		}
		err = t.core.DB.View(ctx, domain.System(), func(tx domain.Tx) error {
			people, err := t.core.Persons().Many(ctx, tx, ids)
			for _, p := range people {
				traits[p.ID] = traitsOf(p, region[p.ID], day)
			}
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
}

func traitsOf(p person.Person, region string, day domain.Date) []fairTrait {
	sex := string(p.Sex)
	if p.Sex == person.SexUnknown {
		sex = "unknown"
	}
	age := "unknown"
	if years, known := p.Birth.Age(day); known {
		age = "50+"
		for _, band := range []struct {
			below int
			name  string
		}{{25, "under 25"}, {35, "25-34"}, {50, "35-49"}} {
			if years < band.below {
				age = band.name
				break
			}
		}
	}
	if region == "" {
		region = "elsewhere"
	}
	out := []fairTrait{{"sex", sex}, {"age", age}, {"region", region}}
	for _, g := range p.Groups {
		out = append(out, fairTrait{"group", string(g)})
	}
	if len(p.Groups) == 0 {
		out = append(out, fairTrait{"group", "none"})
	}
	return out
}

// openings reads the published vacancies as matching knows them.
func (t throwaway) openings(ctx context.Context) ([]matching.Opening, error) {
	var out []matching.Opening
	var last domain.ID
	for {
		ids, err := t.core.DB.Search().VacanciesAfter(ctx, last, 1000)
		if err != nil || len(ids) == 0 {
			return out, err
		}
		last = ids[len(ids)-1]
		records, err := t.core.DB.Search().Vacancies(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			out = append(out, r.Opening)
		}
	}
}
