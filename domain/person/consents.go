package person

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Consents are the use-cases on consents. Both giving and withdrawing act
// with the commit: matching reads consents in the database, not in an index.
type Consents struct{ d Deps }

// NewConsents wires the use-cases.
func NewConsents(d Deps) *Consents { return &Consents{d: d} }

// GiveConsent records one consent. People themselves click; staff record what
// was written, said or thumbprinted before them.
type GiveConsent struct {
	PersonID       domain.ID
	Purpose        Purpose
	TextVersion    string
	Language       string
	Mode           ConsentMode
	Witness        string
	Representative string
	// RepresentativePhone is a number as typed; "" means the guardian's of the record.
	RepresentativePhone string
	Paper               string // where what was signed is kept; may be ""
}

// WithdrawConsent ends what somebody agreed to. Sharing ends the consent to
// every employer at once.
type WithdrawConsent struct {
	PersonID domain.ID
	Purpose  Purpose
	Mode     ConsentMode // how it was said to staff; "" where it does not matter
}

// Of lists every consent of a person, newest first.
func (s *Consents) Of(ctx context.Context, actor domain.Actor, person domain.ID) ([]Consent, error) {
	var out []Consent
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, person)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonRead, facts); err != nil {
			return err
		}
		out, err = s.d.Consents.Consents(ctx, tx, person)
		return err
	})
	return out, err
}

// One gives one consent of a person, for a proof.
func (s *Consents) One(ctx context.Context, actor domain.Actor, person, id domain.ID) (Consent, error) {
	all, err := s.Of(ctx, actor, person)
	if err != nil {
		return Consent{}, err
	}
	i := slices.IndexFunc(all, func(c Consent) bool { return c.ID == id })
	if i < 0 {
		return Consent{}, domain.NotFound("person.Consent")
	}
	return all[i], nil
}

// Ending lists consents that end soon, of people whose open file the actor
// owns: for her day.
func (s *Consents) Ending(ctx context.Context, actor domain.Actor) ([]Ending, error) {
	var out []Ending
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.IntakeRead, access.Facts{AgencyID: actor.AgencyID}); err != nil {
			return err
		}
		now := s.d.Clock.Now()
		var err error
		out, err = s.d.Consents.EndingConsents(ctx, tx, actor.UserID, now, now.AddDate(0, 0, s.d.Rules.ConsentNotice))
		return err
	})
	return out, err
}

// RemindEnding is Baara's own act: who agreed to messages is told, once, that a
// consent ends soon; the others learn it from their page and their counsellor,
// whose day lists it. It tells how many consents it looked at.
func (s *Consents) RemindEnding(ctx context.Context, batch int) (int, error) {
	n := 0
	err := s.d.Tx.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		now := s.d.Clock.Now()
		due, err := s.d.Consents.DueReminders(ctx, tx, now, now.AddDate(0, 0, s.d.Rules.ConsentNotice), batch)
		if err != nil {
			return err
		}
		n = len(due)
		told := map[domain.ID]bool{}
		for _, one := range due {
			live, err := s.d.Consents.LiveConsent(ctx, tx, one.PersonID, ForMessages, now)
			if err != nil {
				return err
			}
			if !live || told[one.PersonID] {
				continue
			}
			told[one.PersonID] = true
			p, err := s.d.People.Get(ctx, tx, one.PersonID)
			if err != nil {
				return err
			}
			day := domain.DateOf(one.ExpiresAt.In(s.d.Rules.Zone)).String()
			if err := s.d.Outbox.Notify(ctx, tx, p, "sms.consent_ends", map[string]string{"Date": day}); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// Live reports whether a consent for the purpose stands now, inside the
// transaction of the act that rests on it.
func (s *Consents) Live(ctx context.Context, tx domain.Tx, person domain.ID, purpose Purpose) (bool, error) {
	return s.d.Consents.LiveConsent(ctx, tx, person, purpose, s.d.Clock.Now())
}

// Give records a consent. One that stands for the same purpose is replaced,
// so that the newest text and mode count.
func (s *Consents) Give(ctx context.Context, actor domain.Actor, in GiveConsent) (Consent, error) {
	const op = "person.GiveConsent"
	var out Consent
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		p, err := s.person(ctx, tx, actor, in.PersonID, nil)
		if err != nil {
			return err
		}
		var f domain.Fields
		s.d.checkConsent(&f, actor, p, &in)
		if err := f.Err(op); err != nil {
			return err
		}
		end := ConsentEnd{At: s.d.Clock.Now(), By: actor.UserID, Replaced: true}
		if _, err := s.d.Consents.EndConsent(ctx, tx, p.ID, in.Purpose, end); err != nil {
			return err
		}
		out = s.d.consent(actor, p, in)
		if err := s.d.Consents.InsertConsent(ctx, tx, out); err != nil {
			return err
		}
		tx.Outcome("consent", out.ID, 1)
		return nil
	})
	return out, err
}

// Withdraw ends the consent for a purpose. Not to have one is no error: what
// was asked for is already so. When it returns, nothing that was read before
// the commit is still on its way to anybody.
func (s *Consents) Withdraw(ctx context.Context, actor domain.Actor, in WithdrawConsent) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.WithdrawIn(ctx, tx, actor, in); err != nil {
			return err
		}
		tx.Outcome("person", in.PersonID, 0)
		return nil
	})
}

// WithdrawIn does the same within a larger act, which has locked no row of the
// person's yet.
func (s *Consents) WithdrawIn(ctx context.Context, tx domain.Tx, actor domain.Actor, in WithdrawConsent) error {
	const op = "person.WithdrawConsent"
	if _, err := s.person(ctx, tx, actor, in.PersonID, s.WithdrawingIn); err != nil {
		return err
	}
	own := actor.Role == domain.RoleJobseeker
	if own {
		in.Mode = ByClick
	}
	var bad domain.Fields
	bad.Check(slices.Contains(Purposes(), in.Purpose), "purpose", "error.choice")
	bad.Check(own || in.Mode == "" || slices.Contains(StaffModes(), in.Mode), "mode", "error.choice")
	if err := bad.Err(op); err != nil {
		return err
	}
	end := ConsentEnd{At: s.d.Clock.Now(), By: actor.UserID, Mode: in.Mode}
	if in.Purpose == ForSharing {
		if err := s.endContacts(ctx, tx, actor, in.PersonID, end); err != nil {
			return err
		}
	}
	_, err := s.d.Consents.EndConsent(ctx, tx, in.PersonID, in.Purpose, end)
	return err
}

// endContacts takes applications back, where there are any, and then the
// consents to them: also to those of an agency the actor does not reach.
func (s *Consents) endContacts(ctx context.Context, tx domain.Tx, actor domain.Actor, person domain.ID, end ConsentEnd) error {
	if s.d.Contacts != nil {
		if err := s.d.Contacts.WithdrawAll(ctx, tx, actor, person); err != nil {
			return err
		}
	}
	_, err := s.d.Consents.EndContacts(ctx, tx, person, end)
	return err
}

// StaffModes are the ways a consent is given, or taken back, before staff.
func StaffModes() []ConsentMode {
	return []ConsentMode{ByWriting, ByWord, ByThumbprint, ByRepresentative}
}

// person authorises and locks the record, so that two consents given at once
// wait for each other. What is to be waited for before anything is locked comes
// between: see ConsentStore.Withdrawing.
func (s *Consents) person(ctx context.Context, tx domain.Tx, actor domain.Actor, id domain.ID,
	before func(context.Context, domain.Tx, domain.ID) error) (Person, error) {
	facts, err := s.d.factsOf(ctx, tx, id)
	if err != nil {
		return Person{}, err
	}
	if err := s.d.Policy.Authorise(tx, actor, access.PersonConsent, facts); err != nil {
		return Person{}, err
	}
	if before != nil {
		if err := before(ctx, tx, id); err != nil {
			return Person{}, err
		}
	}
	return s.d.People.ForUpdate(ctx, tx, id)
}
