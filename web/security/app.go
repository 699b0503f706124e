package security

import (
	"fmt"
	"html/template"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// appView is the data of "security/app".
type appView struct {
	Form   *form.Form
	Action string
	Forced bool // nothing else can be done before
	QR     template.HTML
	Secret string // as people type it
	URL    template.URL
}

// keptApp is the secret of an app that is being set up, in the session.
const keptApp = "app"

// app shows the secret of a new app and asks for its first code.
func (p *pages) app(c *web.Context) (web.Page, error) {
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	return p.appPage(c, c.Actor, c.NewForm(), appPath)
}

func (p *pages) confirmApp(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	codes, page, err := p.enrolApp(c, c.Act(f), f, appPath)
	if err != nil || codes == nil {
		return page, err
	}
	return codesPage(c, codes, home), nil
}

// enrolApp stores the app when its code is right. It gives the recovery codes when they are to be shown, else the page
// to answer with.
func (p *pages) enrolApp(c *web.Context, actor domain.Actor, f *form.Form, action string) ([]string, web.Page, error) {
	var begun identity.Enrolment
	if secret, url, found := strings.Cut(front(c).Kept(c.Context(), keptApp), "\n"); found {
		begun = identity.Enrolment{Secret: secret, URL: url}
	}
	code, name := f.Text("code", maxCode), f.Text("name", maxName)
	f.Require("error.required", "code")
	if !f.Failed() && begun.Secret != "" {
		err := front(c).SpendSecond(c.Context(), actor.UserID)
		var codes []string
		if err == nil {
			if name == "" {
				name = c.T("security.kind.totp")
			}
			codes, err = p.Factors.ConfirmTOTP(c.Context(), actor, begun.Secret, code, name)
		}
		if desk.Settled(err) {
			front(c).Keep(c.Context(), keptApp, "")
			if len(codes) == 0 { // an app in place of another, or the same form again
				return nil, web.Redirect(home, "security.app.done"), nil
			}
			return codes, web.Page{}, nil
		}
		if !f.Explain(err) {
			return nil, web.Page{}, err
		}
	}
	page, err := p.appPage(c, actor, f, action)
	return nil, page, err
}

// appPage shows the secret that is being set up: the same one as long as the session keeps it, so that a wrong code does
// not cost scanning again.
func (p *pages) appPage(c *web.Context, actor domain.Actor, f *form.Form, action string) (web.Page, error) {
	var begun identity.Enrolment
	if secret, url, found := strings.Cut(front(c).Kept(c.Context(), keptApp), "\n"); found && f.Failed() {
		begun = identity.Enrolment{Secret: secret, URL: url}
	} else {
		var err error
		if begun, err = p.Factors.BeginTOTP(c.Context(), actor); err != nil {
			return web.Page{}, err
		}
		front(c).Keep(c.Context(), keptApp, begun.Secret+"\n"+begun.URL)
	}
	picture, err := picture(begun.URL, c.T("security.app.qr"))
	if err != nil {
		return web.Page{}, err
	}
	v := appView{Form: f, Action: action, Forced: action == secondApp, QR: picture, Secret: grouped(begun.Secret), URL: template.URL(begun.URL)} //nolint:gosec // otpauth, made here
	page := web.Page{Template: "security/app", Secret: true, Title: c.T("security.app.title"), Data: v, Form: f, NoIndex: true, Focused: true}
	if !v.Forced {
		page.Back = &ui.Link{Text: c.T("common.back"), URL: home}
	}
	return page, nil
}

// grouped writes a secret as people copy it: in fours.
func grouped(secret string) string {
	var b strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quiet is the white border a QR code needs, in modules.
const quiet = 4

// picture draws a QR code into the page itself: no file, no other site, and it prints.
func picture(text, label string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("security: QR code: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			from := x
			for x < size && color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y < 128 { //nolint:forcetypeassert // the model's own type
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	whole := size + 2*quiet
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %d" role="img" aria-label="%s" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="%s"/></svg>`, //nolint:gosec // numbers and an escaped label
		whole, whole, template.HTMLEscapeString(label), whole, whole, path.String())), nil
}
