package domaintest

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/store"
)

// Office is the service as a test finds it: a database of its own with Mali's
// territory, two agencies with staff, and a clock the test moves.
type Office struct {
	T      testing.TB
	Ctx    context.Context
	SQL    *sql.DB // eyes that no rule binds
	AppURL string  // the database as the application's role
	Raw    DB
	DB     *store.DB
	IDs    domain.IDs // in order, one after the other
	Clock  domain.Clock
	Places *place.Directory

	Bamako, Kayes  domain.ID    // agencies
	Awa, Moussa    domain.Actor // counsellors of Bamako
	Lead           domain.Actor // of Bamako
	Binta          domain.Actor // counsellor of Kayes
	Administrator  domain.Actor
	Now            time.Time // moved by Pass only
	mu             sync.Mutex
	queries        atomic.Int64
	accountsByRole map[domain.Role]int
}

// NewOffice opens one; the test runs in parallel with others.
func NewOffice(t *testing.T) *Office {
	t.Helper()
	t.Parallel()
	o := &Office{
		T: t, Ctx: t.Context(), Now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), accountsByRole: map[domain.Role]int{},
	}
	n := 0
	o.IDs = domain.IDFunc(func() domain.ID {
		o.mu.Lock()
		defer o.mu.Unlock()
		n++
		return domain.ID(fmt.Sprintf("01900000-0000-7000-8000-%012x", n))
	})
	o.Clock = domain.ClockFunc(func() time.Time {
		o.mu.Lock()
		defer o.mu.Unlock()
		return o.Now
	})
	raw := Database(t)
	o.SQL, o.AppURL, o.Raw = raw.SQL, raw.AppURL, raw
	var err error
	o.DB, err = store.Open(o.Ctx, raw.AppURL, o.IDs, store.Options{Tracer: counter{&o.queries}, Clock: o.Clock, Keys: Keys()})
	o.Must(err)
	t.Cleanup(func() { _ = o.DB.Close() })
	o.territory()
	o.Bamako, o.Kayes = o.agency("BKO"), o.agency("KAY")
	o.Awa, o.Moussa = o.Account(domain.RoleCounsellor, o.Bamako), o.Account(domain.RoleCounsellor, o.Bamako)
	o.Lead, o.Binta = o.Account(domain.RoleLead, o.Bamako), o.Account(domain.RoleCounsellor, o.Kayes)
	o.Administrator = o.Account(domain.RoleAdministrator, "")
	return o
}

// Must ends the test on an error.
func (o *Office) Must(err error) {
	o.T.Helper()
	if err != nil {
		o.T.Fatal(err)
	}
}

// Pass moves the clock.
func (o *Office) Pass(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.Now = o.Now.Add(d)
}

// Write runs fn in a transaction of Baara's own.
func (o *Office) Write(fn func(domain.Tx) error) {
	o.T.Helper()
	o.Must(o.DB.InTx(o.Ctx, domain.System(), fn))
}

// Count runs a query that gives one number, with eyes that no rule binds.
func (o *Office) Count(query string, args ...any) int {
	o.T.Helper()
	var n int
	o.Must(o.SQL.QueryRowContext(o.Ctx, query, args...).Scan(&n))
	return n
}

// Account makes an account and gives its actor: staff of an agency, or a
// member of an organisation.
func (o *Office) Account(role domain.Role, of domain.ID) domain.Actor {
	o.T.Helper()
	o.accountsByRole[role]++
	u := identity.User{
		ID: o.IDs.New(), Role: role, Name: "Test", Language: "fr", Version: 1, CreatedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		Email: fmt.Sprintf("%s%d@example.org", role, o.accountsByRole[role]),
	}
	if role == domain.RoleEmployer {
		u.OrganisationID = of
	} else {
		u.AgencyID = of
	}
	o.Write(func(tx domain.Tx) error { return o.DB.Users().InsertUser(o.Ctx, tx, u) })
	return u.Actor()
}

func (o *Office) agency(code string) domain.ID {
	o.T.Helper()
	id := o.IDs.New()
	o.Write(func(tx domain.Tx) error {
		return o.DB.Agencies().InsertAgency(o.Ctx, tx, identity.Agency{
			ID: id, Code: code, Name: "Agence " + code, PlaceCode: code, Serves: []string{code}, CreatedAt: o.Now, Version: 1,
		})
	})
	return id
}

// territory stores Mali's areas.
func (o *Office) territory() {
	o.T.Helper()
	world, err := starter.World()
	o.Must(err)
	pack, err := starter.Pack("mali")
	o.Must(err)
	o.Places, err = place.NewDirectory(place.Deps{Tx: o.DB, Store: o.DB.Places(), Policy: access.Default(), World: world, Pack: pack})
	o.Must(err)
	_, err = o.Places.Seed(o.Ctx)
	o.Must(err)
}

// Queries counts the statements that fn sends to the database.
func (o *Office) Queries(fn func()) int {
	before := o.queries.Load()
	fn()
	return int(o.queries.Load() - before)
}

// counter counts statements.
type counter struct{ n *atomic.Int64 }

func (c counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	c.n.Add(1)
	return ctx
}

func (counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// Refused fails the test unless the error is of that kind.
func Refused(t testing.TB, what string, err error, want domain.Kind) {
	t.Helper()
	if got := domain.KindOf(err); err == nil || got != want {
		t.Errorf("%s: got %v (kind %q), want kind %q", what, err, got, want)
	}
}
