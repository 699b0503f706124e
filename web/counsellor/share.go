package counsellor

import (
	"strconv"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type shareView struct {
	URL, Back string
	Form      *form.Form
	With      []ui.Option
	Until     []ui.Option
	Live      []shareItem
}

type shareItem struct {
	Name, Until, Reason string
	End                 ui.Button
}

// shareDays are the lengths a share may have, in days.
func shareDays() []string { return []string{"7", "30", "90", "180"} }

func (p *pages) shareForm(c *web.Context) (web.Page, error) { return p.sharePage(c, c.NewForm()) }

// share lets a colleague or another agency in for a while; the referent stays.
func (p *pages) share(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := casework.ShareFile{ID: id, Reason: f.Text("reason", maxWords)}
	with := f.Text("with", 40)
	kind, rest := with[:min(1, len(with))], with[min(1, len(with)):]
	if other, bad := domain.ParseID(rest); bad == nil && kind == "u" {
		in.UserID = other
	} else if bad == nil && kind == "a" {
		in.AgencyID = other
	}
	n, err := strconv.Atoi(f.Choice("days", shareDays()...))
	if err != nil {
		f.Require("error.required", "days")
	}
	in.Until = p.Clock.Now().Add(time.Duration(n) * 24 * time.Hour)
	if !f.Failed() {
		_, err = p.Files.Share(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(fileURL(id), "counsellor.share.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.sharePage(c, f)
}

func (p *pages) sharePage(c *web.Context, f *form.Form) (web.Page, error) {
	file, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	if !p.allowed(c, file.CaseFile).Share {
		return web.Page{}, domain.Forbidden("counsellor.share")
	}
	colleagues, err := p.Files.Colleagues(c.Context(), c.Actor, "")
	if err != nil {
		return web.Page{}, err
	}
	live, err := p.Files.Shares(c.Context(), c.Actor, file.ID)
	if err != nil {
		return web.Page{}, err
	}
	v := shareView{URL: fileURL(file.ID) + "/share", Back: fileURL(file.ID), Form: f, Until: desk.Coded(c, "counsellor.share.days_", shareDays()...)}
	for _, one := range colleagues {
		if one.ID != file.OwnerID {
			v.With = append(v.With, ui.Option{Value: "u" + string(one.ID), Label: one.Name})
		}
	}
	agencies, err := p.Agencies.List(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	for _, a := range agencies {
		if a.ID != file.AgencyID && a.ClosedAt.IsZero() {
			v.With = append(v.With, ui.Option{Value: "a" + string(a.ID), Label: c.T("counsellor.share.agency", "Name", a.Name)})
		}
	}
	for _, s := range live {
		name := file.names[s.UserID]
		if !s.AgencyID.IsZero() {
			name = file.agencies[s.AgencyID]
		}
		end := act(c, c.T("counsellor.share.end"), fileURL(file.ID)+"/shares/"+string(s.ID)+"/end", file.Version)
		end.About = name
		v.Live = append(v.Live, shareItem{Name: name, Until: c.Day(s.Until), Reason: s.Reason, End: end})
	}
	return p.fileForm(c, file, "counsellor/share", c.T("counsellor.share.title", "Name", file.who.Reference), v, f), nil
}

// endShare ends a share before its time; access ends at once.
func (p *pages) endShare(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	share, err := c.PathID("share")
	if err != nil {
		return web.Page{}, err
	}
	err = p.Files.EndShare(c.Context(), c.Act(f), id, share)
	if desk.Settled(err) || domain.KindOf(err) == domain.KindConflict { // it is over
		return web.Redirect(fileURL(id)+"/share", "counsellor.share.ended"), nil
	}
	return web.Page{}, err
}
