package offers

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Decisions about a vacancy that waits for a reader.
const (
	decidePublish  = "publish"
	decideReturn   = "return"
	decideHold     = "hold"
	decideWithdraw = "withdraw"
)

type reviewView struct {
	Form       *form.Form
	Action     string
	Version    int
	Title      string
	Notice     *ui.Notice
	Paragraphs []string
	Facts      ui.KeyValues
	Decisions  []ui.Option
	Back       string
	Edit       string // address where the text is changed, "" where this reader may not
}

// decisions are what may become of a vacancy that waits. One that the desk recorded has nobody to be sent back to: it is
// corrected here, or taken off.
func (p *pages) decisions(c *web.Context, v employer.Vacancy) []ui.Option {
	var out []ui.Option
	add := func(name, hint string) {
		o := ui.Option{Value: name, Label: c.T("offers.review.decision." + name)}
		if hint != "" {
			o.Hint = c.T(hint)
		}
		out = append(out, o)
	}
	can := func(name string) bool { return offered(employer.Machine(), v.State, c.Actor.Role, name) }
	if can(decidePublish) {
		hint := ""
		if v.Reason == employer.HeldFee || len(v.FeeWords()) > 0 {
			hint = "offers.review.publish_fee"
		}
		add(decidePublish, hint)
	}
	if can(decideReturn) && !v.OrganisationID.IsZero() && v.RecordedBy.IsZero() {
		add(decideReturn, "offers.review.return_hint")
	}
	if can(decideHold) {
		add(decideHold, "")
	}
	if can(decideWithdraw) && !v.RecordedBy.IsZero() && p.may(c, access.VacancySuspend, v.Facts()) {
		add(decideWithdraw, "")
	}
	return out
}

func (p *pages) reviewForm(c *web.Context) (web.Page, error) { return p.reviewPage(c, c.NewForm()) }

func (p *pages) reviewPage(c *web.Context, f *form.Form) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	if !toReview(v) && f.Kind() != domain.KindStale {
		return web.Redirect(vacancyURL(v.ID), "offers.review.decided"), nil
	}
	view := reviewView{
		Form: f, Action: vacancyURL(v.ID) + "/review", Version: v.Version, Title: v.Title, Notice: state(c, v), Back: vacancyURL(v.ID),
		Decisions: p.decisions(c, v),
	}
	for line := range strings.Lines(v.Description) {
		if line = strings.TrimSpace(line); line != "" {
			view.Paragraphs = append(view.Paragraphs, line)
		}
	}
	if p.may(c, access.VacancyUpdate, v.Facts()) && editable(v) {
		view.Edit = vacancyURL(v.ID) + "/edit"
	}
	if view.Facts, err = p.facts(c, v); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "offers/review", Title: c.T("offers.review.title", "Vacancy", v.Title), Data: view, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: v.Title, URL: vacancyURL(v.ID)},
	}, nil
}

// review carries out the decision. Everything but an ordinary publication needs words, which stay in the history.
func (p *pages) review(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	v, err := p.Vacancies.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	decision := f.Choice("decision", decidePublish, decideReturn, decideHold, decideWithdraw)
	in := employer.VacancyAct{ID: id, Version: desk.Version(f), Reason: f.Text("reason", maxWords)}
	f.Require("error.required", "decision")
	if decision != "" && (decision != decidePublish || v.Reason == employer.HeldFee || len(v.FeeWords()) > 0) {
		f.Require("offers.review.words_missing", "reason")
	}
	if !f.Failed() {
		act := map[string]func() (employer.Vacancy, error){
			decidePublish:  func() (employer.Vacancy, error) { return p.Vacancies.Publish(c.Context(), c.Act(f), in) },
			decideReturn:   func() (employer.Vacancy, error) { return p.Vacancies.Return(c.Context(), c.Act(f), in) },
			decideHold:     func() (employer.Vacancy, error) { return p.Vacancies.Hold(c.Context(), c.Act(f), in) },
			decideWithdraw: func() (employer.Vacancy, error) { return p.Vacancies.Withdraw(c.Context(), c.Act(f), in) },
		}[decision]
		_, err := act()
		if desk.Settled(err) {
			return web.Redirect(vacancyURL(id), "offers.review.done."+decision), nil
		}
		if !f.Explain(incomplete(err)) {
			return web.Page{}, err
		}
	}
	return p.reviewPage(c, f)
}

// incomplete names in whole sentences what a vacancy lacks, where its own fields are not on the page.
func incomplete(err error) error {
	return desk.Renamed(err, func(name string) string {
		if name == "reason" || name == "posts" || name == "open_until" {
			return name
		}
		return ""
	})
}
