package public

import (
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/proof"
	"github.com/baara-platform/baara/web/ui"
)

// checkView is the data of "public/check".
type checkView struct {
	Form            *form.Form
	Answers, Agreed ui.KeyValues
	HelperName      string
	Complete        bool
	Proof           proof.View
	Continue        ui.Button
}

// check shows every answer before the form is sent.
func (p *pages) check(c *web.Context) (web.Page, error) {
	d, err := p.draft(c)
	if err != nil {
		return web.Page{}, err
	}
	if !d.open() {
		return web.Redirect(startPath, ""), nil
	}
	return p.checkPage(c, d, c.NewForm())
}

func (p *pages) checkPage(c *web.Context, d draft, f *form.Form) (web.Page, error) {
	lines, err := profile.Lines(c, p.kit(), d.Answers)
	if err != nil {
		return web.Page{}, err
	}
	v := checkView{Form: f, HelperName: d.Answers.HelperName, Complete: d.Step == "check" && !p.remaining(d.Answers)}
	v.Continue = ui.Button{Text: c.T("public.underway.continue"), URL: p.unanswered(d), Icon: "arrow-right"}
	for _, line := range lines {
		v.Answers = append(v.Answers, ui.KeyValue{Key: line.Key, Value: words(c, line), ChangeURL: pathOf(line.Question) + "?" + changing + "=1"})
	}
	for _, purpose := range person.Asked() {
		answer := c.T("public.check.no")
		for _, given := range d.Answers.Consents {
			if given == purpose {
				answer = c.T("public.check.yes")
			}
		}
		v.Agreed = append(v.Agreed, ui.KeyValue{
			Key: profile.Ask(c, purpose).Title, Value: answer, ChangeURL: pathOf("consents") + "?" + changing + "=1",
		})
	}
	if v.Complete {
		if v.Proof, err = proof.Of(c, p.Work, watch.ForRegistration, workPath); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{
		Template: "public/check", Title: c.T("public.check.title"), Data: v, Form: f, Focused: true, NoIndex: true,
		Back: &ui.Link{Text: c.T("common.back"), URL: pathOf("consents")},
	}, nil
}

// unanswered is the first page that still needs an answer.
func (p *pages) unanswered(d draft) string {
	switch {
	case d.Step != "check":
		return reachedPath(d.Step)
	case d.Answers.FullName() == "":
		return pathOf("names")
	}
	return pathOf("birth")
}

// words shows what was said, or that nothing was.
func words(c *web.Context, line profile.Line) any {
	if len(line.Words) == 0 {
		return c.T("public.check.nothing")
	}
	if line.Typed {
		return ui.Data(strings.Join(line.Words, " · "))
	}
	return strings.Join(line.Words, " · ")
}

// send registers the person.
func (p *pages) send(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	d, err := p.draft(c)
	if err != nil {
		return web.Page{}, err
	}
	if d.token == "" {
		return web.Redirect(startPath, "public.register.lost"), nil
	}
	if err = edge.From(c.Context()).SpendPublic(c.Context()); err == nil {
		err = proof.Try(proof.Read(f), func(solution string) error {
			_, err := p.Jobseekers.Register(c.Context(), c.Act(f), person.Send{Token: d.token, Work: solution})
			return err
		})
	}
	if _, again := domain.Replayed(err); err == nil || again {
		return web.Redirect(donePath, ""), nil
	}
	if !f.Explain(err) || !d.open() {
		return web.Page{}, err
	}
	return p.checkPage(c, d, f)
}

// doneView is the data of "public/done".
type doneView struct {
	Reference, Agency, Place string
	On                       domain.Date
	Phone                    string
	Waits                    bool // it came without proof of work
	Forget                   ui.Button
}

// done is the receipt.
func (p *pages) done(c *web.Context) (web.Page, error) {
	d, err := p.draft(c)
	if err != nil {
		return web.Page{}, err
	}
	if d.token == "" || d.PersonID.IsZero() {
		return web.Redirect(startPath, ""), nil
	}
	receipt, err := p.Jobseekers.Receipt(c.Context(), c.Actor, d.token)
	if err != nil {
		return web.Page{}, err
	}
	agency, err := p.Agencies.Get(c.Context(), c.Actor, receipt.AgencyID)
	if err != nil {
		return web.Page{}, err
	}
	v := doneView{
		Reference: receipt.Reference, Agency: agency.Name, On: receipt.RegisteredOn, Phone: agency.Phone, Waits: receipt.Quarantined,
		Forget: ui.Button{Text: c.T("public.done.forget"), URL: "/register/forget", Post: true, Secondary: true, Token: c.NewForm().Token},
	}
	if area, ok := p.Places.Present().Area(agency.PlaceCode); ok {
		v.Place, _ = area.Names.In(string(c.Tag()))
	}
	return web.Page{Template: "public/done", Title: c.T("public.done.title"), Data: v, NoIndex: true, Focused: true}, nil
}
