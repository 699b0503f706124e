package placement

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

// Answer is what the person said to a proposal. A counsellor who records it
// says how it was given; the person's own click needs no mode.
type Answer struct {
	Act
	Mode person.ConsentMode
}

// AnswerModes lists how an answer recorded by a counsellor was given.
func AnswerModes() []person.ConsentMode {
	return []person.ConsentMode{person.ByWord, person.ByWriting, person.ByThumbprint, person.ByRepresentative}
}

// Consent says yes to a proposal, while the vacancy is open.
func (s *Applications) Consent(ctx context.Context, actor domain.Actor, in Answer) (Application, error) {
	return s.change(ctx, actor, in.Act, access.ApplicationAnswer, "consent", func(tx domain.Tx, a *Application) error {
		const op = "placement.Consent"
		a.Consent = person.ByClick
		if actor.Role != domain.RoleJobseeker {
			if !slices.Contains(AnswerModes(), in.Mode) {
				return domain.Invalid(op, domain.Field("mode", "error.choice"))
			}
			a.Consent = in.Mode
		}
		return s.open(ctx, tx, op, a.VacancyID)
	})
}

// Decline says no to a proposal or to an offer. No reason is needed.
func (s *Applications) Decline(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationAnswer, "decline", nil)
}

// Withdraw takes an application back.
func (s *Applications) Withdraw(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationDrop, "withdraw", nil)
}

// Send passes an application on: from now on a verified employer knows who it
// is. For an employer without an account the counsellor tells it by phone.
func (s *Applications) Send(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationSend, "send", func(tx domain.Tx, a *Application) error {
		a.SentAt = a.StateSince
		return s.open(ctx, tx, "placement.Send", a.VacancyID)
	})
}

// See notes that the employer looked.
func (s *Applications) See(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationRespond, "see", nil)
}

// Interview notes that the employer invites the person.
func (s *Applications) Interview(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationRespond, "interview", nil)
}

// Offer notes that the employer offers the post.
func (s *Applications) Offer(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationRespond, "offer", nil)
}

// Refuse is an employer's no, with one of Refusals; Act.Reason may add words.
type Refuse struct {
	Act
	Why Refusal
}

// Refuse notes that the employer does not want the person, and why.
func (s *Applications) Refuse(ctx context.Context, actor domain.Actor, in Refuse) (Application, error) {
	words := in.Reason
	in.Act.Reason = string(in.Why)
	return s.change(ctx, actor, in.Act, access.ApplicationRespond, "refuse", func(_ domain.Tx, a *Application) error {
		if !slices.Contains(Refusals(), in.Why) {
			return domain.Invalid("placement.Refuse", domain.Field("reason", "error.choice"))
		}
		a.Refusal = in.Why
		if words != "" {
			a.Reason = words
		}
		return nil
	})
}
