package rights

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Agreement is a recorded agreement on data that leaves the country. Without
// one, nothing but aggregates leaves.
type Agreement struct {
	ID            domain.ID
	Recipient     string
	Country       string // alpha-3
	Purpose       string
	Data          string // which, in words
	Authorisation string // the authority's number
	Since         domain.Date
	Until         domain.Date // zero: until it is ended
	RecordedBy    domain.ID
	RecordedAt    time.Time
	EndedAt       time.Time
}

// InForce reports whether data may leave under the agreement on a day.
func (a Agreement) InForce(on domain.Date) bool {
	return a.EndedAt.IsZero() && !on.Before(a.Since) && (a.Until.IsZero() || !a.Until.Before(on))
}

// Registers are the use-cases on what the service says of itself.
type Registers struct{ d Deps }

// NewRegisters wires the use-cases.
func NewRegisters(d Deps) *Registers { return &Registers{d: d} }

// Declaration is the authority's number of the declared processing, "" while
// there is none: pages say so.
func (s *Registers) Declaration() string { return s.d.Rules.Declaration }

var alpha3 = regexp.MustCompile(`^[A-Z]{3}$`)

// Record notes an agreement.
func (s *Registers) Record(ctx context.Context, actor domain.Actor, a Agreement) (Agreement, error) {
	a.ID, a.RecordedBy, a.RecordedAt, a.EndedAt = s.d.IDs.New(), actor.UserID, s.d.Clock.Now(), time.Time{}
	for _, text := range []*string{&a.Recipient, &a.Purpose, &a.Data, &a.Authorisation} {
		*text = strings.TrimSpace(*text)
	}
	a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AgreementChange, access.Facts{}); err != nil {
			return err
		}
		var bad domain.Fields
		for name, text := range map[string]struct {
			value string
			most  int
		}{"recipient": {a.Recipient, 200}, "purpose": {a.Purpose, 500}, "data": {a.Data, 500}, "authorisation": {a.Authorisation, 100}} {
			bad.Check(text.value != "", name, "error.required")
			bad.Check(len([]rune(text.value)) <= text.most, name, "error.too_long", "Max", text.most)
		}
		bad.Check(alpha3.MatchString(a.Country) && a.Country != "MLI", "country", "error.choice")
		bad.Check(!a.Since.IsZero(), "since", "error.required")
		bad.Check(a.Until.IsZero() || !a.Until.Before(a.Since), "until", "error.date.order")
		if err := bad.Err("rights.Record"); err != nil {
			return err
		}
		tx.Outcome("agreement", a.ID, 1)
		return s.d.Store.InsertAgreement(ctx, tx, a)
	})
	if err != nil {
		return Agreement{}, err
	}
	return a, nil
}

// End ends an agreement now; Stale when somebody ended it before.
func (s *Registers) End(ctx context.Context, actor domain.Actor, id domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AgreementChange, access.Facts{RecordID: id}); err != nil {
			return err
		}
		all, err := s.d.Store.Agreements(ctx, tx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(a Agreement) bool { return a.ID == id }) {
			return domain.NotFound("rights.End")
		}
		tx.Outcome("agreement", id, 1)
		return s.d.Store.EndAgreement(ctx, tx, id, actor.UserID, s.d.Clock.Now())
	})
}

// Agreements lists all of them, the newest first.
func (s *Registers) Agreements(ctx context.Context, actor domain.Actor) ([]Agreement, error) {
	return s.agreements(ctx, actor, access.AgreementRead)
}

// InForce lists those under which data may leave today, which everybody may know.
func (s *Registers) InForce(ctx context.Context, actor domain.Actor) ([]Agreement, error) {
	all, err := s.agreements(ctx, actor, access.AgreementStanding)
	today := domain.DateOf(s.d.Clock.Now())
	return slices.DeleteFunc(all, func(a Agreement) bool { return !a.InForce(today) }), err
}

// Known lists those the actor may know of: all for whoever keeps the register,
// those in force for everybody else.
func (s *Registers) Known(ctx context.Context, actor domain.Actor) ([]Agreement, error) {
	if s.d.Policy.Allows(actor, access.AgreementRead, access.Facts{}) {
		return s.Agreements(ctx, actor)
	}
	return s.InForce(ctx, actor)
}

// Get reads one the actor may know of.
func (s *Registers) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Agreement, error) {
	all, err := s.Known(ctx, actor)
	if err != nil {
		return Agreement{}, err
	}
	i := slices.IndexFunc(all, func(a Agreement) bool { return a.ID == id })
	if i < 0 {
		return Agreement{}, domain.NotFound("rights.Get")
	}
	return all[i], nil
}

func (s *Registers) agreements(ctx context.Context, actor domain.Actor, action access.Action) ([]Agreement, error) {
	var out []Agreement
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, action, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Store.Agreements(ctx, tx)
		return err
	})
	return out, err
}
