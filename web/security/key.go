package security

import (
	"net"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const (
	keyPath   = home + "/key"
	secondKey = web.SecondPath + "/key"
	enrolKey  = web.SecondPath + "/new-key"
)

// What waits in the session for a key's answer.
const (
	keptNewKey = "new_key"
	keptUseKey = "use_key"
)

// maxResponse bounds what a browser answers for a key, in characters.
const maxResponse = 8000

// keyView is what a page needs to ask a key.
type keyView struct {
	Options string // what the browser asks the key, as JSON
	Script  string
}

// addKeyView is the data of "security/key".
type addKeyView struct {
	Form   *form.Form
	Action string
	Key    keyView
}

// siteOf is the address the key signs for. A browser only lets a page ask keys of its own host, so a copy of this page
// elsewhere gets nothing that would be right here.
//
// Keys sign for names: a site reached by a bare address has none, and the answer is false.
func siteOf(c *web.Context) (identity.Site, bool) {
	host := c.Request.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	scheme := "http://"
	if c.Secure() {
		scheme = "https://"
	}
	return identity.Site{Host: host, Origin: scheme + c.Request.Host}, net.ParseIP(strings.Trim(host, "[]")) == nil
}

// key asks for a new key.
func (p *pages) key(c *web.Context) (web.Page, error) {
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	return p.keyPage(c, c.Actor, c.NewForm(), keyPath)
}

func (p *pages) keyPage(c *web.Context, actor domain.Actor, f *form.Form, action string) (web.Page, error) {
	v := addKeyView{Form: f, Action: action}
	if site, named := siteOf(c); named {
		options, kept, err := p.Factors.BeginKey(c.Context(), actor, site)
		if err != nil {
			return web.Page{}, err
		}
		front(c).Keep(c.Context(), keptNewKey, string(kept))
		v.Key = keyView{Options: string(options), Script: c.Static("key.js")}
	}
	return web.Page{
		Template: "security/key", Title: c.T("security.key.title"), Data: v, Form: f, NoIndex: true, Focused: true,
		Back: &ui.Link{Text: c.T("common.back"), URL: home},
	}, nil
}

func (p *pages) addKey(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	codes, err := p.storeKey(c, c.Act(f), f)
	switch {
	case desk.Settled(err) && len(codes) > 0:
		return codesPage(c, codes, home), nil
	case desk.Settled(err):
		return web.Redirect(home, "security.key.done"), nil
	case f.Explain(err):
		return p.keyPage(c, c.Actor, f, keyPath)
	}
	return web.Page{}, err
}

func (p *pages) storeKey(c *web.Context, actor domain.Actor, f *form.Form) ([]string, error) {
	response, name := f.Text("response", maxResponse), f.Text("name", maxName)
	kept := front(c).Kept(c.Context(), keptNewKey)
	front(c).Keep(c.Context(), keptNewKey, "") // a challenge serves once
	if name == "" {
		name = c.T("security.kind.key")
	}
	site, _ := siteOf(c) // without a name nothing was begun, and nothing can be finished
	return p.Factors.FinishKey(c.Context(), actor, site, []byte(kept), []byte(response), name)
}

// askKey prepares the sign-in page for an account that has a key.
func (p *pages) askKey(c *web.Context, user identity.User) (*keyView, error) {
	site, named := siteOf(c)
	if !named {
		return nil, nil //nolint:nilnil // no key can be asked here
	}
	options, kept, err := p.Factors.BeginSecondKey(c.Context(), user, site)
	if err != nil {
		return nil, err
	}
	front(c).Keep(c.Context(), keptUseKey, string(kept))
	return &keyView{Options: string(options), Script: c.Static("key.js")}, nil
}

// useKey takes a key's answer in place of a code.
func (p *pages) useKey(c *web.Context) (web.Page, error) {
	user, _, elsewhere, err := p.awaited(c)
	if err != nil {
		return web.Page{}, err
	}
	if elsewhere != nil {
		return *elsewhere, nil
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	kept := front(c).Kept(c.Context(), keptUseKey)
	front(c).Keep(c.Context(), keptUseKey, "")
	site, _ := siteOf(c)
	if err = front(c).SpendSecond(c.Context(), user.ID); err == nil {
		err = p.Factors.CheckSecondKey(c.Context(), c.Actor, user, site, []byte(kept), []byte(f.Text("response", maxResponse)))
	}
	if err == nil {
		return p.open(c, user, f.Text("next", maxNext))
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.secondPage(c, user, f)
}

// enrolWithKey sets up a key for somebody who may do nothing without a second factor and has no phone.
func (p *pages) enrolWithKey(c *web.Context) (web.Page, error) {
	user, elsewhere, err := p.enrolling(c)
	if err != nil || elsewhere != nil {
		return pageOr(elsewhere), err
	}
	f := c.NewForm()
	f.Set("next", web.Local(c.Query("next")))
	return p.keyPage(c, as(c, user), f, enrolKey)
}

func (p *pages) confirmEnrolKey(c *web.Context) (web.Page, error) {
	user, elsewhere, err := p.enrolling(c)
	if err != nil || elsewhere != nil {
		return pageOr(elsewhere), err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	codes, err := p.storeKey(c, as(c, user), f)
	if f.Explain(err) {
		return p.keyPage(c, as(c, user), f, enrolKey)
	}
	if err != nil {
		return web.Page{}, err
	}
	to, err := p.letIn(c, user, f.Text("next", maxNext))
	if err != nil {
		return web.Page{}, err
	}
	return codesPage(c, codes, to), nil
}

func pageOr(p *web.Page) web.Page {
	if p == nil {
		return web.Page{}
	}
	return *p
}
