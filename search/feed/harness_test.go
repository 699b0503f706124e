package feed_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// patience bounds waiting for a condition; nothing waits that long.
const patience = time.Minute

var quiet = slog.New(slog.DiscardHandler)

// country is a database with an agency, in a cluster of its own: the snapshot horizon is cluster-wide.
type country struct {
	t  *testing.T
	db domaintest.DB
	*store.DB
}

func aCountry(t *testing.T) country {
	t.Helper()
	db := domaintest.DatabaseAlone(t)
	c := country{t: t, db: db}
	c.exec(db.SQL, `INSERT INTO places (code, kind, country) VALUES ('KAY', 'region', 'MLI')`)
	c.exec(db.SQL, `INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ('a0000000-0000-7000-8000-000000000001', 'KAY', 'Kayes', 'KAY', now())`)
	s, err := store.Open(context.Background(), db.AppURL, domain.IDFunc(func() domain.ID { return domain.ID(uuid.NewString()) }), store.Options{Keys: domaintest.Keys()})
	c.must(err)
	t.Cleanup(func() { _ = s.Close() })
	c.DB = s
	return c
}

type execer interface {
	Exec(query string, args ...any) (sql.Result, error)
}

func (c country) exec(on execer, query string, args ...any) {
	c.t.Helper()
	_, err := on.Exec(query, args...)
	c.must(err)
}

func (c country) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func person(n int) domain.ID { return domain.ID(fmt.Sprintf("b0000000-0000-7000-8000-%012x", n)) }

// register saves a person who consents, and the change, as one transaction would.
func (c country) register(on execer, n int) {
	c.t.Helper()
	id := string(person(n))
	c.exec(on, `INSERT INTO persons (id, reference, sealed_names, residence_place, entered_mode, created_at, updated_at)
		VALUES ($1, $2, 'Canarygiven Canaryfamily', 'KAY', 'staff', now(), now())`, id, fmt.Sprint("ML-", n))
	c.exec(on, `INSERT INTO registrations (id, person_id, agency_id, state, registered_on)
		VALUES (gen_random_uuid(), $1, 'a0000000-0000-7000-8000-000000000001', 'active', '2026-01-15')`, id)
	c.exec(on, `INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at)
		VALUES (gen_random_uuid(), $1, 'matching', '1', 'fr', 'click', now())`, id)
	c.exec(on, `INSERT INTO experiences (person_id, position, sealed, country) VALUES ($1, 0, 'Canarytitle Canaryemployer', 'LBY')`, id)
	c.changed(on, n)
}

func (c country) changed(on execer, n int) {
	c.t.Helper()
	c.exec(on, `INSERT INTO search_changes (kind, record_id) VALUES ('person', $1)`, string(person(n)))
	c.exec(on, `SELECT pg_notify('baara_search', '')`)
}

// process is a running server as far as search goes.
type process struct {
	t    *testing.T
	live *index.Live
	*feed.Feed
	source feed.Source
	halt   func() // ends the feed and leaves the index open
	stop   func()
}

// start runs a feed over an index directory until stop or the end of the test.
func (c country) start(dir string, source feed.Source) *process {
	c.t.Helper()
	live, err := index.Open(dir, quiet)
	c.must(err)
	p := &process{t: c.t, live: live, source: source, Feed: feed.New(source, live, domain.SystemClock(), quiet)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	p.halt = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			c.t.Errorf("feed ended with %v", err)
		}
	})
	p.stop = sync.OnceFunc(func() {
		p.halt()
		c.must(live.Close())
	})
	c.t.Cleanup(p.stop)
	return p
}

func (p *process) await() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := p.Await(ctx); err != nil {
		p.t.Fatalf("not searchable: %v; status %+v", err, p.Status())
	}
}

// holds fails unless the index holds exactly these people.
func (p *process) holds(want ...int) {
	p.t.Helper()
	got := p.ids()
	var ids []domain.ID
	for _, n := range want {
		ids = append(ids, person(n))
	}
	slices.Sort(ids)
	if !slices.Equal(got, ids) {
		p.t.Errorf("index holds %v, want %v", got, ids)
	}
}

func (p *process) ids() []domain.ID {
	p.t.Helper()
	var ids []domain.ID
	err := p.live.Read(context.Background(), func(s *index.Snapshot) error {
		return s.Each(func(e index.Entry) error { ids = append(ids, e.ID); return nil })
	})
	if err != nil {
		p.t.Fatal(err)
	}
	slices.Sort(ids)
	return ids
}

// until waits for a condition on the status.
func (p *process) until(what string, ok func(feed.Status) bool) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); !ok(p.Status()); {
		if time.Now().After(deadline) {
			p.t.Fatalf("never %s: %+v", what, p.Status())
		}
		time.Sleep(5 * time.Millisecond)
	}
}
