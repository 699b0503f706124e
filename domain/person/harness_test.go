package person_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// world is the person context over a real database with Mali's territory, two
// agencies with a counsellor each, and a clock the test moves.
type world struct {
	t             testing.TB
	ctx           context.Context
	sql           domaintest.DB
	db            *store.DB
	ids           domain.IDs
	deps          person.Deps
	people        *person.Jobseekers
	registrations *person.Registrations
	consents      *person.Consents
	merges        *person.Merges
	drafts        *person.Drafts

	bamako, kayes domain.ID // agencies
	awa, binta    domain.Actor
	lead          domain.Actor // of Bamako
	system        domain.Actor

	mu    sync.Mutex
	now   time.Time
	codes []string // the codes made, in order
}

func newWorld(t testing.TB) *world {
	t.Helper()
	if test, ok := t.(*testing.T); ok {
		test.Parallel()
	}
	w := &world{t: t, ctx: t.Context(), now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), system: domain.System()}
	w.sql = domaintest.Database(t)
	n := uint64(0)
	w.ids = domain.IDFunc(func() domain.ID {
		w.mu.Lock()
		defer w.mu.Unlock()
		n++
		return domain.ID(fmt.Sprintf("01900000-0000-7000-8000-%012x", n))
	})
	var err error
	w.db, err = store.Open(w.ctx, w.sql.AppURL, w.ids, store.Options{Keys: domaintest.Keys(), MaxOpen: 8})
	w.must(err)
	t.Cleanup(func() { _ = w.db.Close() })
	clock := domain.ClockFunc(func() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.now })
	queue, err := w.db.Queue()
	w.must(err)
	w.deps = person.Deps{
		Tx: w.db, People: w.db.Persons(), Registrations: w.db.Registrations(), Consents: w.db.Consents(),
		History: w.db.History("registration"), Merges: w.db.Merges(), Drafts: w.db.Drafts(), Codes: w.db.PhoneCodes(), Accounts: w.db.PhoneCodes(),
		Outbox: person.NewOutbox(w.db.Messages(), queue, w.ids, clock, time.UTC),
		Phones: phone.Parser{}, Secrets: seal.NewPasswords(2), Places: w.territory(), Linker: w.linker(),
		Policy: access.Default(), IDs: w.ids, Clock: clock, Secret: seal.Secret, HashToken: seal.HashToken,
		NewCode: func() string {
			w.codes = append(w.codes, fmt.Sprintf("%06d", 246810+len(w.codes)))
			return w.codes[len(w.codes)-1]
		},
		Rules: person.DefaultRules(), Work: honest{},
	}
	w.people, w.registrations = person.NewJobseekers(w.deps), person.NewRegistrations(w.deps)
	w.consents, w.drafts = person.NewConsents(w.deps), person.NewDrafts(w.deps)
	w.merges = person.NewMerges(w.deps)
	w.bamako, w.kayes = w.agency("BAMAKO", "BKO"), w.agency("KAYES", "KAY")
	w.awa, w.binta = w.staff(domain.RoleCounsellor, w.bamako), w.staff(domain.RoleCounsellor, w.kayes)
	w.lead = w.staff(domain.RoleLead, w.bamako)
	return w
}

// honest believes who says that work was done.
type honest struct{}

func (honest) Spend(_ context.Context, _ domain.Tx, _, solution string) (bool, error) {
	return solution != "", nil
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) exec(statement string, args ...any) {
	w.t.Helper()
	_, err := w.sql.SQL.ExecContext(w.ctx, statement, args...)
	w.must(err)
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	w.must(w.sql.SQL.QueryRowContext(w.ctx, query, args...).Scan(&n))
	return n
}

func (w *world) sleep(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// territory stores Mali's areas and gives them as a directory.
func (w *world) territory() *place.Directory {
	w.t.Helper()
	lands, err := starter.World()
	w.must(err)
	pack, err := starter.Pack("mali")
	w.must(err)
	directory, err := place.NewDirectory(place.Deps{Tx: w.db, Store: w.db.Places(), Policy: access.Default(), World: lands, Pack: pack})
	w.must(err)
	_, err = directory.Seed(w.ctx)
	w.must(err)
	return directory
}

// fixedLinker knows two words.
type fixedLinker map[string]taxonomy.Guess

func (l fixedLinker) Link(_ context.Context, kind taxonomy.Kind, _, words string) (taxonomy.Guess, error) {
	return l[string(kind)+" "+words], nil
}

func (w *world) linker() fixedLinker {
	mason, bricks, maybe := w.ids.New(), w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO concepts (id, kind, uri, isco) VALUES ($1, 'occupation', 'test:mason', '7112')`, string(mason))
	w.exec(`INSERT INTO concepts (id, kind, uri) VALUES ($1, 'skill', 'test:bricks'), ($2, 'skill', 'test:maybe')`, string(bricks), string(maybe))
	return fixedLinker{
		"occupation maçon":        {ConceptID: mason, ISCO: "7112", Score: 95},
		"skill poser des briques": {ConceptID: bricks, Score: 100},
		"skill bricoler":          {ConceptID: maybe, Score: taxonomy.SureEnough - 1},
	}
}

func (w *world) agency(code, serves string) domain.ID {
	w.t.Helper()
	id := w.ids.New()
	w.exec(`INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ($1, $2, 'Agency', $3, now())`, string(id), code, serves)
	w.exec(`INSERT INTO agency_places (agency_id, place_code) VALUES ($1, $2)`, string(id), serves)
	return id
}

func (w *world) staff(role domain.Role, agency domain.ID) domain.Actor {
	w.t.Helper()
	id := w.ids.New()
	w.exec(`INSERT INTO users (id, role, name, email, created_at) VALUES ($1, $2, 'Test', $3, now())`, string(id), string(role), string(id)+"@example.org")
	w.exec(`INSERT INTO agency_members (user_id, agency_id, since) VALUES ($1, $2, '2026-01-01')`, string(id), string(agency))
	return domain.Actor{UserID: id, Role: role, AgencyID: agency}
}

// jobseeker is the person acting for herself.
func (w *world) jobseeker(id domain.ID) domain.Actor {
	return domain.Actor{UserID: w.awa.UserID, Role: domain.RoleJobseeker, PersonID: id}
}

// stored puts newcomers into the database as they are.
func (w *world) stored(newcomers ...person.Newcomer) {
	w.t.Helper()
	w.must(w.db.InTx(w.ctx, w.system, func(tx domain.Tx) error { return w.deps.People.InsertBatch(w.ctx, tx, newcomers) }))
}

func (w *world) aPerson() *domaintest.PersonBuilder { return domaintest.APerson(w.ids) }

// refused fails the test unless the error is of that kind.
func refused(t *testing.T, err error, want domain.Kind) {
	t.Helper()
	if got := domain.KindOf(err); got != want || err == nil {
		t.Errorf("error is %v (kind %q), want kind %q", err, got, want)
	}
}

// fields lists the inputs an Invalid error names.
func fields(err error) []string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Name)
	}
	return out
}

// dump shows a value with everything in it.
func dump(v any) string { return fmt.Sprintf("%+v", v) }

// as runs a statement as row-level security lets an actor, whatever the policy
// says; one that touches no row is an error too.
func (w *world) as(actor domain.Actor, statement string, id domain.ID) error {
	w.t.Helper()
	conn, err := pgx.Connect(w.ctx, w.sql.AppURL)
	w.must(err)
	defer func() { _ = conn.Close(w.ctx) }()
	for setting, value := range map[string]string{"role": string(actor.Role), "user_id": string(actor.UserID), "agency_id": string(actor.AgencyID)} {
		_, err := conn.Exec(w.ctx, `SELECT set_config($1, $2, false)`, "baara."+setting, value)
		w.must(err)
	}
	tag, err := conn.Exec(w.ctx, strings.ReplaceAll(statement, "?", "$1::uuid"), string(id))
	if err == nil && tag.RowsAffected() == 0 {
		return errors.New("no row")
	}
	return err
}
