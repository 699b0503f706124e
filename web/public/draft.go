package public

import (
	"math"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// draftCookie holds the draft's token until the browser is closed: a shared device keeps no draft.
const draftCookie = "baara_draft"

// draft is the visitor's form so far. Without one, token is "".
type draft struct {
	person.DraftForm
	token string
}

// open says that the form is there and was not sent yet.
func (d draft) open() bool { return d.token != "" && d.PersonID.IsZero() }

// draft reads the visitor's form. One that is unknown or too old counts as none.
func (p *pages) draft(c *web.Context) (draft, error) {
	cookie, err := c.Request.Cookie(draftCookie)
	if err != nil || cookie.Value == "" {
		return draft{}, nil //nolint:nilerr // no cookie, no draft
	}
	d, err := p.Drafts.Get(c.Context(), c.Actor, cookie.Value)
	if domain.KindOf(err) == domain.KindNotFound {
		return draft{}, nil
	}
	return draft{DraftForm: d, token: cookie.Value}, err
}

// stepTitle names the page somebody reached.
func stepTitle(c *web.Context, name string) string {
	for _, s := range steps() {
		if s.Name == name {
			return c.T("common.step", "N", s.number, "Total", total)
		}
	}
	return c.T("public.check.title")
}

// reachedPath is where to go on.
func reachedPath(name string) string {
	if name == "check" || name == "" {
		return checkPath
	}
	return pathOf(name)
}

// underwayView is the data of "public/underway".
type underwayView struct {
	Reached             string
	Continue, StartAnew ui.Button
}

// underway asks somebody who comes back whether to go on with the form that was begun here.
func (p *pages) underway(c *web.Context, d draft) (web.Page, error) {
	token := c.NewForm().Token
	return web.Page{
		Template: "public/underway", Title: c.T("public.underway.title"), NoIndex: true, Focused: true,
		Data: underwayView{
			Reached:   stepTitle(c, d.Step),
			Continue:  ui.Button{Text: c.T("public.underway.continue"), URL: reachedPath(d.Step), Icon: "arrow-right"},
			StartAnew: ui.Button{Text: c.T("public.underway.anew"), URL: "/register/forget", Post: true, Secondary: true, Token: token, Values: map[string]string{"to": "register"}},
		},
	}, nil
}

// forget takes the draft or the receipt out of this browser. The draft itself waits for who knows phone, code and the
// second thing, and goes after its time.
func (p *pages) forget(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	to := web.Redirect("/", "public.forgotten")
	if f.Choice("to", "register") == "register" {
		to = web.Redirect(startPath, "")
	}
	to.Cookies = append(to.Cookies, c.Cookie(draftCookie, "", -time.Second))
	return to, nil
}

// laterView is the data of "public/later".
type laterView struct {
	HasPhone bool
	Phone    string
	Days     int
	Continue ui.Button
	Forget   ui.Button
}

// later says how to come back to the form.
func (p *pages) later(c *web.Context) (web.Page, error) {
	d, err := p.draft(c)
	if err != nil {
		return web.Page{}, err
	}
	if !d.open() {
		return web.Redirect(startPath, ""), nil
	}
	v := laterView{
		HasPhone: d.Phone != "" && d.SecretHash != "", Phone: d.Phone,
		Days:     int(math.Ceil(d.ExpiresAt.Sub(p.Clock.Now()).Hours() / 24)),
		Continue: ui.Button{Text: c.T("public.later.continue"), URL: reachedPath(d.Step), Icon: "arrow-right"},
		Forget:   ui.Button{Text: c.T("public.later.forget"), URL: "/register/forget", Post: true, Secondary: true, Token: c.NewForm().Token},
	}
	return web.Page{Template: "public/later", Title: c.T("public.later.title"), Data: v, Focused: true, NoIndex: true}, nil
}
