// Package paper has the pages of people's papers: to add one with a phone's
// camera or from a file, to read one, to remove one. The person's own are under
// /me/documents, those of somebody at the desk under the person's record; both
// are one page, and neither needs a script.
package paper

import (
	"embed"
	"net/http"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/ui"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Documents  *document.Documents
	Jobseekers *person.Jobseekers
	Merges     *person.Merges
}

type pages struct{ Deps }

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "paper", Files: templates}, Register: p.register}
}

const (
	own    = "/me/documents"
	people = "/counsellor/people/"
	at     = people + "{id}/documents"
)

func (p *pages) register(r *web.Router) {
	me, staff := web.Only(domain.RoleJobseeker), web.Only(domain.RoleCounsellor, domain.RoleLead)
	r.Get(own, "papers.own", me, p.list)
	r.Post(own, "papers.own.add", me, p.add)
	r.Get(own+"/{document}", "papers.own.open", me, p.open)
	r.Post(own+"/{document}/remove", "papers.own.remove", me, p.remove)
	r.Get(at, "papers.person", staff, p.list)
	r.Post(at, "papers.person.add", staff, p.add)
	r.Get(at+"/{document}", "papers.person.open", staff, p.open)
	r.Post(at+"/{document}/remove", "papers.person.remove", staff, p.remove)
}

// maxUpload is how large a body may come: a picture that is too large is told
// so on the form, which a body that is cut off cannot be.
const maxUpload = 12 << 20

// Upload tells the edge which requests bring a file, and how large they may be.
func Upload(r *http.Request) int64 {
	path, multipart := r.URL.Path, strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data")
	if r.Method == http.MethodPost && multipart && (path == own || strings.HasPrefix(path, people) && strings.HasSuffix(path, "/documents")) {
		return maxUpload
	}
	return 0
}

// about tells whose papers the address is about, and where they are.
func about(c *web.Context) (domain.ID, string, error) {
	if c.Actor.Role == domain.RoleJobseeker {
		return c.Actor.PersonID, own, nil
	}
	id, err := c.PathID("id")
	return id, people + string(id) + "/documents", err
}

type view struct {
	URL   string
	Name  string // of whom it is about, at the desk
	Own   bool
	List  []item
	Form  *form.Form
	Kinds []ui.Option
	Full  bool
	Max   int
}

type item struct {
	Title, Kind, Facts, URL string
	Remove                  ui.Button
}

func (p *pages) list(c *web.Context) (web.Page, error) { return p.page(c, c.NewForm()) }

func (p *pages) page(c *web.Context, f *form.Form) (web.Page, error) {
	id, url, err := about(c)
	if err != nil {
		return web.Page{}, err
	}
	found, err := p.Documents.List(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	v := view{URL: url, Own: url == own, Form: f, Kinds: desk.Coded(c, "papers.kind.", document.Kinds()...), Full: len(found) >= document.PerPerson, Max: document.MaxTitle}
	page := web.Page{Template: "paper/list", Title: c.T("papers.title"), Data: &v, Form: f, Back: &ui.Link{Text: c.T("papers.back"), URL: "/me"}}
	if !v.Own {
		who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
		if err != nil {
			return web.Page{}, err
		}
		v.Name = who.FullName()
		page.Title = c.T("papers.title_of", "Name", who.Reference)
		page.Nav, page.Back = "/counsellor/search", &ui.Link{Text: v.Name, URL: people + string(id)}
	}
	for _, d := range found {
		one := item{Title: d.Title, Kind: c.T("papers.kind." + d.Kind), URL: url + "/" + string(d.ID)}
		one.Facts = c.T("papers.facts", "Date", c.Day(d.AddedAt), "Format", strings.ToUpper(string(d.Format)), "Size", c.Number(int64((d.Size+1023)/1024)))
		one.Remove = desk.Button(c, c.T("papers.remove"), one.URL+"/remove", 0)
		one.Remove.About = one.Kind
		v.List = append(v.List, one)
	}
	return page, nil
}

// add keeps a paper that was sent.
func (p *pages) add(c *web.Context) (web.Page, error) {
	id, url, err := about(c)
	if err != nil {
		return web.Page{}, err
	}
	f, body, err := c.PostedUpload("file", document.MaxSize, "error.document.large")
	if err != nil {
		return web.Page{}, err
	}
	in := document.AddDocument{PersonID: id, Kind: f.Choice("kind", document.Kinds()...), Title: f.Text("title", document.MaxTitle), Body: body}
	f.Require("error.required", "kind")
	if body == nil && !f.Failed() {
		f.Fail("file", "error.document.none")
	}
	if !f.Failed() {
		_, err = p.Documents.Add(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(url, "papers.added"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	f.Set("file", "")
	f.Token = c.NewForm().Token
	return p.page(c, f)
}

// open sends a paper as an attachment: no browser shows or runs it here.
func (p *pages) open(c *web.Context) (web.Page, error) {
	id, _, err := about(c)
	if err != nil {
		return web.Page{}, err
	}
	one, err := c.PathID("document")
	if err != nil {
		return web.Page{}, err
	}
	d, body, err := p.Documents.Open(c.Context(), c.Actor, id, one)
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{File: &web.File{Name: "document-" + string(d.ID)[len(d.ID)-6:] + d.Format.Extension(), ContentType: d.Format.ContentType(), Body: body}}, nil
}

func (p *pages) remove(c *web.Context) (web.Page, error) {
	id, url, err := about(c)
	if err != nil {
		return web.Page{}, err
	}
	one, err := c.PathID("document")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Documents.Remove(c.Context(), c.Act(f), id, one); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(url, "papers.removed"), nil
}
