package employer

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
	case employer.Returned, employer.Held, employer.Expired:
		tag.Tone = ui.Warning
	case employer.Draft, employer.Withdrawn, employer.Suspended:
		tag.Tone = ui.Quiet
	}
	return tag
}

func candidateTag(c *web.Context, state domain.State) ui.Tag {
	tag := ui.Tag{Text: c.T("employer.candidate.state." + string(state))}
	switch state {
	case placement.Sent:
		tag.Tone = ui.Warning
	case placement.Hired:
		tag.Tone, tag.Icon = ui.Good, "check"
	case placement.Refused, placement.Withdrawn, placement.Declined, placement.Unanswered, placement.Obsolete, placement.Expired:
		tag.Tone = ui.Quiet
	}
	return tag
}

// held says why a vacancy is not public and what its employer can do; nil for
// one that needs nothing said.
func held(c *web.Context, v employer.Vacancy) *ui.Notice {
	n := &ui.Notice{Tone: ui.Warning, Title: c.T("employer.held." + string(v.State))}
	switch v.State {
	case employer.Returned:
		n.Text = v.Reason
	case employer.Held:
		n.Text = v.Reason
		if c.Has("employer.why." + v.Reason) {
			n.Text = c.T("employer.why." + v.Reason)
		}
	case employer.Expired:
		n.Text = c.T("employer.held.expired_text")
	case employer.Suspended, employer.Withdrawn:
		n.Tone, n.Text = ui.Info, v.Reason
		switch {
		case v.Reason == employer.HeldComplaint && v.State == employer.Withdrawn:
			n.Text = c.T("employer.why.complaint_founded")
		case v.Reason == employer.HeldComplaint || v.Reason == employer.HeldFee:
			n.Tone, n.Text = ui.Warning, c.T("employer.why."+v.Reason)
		}
	case employer.Filled, employer.Submitted:
		n.Tone = ui.Info
	default:
		return nil
	}
	return n
}

// confirmSoon is how many days before a public vacancy is taken off its
// employer is asked whether it is still open.
const confirmSoon = 30

// confirmBy is the last day a public vacancy is shown unless somebody says
// that it is still open, and whether that is soon.
func (p *pages) confirmBy(v employer.Vacancy) (by domain.Date, soon bool) {
	by = domain.DateOf(v.ConfirmedAt.Add(employer.ConfirmWithin * 24 * time.Hour))
	if !v.OpenUntil.IsZero() && v.OpenUntil.Before(by) {
		return v.OpenUntil, false // its own end is no question
	}
	return by, v.Public() && !p.today().AddDays(confirmSoon).Before(by)
}

// editable says whether a vacancy may still be changed.
func editable(v employer.Vacancy) bool {
	return !slices.Contains([]domain.State{employer.Filled, employer.Expired, employer.Withdrawn}, v.State)
}

// waiting are the states in which the employer's answer is the next thing to happen.
func waiting() []domain.State { return append(placement.WithEmployer(), placement.Offer) }
