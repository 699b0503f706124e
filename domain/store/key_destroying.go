package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// errKeyUsed says that a subject is left under a wrapping key.
var errKeyUsed = errors.New("store: the wrapping key has subjects")

// UnknownKeyAge is how long a wrapping key stays in the store that the database
// does not know: as long as backups of keys live. Most are of acts that were
// not committed and open nothing; but the database may be one of yesterday, and
// tomorrow's may come back.
const UnknownKeyAge = 31 * 24 * time.Hour

// destroy removes a wrapping key without subjects: first its row, which the
// database refuses while there is one, then the key. errKeyUsed where there is.
func (w KeyWork) destroy(ctx context.Context, id string) error {
	return w.destroyWhere(ctx, `id = ?`, id)
}

// destroyRetired leaves a key that was not retired.
func (w KeyWork) destroyRetired(ctx context.Context, id string) error {
	return w.destroyWhere(ctx, `id = ? AND retired_at IS NOT NULL`, id)
}

func (w KeyWork) destroyWhere(ctx context.Context, condition, id string) error {
	doomed := false
	err := w.db.InTx(ctx, system, func(t domain.Tx) error {
		var used bool
		g := on(ctx, t)
		if err := g.Raw(`SELECT EXISTS (SELECT 1 FROM subject_keys WHERE wrapping_id = ?)`, id).Scan(&used).Error; err != nil {
			return fault("store.keys.destroy", err)
		}
		if used {
			return errKeyUsed
		}
		result := g.Exec(`DELETE FROM wrapping_keys WHERE `+condition, id)
		if domain.KindOf(fault("store.keys.destroy", result.Error)) == domain.KindInvalid { // a subject came in between
			return errKeyUsed
		}
		if result.Error != nil {
			return fault("store.keys.destroy", result.Error)
		}
		if result.RowsAffected == 0 { // not to go, or doomed by somebody who did not finish
			return fault("store.keys.destroy", g.Raw(`SELECT EXISTS (SELECT 1 FROM destroyed_keys WHERE id = ? AND destroyed_at IS NULL)`, id).Scan(&doomed).Error)
		}
		doomed = true
		return fault("store.keys.destroy", g.Exec(`INSERT INTO destroyed_keys (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET destroyed_at = NULL`, id).Error)
	})
	if err != nil || !doomed {
		return err
	}
	w.db.vault.at("doomed")
	return w.finish(ctx, id)
}

// finish destroys in the store what the database has doomed.
func (w KeyWork) finish(ctx context.Context, id string) error {
	if err := w.db.vault.keys.Wrapper.Destroy(ctx, id); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	w.db.vault.at("destroyed")
	return w.db.InTx(ctx, system, func(t domain.Tx) error {
		return fault("store.keys.finish", on(ctx, t).Exec(`UPDATE destroyed_keys SET destroyed_at = now() WHERE id = ?`, id).Error)
	})
}

// Sweep finishes what was begun: keys that were doomed, retired keys, attempts
// older than an hour; and it destroys keys that the database has not known for
// UnknownKeyAge. It says how many keys went.
func (w KeyWork) Sweep(ctx context.Context, now time.Time) (int, error) {
	g := w.db.system.gorm.WithContext(ctx)
	var doomed, retired, attempts []string
	for _, q := range []struct {
		into *[]string
		text string
		args []any
	}{
		{&doomed, `SELECT id FROM destroyed_keys WHERE destroyed_at IS NULL ORDER BY id`, nil},
		{&retired, `SELECT id FROM wrapping_keys WHERE retired_at IS NOT NULL ORDER BY retired_at, id`, nil},
		{&attempts, `SELECT id FROM wrapping_keys w WHERE made_for IS NOT NULL AND retired_at IS NULL AND created_at < ?
			AND NOT EXISTS (SELECT 1 FROM subject_keys k WHERE k.wrapping_id = w.id) ORDER BY id`, []any{now.Add(-time.Hour)}},
	} {
		if err := g.Raw(q.text, q.args...).Scan(q.into).Error; err != nil {
			return 0, fault("store.keys.Sweep", err)
		}
	}
	gone := 0
	for _, part := range []struct {
		ids []string
		do  func(context.Context, string) error
	}{{doomed, w.finish}, {retired, w.Empty}, {attempts, w.destroy}} {
		for _, id := range part.ids {
			if err := part.do(ctx, id); err != nil && !errors.Is(err, errKeyUsed) {
				return gone, err
			}
			gone++
		}
	}
	unknown, err := w.Unknown(ctx, now, 0)
	for _, id := range unknown {
		if due, err := w.isDue(ctx, id, now); err != nil {
			return gone, err
		} else if !due {
			continue
		}
		if err := w.db.vault.keys.Wrapper.Destroy(ctx, id); err != nil {
			return gone, fmt.Errorf("store: %w", err)
		}
		gone++
	}
	return gone, err
}

// isDue reports whether a key the database does not know goes: at once where
// it was destroyed before, and came back by somebody's hand.
func (w KeyWork) isDue(ctx context.Context, id string, now time.Time) (bool, error) {
	if was, err := w.db.vault.keys.Wrapper.Destroyed(ctx, id); was || err != nil {
		return was, err
	}
	var named bool
	if err := w.db.system.gorm.WithContext(ctx).Raw(`SELECT EXISTS (SELECT 1 FROM destroyed_keys WHERE id = ?)`, id).Scan(&named).Error; named || err != nil {
		return named, fault("store.keys.isDue", err)
	}
	made, err := w.db.vault.keys.Wrapper.Made(ctx, id)
	if errors.Is(err, seal.ErrNoKey) {
		return false, nil
	}
	return made.Before(now.Add(-UnknownKeyAge)), err
}

// Unknown names the keys of the store that the database does not know and that
// are older than that.
func (w KeyWork) Unknown(ctx context.Context, now time.Time, age time.Duration) ([]string, error) {
	have, err := w.db.vault.keys.Wrapper.List(ctx) // before the rows are read: a key comes before its row
	if err != nil {
		return nil, err
	}
	var strange, out []string
	if err := w.db.system.gorm.WithContext(ctx).Raw(`SELECT h.id FROM unnest(?::text[]) AS h(id)
		WHERE NOT EXISTS (SELECT 1 FROM wrapping_keys w WHERE w.id = h.id)
		AND NOT EXISTS (SELECT 1 FROM destroyed_keys d WHERE d.id = h.id AND d.destroyed_at IS NULL) ORDER BY 1`,
		textArray(have)).Scan(&strange).Error; err != nil {
		return nil, fault("store.keys.Unknown", err)
	}
	for _, id := range strange {
		made, err := w.db.vault.keys.Wrapper.Made(ctx, id)
		if errors.Is(err, seal.ErrNoKey) {
			continue
		} else if err != nil {
			return nil, err
		}
		if made.Before(now.Add(-age)) {
			out = append(out, id)
		}
	}
	return out, nil
}
