package casework_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// desk is two agencies with a lead and two counsellors at the first, over a
// database of its own.
type desk struct {
	t              *testing.T
	db             *store.DB
	ids            domain.IDs
	now            time.Time
	files          *casework.Files
	awa, binta     domain.Actor // counsellors of the first agency
	lead           domain.Actor // of the first agency
	elsewhere      domain.Actor // a counsellor of the second agency
	agency, second domain.ID

	raw         domaintest.DB
	deps        casework.Deps
	persons     person.Deps
	transfers   *casework.Transfers
	emergencies *casework.Emergencies
	hints       seal.Hints
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	ctx := context.Background()
	ids := domain.IDFunc(func() domain.ID { return domain.ID(uuid.Must(uuid.NewV7()).String()) })
	raw := domaintest.Database(t)
	if _, err := raw.SQL.Exec(`INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI'), ('KAY', 'region', 'MLI'),
		('SIK', 'region', 'MLI'), ('SEG', 'region', 'MLI'), ('GAO', 'region', 'MLI')`); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, raw.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d := &desk{t: t, db: db, ids: ids, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	clock := domain.ClockFunc(func() time.Time { return d.now })
	d.agency, d.second = d.newAgency("BKO"), d.newAgency("KAY")
	d.awa, d.binta = d.staff(domain.RoleCounsellor, d.agency), d.staff(domain.RoleCounsellor, d.agency)
	d.lead, d.elsewhere = d.staff(domain.RoleLead, d.agency), d.staff(domain.RoleCounsellor, d.second)
	queue, err := db.Queue()
	if err != nil {
		t.Fatal(err)
	}
	d.raw, d.hints = raw, seal.Hints{Box: seal.RandomBox()}
	d.persons = person.Deps{
		Tx: db, People: db.Persons(), Registrations: db.Registrations(), Consents: db.Consents(), History: db.History("registration"),
		Hints: d.hints, Allowance: db.Allowance(), Policy: access.Default(), IDs: ids, Clock: clock, Rules: person.DefaultRules(),
	}
	registrations := person.NewRegistrations(d.persons)
	d.deps = casework.Deps{
		Tx: db, Cases: db.Cases(), Plans: db.Plans(), Notes: db.Notes(), History: db.History("case"),
		People: db.Persons(), Registrations: db.Registrations(), Acceptance: registrations,
		Colleagues: db.Cases(), Transfers: db.Transfers(), TransferHistory: db.History("transfer"), Emergencies: db.Emergencies(),
		Moving: registrations, Hints: d.hints, Allowance: db.Allowance(), Outbox: person.NewOutbox(db.Messages(), queue, ids, clock, time.UTC),
		Policy: access.Default(), IDs: ids, Clock: clock,
	}
	d.files, d.transfers, d.emergencies = casework.NewFiles(d.deps), casework.NewTransfers(d.deps), casework.NewEmergencies(d.deps)
	return d
}

func (d *desk) write(fn func(domain.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(context.Background(), domain.System(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) newAgency(code string) domain.ID {
	id := d.ids.New()
	d.write(func(tx domain.Tx) error {
		return d.db.Agencies().InsertAgency(context.Background(), tx, identity.Agency{
			ID: id, Code: code, Name: "Agence " + code, PlaceCode: code, Serves: []string{code}, CreatedAt: d.now, Version: 1,
		})
	})
	return id
}

func (d *desk) staff(role domain.Role, agency domain.ID) domain.Actor {
	u := identity.User{
		ID: d.ids.New(), Role: role, Name: "Agent", AgencyID: agency, Language: "fr",
		CreatedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Version: 1,
	}
	u.Email = string(u.ID) + "@example.org"
	d.write(func(tx domain.Tx) error { return d.db.Users().InsertUser(context.Background(), tx, u) })
	return u.Actor()
}

// waiting puts somebody into the first agency's intake queue.
func (d *desk) waiting() domain.ID {
	newcomer := domaintest.APerson(d.ids).Phoned("+22370112233").ReturnedFrom("LBY").Waiting().At(d.agency)
	d.write(func(tx domain.Tx) error {
		return d.db.Persons().InsertBatch(context.Background(), tx, []person.Newcomer{newcomer})
	})
	return newcomer.Person.ID
}

// opened is a file of a new person, owned by awa.
func (d *desk) opened() casework.CaseFile {
	d.t.Helper()
	c, err := d.files.Take(context.Background(), d.awa, d.waiting())
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

// refused checks the kind of a refusal.
func refused(t *testing.T, err error, want domain.Kind) {
	t.Helper()
	if got := domain.KindOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}
