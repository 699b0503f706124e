package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const transfersPath = home + "/transfers"

func transferURL(id domain.ID) string { return transfersPath + "/" + string(id) }

func (p *pages) routesTransfers(r *web.Router, desk web.Who) {
	r.Get(transfersPath, "counsellor.transfers", desk, p.transfers)
	r.Get(transfersPath+"/ask", "counsellor.transfer.ask_form", desk, p.askForm)
	r.Post(transfersPath+"/ask", "counsellor.transfer.ask", desk, p.ask)
	r.Get(transfersPath+"/{id}", "counsellor.transfer", desk, p.transfer)
	r.Post(transfersPath+"/{id}/accept", "counsellor.transfer.accept", desk, p.acceptTransfer)
	r.Post(transfersPath+"/{id}/decline", "counsellor.transfer.decline", desk, p.declineTransfer)
	r.Post(transfersPath+"/{id}/withdraw", "counsellor.transfer.withdraw", desk, p.withdrawTransfer)
	r.Get(home+"/people/{id}/transfer", "counsellor.person.offer_form", desk, p.offerForm)
	r.Post(home+"/people/{id}/transfer", "counsellor.person.offer", desk, p.offer)
}

type transfersView struct {
	Tabs  ui.Tabs
	List  ui.TaskList
	Pager ui.Pager
}

// transfers lists what other agencies ask and offer, and what one's own does.
func (p *pages) transfers(c *web.Context) (web.Page, error) {
	decided := c.Query("state") == "decided"
	found, err := p.Transfers.List(c.Context(), c.Actor, decided, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	agencies, err := p.agencies(c)
	if err != nil {
		return web.Page{}, err
	}
	v := transfersView{Pager: desk.Pager(c, found.Next), Tabs: ui.Tabs{Label: c.T("counsellor.transfers.tabs"), Items: []ui.Tab{
		{Text: c.T("counsellor.transfers.waiting"), URL: transfersPath, Current: !decided},
		{Text: c.T("counsellor.transfers.decided"), URL: transfersPath + "?state=decided", Current: decided},
	}}}
	for _, row := range found.Items {
		task := ui.Task{Title: transferAbout(c, row, agencies), URL: transferURL(row.Transfer.ID), Note: c.Day(row.Transfer.OpenedAt), Tag: transferTag(c, row.Transfer)}
		if answer, _ := p.Transfers.May(c.Actor, row.Transfer); answer {
			task.Tag = ui.Tag{Text: c.T("counsellor.transfers.to_answer"), Tone: ui.Warning, Icon: "clock"}
		}
		v.List = append(v.List, task)
	}
	return web.Page{
		Template: "counsellor/transfers", Title: c.T("counsellor.transfers.title"), Data: v, Nav: home,
		Back: &ui.Link{Text: c.T("counsellor.day.title"), URL: home},
	}, nil
}

// transferTitle says what is asked of whom: by the person's name where the
// reader's agency has the file, else by the other agency's.
func transferTitle(c *web.Context, row casework.TransferRow, agencies names) string {
	t := row.Transfer
	key, who := "counsellor.transfers.we_ask", agencies[t.FromAgencyID]
	ours := t.FromAgencyID == c.Actor.AgencyID
	switch {
	case ours && t.Offered:
		key, who = "counsellor.transfers.we_offer", agencies[t.ToAgencyID]
	case ours:
		key, who = "counsellor.transfers.they_ask", agencies[t.ToAgencyID]
	case t.Offered:
		key = "counsellor.transfers.they_offer"
	}
	return c.T(key, "Agency", who)
}

// transferAbout is a transfer with whom it is about, where the reader knows.
func transferAbout(c *web.Context, row casework.TransferRow, agencies names) string {
	title := transferTitle(c, row, agencies)
	if name := fullName(row.Given, row.Family, row.Reference); name != "" {
		title = c.T("counsellor.transfers.about", "What", title, "Name", name)
	}
	return title
}

func transferTag(c *web.Context, t casework.Transfer) ui.Tag {
	tag := ui.Tag{Text: c.T("reference.transfer." + string(t.State)), Tone: ui.Quiet}
	switch t.State {
	case casework.Accepted:
		tag.Tone, tag.Icon = ui.Good, "check"
	case casework.Asked, casework.Offered:
		tag.Tone = ui.Info
	}
	return tag
}

type transferView struct {
	URL      string
	Heading  ui.Heading
	Facts    ui.KeyValues
	Means    string // what accepting does, for who may
	Accept   *ui.Button
	Withdraw *ui.Button
	Decline  *form.Form
	Version  int
	Person   *ui.Link
	Story    []entry
}

// transfer is one transfer with who asked, why, and what may be answered.
func (p *pages) transfer(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	return p.transferPage(c, id, nil)
}

func (p *pages) transferPage(c *web.Context, id domain.ID, failed *form.Form) (web.Page, error) {
	row, err := p.Transfers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	steps, err := p.Transfers.History(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	agencies, err := p.agencies(c)
	if err != nil {
		return web.Page{}, err
	}
	staff, err := p.staff(c, []domain.ID{row.Transfer.OpenedBy})
	if err != nil {
		return web.Page{}, err
	}
	t := row.Transfer
	v := transferView{URL: transferURL(id), Version: t.Version}
	v.Heading = ui.Heading{Text: transferAbout(c, row, agencies), Tags: ui.Tags{transferTag(c, t)}}
	fact := func(key string, value any) { v.Facts = append(v.Facts, ui.KeyValue{Key: c.T(key), Value: value}) }
	fact("counsellor.transfer.from", ui.Data(agencies[t.FromAgencyID]))
	fact("counsellor.transfer.to", ui.Data(agencies[t.ToAgencyID]))
	fact("counsellor.transfer.by", ui.Data(staff[t.OpenedBy]))
	fact("counsellor.transfer.why", ui.Data(t.Reason))
	if t.Live() {
		fact("counsellor.transfer.until", c.Day(t.LapsesAt))
	}
	if !t.PersonID.IsZero() {
		v.Person = &ui.Link{Text: c.T("counsellor.transfer.person"), URL: personURL(t.PersonID)}
	}
	p.answers(c, t, failed, &v)
	if v.Story, err = p.stepEntries(c, "counsellor.step.transfer.", "counsellor.step.reason_", steps); err != nil {
		return web.Page{}, err
	}
	title := transferTitle(c, row, agencies)
	if row.Reference != "" {
		title += " – " + row.Reference
	}
	return web.Page{
		Template: "counsellor/transfer", Title: title, Data: v, Form: failed, Nav: home,
		Back: &ui.Link{Text: c.T("counsellor.transfers.title"), URL: transfersPath},
	}, nil
}

// answers adds the buttons of what the reader may do.
func (p *pages) answers(c *web.Context, t casework.Transfer, failed *form.Form, v *transferView) {
	answer, withdraw := p.Transfers.May(c.Actor, t)
	if answer {
		accept := act(c, c.T("counsellor.transfer.accept"), v.URL+"/accept", t.Version)
		accept.Secondary, accept.Small = false, false
		v.Accept, v.Decline, v.Means = &accept, failed, c.T("counsellor.transfer.means_give")
		if t.Offered {
			v.Means = c.T("counsellor.transfer.means_take")
		}
		if failed == nil {
			v.Decline = c.NewForm()
		}
	}
	if withdraw {
		back := act(c, c.T("counsellor.transfer.withdraw"), v.URL+"/withdraw", t.Version)
		v.Withdraw = &back
	}
}

func (p *pages) acceptTransfer(c *web.Context) (web.Page, error) {
	return p.answerTransfer(c, func(id domain.ID, f *form.Form) (web.Page, error) {
		t, err := p.Transfers.Accept(c.Context(), c.Act(f), casework.AnswerTransfer{ID: id, Version: desk.Version(f)})
		if !desk.Settled(err) {
			return web.Page{}, err
		}
		if !t.PersonID.IsZero() && t.ToAgencyID == c.Actor.AgencyID {
			return web.Redirect(personURL(t.PersonID), "counsellor.transfer.came"), nil
		}
		return web.Redirect(transferURL(id), "counsellor.transfer.gone"), nil
	})
}

func (p *pages) declineTransfer(c *web.Context) (web.Page, error) {
	return p.answerTransfer(c, func(id domain.ID, f *form.Form) (web.Page, error) {
		in := casework.AnswerTransfer{ID: id, Version: desk.Version(f), Reason: f.Paragraph("reason", casework.MaxReason)}
		f.Require("error.required", "reason")
		if f.Failed() {
			return web.Page{}, nil
		}
		_, err := p.Transfers.Decline(c.Context(), c.Act(f), in)
		if !desk.Settled(err) {
			return web.Page{}, err
		}
		return web.Redirect(transferURL(id), "counsellor.transfer.declined"), nil
	})
}

func (p *pages) withdrawTransfer(c *web.Context) (web.Page, error) {
	return p.answerTransfer(c, func(id domain.ID, f *form.Form) (web.Page, error) {
		_, err := p.Transfers.Withdraw(c.Context(), c.Act(f), casework.AnswerTransfer{ID: id, Version: desk.Version(f)})
		if !desk.Settled(err) {
			return web.Page{}, err
		}
		return web.Redirect(transferURL(id), "counsellor.transfer.withdrawn"), nil
	})
}

// answerTransfer is the frame of the answers: what fails shows the transfer again as it is now.
func (p *pages) answerTransfer(c *web.Context, do func(domain.ID, *form.Form) (web.Page, error)) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	page, err := do(id, f)
	if err == nil && !f.Failed() {
		return page, nil
	}
	if err != nil && !f.Explain(err) {
		return web.Page{}, err
	}
	again(c, f)
	return p.transferPage(c, id, f)
}
