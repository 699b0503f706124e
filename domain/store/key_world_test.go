package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// confided is a database in which people confided something each, with its keys
// in a folder, seen by one process.
type confided struct {
	testing.TB
	raw    domaintest.DB
	dir    string
	folder *seal.KeyFolder
	db     *store.DB
	jobs   *noted
	alive  []domain.ID
	erased []lastCopy
}

// lastCopy is what a dump from before an erasure holds of somebody.
type lastCopy struct {
	wrapping string
	subject  domain.ID
	wrapped  []byte
}

// noted takes jobs and does none.
type noted struct{ jobs []domain.EmptyKey }

func (n *noted) Enqueue(_ context.Context, _ domain.Tx, job domain.JobArgs, _ time.Time) error {
	empty, ok := job.(domain.EmptyKey)
	if !ok {
		return errors.New("another kind of job")
	}
	n.jobs = append(n.jobs, empty)
	return nil
}

func newConfided(t testing.TB) *confided {
	t.Helper()
	c := &confided{TB: t, raw: domaintest.Database(t), dir: filepath.Join(t.TempDir(), "people"), jobs: &noted{}}
	_, err := c.raw.SQL.ExecContext(t.Context(), `CREATE TABLE confided (subject_id uuid PRIMARY KEY, words bytea NOT NULL);
		GRANT ALL ON confided TO baara_app, baara_system`)
	c.must(err)
	c.db, c.folder = c.process()
	return c
}

func (c *confided) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// process opens the database and the folder as one more process does.
func (c *confided) process() (*store.DB, *seal.KeyFolder) {
	c.Helper()
	return openConfided(c, c.raw.AppURL, c.dir)
}

func openConfided(t testing.TB, url, dir string) (*store.DB, *seal.KeyFolder) {
	t.Helper()
	folder, err := seal.OpenKeyFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), url, uuids(), store.Options{Keys: store.Keys{Wrapper: folder, Lookup: seal.NewLookup(make([]byte, 32))}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, folder
}

const column = "words"

// register makes so many people, who confide their own id.
func (c *confided) register(db *store.DB, n int) []domain.ID {
	c.Helper()
	people := make([]domain.ID, n)
	for i := range people {
		people[i] = domain.ID(uuid.NewString())
	}
	c.must(db.InTx(c.Context(), domain.Actor{}, func(tx domain.Tx) error {
		keys, err := db.CreateKeys(c.Context(), tx, people...)
		if err != nil {
			return err
		}
		for _, p := range people {
			sealed, err := keys[p].Seal([]byte(p), p, column)
			if err != nil {
				return err
			}
			if err := db.Execute(c.Context(), tx, `INSERT INTO confided VALUES (?, ?)`, string(p), sealed); err != nil {
				return err
			}
		}
		return nil
	}))
	c.alive = append(c.alive, people...)
	return people
}

// erase takes somebody's key away, as the transaction of an erasure does, and
// remembers what a dump from before holds. What they confided stays in the
// table: it must not be read any more.
func (c *confided) erase(who domain.ID) string {
	c.Helper()
	last := lastCopy{subject: who}
	c.must(c.raw.SQL.QueryRowContext(c.Context(), `SELECT wrapping_id, wrapped FROM subject_keys WHERE subject_id = $1`, string(who)).Scan(&last.wrapping, &last.wrapped))
	c.must(c.db.InTx(c.Context(), domain.System(), func(tx domain.Tx) error {
		return c.db.Erasing(c.jobs).Erase(c.Context(), tx, who)
	}))
	c.erased = append(c.erased, last)
	c.alive = slices.DeleteFunc(c.alive, func(p domain.ID) bool { return p == who })
	return last.wrapping
}

// readable gives of the people those whose words open, by what is stored now.
func readable(t testing.TB, db *store.DB, words *sql.DB, people []domain.ID) map[domain.ID]bool {
	t.Helper()
	for _, p := range people {
		db.ForgetKey(p)
	}
	open := map[domain.ID]bool{}
	err := db.View(t.Context(), domain.Actor{}, func(tx domain.Tx) error {
		keys, err := db.KeysOf(t.Context(), tx, people...)
		for p, key := range keys {
			var sealed []byte
			if err := words.QueryRowContext(t.Context(), `SELECT words FROM confided WHERE subject_id = $1`, string(p)).Scan(&sealed); err != nil {
				return err
			}
			plain, err := key.Open(sealed, p, column)
			open[p] = err == nil && string(plain) == string(p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return open
}

// everybodyReads holds that all who were not erased are read, and nobody else.
func (c *confided) everybodyReads(when string) {
	c.Helper()
	gone := make([]domain.ID, len(c.erased))
	for i, e := range c.erased {
		gone[i] = e.subject
	}
	open := readable(c, c.db, c.raw.SQL, append(gone, c.alive...))
	for _, p := range c.alive {
		if !open[p] {
			c.Fatalf("%s: %s cannot be read any more", when, p)
		}
	}
	if len(open) != len(c.alive) {
		c.Fatalf("%s: %d are read, %d are there", when, len(open), len(c.alive))
	}
}

// settled holds that nothing is left over: the store has the keys the database
// names, and neither an old copy nor what stands beside a key opens for
// somebody who was erased.
func (c *confided) settled(when string) {
	c.Helper()
	have, err := c.folder.List(c.Context())
	c.must(err)
	var named, pending int
	c.must(c.raw.SQL.QueryRowContext(c.Context(), `SELECT count(*) FILTER (WHERE id = ANY($1)), count(*) FILTER (WHERE retired_at IS NOT NULL) FROM wrapping_keys`, have).Scan(&named, &pending))
	if named != len(have) || pending > 0 {
		c.Errorf("%s: %d keys in the store, %d of them named by the database, %d retired", when, len(have), named, pending)
	}
	for _, id := range have {
		kept, err := c.folder.Kept(c.Context(), id)
		c.must(err)
		for _, e := range c.erased {
			if kept[e.subject] != nil {
				c.Errorf("%s: %s is kept beside %s", when, e.subject, id)
			}
			if _, err := c.folder.Unwrap(c.Context(), id, e.subject, e.wrapped); err == nil {
				c.Errorf("%s: a copy from before the erasure of %s opens", when, e.subject)
			}
		}
	}
}

// wrappingOf says under which keys people are.
func (c *confided) wrappingOf(people ...domain.ID) []string {
	c.Helper()
	out := make([]string, len(people))
	for i, p := range people {
		c.must(c.raw.SQL.QueryRowContext(c.Context(), `SELECT wrapping_id FROM subject_keys WHERE subject_id = $1`, string(p)).Scan(&out[i]))
	}
	return out
}
