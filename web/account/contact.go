package account

import (
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const (
	contactPath = home + "/contact"
	maxContact  = 254
)

// contactView is the data of "account/contact".
type contactView struct {
	Form    *form.Form
	Phone   bool // one signs in with a phone
	Now     any  // what counts today
	Wait    string
	Waiting []waitingView
}

// waitingView is a change that does not count yet.
type waitingView struct {
	Value any
	When  string
	Stop  ui.Button
}

// kindOf is what an account signs in with: jobseekers with a phone, everybody else with an address.
func kindOf(u identity.User) identity.ContactKind {
	if u.Role == domain.RoleJobseeker {
		return identity.ContactPhone
	}
	return identity.ContactEmail
}

// contactForm asks who one is first: whoever changes what one signs in with takes the account.
func (p *pages) contactForm(c *web.Context) (web.Page, error) {
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	return p.contactPage(c, c.NewForm())
}

func (p *pages) contactPage(c *web.Context, f *form.Form) (web.Page, error) {
	u, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	v := contactView{Form: f, Phone: kindOf(u) == identity.ContactPhone, Now: contact(kindOf(u), map[bool]string{true: u.Phone, false: u.Email}[kindOf(u) == identity.ContactPhone])}
	v.Wait = c.N("myaccount.contact.hours", p.Contacts.Hours())
	if v.Waiting, err = p.waiting(c); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "account/contact", Title: c.T("myaccount.contact.title"), Form: f, Data: v, Back: &ui.Link{Text: c.T("common.my_account"), URL: home},
	}, nil
}

func contact(kind identity.ContactKind, value string) any {
	if kind == identity.ContactPhone && value != "" {
		return ui.Phone(value)
	}
	return ui.Data(value)
}

// waiting lists changes that do not count yet, each with what stops it.
func (p *pages) waiting(c *web.Context) ([]waitingView, error) {
	found, err := p.Contacts.Waiting(c.Context(), c.Actor)
	var out []waitingView
	for _, w := range found {
		v := waitingView{
			Value: contact(w.Kind, w.Value), When: c.T("myaccount.contact.counts", "When", c.Time(w.CountsAt)),
			Stop: desk.Button(c, c.T("myaccount.contact.stop"), contactPath+"/stop", 0),
		}
		v.Stop.About = w.Value
		v.Stop.Values["kind"] = string(w.Kind)
		out = append(out, v)
	}
	return out, err
}

// askContact begins the wait and tells the present address or number.
func (p *pages) askContact(c *web.Context) (web.Page, error) {
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	u, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	var value string
	if kindOf(u) == identity.ContactPhone {
		value = desk.Phone(f, "value", phone.Parser{}, p.Country)
	} else {
		value = strings.ToLower(f.Text("value", maxContact))
	}
	f.Require("error.required", "value")
	if !f.Failed() {
		_, err := p.Contacts.Ask(c.Context(), c.Act(f), kindOf(u), value)
		if desk.Settled(err) {
			return web.Redirect(home, "myaccount.contact.asked"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.contactPage(c, f)
}

// stopContact takes a change back. It asks nothing first: stopping must be quick.
func (p *pages) stopContact(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	kind := identity.ContactKind(f.Choice("kind", string(identity.ContactEmail), string(identity.ContactPhone)))
	if kind == "" {
		return web.Page{}, domain.NotFound("account.stopContact")
	}
	if err := p.Contacts.Stop(c.Context(), c.Act(f), kind); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(home, "myaccount.contact.stopped"), nil
}
