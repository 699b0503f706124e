package placement

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
)

// Answer is what the person said to a proposal. A counsellor who records it
// says how it was given; the person's own click needs no mode. Of what was said
// on the telephone the counsellor who records it is the witness, where no other
// is named.
type Answer struct {
	Act
	Mode           person.ConsentMode
	Language       string // of the consent text that was read; "" means the person's
	Witness        string
	Representative string // who agreed for the person; "" means the guardian
}

// AnswerModes lists how an answer recorded by a counsellor was given.
func AnswerModes() []person.ConsentMode {
	return []person.ConsentMode{person.ByWord, person.ByWriting, person.ByThumbprint, person.ByRepresentative}
}

// Consent says yes to a proposal, while the vacancy is open: it is the consent
// to be named to that employer, and is recorded as such.
func (s *Applications) Consent(ctx context.Context, actor domain.Actor, in Answer) (Application, error) {
	return s.change(ctx, actor, in.Act, access.ApplicationAnswer, "consent", func(tx domain.Tx, a *Application) error {
		v, err := s.open(ctx, tx, "placement.Consent", a.VacancyID)
		if err != nil {
			return err
		}
		if err := s.lawful(ctx, tx, "placement.Consent", a.PersonID, v); err != nil {
			return err
		}
		return s.agree(ctx, tx, actor, a, v, in)
	})
}

// agree records the consent to an application's contact and sets how it was given.
func (s *Applications) agree(ctx context.Context, tx domain.Tx, actor domain.Actor, a *Application, v employer.Vacancy, in Answer) error {
	to, err := s.recipient(ctx, tx, a.ID, v)
	if err != nil {
		return err
	}
	a.Consent, err = s.d.Consents.AgreeIn(ctx, tx, actor, person.AgreeToContact{
		PersonID: a.PersonID, Recipient: to, Language: in.Language, Mode: in.Mode, Witness: in.Witness, Representative: in.Representative,
	})
	return err
}

// recipient names the employer as the person was told it.
func (s *Applications) recipient(ctx context.Context, tx domain.Tx, application domain.ID, v employer.Vacancy) (person.Recipient, error) {
	to := person.Recipient{ApplicationID: application, OrganisationID: v.OrganisationID, Employer: v.ClientName}
	if to.OrganisationID.IsZero() || to.Employer != "" {
		return to, nil
	}
	names, err := s.d.Organisations.EmployerNames(ctx, tx, []domain.ID{v.OrganisationID})
	if err != nil {
		return to, err
	}
	if to.Employer = names[v.OrganisationID].TradeName; to.Employer == "" {
		to.Employer = names[v.OrganisationID].LegalName
	}
	return to, nil
}

// Decline says no to a proposal or to an offer. No reason is needed.
func (s *Applications) Decline(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationAnswer, "decline", s.noMore(ctx, actor))
}

// noMore ends the consent to the contact, for an act by which the person wants
// no more of it. When it is committed, no answer that names her to the employer
// is on its way.
func (s *Applications) noMore(ctx context.Context, actor domain.Actor) func(domain.Tx, *Application) error {
	return func(tx domain.Tx, a *Application) error { return s.d.Consents.EndIn(ctx, tx, actor, a.PersonID, a.ID) }
}

// Withdraw takes an application back.
func (s *Applications) Withdraw(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationDrop, "withdraw", s.noMore(ctx, actor))
}

// EndContact takes back that one employer may know the person, whatever became
// of the application: one of which something may still come is withdrawn, the
// consent ends also where it was refused or led to work.
func (s *Applications) EndContact(ctx context.Context, actor domain.Actor, id domain.ID) error {
	_, err := s.Withdraw(ctx, actor, Act{ID: id})
	if _, again := domain.Replayed(err); again || domain.KindOf(err) != domain.KindConflict {
		return err
	}
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.quiet(ctx, tx, actor, access.ApplicationDrop, id); err != nil {
			return err
		}
		a, err := s.d.Applications.ApplicationForUpdate(ctx, tx, id)
		if err != nil {
			return err
		}
		tx.Outcome("application", a.ID, a.Version)
		return s.d.Consents.EndIn(ctx, tx, actor, a.PersonID, a.ID)
	})
}

// WithdrawAll takes every application back of which something may still come
// and that the actor reaches: the person wants no employer to have her name any
// more. It is part of the transaction that ends the consents.
func (s *Applications) WithdrawAll(ctx context.Context, tx domain.Tx, actor domain.Actor, of domain.ID) error {
	found, err := s.d.Applications.Applications(ctx, tx, ApplicationQuery{
		Actor: actor, Relations: s.d.Policy.Relations(actor, access.ApplicationDrop), Cursor: domain.Cursor{Limit: domain.MaxLimit},
		ApplicationFilter: ApplicationFilter{PersonID: of, States: []domain.State{Consented, Applied, Sent, Seen, Interview, Offer}},
	})
	if err != nil {
		return err
	}
	for _, row := range slices.Backward(found.Items) { // the oldest first, as everybody who locks several
		a, err := s.d.Applications.ApplicationForUpdate(ctx, tx, row.Application.ID)
		if err != nil {
			return err
		}
		from := a.State
		if err := s.d.move(&a, actor.Role, "withdraw", ""); domain.KindOf(err) == domain.KindConflict {
			continue // it ended meanwhile
		} else if err != nil {
			return err
		}
		if err := s.d.save(ctx, tx, actor, &a, "withdraw", from); err != nil {
			return err
		}
	}
	return nil
}

// Send passes an application on: from now on a verified employer knows who it
// is. For an employer without an account the counsellor tells it by phone.
func (s *Applications) Send(ctx context.Context, actor domain.Actor, in Act) (Application, error) {
	return s.change(ctx, actor, in, access.ApplicationSend, "send", func(tx domain.Tx, a *Application) error {
		a.SentAt = a.StateSince
		_, err := s.open(ctx, tx, "placement.Send", a.VacancyID)
		return err
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
