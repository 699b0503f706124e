package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// maxHint bounds what names somebody hidden, in characters.
const maxHint = 200

type askView struct {
	Form      *form.Form
	URL, Back string
	Hint      string
	Name      string      // of whom is offered
	Agencies  []ui.Option // to offer to
	Max       int
}

// askForm asks another agency for the file of somebody hidden in a search. The hint of the address says to nobody else who it is.
func (p *pages) askForm(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("hint", c.Query("hint"))
	return p.askPage(c, f)
}

func (p *pages) askPage(c *web.Context, f *form.Form) (web.Page, error) {
	v := askView{Form: f, URL: transfersPath + "/ask", Back: searchPath, Hint: f.Value("hint"), Max: casework.MaxReason}
	if v.Hint == "" {
		return web.Page{}, domain.NotFound("counsellor.ask")
	}
	return web.Page{
		Template: "counsellor/transferask", Title: c.T("counsellor.ask_transfer.title"), Data: v, Form: f, Nav: searchPath,
		Back: &ui.Link{Text: c.T("counsellor.search.title"), URL: searchPath},
	}, nil
}

func (p *pages) ask(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := casework.AskTransfer{Hint: f.Text("hint", maxHint), Reason: f.Paragraph("reason", casework.MaxReason)}
	f.Require("error.required", "reason")
	if !f.Failed() {
		_, err = p.Transfers.Ask(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(transfersPath, "counsellor.ask_transfer.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.askPage(c, f)
}

// offerForm offers somebody's file to another agency.
func (p *pages) offerForm(c *web.Context) (web.Page, error) { return p.offerPage(c, c.NewForm()) }

func (p *pages) offerPage(c *web.Context, f *form.Form) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, id, access.TransferGive)
	if err != nil {
		return web.Page{}, err
	}
	if !may[access.TransferGive] {
		return web.Page{}, domain.Forbidden("counsellor.offer")
	}
	v := askView{Form: f, URL: personURL(id) + "/transfer", Back: personURL(id), Name: nameOf(who), Max: casework.MaxReason}
	agencies, err := p.Agencies.List(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	for _, a := range agencies {
		if a.ID != c.Actor.AgencyID && a.ClosedAt.IsZero() {
			v.Agencies = append(v.Agencies, ui.Option{Value: string(a.ID), Label: a.Name})
		}
	}
	return web.Page{
		Template: "counsellor/transferask", Title: c.T("counsellor.offer_transfer.title", "Name", who.Reference), Data: v, Form: f, Nav: home + "/cases",
		Back: &ui.Link{Text: v.Name, URL: personURL(id)},
	}, nil
}

func (p *pages) offer(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	agency := f.Text("agency", 40)
	in := casework.OfferTransfer{PersonID: id, Reason: f.Paragraph("reason", casework.MaxReason)}
	f.Require("error.required", "agency", "reason")
	if !f.Failed() {
		if in.AgencyID, err = domain.ParseID(agency); err != nil {
			f.Fail("agency", "error.choice")
		}
	}
	if !f.Failed() {
		made, err := p.Transfers.Offer(c.Context(), c.Act(f), in)
		if err == nil {
			return web.Redirect(transferURL(made.ID), "counsellor.offer_transfer.done"), nil
		}
		if done, repeated := domain.Replayed(err); repeated {
			return web.Redirect(transferURL(done), "counsellor.offer_transfer.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.offerPage(c, f)
}
