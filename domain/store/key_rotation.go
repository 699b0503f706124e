package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// WrappingKey is what may be told of a wrapping key.
type WrappingKey struct {
	ID        string
	Subjects  int
	CreatedAt time.Time
	RetiredAt time.Time // zero while it is in use
}

// List tells of the wrapping keys, oldest first.
func (w KeyWork) List(ctx context.Context) ([]WrappingKey, error) {
	return w.list(ctx, `TRUE ORDER BY w.created_at, w.id`)
}

func (w KeyWork) list(ctx context.Context, rest string, args ...any) ([]WrappingKey, error) {
	var rows []struct {
		ID        string
		Subjects  int
		CreatedAt time.Time
		RetiredAt *time.Time
	}
	err := w.db.system.gorm.WithContext(ctx).Raw(`SELECT w.id, w.created_at, w.retired_at,
		(SELECT count(*) FROM subject_keys k WHERE k.wrapping_id = w.id) AS subjects FROM wrapping_keys w WHERE `+rest, args...).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.keys.List", err)
	}
	out := make([]WrappingKey, len(rows))
	for i, r := range rows {
		out[i] = WrappingKey{ID: r.ID, Subjects: r.Subjects, CreatedAt: r.CreatedAt.UTC()}
		if r.RetiredAt != nil {
			out[i].RetiredAt = r.RetiredAt.UTC()
		}
	}
	return out, nil
}

// rotationFact is when the rotation began that is not finished.
const rotationFact = "keys.rotation"

// Rotated is what a rotation did.
type Rotated struct {
	Resumed          bool // it went on with one that had not ended
	Subjects         int  // wrapped again
	Destroyed, Began int  // wrapping keys that went, and that there are now
}

// Rotate wraps every subject's key again, under new wrapping keys as full as
// they can be, and destroys the wrapping keys there were when it began. People
// are served meanwhile. One that was interrupted goes on from where it was.
// told hears how many subjects of how many are done.
func (w KeyWork) Rotate(ctx context.Context, told func(done, whole int)) (Rotated, error) {
	var out Rotated
	before, resumed, err := w.rotationStart(ctx)
	if err != nil {
		return out, err
	}
	out.Resumed = resumed
	keys, err := w.list(ctx, `w.created_at < ?`, before)
	if err != nil {
		return out, err
	}
	whole := 0
	for _, k := range keys {
		whole += k.Subjects
	}
	for {
		group, err := w.nextGroup(ctx, before)
		if err != nil {
			return out, err
		}
		if len(group) == 0 {
			break
		}
		moved, err := w.rotateGroup(ctx, group)
		if err != nil {
			return out, err
		}
		out.Subjects += moved
		told(out.Subjects, max(whole, out.Subjects))
	}
	now, err := w.List(ctx)
	out.Destroyed, out.Began = len(keys), len(now)
	if err != nil {
		return out, err
	}
	return out, w.db.InTx(ctx, system, func(t domain.Tx) error {
		return fault("store.keys.Rotate", on(ctx, t).Exec(`DELETE FROM installation WHERE key = ?`, rotationFact).Error)
	})
}

// rotationStart is the database's time: that of one not finished, or now.
func (w KeyWork) rotationStart(ctx context.Context) (before time.Time, resumed bool, err error) {
	err = w.db.InTx(ctx, system, func(t domain.Tx) error {
		g := on(ctx, t)
		added := g.Exec(`INSERT INTO installation (key, value) VALUES (?, clock_timestamp()::text) ON CONFLICT (key) DO NOTHING`, rotationFact)
		if added.Error != nil {
			return fault("store.keys.Rotate", added.Error)
		}
		resumed = added.RowsAffected == 0
		return fault("store.keys.Rotate", g.Raw(`SELECT value::timestamptz FROM installation WHERE key = ?`, rotationFact).Scan(&before).Error)
	})
	return before, resumed, err
}

// nextGroup takes as many of the old wrapping keys, smallest first, as one new
// one takes over.
func (w KeyWork) nextGroup(ctx context.Context, before time.Time) ([]string, error) {
	keys, err := w.list(ctx, `w.created_at < ? ORDER BY subjects, w.id LIMIT 200`, before)
	if err != nil {
		return nil, err
	}
	var group []string
	sum := 0
	for _, k := range keys {
		if sum += k.Subjects; len(group) > 0 && sum > seal.SubjectsPerKey {
			break
		}
		group = append(group, k.ID)
	}
	return group, nil
}

func (w KeyWork) rotateGroup(ctx context.Context, group []string) (int, error) {
	err := w.db.InTx(ctx, system, func(t domain.Tx) error {
		return retire(on(ctx, t), group)
	})
	if err != nil {
		return 0, err
	}
	w.db.vault.at("retired")
	return w.combine(ctx, group...)
}

// retire lets no new subject go under these keys. They are locked in order, as
// whoever moves their subjects does.
func retire(g *gorm.DB, ids []string) error {
	return fault("store.keys.retire", g.Exec(`UPDATE wrapping_keys w SET retired_at = coalesce(retired_at, now())
		FROM (SELECT id FROM wrapping_keys WHERE id = ANY(?::text[]) ORDER BY id FOR UPDATE) AS l WHERE w.id = l.id`, textArray(ids)).Error)
}
