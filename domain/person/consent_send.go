package person

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
)

// ProofsPerDay bounds how many proofs one account has sent: each costs a message.
const ProofsPerDay = 20

// SendProof sends the proof of a consent to the person, by the way she chose: a
// message that says what was agreed to, when, until when, and under which
// number it is found. It is the answer to who asks for it and needs no consent
// of its own; her wishes decide whether it goes, now and again when it leaves.
// Where they leave no way it is Conflict: the proof is printed.
func (s *Consents) SendProof(ctx context.Context, actor domain.Actor, person, id domain.ID) error {
	const op = "person.SendProof"
	if _, err := s.One(ctx, actor, person, id); err != nil { // before it costs anything
		return err
	}
	if s.d.Allowance != nil {
		if err := s.d.Allowance.Spend(ctx, "proofs", actor.UserID, ProofsPerDay, s.d.Clock.Now()); err != nil {
			return err
		}
	}
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		p, err := s.person(ctx, tx, actor, person, nil)
		if err != nil {
			return err
		}
		all, err := s.d.Consents.Consents(ctx, tx, person)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(c Consent) bool { return c.ID == id })
		if i < 0 {
			return domain.NotFound(op)
		}
		if !s.Reaches(p) {
			return domain.Conflict(op, "error.consent.unreached")
		}
		template, params := s.proof(all[i])
		tx.Outcome("consent", id, 1)
		return s.d.Outbox.Notify(ctx, tx, p, template, params)
	})
}

// Reaches reports whether a message goes to somebody by the wishes of the record.
func (s *Consents) Reaches(p Person) bool { return s.d.Outbox.Reaches(p) }

// proof is the message that proves a consent. It names no employer: whoever
// shares the phone may read it.
func (s *Consents) proof(c Consent) (template string, params map[string]string) {
	day := domain.DateOf(c.GivenAt.In(s.d.Rules.Zone)).String()
	params = map[string]string{"Number": string(c.ID), "Date": day}
	if !c.WithdrawnAt.IsZero() {
		params["Until"] = domain.DateOf(c.WithdrawnAt.In(s.d.Rules.Zone)).String()
		return "sms.proof_ended", params
	}
	return map[Purpose]string{
		ForMatching: "sms.proof_matching", ForSharing: "sms.proof_sharing", ForFollowUp: "sms.proof_follow_up", ForMessages: "sms.proof_messages",
	}[c.Purpose], params
}
