package offers

import (
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

func vacancyTag(c *web.Context, v employer.Vacancy) ui.Tag {
	tag := ui.Tag{Text: c.T("reference.vacancy." + string(v.State))}
	switch v.State {
	case employer.Published, employer.PartlyFilled:
		tag.Tone, tag.Icon = ui.Good, "check"
	case employer.Filled:
		tag.Tone = ui.Good
	case employer.Submitted, employer.Held, employer.Expired:
		tag.Tone = ui.Warning
	case employer.Draft, employer.Returned, employer.Withdrawn, employer.Suspended:
		tag.Tone = ui.Quiet
	}
	return tag
}

func applicationTag(c *web.Context, a placement.Application) ui.Tag {
	tag := ui.Tag{Text: c.T("offers.state." + string(a.State))}
	switch {
	case slices.Contains([]domain.State{placement.Proposed, placement.Consented, placement.Applied, placement.Offer}, a.State):
		tag.Tone = ui.Warning
	case a.State == placement.Hired:
		tag.Tone, tag.Icon = ui.Good, "check"
	case !a.Live():
		tag.Tone = ui.Quiet
	}
	return tag
}

func placementTag(c *web.Context, p placement.Placement) ui.Tag {
	tag := ui.Tag{Text: c.T("reference.placement." + string(p.State))}
	switch p.State {
	case placement.Planned:
		tag.Tone = ui.Warning
	case placement.Started:
		tag.Tone, tag.Icon = ui.Good, "check"
	case placement.NoStart, placement.Ended, placement.Converted:
		tag.Tone = ui.Quiet
	}
	return tag
}

func verificationTag(c *web.Context, o employer.Organisation) ui.Tag {
	tag := ui.Tag{Text: c.T("reference.verification." + string(o.Verification)), Tone: ui.Warning}
	switch o.Verification {
	case employer.VerificationDone:
		tag.Tone, tag.Icon = ui.Good, "check"
	case employer.VerificationRefused:
		tag.Tone = ui.Bad
	}
	return tag
}

// confirmSoon is how many days before a public vacancy is taken off somebody asks whether it is still open.
const confirmSoon = 30

// confirmBy is the last day a public vacancy is shown unless its employer says that it is still open, and whether that is soon.
func (p *pages) confirmBy(v employer.Vacancy) (by domain.Date, soon bool) {
	by = domain.DateOf(v.ConfirmedAt.Add(employer.ConfirmWithin * 24 * time.Hour))
	if !v.OpenUntil.IsZero() && v.OpenUntil.Before(by) {
		return v.OpenUntil, false // its own end is no question
	}
	return by, v.Public() && !p.today().AddDays(confirmSoon).Before(by)
}

// toReview says whether somebody of the desk has to read a vacancy.
func toReview(v employer.Vacancy) bool {
	return v.State == employer.Submitted || v.State == employer.Held
}

// editable says whether a vacancy may still be changed.
func editable(v employer.Vacancy) bool {
	return !slices.Contains([]domain.State{employer.Filled, employer.Expired, employer.Withdrawn}, v.State)
}

// offered says whether the state table lets the desk do something to a record in this state.
func offered(m domain.Machine, from domain.State, role domain.Role, name string) bool {
	return slices.ContainsFunc(m.Offers(from, role), func(t domain.Transition) bool { return t.Name == name })
}
