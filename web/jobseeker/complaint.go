package jobseeker

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// complaintView is the data of "jobseeker/complaint".
type complaintView struct {
	Form   *form.Form
	Action string
	Back   string
	Title  string // of the vacancy
	Kinds  []ui.Option
	Phone  string
}

// complaintForm asks what is wrong with a vacancy or its employer.
func (p *pages) complaintForm(c *web.Context) (web.Page, error) {
	return p.complaintPage(c, c.NewForm())
}

func (p *pages) complaintPage(c *web.Context, f *form.Form) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	v, err := p.Complaints.About(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	back := vacanciesPath + "/" + string(id)
	if !v.Public() { // its page is hidden, and her applications are not
		back = applicationsPath
	}
	return web.Page{
		Template: "jobseeker/complaint", Title: c.T("jobseeker.complaint.title"), Form: f, Nav: vacanciesPath, NoIndex: true,
		Data: complaintView{
			Form: f, Action: complaintPath(id), Back: back, Title: v.Title, Kinds: desk.Coded(c, "reference.complaint.", watch.Kinds()...), Phone: c.Site.HelpPhone,
		},
		Back: &ui.Link{Text: c.T("common.back"), URL: back},
	}, nil
}

// complain sends it.
func (p *pages) complain(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := watch.Complain{
		VacancyID: id, Kind: watch.Kind(f.Choice("kind", codes(watch.Kinds())...)), Words: f.Paragraph("words", watch.MaxWords), Call: f.Ticked("call"),
	}
	f.Require("error.required", "kind")
	if !f.Failed() {
		_, err = p.Complaints.Make(c.Context(), c.Act(f), in)
		if settled(err) {
			return web.Redirect(applicationsPath, "jobseeker.complaint.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.complaintPage(c, f)
}

func complaintPath(vacancy domain.ID) string {
	return vacanciesPath + "/" + string(vacancy) + "/complaint"
}

func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out
}
