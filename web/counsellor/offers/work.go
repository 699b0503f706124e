package offers

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// workQuestion is an act on a placement: name is its transition, path its address, done is said afterwards.
type workQuestion struct{ name, path, done string }

func workQuestions() []workQuestion {
	return []workQuestion{
		{"start", "start", "offers.work.done.start"}, {"no_start", "no-start", "offers.work.done.no_start"},
		{"end", "end", "offers.work.done.end"}, {"convert", "convert", "offers.work.done.convert"},
	}
}

type workView struct {
	Form     *form.Form
	Question string
	Action   string
	Version  int
	Back     string
	Name     string
	Vacancy  string
	Kinds    []ui.Option
	Stale    *ui.Notice
}

func (p *pages) workPage(c *web.Context, q workQuestion, f *form.Form) (web.Page, error) {
	row, err := p.openPlacement(c)
	if err != nil {
		return web.Page{}, err
	}
	one := row.Placement
	if !p.may(c, access.PlacementUpdate, one.Facts()) {
		return web.Page{}, domain.Forbidden("offers.work")
	}
	if q.name == "start" && f.Value("on-year") == "" && !f.Failed() {
		f.SetDate("on", one.StartsOn, "")
	}
	url := placementURL(one.ID)
	v := workView{
		Form: f, Question: q.name, Action: url + "/" + q.path, Version: one.Version, Back: url, Name: placedName(row), Vacancy: row.VacancyTitle,
		Kinds: vacancy.Contracts(c),
	}
	if f.Kind() == domain.KindStale {
		v.Stale = &ui.Notice{
			Tone: ui.Warning, Title: c.T("common.conflict.title"), Text: c.T("employer.answer.now", "State", placementTag(c, one).Text),
		}
	}
	return web.Page{
		Template: "offers/work", Title: c.T("offers.work.title."+q.name, "Name", row.VacancyReference, "Vacancy", row.VacancyTitle), Data: v, Form: f,
		Nav: vacanciesPath, Back: &ui.Link{Text: placedName(row), URL: url},
	}, nil
}

func (p *pages) workForm(q workQuestion) web.Handler {
	return func(c *web.Context) (web.Page, error) { return p.workPage(c, q, c.NewForm()) }
}

// work carries out the act and shows the placement, after a conversion the one that follows.
func (p *pages) work(q workQuestion) web.Handler {
	return func(c *web.Context) (web.Page, error) {
		id, f, err := posted(c)
		if err != nil {
			return web.Page{}, err
		}
		in := placement.Act{ID: id, Version: desk.Version(f)}
		on := f.Date("on")
		if q.name != "no_start" && on.IsZero() && f.ErrorFor("on") == nil {
			f.Fail("on", "error.required")
		}
		kind := employer.ContractKind(f.Choice("kind", desk.Values(vacancy.Contracts(c))...))
		ends := f.Date("ends_on")
		in.Reason = f.Text("reason", maxWords)
		if q.name == "convert" {
			f.Require("error.required", "kind")
		}
		if !f.Failed() {
			next := id
			switch q.name {
			case "start":
				_, err = p.Placements.Start(c.Context(), c.Act(f), placement.Start{Act: in, On: on})
			case "no_start":
				_, err = p.Placements.NoStart(c.Context(), c.Act(f), in)
			case "end":
				_, err = p.Placements.End(c.Context(), c.Act(f), placement.End{Act: in, On: on})
			default:
				var successor placement.Placement
				successor, err = p.Placements.Convert(c.Context(), c.Act(f), placement.Convert{Act: in, On: on, Kind: kind, EndsOn: ends})
				if err == nil {
					next = successor.ID
				}
			}
			if desk.Settled(err) {
				return web.Redirect(placementURL(next), q.done), nil
			}
			if !f.Explain(err) {
				return web.Page{}, err
			}
		}
		return p.workPage(c, q, f)
	}
}
