package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"sync"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// Keys are what opens the sealed columns; they are kept outside the database.
type Keys struct {
	Wrapper seal.Wrapper
	Lookup  seal.Lookup // of names, numbers and references that are looked up
}

// vault gives the keys of subjects and keeps some in memory. Another wrapping
// key for a subject does not change the subject's own.
type vault struct {
	keys Keys
	now  *gorm.DB     // reads what is committed now, past the snapshot of a view
	step func(string) // is told of each step of moving and destroying keys; nil for nobody

	mu      sync.Mutex
	known   map[domain.ID]seal.SubjectKey
	current string // the wrapping key of new subjects, "" before the first
	left    int    // subjects it may still take
}

// maxKnown bounds the keys in memory: about 10 MB.
const maxKnown = 20_000

func newVault(keys Keys) *vault { return &vault{keys: keys, known: map[domain.ID]seal.SubjectKey{}} }

func (v *vault) at(step string) {
	if v.step != nil {
		v.step(step)
	}
}

// create makes the keys of new subjects. Other transactions know them once t
// has committed.
func (v *vault) create(ctx context.Context, t domain.Tx, subjects ...domain.ID) (map[domain.ID]seal.SubjectKey, error) {
	out := make(map[domain.ID]seal.SubjectKey, len(subjects))
	for start := 0; start < len(subjects); start += seal.SubjectsPerKey {
		some := subjects[start:min(start+seal.SubjectsPerKey, len(subjects))]
		if err := v.createUnderOne(ctx, t, some, out); err != nil {
			return nil, err
		}
	}
	own := t.(*tx)
	if own.keys == nil {
		own.keys = map[domain.ID]seal.SubjectKey{}
	}
	maps.Copy(own.keys, out)
	return out, nil
}

func (v *vault) createUnderOne(ctx context.Context, t domain.Tx, subjects []domain.ID, out map[domain.ID]seal.SubjectKey) error {
	for {
		wrapping, err := v.wrappingFor(ctx, t, len(subjects))
		if err != nil {
			return err
		}
		ids, closed, err := v.draw(ctx, wrapping, subjects, out)
		if errors.Is(err, seal.ErrNoKey) { // destroyed since
			v.leave(wrapping)
			continue
		} else if err != nil {
			return err
		}
		result := on(ctx, t).Exec(`INSERT INTO subject_keys (subject_id, wrapping_id, wrapped)
			SELECT n.subject::uuid, w.id, decode(n.wrapped, 'base64') FROM unnest(?::text[], ?::text[]) AS n(subject, wrapped)
			JOIN wrapping_keys w ON w.id = ? AND w.retired_at IS NULL`, ids, closed, wrapping)
		if result.Error != nil {
			return fault("store.vault.create", result.Error)
		}
		if int(result.RowsAffected) == len(subjects) {
			return nil
		}
		v.leave(wrapping) // retired, or of an act that was not committed
	}
}

// draw makes keys of subjects and wraps them.
func (v *vault) draw(ctx context.Context, wrapping string, subjects []domain.ID, out map[domain.ID]seal.SubjectKey) (ids, closed textArray, err error) {
	ids, closed = make(textArray, len(subjects)), make(textArray, len(subjects))
	for i, subject := range subjects {
		key, err := seal.NewSubjectKey()
		if err != nil {
			return nil, nil, err
		}
		wrapped, err := v.keys.Wrapper.Wrap(ctx, wrapping, subject, key)
		if err != nil {
			return nil, nil, fmt.Errorf("store: new key: %w", err)
		}
		ids[i], closed[i], out[subject] = string(subject), base64.StdEncoding.EncodeToString(wrapped), key
	}
	return ids, closed, nil
}

// wrappingFor gives a wrapping key that takes n more subjects.
func (v *vault) wrappingFor(ctx context.Context, t domain.Tx, n int) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current != "" && v.left >= n {
		v.left -= n
		return v.current, nil
	}
	id, err := v.keys.Wrapper.Create(ctx)
	if err != nil {
		return "", fmt.Errorf("store: new wrapping key: %w", err)
	}
	if err := on(ctx, t).Exec(`INSERT INTO wrapping_keys (id) VALUES (?)`, id).Error; err != nil {
		return "", fault("store.vault.wrappingFor", err)
	}
	v.current, v.left = id, seal.SubjectsPerKey-n
	return id, nil
}

// leave stops using a wrapping key for new subjects.
func (v *vault) leave(wrapping string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current == wrapping {
		v.current, v.left = "", 0
	}
}

// of gives the keys of subjects, from memory or by g. Subjects without one,
// such as those that were erased, are absent.
func (v *vault) of(ctx context.Context, g *gorm.DB, subjects ...domain.ID) (map[domain.ID]seal.SubjectKey, error) {
	out := make(map[domain.ID]seal.SubjectKey, len(subjects))
	var missing []domain.ID
	v.mu.Lock()
	for _, subject := range subjects {
		if key, ok := v.known[subject]; ok {
			out[subject] = key
		} else {
			missing = append(missing, subject)
		}
	}
	v.mu.Unlock()
	if len(missing) == 0 {
		return out, nil
	}
	found, moved, err := v.read(ctx, g, missing)
	if err == nil && len(moved) > 0 {
		// Wrapped again since the snapshot of g was taken: see what is so now.
		// Who is not found then has no key any more.
		var again map[domain.ID]seal.SubjectKey
		again, _, err = v.read(ctx, v.now, moved)
		maps.Copy(found, again)
	}
	if err != nil {
		return nil, err
	}
	maps.Copy(out, found)
	v.remember(found)
	return out, nil
}

// read gives keys by g, and the subjects whose wrapping key the store does not have.
func (v *vault) read(ctx context.Context, g *gorm.DB, subjects []domain.ID) (found map[domain.ID]seal.SubjectKey, without []domain.ID, err error) {
	var rows []wrappedKey
	err = g.WithContext(ctx).Raw(`SELECT subject_id::text AS subject_id, wrapping_id, wrapped FROM subject_keys WHERE subject_id = ANY(?::uuid[])`,
		idArray(subjects)).Scan(&rows).Error
	if err != nil {
		return nil, nil, fault("store.vault.of", err)
	}
	found = make(map[domain.ID]seal.SubjectKey, len(rows))
	for _, r := range rows {
		key, err := v.keys.Wrapper.Unwrap(ctx, r.WrappingID, r.SubjectID, r.Wrapped)
		if errors.Is(err, seal.ErrNoKey) {
			without = append(without, r.SubjectID)
			continue
		} else if err != nil {
			return nil, nil, fmt.Errorf("store: key of a subject under wrapping key %s: %w", r.WrappingID, err)
		}
		found[r.SubjectID] = key
	}
	return found, without, nil
}

// wrappedKey is a row of subject_keys.
type wrappedKey struct {
	SubjectID  domain.ID
	WrappingID string
	Wrapped    []byte
}

func (v *vault) remember(keys map[domain.ID]seal.SubjectKey) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for subject, key := range keys {
		if len(v.known) >= maxKnown {
			for some := range v.known { // any: which ones is not worth the bookkeeping
				delete(v.known, some)
				if len(v.known) < maxKnown*3/4 {
					break
				}
			}
		}
		v.known[subject] = key
	}
}

// forget drops a subject's key from memory.
func (v *vault) forget(subject domain.ID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.known, subject)
}
