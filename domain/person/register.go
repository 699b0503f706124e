package person

import (
	"context"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person/wording"
)

// Send asks to register what a draft says.
type Send struct {
	Token string // of the draft
	Work  string // solution of a challenge posed for RegisterWork, "" for none
}

// RegisterWork is the purpose of a challenge solved for registering.
const RegisterWork = "register"

// Register turns a finished draft into a jobseeker: record, registration in
// the intake queue of the agency that serves the place, consents, an account
// to sign in with, and a message with the reference. A draft that was sent
// before gives the same receipt again. Without proof of work the registration
// waits in quarantine and no message is sent: whoever sends thousands must not
// reach thousands of phones.
func (s *Jobseekers) Register(ctx context.Context, actor domain.Actor, in Send) (Receipt, error) {
	const op = "person.Register"
	token := in.Token
	draft, err := s.finishedDraft(ctx, actor, token)
	if err != nil {
		return Receipt{}, err
	}
	if !draft.PersonID.IsZero() {
		return s.Receipt(ctx, actor, token)
	}
	p := draft.Answers.person()
	if p.Contact.Language == "" {
		p.Contact.Language = draft.Language
	}
	check := s.d.checker()
	check.all(&p)
	required(&check.fields, p, s.d.today())
	for _, purpose := range draft.Answers.Consents {
		check.fields.Check(slices.Contains(Purposes(), purpose), "consents", "error.choice")
		check.fields.Check(wording.Known(draft.Answers.TextVersion), "text_version", "error.consent.text")
	}
	if err := check.fields.Err(op); err != nil {
		return Receipt{}, err
	}
	if err := s.d.link(ctx, &p); err != nil {
		return Receipt{}, err
	}
	var out Receipt
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		now, err := s.d.Drafts.DraftByToken(ctx, tx, draft.TokenHash, true)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonRegister, access.Facts{}); err != nil {
			return err
		}
		if now.Version != draft.Version {
			return domain.Stale(op)
		}
		proven, err := s.d.Work.Spend(ctx, tx, RegisterWork, in.Work)
		if err != nil {
			return err
		}
		submit := Part
		if proven {
			submit = Submit
		}
		n, err := s.newcomer(ctx, tx, actor, p, "", submit)
		if err != nil {
			return err
		}
		n.Consents = s.formConsents(n.Person, draft.Answers)
		n.Account = &Account{
			ID: s.d.IDs.New(), Phone: draft.Phone, SecretHash: draft.SecretHash,
			Language: p.Contact.Language, CreatedAt: n.Person.CreatedAt,
		}
		if err := s.d.People.InsertBatch(ctx, tx, []Newcomer{n}); err != nil {
			return err
		}
		// What was said lives in the record now; the draft keeps only its receipt.
		now.PersonID, now.Answers, now.Phone, now.SecretHash = n.Person.ID, Answers{}, "", ""
		now.UpdatedAt = n.Person.CreatedAt
		if err := s.d.Drafts.SaveDraft(ctx, tx, now); err != nil {
			return err
		}
		if proven {
			if err := s.d.sendReceipt(ctx, tx, n.Person); err != nil {
				return err
			}
		}
		tx.Outcome("person", n.Person.ID, n.Person.Version)
		out = receiptOf(n.Person, n.Registration)
		out.UserID = n.Account.ID
		return nil
	})
	return out, err
}

// Receipt gives the receipt of a draft that was sent, to who holds its token.
func (s *Jobseekers) Receipt(ctx context.Context, actor domain.Actor, token string) (Receipt, error) {
	var out Receipt
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.d.Drafts.ReceiptOf(ctx, tx, s.d.HashToken(token))
		return err
	})
	return out, err
}

func receiptOf(p Person, r Registration) Receipt {
	return Receipt{PersonID: p.ID, Reference: p.Reference, AgencyID: r.AgencyID, RegisteredOn: r.RegisteredOn, Quarantined: r.State == Quarantine}
}

func (d Deps) sendReceipt(ctx context.Context, tx domain.Tx, p Person) error {
	return d.Outbox.Notify(ctx, tx, p, "sms.receipt", map[string]string{"Reference": p.Reference})
}

// finishedDraft reads a live draft before the transaction that uses it, so
// that words can be linked outside of it.
func (s *Jobseekers) finishedDraft(ctx context.Context, actor domain.Actor, token string) (DraftForm, error) {
	var draft DraftForm
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		draft, err = s.d.Drafts.DraftByToken(ctx, tx, s.d.HashToken(token), false)
		return err
	})
	if err == nil && draft.expired(s.d.Clock.Now()) {
		err = domain.NotFound("person.Draft")
	}
	return draft, err
}

// newcomer completes a checked record with all that registering gives it. An
// agency of "" means the one that serves the place. submit is the transition
// that sends it.
func (s *Jobseekers) newcomer(ctx context.Context, tx domain.Tx, actor domain.Actor, p Person, agency domain.ID, submit string) (Newcomer, error) {
	numbers, err := s.d.People.References(ctx, tx, 1)
	if err != nil {
		return Newcomer{}, err
	}
	if agency.IsZero() {
		agency, err = s.d.Registrations.AgencyFor(ctx, tx, p.Residence.Place, s.d.Rules.Country)
		if domain.KindOf(err) == domain.KindNotFound {
			return Newcomer{}, domain.Conflict("person.Register", "error.person.no_agency")
		}
		if err != nil {
			return Newcomer{}, err
		}
	}
	now := s.d.Clock.Now()
	p.ID, p.Version, p.CreatedAt, p.UpdatedAt = s.d.IDs.New(), 1, now, now
	p.Reference = domain.Reference(s.d.Rules.Prefix, s.d.today().Year, numbers[0])
	r := Registration{ID: s.d.IDs.New(), PersonID: p.ID, AgencyID: agency, State: Draft, RegisteredOn: s.d.today(), Version: 1}
	step, err := s.d.step(&r, actor, submit, "")
	if err != nil {
		return Newcomer{}, err
	}
	return Newcomer{Person: p, Registration: r, Steps: []domain.Step{step}}, nil
}

// formConsents makes the consents ticked in the public form. For a minor the
// guardian named in the form consents.
func (s *Jobseekers) formConsents(p Person, a Answers) []Consent {
	mode, representative, phone := ByClick, "", ""
	if p.Birth.Minor(s.d.today()) {
		mode, representative, phone = ByRepresentative, p.Guardian, p.GuardianPhone
	}
	var out []Consent
	for _, purpose := range unique(a.Consents) {
		if purpose == ForSharing { // a form begun before: names are given to one employer at a time
			continue
		}
		out = append(out, Consent{
			ID: s.d.IDs.New(), PersonID: p.ID, Purpose: purpose, TextVersion: a.TextVersion, Language: p.Contact.Language,
			Mode: mode, Representative: representative, RepresentativePhone: phone, GivenAt: p.CreatedAt, ExpiresAt: s.d.consentEnd(p.CreatedAt),
		})
	}
	return out
}

func (d Deps) consentEnd(from time.Time) time.Time {
	if d.Rules.ConsentMonths == 0 {
		return time.Time{}
	}
	return from.AddDate(0, d.Rules.ConsentMonths, 0)
}
