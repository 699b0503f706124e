package person

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Deps is what the use-cases of this package are wired with.
type Deps struct {
	Tx            domain.Transactor
	People        Store
	Registrations RegistrationStore
	Consents      ConsentStore
	History       History // of registrations
	Drafts        DraftStore
	Codes         CodeStore
	Accounts      AccountStore
	Contacts      Contacts     // nil: there are none
	Holds         domain.Holds // nil holds nobody
	Merges        MergeStore   // nil: no file was ever merged
	Outbox        *Outbox
	Phones        Phones
	Secrets       Secrets
	Work          Work
	Places        Places
	Linker        taxonomy.Linker
	Hints         Hints            // nil gives none: nobody can be asked for
	Allowance     domain.Allowance // nil counts nothing
	Policy        access.Policy
	IDs           domain.IDs
	Clock         domain.Clock
	Secret        func() string // 256 random bits, URL-safe
	HashToken     func(string) string
	NewCode       func() string // six random digits
	Rules         Rules
}

// Rules are what an installation decides.
type Rules struct {
	Country       string         // alpha-3: "MLI"
	Prefix        string         // of references: "ML"
	Zone          *time.Location // in which a day begins
	RenewMonths   int            // a registration stands this long without a visit or call
	ConsentMonths int            // a consent stands this long; 0 means that it does not end
	ConsentNotice int            // days before its end on which counsellor and person are reminded
}

// DefaultRules are Mali's. The months are the service's choice, not law.
func DefaultRules() Rules {
	return Rules{Country: "MLI", Prefix: "ML", Zone: time.UTC, RenewMonths: 6, ConsentMonths: 24, ConsentNotice: 30}
}

func (d Deps) today() domain.Date { return domain.DateOf(d.Clock.Now().In(d.Rules.Zone)) }

func (d Deps) checker() *checker {
	return &checker{places: d.Places.Present(), phones: d.Phones, country: d.Rules.Country, today: d.today()}
}

// factsOf tells how one person stands to others.
func (d Deps) factsOf(ctx context.Context, tx domain.Tx, id domain.ID) (access.Facts, error) {
	facts, err := d.People.Facts(ctx, tx, []domain.ID{id})
	if err != nil {
		return access.Facts{}, err
	}
	f, ok := facts[id]
	if !ok {
		return access.Facts{}, domain.NotFound("person.Facts")
	}
	return f, nil
}

// Jobseekers are the use-cases on people's records.
type Jobseekers struct{ d Deps }

// NewJobseekers wires the use-cases.
func NewJobseekers(d Deps) *Jobseekers { return &Jobseekers{d: d} }

// Get reads a record. Where the actor may not read it, it does not exist.
func (s *Jobseekers) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Person, error) {
	var out Person
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonRead, facts); err != nil {
			return err
		}
		out, err = s.d.People.Get(ctx, tx, id)
		return err
	})
	return out, err
}

// Card reads what people outside the agency may see of somebody. There is a
// card only of people who may be matched now.
func (s *Jobseekers) Card(ctx context.Context, actor domain.Actor, id domain.ID) (Card, error) {
	const op = "person.Card"
	var out Card
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.PersonCard, access.Facts{}); err != nil {
			return err
		}
		if err := domain.Hold(ctx, s.d.Holds, []domain.ID{id}); err != nil {
			return err
		}
		matchable, err := s.d.People.Matchable(ctx, []domain.ID{id}, s.d.Clock.Now())
		if err != nil {
			return err
		}
		found, err := s.d.People.ForCards(ctx, []domain.ID{id})
		if err != nil {
			return err
		}
		if !matchable[id] || len(found) == 0 {
			return domain.NotFound(op)
		}
		out = CardOf(found[0], s.d.today())
		return nil
	})
	return out, err
}

// Allowed lists which of the actions the actor may do to a person the actor
// may read, for the buttons of a page.
func (s *Jobseekers) Allowed(ctx context.Context, actor domain.Actor, id domain.ID, actions ...access.Action) (map[access.Action]bool, error) {
	out := map[access.Action]bool{}
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonRead, facts); err != nil {
			return err
		}
		for _, a := range actions {
			out[a] = s.d.Policy.Allows(actor, a, facts)
		}
		return nil
	})
	return out, err
}
