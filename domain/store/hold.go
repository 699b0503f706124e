package store

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
)

// People are held by advisory locks, some of them by the same one: an export
// of thousands must not take thousands of locks. Who shares one with somebody
// who is being sent waits a moment too, and no more.
const (
	holdClass   = 0x6261 // "ba": the locks of holds among the database's
	holdBuckets = 1024
)

// holdKey is the lock of somebody.
func holdKey(id domain.ID) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return h.Sum32() % holdBuckets
}

// holdKeys are the locks of some people as an array of PostgreSQL, each once and
// in an order that is the same for everybody: two who take several do not wait
// for each other in a circle.
func holdKeys(people []domain.ID) string {
	keys := make([]string, len(people))
	for i, id := range people {
		keys[i] = fmt.Sprintf("%04d", holdKey(id))
	}
	slices.Sort(keys)
	return "{" + strings.Join(slices.Compact(keys), ",") + "}"
}

// Hold implements domain.Holds. It runs on connections of its own, so that an
// answer that holds people never waits for one of another answer.
func (d *DB) Hold(ctx context.Context, people []domain.ID) (func(), error) {
	const op = "store.Hold"
	conn, err := d.holds.sql.Conn(ctx)
	if err != nil {
		return nil, domain.Unavailable(op, err)
	}
	// An answer whose reader left may still be written: only the release lets go.
	held, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return nil, errors.Join(domain.Unavailable(op, err), conn.Close())
	}
	release := sync.OnceFunc(func() {
		_ = held.Rollback() // it wrote nothing
		_ = conn.Close()
	})
	if _, err := held.ExecContext(ctx, `SELECT pg_advisory_xact_lock_shared($1::int, k) FROM unnest($2::int[]) k`, holdClass, holdKeys(people)); err != nil {
		release()
		return nil, domain.Unavailable(op, err)
	}
	return release, nil
}

// withdrawing waits until every answer that says something of the person has
// left, and keeps others from beginning until the transaction ends. It is taken
// before rows are locked: what is on its way may need one, and this database
// does not see that an answer waits for itself. Taken again it costs nothing.
func withdrawing(g *gorm.DB, people ...domain.ID) error {
	return fault("store.withdrawing", g.Exec(`SELECT pg_advisory_xact_lock(?::int, k) FROM unnest(?::int[]) k`, holdClass, holdKeys(people)).Error)
}
