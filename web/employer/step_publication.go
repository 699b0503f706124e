package employer

import (
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
)

// publicationStep asks for the text people read, the dates, and the
// declaration that workers are charged nothing.
func publicationStep() step {
	return step{
		name: stepPublication,
		fill: func(_ *pages, a *asked, into *form.Form) error {
			into.Set("description", a.fields.Description)
			into.SetDate("starts_on", a.fields.StartsOn, "")
			into.SetDate("open_until", a.fields.OpenUntil, "")
			if a.fields.FeeFree {
				into.Set("fee_free", "1")
			}
			return nil
		},
		read: func(p *pages, a *asked) error {
			a.fields.Description = a.form.Paragraph("description", employer.MaxDescription)
			a.fields.StartsOn, a.fields.OpenUntil = a.form.Date("starts_on"), a.form.Date("open_until")
			a.fields.FeeFree = a.form.Ticked("fee_free")
			if !a.fields.FeeFree {
				a.form.Fail("fee_free", "error.vacancy.fee_free")
			}
			if !a.fields.OpenUntil.IsZero() && a.fields.OpenUntil.Before(p.today()) {
				a.form.Fail("open_until", "error.date.past")
			}
			return nil
		},
		view: func(*pages, *asked) (any, error) { return employer.MaxDescription, nil },
		compare: func(_ *pages, a *asked) []desk.Compared {
			return []desk.Compared{
				{Name: "description", Label: a.T("employer.vacancy.description")},
				{Name: "starts_on", Label: a.T("employer.vacancy.starts_on"), Date: true},
				{Name: "open_until", Label: a.T("employer.vacancy.open_until"), Date: true},
			}
		},
	}
}
