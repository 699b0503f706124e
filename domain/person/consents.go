package person

import (
	"context"
	"slices"
	"strings"

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
		p, err := s.person(ctx, tx, actor, in.PersonID)
		if err != nil {
			return err
		}
		var f domain.Fields
		s.d.checkConsent(&f, actor, p, &in)
		if err := f.Err(op); err != nil {
			return err
		}
		now := s.d.Clock.Now()
		if _, err := s.d.Consents.EndConsent(ctx, tx, p.ID, in.Purpose, now, true); err != nil {
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
// was asked for is already so.
func (s *Consents) Withdraw(ctx context.Context, actor domain.Actor, person domain.ID, purpose Purpose) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if _, err := s.person(ctx, tx, actor, person); err != nil {
			return err
		}
		if !slices.Contains(Purposes(), purpose) {
			return domain.Invalid("person.WithdrawConsent", domain.Field("purpose", "error.choice"))
		}
		if _, err := s.d.Consents.EndConsent(ctx, tx, person, purpose, s.d.Clock.Now(), false); err != nil {
			return err
		}
		tx.Outcome("person", person, 0)
		return nil
	})
}

// person authorises and locks the record, so that two consents given at once
// wait for each other.
func (s *Consents) person(ctx context.Context, tx domain.Tx, actor domain.Actor, id domain.ID) (Person, error) {
	facts, err := s.d.factsOf(ctx, tx, id)
	if err != nil {
		return Person{}, err
	}
	if err := s.d.Policy.Authorise(tx, actor, access.PersonConsent, facts); err != nil {
		return Person{}, err
	}
	return s.d.People.ForUpdate(ctx, tx, id)
}

// checkConsent holds the rules of modes: a click is the person's own, what
// staff record names a witness where nothing is signed, and for a minor the
// guardian consents.
func (d Deps) checkConsent(f *domain.Fields, actor domain.Actor, p Person, in *GiveConsent) {
	in.Witness, in.Representative = strings.TrimSpace(in.Witness), strings.TrimSpace(in.Representative)
	if in.Language == "" {
		in.Language = p.Contact.Language
	}
	f.Check(slices.Contains(Purposes(), in.Purpose), "purpose", "error.choice")
	f.Check(in.TextVersion != "", "text_version", "error.required")
	own := actor.Role == domain.RoleJobseeker
	minor := p.Birth.Minor(d.today())
	switch in.Mode {
	case ByClick:
		f.Check(own, "mode", "error.consent.click")
	case ByWriting:
		f.Check(!own, "mode", "error.consent.staff")
	case ByWord, ByThumbprint:
		f.Check(!own, "mode", "error.consent.staff")
		f.Check(in.Witness != "", "witness", "error.consent.witness")
	case ByRepresentative:
		f.Check(in.Representative != "", "representative", "error.required")
	default:
		f.Add("mode", "error.choice")
	}
	f.Check(!minor || in.Mode == ByRepresentative, "mode", "error.consent.minor")
}

func (d Deps) consent(actor domain.Actor, p Person, in GiveConsent) Consent {
	now := d.Clock.Now()
	return Consent{
		ID: d.IDs.New(), PersonID: p.ID, Purpose: in.Purpose, TextVersion: in.TextVersion, Language: in.Language, Mode: in.Mode,
		Witness: in.Witness, Representative: in.Representative, GivenAt: now, ExpiresAt: d.consentEnd(now), RecordedBy: actor.UserID,
	}
}
