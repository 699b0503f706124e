package public

import (
	"net/http"
	"slices"
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// step is one page of the form. Follow-up pages share the number of the question they follow.
type step struct {
	profile.Question
	number int
	// title is the page's title as a message key.
	title string
	// leads says that the next page follows up on this one, also when somebody came back to change an answer.
	leads bool
}

// total is the number of steps people count.
const total = 10

// steps lists the pages in order.
func steps() []step {
	return []step{
		{Question: who(), number: 1, title: "public.ask.title.who"},
		{Question: profile.Names(), number: 2, title: "public.ask.title.names"},
		{Question: profile.Phone(true), number: 3, title: "public.ask.title.phone"},
		{Question: profile.Birth(), number: 4, title: "public.ask.title.birth"},
		{Question: profile.Home(), number: 5, title: "public.ask.title.home", leads: true},
		{Question: profile.Around(), number: 5, title: "public.ask.title.around"},
		{Question: profile.Trades(), number: 6, title: "public.ask.title.trades", leads: true},
		{Question: profile.Meant(), number: 6, title: "public.ask.title.meant", leads: true},
		{Question: profile.Skills(), number: 6, title: "public.ask.title.skills", leads: true},
		{Question: profile.Experience(), number: 7, title: "public.ask.title.experience"},
		{Question: profile.Schooling(), number: 8, title: "public.ask.title.schooling"},
		{Question: profile.Languages(), number: 8, title: "public.ask.title.languages"},
		{Question: profile.Groups(), number: 9, title: "public.ask.title.groups"},
		{Question: profile.Consents(), number: 10, title: "public.ask.title.consents"},
	}
}

const (
	startPath = "/register"
	checkPath = "/register/check"
	donePath  = "/register/done"
	laterPath = "/register/later"
	workPath  = "/register/work"
	// changing marks a page opened from the check page, which leads back there.
	changing = "change"
)

func pathOf(name string) string {
	if name == whoStep {
		return startPath
	}
	return startPath + "/" + name
}

func (p *pages) registerSteps(r *web.Router) {
	for _, s := range steps() {
		r.Get(pathOf(s.Name), "public.register."+s.Name, web.Anyone(), func(c *web.Context) (web.Page, error) { return p.ask(c, s) })
		r.Post(pathOf(s.Name), "public.register."+s.Name, web.Anyone(), func(c *web.Context) (web.Page, error) { return p.answer(c, s) })
	}
}

// ask shows a page of the form with what was answered before.
func (p *pages) ask(c *web.Context, s step) (web.Page, error) {
	if c.Actor.Role != domain.RoleAnonymous {
		return web.Redirect(web.HomePath(c.Actor.Role), ""), nil
	}
	d, err := p.draft(c)
	switch {
	case s.Name == whoStep && d.open() && d.Step != "" && c.Query(changing) == "" && c.Query("back") == "":
		return p.underway(c, d)
	case s.Name != whoStep && !d.open():
		return web.Redirect(startPath, ""), err
	case err != nil:
		return web.Page{}, err
	}
	a := p.asked(c, d, c.NewForm())
	if before, err := s.Before(a); err != nil || before != "" {
		to := pathOf(before)
		if c.Query(changing) != "" {
			to += "?" + changing + "=1"
		}
		return web.Redirect(to, ""), err
	}
	if err := s.Fill(a); err != nil {
		return web.Page{}, err
	}
	if c.Query(changing) != "" {
		a.Form.Set(changing, "1")
	}
	return p.page(a, s)
}

func (p *pages) asked(c *web.Context, d draft, f *form.Form) *profile.Asked {
	return &profile.Asked{Context: c, Kit: p.kit(), Form: f, Answers: &d.Answers, HasSecret: d.SecretHash != ""}
}

// stepView is the data of "public/step".
type stepView struct {
	Form     *form.Form
	Action   string
	Progress ui.Progress
	Question profile.View
	Changing bool
	Keep     string // the name of the copy in one's own browser, "" where none is kept
}

func (p *pages) page(a *profile.Asked, s step) (web.Page, error) {
	view, err := profile.Show(s.Question, a)
	if err != nil {
		return web.Page{}, err
	}
	v := stepView{
		Form: a.Form, Action: pathOf(s.Name), Progress: ui.Progress{Step: s.number, Total: total}, Question: view,
		Changing: a.Form.Value(changing) != "",
	}
	// Pages on which much is typed. Not the phone's: the second thing is kept nowhere but on the server, as a hash.
	if slices.Contains([]string{"names", "trades", "skills"}, s.Name) {
		v.Keep = "register-" + s.Name
	}
	region := ""
	if area, ok := p.Places.Present().RegionOf(a.Answers.Residence.Place); ok {
		region, _ = area.Names.In(string(a.Tag()))
	}
	return web.Page{
		Template: "public/step", Title: a.T(s.title, "Region", region), Data: v, Form: a.Form, Focused: true, NoIndex: true,
		Back: p.back(a.Context, s, v.Changing),
	}, nil
}

func (p *pages) back(c *web.Context, s step, change bool) *ui.Link {
	to := ui.Link{Text: c.T("common.back"), URL: "/"}
	at := slices.IndexFunc(steps(), func(o step) bool { return o.Name == s.Name })
	switch {
	case change:
		to.URL = checkPath
	case at == 1:
		to.URL = startPath + "?back=1"
	case at > 1:
		before := steps()[at-1]
		if before.Name == "meant" { // asked only where words were not sure
			before = steps()[at-2]
		}
		to.URL = pathOf(before.Name)
	}
	return &to
}

// answer takes a page's answers, keeps them and leads on.
func (p *pages) answer(c *web.Context, s step) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	d, err := p.draft(c)
	if err != nil {
		return web.Page{}, err
	}
	if !d.open() && s.Name != whoStep {
		return web.Redirect(startPath, "public.register.lost"), nil
	}
	later := f.Pressed("later")
	if later && blank(c.Request) {
		return web.Redirect(laterPath, ""), nil
	}
	a := p.asked(c, d, f)
	if err := s.Read(a); err != nil {
		return web.Page{}, err
	}
	if !f.Failed() {
		page, err := p.keep(c, a, d, s, later)
		if err == nil || !f.Explain(err) {
			return page, err
		}
	}
	return p.page(a, s)
}

// keep stores a page's answers, in a new draft where there is none, and says where to go on.
func (p *pages) keep(c *web.Context, a *profile.Asked, d draft, s step, later bool) (web.Page, error) {
	spend := func() error { return edge.From(c.Context()).SpendPublic(c.Context()) }
	if d.open() {
		spend = func() error { return edge.From(c.Context()).SpendDraft(c.Context(), d.token) }
	}
	if err := spend(); err != nil {
		return web.Page{}, err
	}
	var cookies []*http.Cookie
	if !d.open() {
		token, _, err := p.Drafts.Start(c.Context(), c.Actor, string(c.Tag()))
		if err != nil {
			return web.Page{}, err
		}
		d.token = token
		cookies = append(cookies, c.Cookie(draftCookie, token, 0))
	}
	a.Answers.Language = string(c.Tag())
	next, err := p.next(a, s)
	if err != nil {
		return web.Page{}, err
	}
	// No once: saving a page again is the same as saving it, and who went back with the browser may change an answer.
	_, err = p.Drafts.SaveStep(c.Context(), c.Actor, person.SaveStep{
		Token: d.token, Step: reached(d.Step, next), Language: string(c.Tag()), Answers: *a.Answers, Secret: a.Secret,
	})
	if err != nil {
		return web.Page{}, err
	}
	to := pathOf(next)
	switch {
	case later:
		to = laterPath
	case next == "check" || a.Form.Value(changing) != "" && !s.leads:
		to = checkPath
	case a.Form.Value(changing) != "":
		to += "?" + changing + "=1"
	}
	page := web.Redirect(to, "")
	page.Cookies = cookies
	return page, nil
}

// next finds the first page after this one that has anything to ask.
func (p *pages) next(a *profile.Asked, s step) (string, error) {
	all := steps()
	at := slices.IndexFunc(all, func(o step) bool { return o.Name == s.Name })
	for _, o := range all[at+1:] {
		if o.Due == nil {
			return o.Name, nil
		}
		due, err := o.Due(a)
		if err != nil {
			return "", err
		}
		if due {
			return o.Name, nil
		}
	}
	return "check", nil
}

// reached is the farthest page somebody got to: coming back to change an answer loses nothing.
func reached(before, next string) string {
	position := func(name string) int {
		if name == "check" {
			return len(steps())
		}
		return slices.IndexFunc(steps(), func(s step) bool { return s.Name == name })
	}
	if position(before) > position(next) {
		return before
	}
	return next
}

// blank says that nothing was typed or chosen: "finish later" then asks for nothing.
func blank(r *http.Request) bool {
	for name, values := range r.PostForm {
		if name == form.TokenField || name == "later" || name == changing || strings.HasSuffix(name, "-precision") {
			continue
		}
		if strings.TrimSpace(strings.Join(values, "")) != "" {
			return false
		}
	}
	return true
}
