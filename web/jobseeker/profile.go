package jobseeker

import (
	"errors"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// maxVersion bounds the version a form carries.
const maxVersion = 1 << 30

// profileView is the data of "jobseeker/profile".
type profileView struct {
	Name, Reference string
	Answers         ui.KeyValues
}

// profile shows the own record, each part with the page that changes it.
func (p *pages) profile(c *web.Context) (web.Page, error) {
	me, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	v := profileView{Name: me.FullName(), Reference: me.Reference}
	lines, err := profile.Lines(c, p.kit(), profile.AnswersOf(me))
	if err != nil {
		return web.Page{}, err
	}
	for _, line := range lines {
		v.Answers = append(v.Answers, ui.KeyValue{Key: line.Key, Value: said(c, line), ChangeURL: profilePath + "/" + line.Question})
	}
	return web.Page{Template: "jobseeker/profile", Title: c.T("common.nav.my_profile"), Data: v}, nil
}

func said(c *web.Context, line profile.Line) any {
	if len(line.Words) == 0 {
		return c.T("public.check.nothing")
	}
	if line.Typed {
		return ui.Data(strings.Join(line.Words, " · "))
	}
	return strings.Join(line.Words, " · ")
}

// sectionPath is where a part of the profile is changed.
func sectionPath(s profile.Section) string { return profilePath + "/" + s.Name }

// sectionView is the data of "jobseeker/section".
type sectionView struct {
	Form     *form.Form
	Action   string
	Question profile.View
	// Theirs is what the record holds now, when it changed while the page was open.
	Theirs ui.KeyValues
}

func (p *pages) asked(c *web.Context, me person.Person, f *form.Form) *profile.Asked {
	answers := profile.AnswersOf(me)
	return &profile.Asked{Context: c, Kit: p.kit(), Form: f, Answers: &answers, HasSecret: true}
}

// ask shows one question with the answers of the record.
func (p *pages) ask(c *web.Context, s profile.Section) (web.Page, error) {
	me, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	a := p.asked(c, me, c.NewForm())
	if before, err := s.Before(a); err != nil || before != "" {
		return web.Redirect(profilePath+"/"+before, ""), err
	}
	if err := s.Fill(a); err != nil {
		return web.Page{}, err
	}
	a.Form.Set("version", strconv.Itoa(me.Version))
	return p.sectionPage(a, s, nil)
}

func (p *pages) sectionPage(a *profile.Asked, s profile.Section, theirs ui.KeyValues) (web.Page, error) {
	view, err := profile.Show(s.Question, a)
	if err != nil {
		return web.Page{}, err
	}
	region := ""
	if area, ok := p.Places.Present().RegionOf(a.Answers.Residence.Place); ok {
		region, _ = area.Names.In(string(a.Tag()))
	}
	return web.Page{
		Template: "jobseeker/section", Title: a.T(s.Title, "Region", region), Form: a.Form, Focused: true,
		Data: sectionView{Form: a.Form, Action: sectionPath(s), Question: view, Theirs: theirs},
		Back: &ui.Link{Text: a.T("common.nav.my_profile"), URL: profilePath},
	}, nil
}

// save changes the record. When somebody else changed it meanwhile, the page shows what is stored beside what was
// typed; saving again then decides.
func (p *pages) save(c *web.Context, s profile.Section) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	me, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	a := p.asked(c, me, f)
	if err := s.Read(a); err != nil {
		return web.Page{}, err
	}
	version, _ := f.Int("version", 1, maxVersion)
	if !f.Failed() {
		in := person.UpdatePerson{ID: me.ID, Version: version}
		s.Change(&in, a.Answers)
		_, err = p.Jobseekers.Update(c.Context(), c.Act(f), in)
		if settled(err) {
			return p.saved(a, s)
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	f.Token = c.NewForm().Token // nothing was done: the next try is another act
	var theirs ui.KeyValues
	if stale(err) {
		f.Set("version", strconv.Itoa(me.Version))
		if theirs, err = p.stored(c, me, s.Name); err != nil {
			return web.Page{}, err
		}
	}
	return p.sectionPage(a, s, theirs)
}

// stale says that the record, or what this very form did before, is no longer what the page was made from.
func stale(err error) bool {
	var e *domain.Error
	return domain.KindOf(err) == domain.KindStale || errors.As(err, &e) && e.Key == "error.once.other_payload"
}

func (p *pages) saved(a *profile.Asked, s profile.Section) (web.Page, error) {
	next, err := profile.After(a, s)
	if err != nil {
		return web.Page{}, err
	}
	if next != "" {
		return web.Redirect(profilePath+"/"+next, ""), nil
	}
	return web.Redirect(profilePath, "jobseeker.saved"), nil
}

// stored says what the record holds now for one question.
func (p *pages) stored(c *web.Context, me person.Person, question string) (ui.KeyValues, error) {
	lines, err := profile.Lines(c, p.kit(), profile.AnswersOf(me))
	if err != nil {
		return nil, err
	}
	var out ui.KeyValues
	for _, line := range lines {
		if line.Question == question {
			out = append(out, ui.KeyValue{Key: line.Key, Value: said(c, line)})
		}
	}
	return out, nil
}
