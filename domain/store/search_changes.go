package store

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// Search reads the feed of changes and the records behind it for the search
// index, and what matching knows of people and vacancies for explanations.
type Search struct{ db *DB }

// Search gives the reading side of search.
func (d *DB) Search() Search { return Search{d} }

// system is who reads the feed.
var system = domain.Actor{Role: domain.RoleSystem}

// Latest gives the position of the newest change that is committed. An index
// that reaches it holds everything that was saved before the call.
func (s Search) Latest(ctx context.Context) (matching.Position, error) {
	return s.position(ctx, `SELECT e.epoch::text AS epoch, coalesce(c.xid, 0) AS xid, coalesce(c.seq, 0) AS seq, `+edition+` AS edition FROM database_epoch e
		LEFT JOIN (SELECT xid::text::bigint AS xid, seq FROM search_changes ORDER BY search_changes.xid DESC, seq DESC LIMIT 1) c ON true`)
}

// Horizon gives the position from which an index that is built from now on
// must read the feed: everything before it is already visible.
func (s Search) Horizon(ctx context.Context) (matching.Position, error) {
	return s.position(ctx, `SELECT epoch::text AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1 AS xid,
		9223372036854775807 AS seq, `+edition+` AS edition FROM database_epoch`)
}

func (s Search) position(ctx context.Context, query string) (matching.Position, error) {
	var row struct {
		Epoch   string
		XID     uint64 `gorm:"column:xid"`
		Seq     int64
		Edition string
	}
	err := s.db.View(ctx, system, func(t domain.Tx) error {
		return fault("store.Search.position", on(ctx, t).Raw(query).Take(&row).Error)
	})
	return matching.Position{Epoch: row.Epoch, XID: row.XID, Seq: row.Seq, Edition: row.Edition}, err
}

// changeRow is a change; Settled says that no running transaction can still
// commit before it.
type changeRow struct {
	XID      uint64 `gorm:"column:xid"`
	Seq      int64
	Kind     string
	RecordID string
	At       time.Time
	Settled  bool
}

// Changes gives at most limit changes after a position. A change counts only
// once every transaction that began before its own has ended: sequence numbers
// and transaction ids are drawn before commit, so a late commit could
// otherwise slip in behind a reader that has already passed.
func (s Search) Changes(ctx context.Context, after matching.Position, limit int) (matching.Changes, error) {
	out := matching.Changes{Next: after}
	err := s.db.View(ctx, system, func(t domain.Tx) error {
		g := on(ctx, t)
		var err error
		if out.Lost, out.Edition, err = standing(g, after); err != nil || out.Lost {
			return err
		}
		var rows []changeRow
		err = g.Raw(`SELECT xid::text::bigint AS xid, seq, kind, record_id, at,
				search_changes.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot())) AS settled
			FROM search_changes WHERE (search_changes.xid, seq) > (?::text::xid8, ?)
			ORDER BY search_changes.xid, seq LIMIT ?`, strconv.FormatUint(after.XID, 10), after.Seq, limit+1).Scan(&rows).Error
		if err != nil {
			return fault("store.Search.Changes", err)
		}
		for i, r := range rows {
			if r.Settled && i < limit {
				out.List = append(out.List, matching.Change{Person: r.Kind == searchPerson, ID: domain.ID(r.RecordID)})
				out.Next.XID, out.Next.Seq = r.XID, r.Seq
				continue
			}
			out.More, out.Waiting, out.Oldest = r.Settled, !r.Settled, r.At
			break
		}
		return nil
	})
	return out, err
}

// edition is the one SQL form of the edition of concepts and places.
const edition = `coalesce((SELECT value FROM installation WHERE key = 'search.edition'), '')`

// newEdition tells every index, once the transaction is committed, that records
// are described otherwise from now on.
func newEdition(g *gorm.DB) error {
	return fault("store.newEdition", g.Exec(`WITH now AS (INSERT INTO installation (key, value) VALUES ('search.edition', pg_current_xact_id()::text)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value) SELECT pg_notify('baara_search', '')`).Error)
}

// standing reports whether the feed after a position is incomplete: pruned, of
// another database, or ahead of a database that was put back; and the edition of
// now.
func standing(g *gorm.DB, p matching.Position) (lost bool, today string, err error) {
	var now struct {
		Epoch   string
		Xmin    uint64
		Pruned  uint64
		Edition string
	}
	err = g.Raw(`SELECT e.epoch::text AS epoch, ` + edition + ` AS edition, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin,
		coalesce((SELECT value::bigint FROM installation WHERE key = 'search.pruned'), 0) AS pruned FROM database_epoch e`).Take(&now).Error
	return now.Epoch != p.Epoch || p.XID >= now.Xmin || p.XID < now.Pruned, now.Edition, fault("store.Search.standing", err)
}

// Prune removes changes made before a time and remembers how far, so that an
// index that had not read them is rebuilt. It says how many went.
func (s Search) Prune(ctx context.Context, before time.Time) (int64, error) {
	var gone int64
	err := s.db.InTx(ctx, system, func(t domain.Tx) error {
		return fault("store.Search.Prune", on(ctx, t).Raw(`
			WITH gone AS (DELETE FROM search_changes WHERE at < ? AND xid < pg_snapshot_xmin(pg_current_snapshot())
				RETURNING xid::text::bigint AS xid),
			mark AS (INSERT INTO installation (key, value) SELECT 'search.pruned', max(xid)::text FROM gone HAVING count(*) > 0
				ON CONFLICT (key) DO UPDATE SET value = greatest(installation.value::bigint, excluded.value::bigint)::text)
			SELECT count(*) FROM gone`, before).Scan(&gone).Error)
	})
	return gone, err
}

// Listen calls wake whenever a change is committed, until ctx ends or the
// connection breaks. It uses a connection of its own.
func (s Search) Listen(ctx context.Context, wake func()) error {
	conn, err := pgx.Connect(ctx, s.db.url)
	if err != nil {
		return domain.Unavailable("store.Search.Listen", redact(err))
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `LISTEN baara_search`); err != nil {
		return fault("store.Search.Listen", err)
	}
	wake() // what was committed before the connection stood
	for {
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return domain.Unavailable("store.Search.Listen", err)
		}
		wake()
	}
}
