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
	return s.position(ctx, `SELECT e.epoch::text AS epoch, coalesce(c.xid, 0) AS xid, coalesce(c.seq, 0) AS seq FROM database_epoch e
		LEFT JOIN (SELECT xid::text::bigint AS xid, seq FROM search_changes ORDER BY search_changes.xid DESC, seq DESC LIMIT 1) c ON true`)
}

// Horizon gives the position from which an index that is built from now on
// must read the feed: everything before it is already visible.
func (s Search) Horizon(ctx context.Context) (matching.Position, error) {
	return s.position(ctx, `SELECT epoch::text AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1 AS xid,
		9223372036854775807 AS seq FROM database_epoch`)
}

func (s Search) position(ctx context.Context, query string) (matching.Position, error) {
	var row struct {
		Epoch string
		XID   uint64 `gorm:"column:xid"`
		Seq   int64
	}
	err := s.db.View(ctx, system, func(t domain.Tx) error {
		return fault("store.Search.position", on(ctx, t).Raw(query).Take(&row).Error)
	})
	return matching.Position{Epoch: row.Epoch, XID: row.XID, Seq: row.Seq}, err
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
		if err := feedState(g, &out); err != nil || out.Lost {
			return err
		}
		var rows []changeRow
		err := g.Raw(`SELECT xid::text::bigint AS xid, seq, kind, record_id, at,
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

// The note of the taxonomy's last change, and how long an import may pause before it counts as cut off.
const (
	outdatedFact = "search.taxonomy"
	cutOffAfter  = 30 * time.Second
)

// feedState tells whether the feed after a position is incomplete: pruned, of another database, or ahead of a database that was put back. It tells
// too since when the taxonomy is as it is, once no index can be made any more that reads it as it was before.
func feedState(g *gorm.DB, ch *matching.Changes) error {
	var now struct {
		Epoch         string
		Xmin          uint64
		Pruned        uint64
		TaxonomySince uint64
	}
	err := g.Raw(`WITH now AS (SELECT epoch::text AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin FROM database_epoch)
		SELECT epoch, xmin, coalesce((SELECT value::bigint FROM installation WHERE key = 'search.pruned'), 0) AS pruned,
			coalesce((SELECT n.xid FROM installation, jsonb_to_record(value::jsonb) AS n (xid bigint, epoch text, due timestamptz)
				WHERE key = ? AND n.epoch = now.epoch AND n.xid < now.xmin AND n.due <= clock_timestamp()), 0) AS taxonomy_since
		FROM now`, outdatedFact).Take(&now).Error
	p := ch.Next
	ch.Lost = now.Epoch != p.Epoch || p.XID >= now.Xmin || p.XID < now.Pruned
	ch.TaxonomySince = now.TaxonomySince
	return fault("store.Search.feedState", err)
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
