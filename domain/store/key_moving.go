package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// KeyWork is what Baara does with wrapping keys by itself. Every step may be
// the last before the process dies: the next call, by any process, goes on.
// Several processes may work at once; the row of a wrapping key is the lock of
// its subjects.
//
// The order is what keeps both promises, that no subject is lost and that no
// erased one comes back:
//
//  1. the old keys are retired: no new subject goes under them;
//  2. their rows are locked, which waits for uncommitted new subjects;
//  3. attempts that were not finished are destroyed: they may have wrapped
//     somebody who was erased since;
//  4. the new key is made and its row committed, before anything is wrapped
//     under it;
//  5. the subjects are wrapped, kept beside the new key, and their rows changed;
//  6. after the commit the old keys' rows go, which the database refuses while
//     a subject is left, and their names are among the destroyed;
//  7. the store destroys them.
type KeyWork struct{ db *DB }

// KeyWork gives the work with wrapping keys.
func (d *DB) KeyWork() KeyWork { return KeyWork{d} }

// Empty moves the subjects of a retired wrapping key under another and destroys
// it. One that is gone, or is not retired, is left as it is.
func (w KeyWork) Empty(ctx context.Context, wrapping string) error {
	_, err := w.combine(ctx, wrapping)
	return err
}

// combine moves the subjects of retired wrapping keys under one new key, as
// many as it takes, and destroys those that are empty then. It says how many
// were moved.
func (w KeyWork) combine(ctx context.Context, old ...string) (int, error) {
	var moved int
	err := w.db.InTx(ctx, system, func(t domain.Tx) (err error) {
		moved, err = w.move(ctx, on(ctx, t), old)
		return err
	})
	if err != nil {
		return 0, err
	}
	w.db.vault.at("moved")
	for _, id := range old {
		if err := w.destroyRetired(ctx, id); err != nil && !errors.Is(err, errKeyUsed) {
			return moved, err
		}
	}
	return moved, nil
}

func (w KeyWork) move(ctx context.Context, g *gorm.DB, old []string) (int, error) {
	var locked []string
	if err := g.Raw(`SELECT id FROM wrapping_keys WHERE id = ANY(?::text[]) AND retired_at IS NOT NULL ORDER BY id FOR UPDATE`,
		textArray(old)).Scan(&locked).Error; err != nil {
		return 0, fault("store.keys.lock", err)
	}
	w.db.vault.at("locked")
	if err := w.dropAttempts(ctx, locked); err != nil {
		return 0, err
	}
	var rows []wrappedKey
	if err := g.Raw(`SELECT subject_id::text AS subject_id, wrapping_id, wrapped FROM subject_keys WHERE wrapping_id = ANY(?::text[])
		ORDER BY wrapping_id, subject_id LIMIT ? FOR UPDATE`, textArray(locked), seal.SubjectsPerKey).Scan(&rows).Error; err != nil {
		return 0, fault("store.keys.subjects", err)
	}
	if len(rows) == 0 {
		return 0, nil
	}
	into, err := w.makeFor(ctx, locked)
	if err != nil {
		return 0, err
	}
	taken, err := w.wrapAgain(ctx, into, rows)
	if err != nil {
		return 0, err
	}
	if err := w.db.vault.keys.Wrapper.Keep(ctx, into, taken); err != nil {
		return 0, fmt.Errorf("store: wrapped keys: %w", err)
	}
	w.db.vault.at("kept")
	if err := rewrite(g, into, taken); err != nil {
		return 0, err
	}
	w.db.vault.at("rewritten")
	return len(rows), nil
}

// makeFor makes a wrapping key that takes others over, in a transaction of its
// own: before anything is wrapped under it, the database knows it.
func (w KeyWork) makeFor(ctx context.Context, old []string) (string, error) {
	id, err := w.db.vault.keys.Wrapper.Create(ctx)
	if err != nil {
		return "", fmt.Errorf("store: new wrapping key: %w", err)
	}
	w.db.vault.at("created")
	err = w.db.InTx(ctx, system, func(t domain.Tx) error {
		return fault("store.keys.makeFor", on(ctx, t).Exec(`INSERT INTO wrapping_keys (id, made_for) VALUES (?, ?::text[])`, id, textArray(old)).Error)
	})
	if err != nil {
		return "", errors.Join(err, w.db.vault.keys.Wrapper.Destroy(ctx, id))
	}
	w.db.vault.at("known")
	return id, nil
}

// dropAttempts destroys keys that were made for these and took nobody over. No
// other process works on one: it would hold the lock.
func (w KeyWork) dropAttempts(ctx context.Context, old []string) error {
	var attempts []string
	if err := w.db.system.gorm.WithContext(ctx).Raw(`SELECT id FROM wrapping_keys w WHERE made_for && ?::text[]
		AND NOT EXISTS (SELECT 1 FROM subject_keys k WHERE k.wrapping_id = w.id)`, textArray(old)).Scan(&attempts).Error; err != nil {
		return fault("store.keys.attempts", err)
	}
	for _, id := range attempts {
		if err := w.destroy(ctx, id); err != nil && !errors.Is(err, errKeyUsed) {
			return err
		}
	}
	return nil
}

func (w KeyWork) wrapAgain(ctx context.Context, into string, rows []wrappedKey) (map[domain.ID][]byte, error) {
	taken := make(map[domain.ID][]byte, len(rows))
	for _, r := range rows {
		key, err := w.db.vault.keys.Wrapper.Unwrap(ctx, r.WrappingID, r.SubjectID, r.Wrapped)
		if err != nil {
			return nil, fmt.Errorf("store: key of a subject under wrapping key %s: %w", r.WrappingID, err)
		}
		if taken[r.SubjectID], err = w.db.vault.keys.Wrapper.Wrap(ctx, into, r.SubjectID, key); err != nil {
			return nil, fmt.Errorf("store: wrap again: %w", err)
		}
	}
	return taken, nil
}

// rewrite puts subjects under a wrapping key, wrapped as given.
func rewrite(g *gorm.DB, into string, taken map[domain.ID][]byte) error {
	ids, wrapped := make(textArray, 0, len(taken)), make(textArray, 0, len(taken))
	for subject, key := range taken {
		ids, wrapped = append(ids, string(subject)), append(wrapped, base64.StdEncoding.EncodeToString(key))
	}
	result := g.Exec(`UPDATE subject_keys k SET wrapping_id = ?, wrapped = decode(n.wrapped, 'base64')
		FROM unnest(?::text[], ?::text[]) AS n(subject, wrapped) WHERE k.subject_id = n.subject::uuid`, into, ids, wrapped)
	if result.Error == nil && int(result.RowsAffected) != len(taken) {
		return fmt.Errorf("store: %d of %d keys were wrapped again", result.RowsAffected, len(taken))
	}
	return fault("store.keys.rewrite", result.Error)
}
