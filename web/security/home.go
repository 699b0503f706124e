package security

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// homeView is the data of "security/home".
type homeView struct {
	State   ui.Notice
	Factors []factorView
	Add     []ui.Button
	Left    string // recovery codes that are left, in words; "" without factors
	Few     bool
	Renew   ui.Button
	Notes   ui.TaskList // who asked for an employer's account with this address
}

type factorView struct {
	Name   string
	Kind   string
	Facts  string
	Remove ui.Button
}

// few recovery codes are a reason to make new ones.
const few = 3

// home shows what the account is protected with.
func (p *pages) home(c *web.Context) (web.Page, error) {
	factors, left, err := p.Factors.Mine(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := homeView{State: ui.Notice{Tone: ui.Warning, Title: c.T("security.off"), Text: c.T("security.off_why")}}
	app := false
	for _, f := range factors {
		app = app || f.Kind == identity.FactorTOTP
		v.Factors = append(v.Factors, factorOf(c, f))
	}
	if len(factors) > 0 {
		v.State = ui.Notice{Title: c.T("security.on"), Text: c.T("security.on_how")}
		v.Left, v.Few = c.N("security.recovery.left", left), left <= few
		v.Renew = desk.Button(c, c.T("security.recovery.renew"), recoveryPath, 0)
		v.Renew.Small = false
	}
	add := ui.Button{Text: c.T("security.app.add"), URL: appPath}
	if app {
		add.Text, add.Secondary = c.T("security.app.replace"), true
	}
	notes, err := p.Organisations.SignUpNotes(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	for _, n := range notes {
		v.Notes = append(v.Notes, ui.Task{Title: c.T("security.notes.line", "Contact", n.Contact, "Organisation", n.Organisation), Note: c.Day(n.At)})
	}
	v.Add = []ui.Button{add, {Text: c.T("security.key.add"), URL: keyPath, Secondary: true}}
	return web.Page{Template: "security/home", Title: c.T("security.title"), Data: v}, nil
}

func factorOf(c *web.Context, f identity.Factor) factorView {
	v := factorView{Name: f.Name, Kind: c.T("security.kind." + string(f.Kind)), Facts: c.T("security.factor.added", "When", c.Day(f.CreatedAt))}
	if !f.LastUsedAt.IsZero() {
		v.Facts = c.T("security.factor.used", "When", c.Day(f.CreatedAt), "Last", c.Day(f.LastUsedAt))
	}
	v.Remove = desk.Button(c, c.T("security.remove"), removePath, 0)
	v.Remove.About = f.Name
	v.Remove.Values["factor"] = string(f.ID)
	return v
}

// recovery makes new recovery codes and shows them, this once.
func (p *pages) recovery(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	codes, err := p.Factors.NewRecovery(c.Context(), c.Act(f))
	if !desk.Settled(err) {
		return web.Page{}, err
	}
	if err != nil { // the same form again: they were shown
		return web.Redirect(home, "security.recovery.shown"), nil
	}
	return codesPage(c, codes, home), nil
}

// remove takes a factor away.
func (p *pages) remove(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	id, err := domain.ParseID(f.Text("factor", maxCode))
	if err != nil {
		return web.Page{}, err
	}
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	if err := p.Factors.Remove(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(home, "security.removed"), nil
}

// codesView is the data of "security/codes": recovery codes, this once.
type codesView struct {
	Codes    []string
	Continue ui.Button
}

func codesPage(c *web.Context, codes []string, to string) web.Page {
	return web.Page{
		Template: "security/codes", Secret: true, Title: c.T("security.codes.title"), Focused: true, NoIndex: true,
		Data: codesView{Codes: codes, Continue: ui.Button{Text: c.T("security.codes.kept"), URL: to}},
	}
}
