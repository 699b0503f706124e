package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// Mended is what became of subjects whose wrapping key the store does not have.
type Mended struct {
	Found  int // wrapped again since: taken from the store
	Erased int // their key was destroyed and nobody took them over: they were erased
	Lost   int // nobody destroyed their key: it is missing
}

// Mend brings a database that was restored from an earlier day to the keys of
// today. Keys it names may be destroyed since: whoever was not erased is in the
// store under another key, and is put under it; whoever is in none was erased,
// and loses the key here too. A key that is missing without having been
// destroyed is lost: nothing is done about it.
func (w KeyWork) Mend(ctx context.Context) (Mended, error) {
	var out Mended
	missing, have, err := w.missing(ctx)
	if err != nil || len(missing) == 0 {
		return out, err
	}
	shelf, err := w.shelf(ctx, have)
	if err != nil {
		return out, err
	}
	for _, id := range missing {
		destroyed, err := w.db.vault.keys.Wrapper.Destroyed(ctx, id)
		if err != nil {
			return out, err
		}
		err = w.db.InTx(ctx, system, func(t domain.Tx) error {
			return w.mendOne(ctx, on(ctx, t), id, shelf, destroyed, &out)
		})
		if err != nil {
			return out, err
		}
		if err := w.destroy(ctx, id); destroyed && err != nil && !errors.Is(err, errKeyUsed) {
			return out, err
		}
	}
	return out, nil
}

// missing names the wrapping keys that have subjects and are not in the store,
// and those that are in it and stay.
func (w KeyWork) missing(ctx context.Context) (missing, have []string, err error) {
	g := w.db.system.gorm.WithContext(ctx)
	var used []string // before the store is looked at: whoever comes later has a key there
	if err := g.Raw(`SELECT id FROM wrapping_keys w WHERE EXISTS (SELECT 1 FROM subject_keys k WHERE k.wrapping_id = w.id) ORDER BY id`).Scan(&used).Error; err != nil {
		return nil, nil, fault("store.keys.missing", err)
	}
	all, err := w.db.vault.keys.Wrapper.List(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := g.Raw(`SELECT h.id FROM unnest(?::text[]) AS h(id) WHERE NOT EXISTS (SELECT 1 FROM destroyed_keys d WHERE d.id = h.id)`,
		textArray(all)).Scan(&have).Error; err != nil {
		return nil, nil, fault("store.keys.missing", err)
	}
	there := map[string]bool{}
	for _, id := range all {
		there[id] = true
	}
	for _, id := range used {
		if there[id] {
			continue
		}
		var still bool // moved and destroyed while this looked
		if err := g.Raw(`SELECT EXISTS (SELECT 1 FROM subject_keys WHERE wrapping_id = ?)`, id).Scan(&still).Error; err != nil {
			return nil, nil, fault("store.keys.missing", err)
		}
		if still {
			missing = append(missing, id)
		}
	}
	return missing, have, nil
}

// shelved is where a subject's key is found.
type shelved struct {
	wrapping string
	made     time.Time
	wrapped  []byte
}

// shelf reads whom the keys of the store have taken over; of two, the newer.
func (w KeyWork) shelf(ctx context.Context, have []string) (map[domain.ID]shelved, error) {
	shelf := map[domain.ID]shelved{}
	for _, id := range have {
		kept, err := w.db.vault.keys.Wrapper.Kept(ctx, id)
		if err != nil {
			return nil, err
		}
		made, err := w.db.vault.keys.Wrapper.Made(ctx, id)
		if errors.Is(err, seal.ErrNoKey) {
			continue
		} else if err != nil {
			return nil, err
		}
		for subject, wrapped := range kept {
			if was, ok := shelf[subject]; !ok || was.made.Before(made) {
				shelf[subject] = shelved{id, made, wrapped}
			}
		}
	}
	return shelf, nil
}

func (w KeyWork) mendOne(ctx context.Context, g *gorm.DB, missing string, shelf map[domain.ID]shelved, destroyed bool, out *Mended) error {
	var subjects []domain.ID
	if err := g.Raw(`SELECT subject_id::text FROM subject_keys WHERE wrapping_id = ? ORDER BY subject_id FOR UPDATE`, missing).Scan(&subjects).Error; err != nil {
		return fault("store.keys.Mend", err)
	}
	found := map[string]map[domain.ID][]byte{}
	var without []domain.ID
	for _, subject := range subjects {
		at, ok := shelf[subject]
		if ok {
			if _, err := w.db.vault.keys.Wrapper.Unwrap(ctx, at.wrapping, subject, at.wrapped); err != nil {
				return fmt.Errorf("store: key of a subject kept beside %s: %w", at.wrapping, err)
			}
			if found[at.wrapping] == nil {
				found[at.wrapping] = map[domain.ID][]byte{}
			}
			found[at.wrapping][subject] = at.wrapped
			out.Found++
			continue
		}
		without = append(without, subject)
	}
	for wrapping, taken := range found {
		if err := g.Exec(`INSERT INTO wrapping_keys (id) VALUES (?) ON CONFLICT (id) DO NOTHING`, wrapping).Error; err != nil {
			return fault("store.keys.Mend", err)
		}
		if err := rewrite(g, wrapping, taken); err != nil {
			return err
		}
	}
	if !destroyed {
		out.Lost += len(without)
		return nil
	}
	out.Erased += len(without)
	return fault("store.keys.Mend", g.Exec(`DELETE FROM subject_keys WHERE subject_id = ANY(?::uuid[])`, idArray(without)).Error)
}

// Checked is whether the store opens what the database holds.
type Checked struct {
	Keys    int // wrapping keys with subjects
	Missing []string
	Closed  []string // are there, and do not open what they should
}

// Check tries one subject of each wrapping key.
func (w KeyWork) Check(ctx context.Context) (Checked, error) {
	var out Checked
	var rows []wrappedKey
	err := w.db.system.gorm.WithContext(ctx).Raw(`SELECT k.subject_id::text AS subject_id, k.wrapping_id, k.wrapped FROM wrapping_keys w
		CROSS JOIN LATERAL (SELECT * FROM subject_keys WHERE wrapping_id = w.id LIMIT 1) k ORDER BY w.id`).Scan(&rows).Error
	if err != nil {
		return out, fault("store.keys.Check", err)
	}
	out.Keys = len(rows)
	for _, r := range rows {
		_, err := w.db.vault.keys.Wrapper.Unwrap(ctx, r.WrappingID, r.SubjectID, r.Wrapped)
		switch {
		case errors.Is(err, seal.ErrNoKey):
			out.Missing = append(out.Missing, r.WrappingID)
		case err != nil:
			out.Closed = append(out.Closed, r.WrappingID)
		}
	}
	if len(out.Missing) > 0 { // moved since the rows were read?
		out.Missing, _, err = w.missing(ctx)
	}
	return out, err
}
