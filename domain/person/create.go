package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// CreatePerson is an assisted registration: what staff enter for somebody who
// sits before them.
type CreatePerson struct {
	Person   Person // identifiers, entry and times are ignored
	KeepHere bool   // register with the actor's agency instead of the one serving the place
	Consents []GiveConsent
	Secret   string // the second thing for signing in, typed by the person; "" for later
}

// Create registers somebody on the person's behalf. Helping does not change
// who is responsible: the registration goes to the agency that serves the
// place unless it is to be kept here. Likely duplicates do not stop it; show
// Duplicates before.
func (s *Jobseekers) Create(ctx context.Context, actor domain.Actor, in CreatePerson) (Person, error) {
	const op = "person.Create"
	if s.d.Policy.Check(actor, access.PersonCreate, access.Facts{}) != nil {
		return Person{}, s.d.Policy.Require(ctx, s.d.Tx, actor, access.PersonCreate, access.Facts{})
	}
	p := in.Person.clone()
	p.Entry, p.Demo = Entry{Mode: EntryStaff, By: actor.UserID}, false
	check := s.d.checker()
	check.all(&p)
	required(&check.fields, p, s.d.today())
	check.fields.Check(in.Secret == "" || len(foldSecret(in.Secret)) >= minSecret, "secret", "error.secret.short", "Min", minSecret)
	for i := range in.Consents {
		s.d.checkConsent(&check.fields, actor, p, &in.Consents[i])
	}
	if err := check.fields.Err(op); err != nil {
		return Person{}, err
	}
	if err := s.d.link(ctx, &p); err != nil {
		return Person{}, err
	}
	account := &Account{ID: s.d.IDs.New(), Language: p.Contact.Language}
	if in.Secret != "" {
		var err error
		if account.SecretHash, err = s.d.Secrets.Hash(ctx, foldSecret(in.Secret)); err != nil {
			return Person{}, err
		}
	}
	agency := domain.ID("")
	if in.KeepHere {
		agency = actor.AgencyID
	}
	var out Person
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.PersonCreate, access.Facts{}); err != nil {
			return err
		}
		n, err := s.newcomer(ctx, tx, actor, p, agency, Submit)
		if err != nil {
			return err
		}
		for _, g := range in.Consents {
			g.PersonID = n.Person.ID
			n.Consents = append(n.Consents, s.d.consent(actor, n.Person, g))
		}
		account.Phone, account.CreatedAt = signInPhone(n.Person), n.Person.CreatedAt
		n.Account = account
		if err := s.d.People.InsertBatch(ctx, tx, []Newcomer{n}); err != nil {
			return err
		}
		if err := s.d.sendReceipt(ctx, tx, n.Person); err != nil {
			return err
		}
		tx.Outcome("person", n.Person.ID, n.Person.Version)
		out = n.Person
		return nil
	})
	return out, err
}

// signInPhone is the number somebody signs in with: a helper's is not theirs.
func signInPhone(p Person) string {
	for _, owner := range []PhoneOwner{OwnPhone, SharedPhone} {
		for _, n := range p.Phones {
			if n.Owner == owner {
				return n.Number
			}
		}
	}
	return ""
}
