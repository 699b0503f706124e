package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// Facts about the key store.
const (
	storeFact  = "keys.store"
	checkFact  = "keys.check"
	backupFact = "keys.backup" // when the last one was made
)

// Recorded is what the database says of its key store, and of itself: the
// cluster's number and its own in it, so that a copy is another database.
func (w KeyWork) Recorded(ctx context.Context) (seal.Recorded, error) {
	var r struct {
		Store, Check, Database string
		Sealed                 bool
		Wrapping               int
	}
	err := w.db.system.gorm.WithContext(ctx).Raw(`SELECT
		coalesce((SELECT value FROM installation WHERE key = ?), '') AS store,
		coalesce((SELECT value FROM installation WHERE key = ?), '') AS "check",
		(SELECT system_identifier::text FROM pg_control_system()) || '/' || (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database,
		EXISTS (SELECT 1 FROM second_factors) OR EXISTS (SELECT 1 FROM subject_keys) AS sealed,
		(SELECT count(*) FROM wrapping_keys w WHERE EXISTS (SELECT 1 FROM subject_keys k WHERE k.wrapping_id = w.id)) AS wrapping`,
		storeFact, checkFact).Scan(&r).Error
	if err != nil {
		return seal.Recorded{}, fault("store.keys.Recorded", err)
	}
	return seal.Recorded{Pairing: seal.Pairing{Store: r.Store, Check: r.Check}, Database: r.Database, Sealed: r.Sealed, Wrapping: r.Wrapping}, nil
}

// Record keeps which store opens this database. Once it is kept it stays: of
// two processes that begin with a store each, the second is told.
func (w KeyWork) Record(ctx context.Context, p seal.Pairing) error {
	return w.db.InTx(ctx, system, func(t domain.Tx) error {
		g := on(ctx, t)
		if err := g.Exec(`INSERT INTO installation (key, value) VALUES (?, ?), (?, ?) ON CONFLICT (key) DO NOTHING`,
			storeFact, p.Store, checkFact, p.Check).Error; err != nil {
			return fault("store.keys.Record", err)
		}
		var kept []string
		if err := g.Raw(`SELECT value FROM installation WHERE key IN (?, ?) ORDER BY key DESC`, storeFact, checkFact).Scan(&kept).Error; err != nil {
			return fault("store.keys.Record", err)
		}
		if len(kept) != 2 || kept[0] != p.Store || kept[1] != p.Check {
			return fmt.Errorf("%w: another process has just given this database the store %s", seal.ErrKeysWrong, kept[0])
		}
		return nil
	})
}

// Wanted says which wrapping keys of a backup this database may have back:
// those it names, and those that took somebody over whose key it names is
// missing; never one that it has destroyed. took tells whether a key took
// anybody over.
func (w KeyWork) Wanted(ctx context.Context, ids []string, took func(id string) bool) (map[string]bool, error) {
	var rows []struct {
		ID               string
		Named, Destroyed bool
	}
	err := w.db.system.gorm.WithContext(ctx).Raw(`SELECT h.id, EXISTS (SELECT 1 FROM wrapping_keys w WHERE w.id = h.id) AS named,
		EXISTS (SELECT 1 FROM destroyed_keys d WHERE d.id = h.id) AS destroyed FROM unnest(?::text[]) AS h(id)`, textArray(ids)).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.keys.Wanted", err)
	}
	wanted := make(map[string]bool, len(rows))
	for _, r := range rows {
		wanted[r.ID] = !r.Destroyed && (r.Named || took(r.ID))
	}
	return wanted, nil
}

// LastBackup is the last backup of the keys, as whoever made it noted.
type LastBackup struct {
	At     time.Time // zero when none was made
	Folder string
	Since  int // subjects under wrapping keys that are younger: it does not open them
}

// BackedUp notes that the keys were backed up.
func (w KeyWork) BackedUp(ctx context.Context, at time.Time, folder string) error {
	return Installation(w).Set(ctx, backupFact, at.UTC().Format(time.RFC3339)+" "+folder)
}

// LastBackup tells of the last one.
func (w KeyWork) LastBackup(ctx context.Context) (LastBackup, error) {
	var out LastBackup
	noted, err := Installation(w).Get(ctx, backupFact)
	if err != nil {
		return out, err
	}
	if at, folder, ok := strings.Cut(noted, " "); ok {
		if out.At, err = time.Parse(time.RFC3339, at); err != nil {
			return out, fmt.Errorf("store: last backup of keys: %w", err)
		}
		out.Folder = folder
	}
	err = w.db.system.gorm.WithContext(ctx).Raw(`SELECT count(*) FROM subject_keys k JOIN wrapping_keys w ON w.id = k.wrapping_id WHERE w.created_at > ?`,
		out.At).Scan(&out.Since).Error
	return out, fault("store.keys.LastBackup", err)
}
