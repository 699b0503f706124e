package store_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

func TestTheVaultGivesSubjectsTheirKeys(t *testing.T) {
	ctx := t.Context()
	raw := domaintest.Database(t)
	keys := store.Keys{Wrapper: seal.NewMemoryKeys(), Lookup: seal.NewLookup(make([]byte, 32))}
	ids := domain.IDFunc(func() domain.ID { return domain.ID(uuid.NewString()) })
	open := func() *store.DB {
		db, err := store.Open(ctx, raw.AppURL, ids, store.Options{Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	here, there := open(), open() // two processes
	a, b, lost := ids.New(), ids.New(), ids.New()
	mine := make(map[domain.ID]seal.SubjectKey)
	create := func(db *store.DB, fail error, subjects ...domain.ID) error {
		return db.InTx(ctx, domain.Actor{}, func(tx domain.Tx) error {
			made, err := db.CreateKeys(ctx, tx, subjects...)
			for id, key := range made {
				mine[id] = key
			}
			return errors.Join(err, fail)
		})
	}
	rolledBack := errors.New("rolled back")
	if err := create(here, rolledBack, lost); !errors.Is(err, rolledBack) {
		t.Fatal(err)
	}
	here.ForgetKey(lost)
	if err := create(here, nil, a); err != nil {
		t.Fatalf("after an act that was not committed: %v", err)
	}
	many := make([]domain.ID, seal.SubjectsPerKey+200)
	for i := range many {
		many[i] = ids.New()
	}
	if err := create(here, nil, append(many, b)...); err != nil {
		t.Fatal(err)
	}
	var most, subjects int
	if err := raw.Owner.QueryRowContext(ctx, `SELECT max(n), sum(n) FROM (SELECT count(*) AS n FROM subject_keys GROUP BY wrapping_id) AS g`).Scan(&most, &subjects); err != nil {
		t.Fatal(err)
	}
	if most > seal.SubjectsPerKey || subjects != len(many)+2 {
		t.Errorf("%d subjects, %d of them under one wrapping key", subjects, most)
	}
	err := there.View(ctx, domain.Actor{}, func(tx domain.Tx) error {
		found, err := there.KeysOf(ctx, tx, a, b, lost)
		if err != nil {
			return err
		}
		if len(found) != 2 {
			t.Errorf("%d keys of two subjects and one that never was", len(found))
		}
		sealed, err := mine[a].Seal([]byte("x"), a, "c")
		if err != nil {
			return err
		}
		if plain, err := found[a].Open(sealed, a, "c"); err != nil || !bytes.Equal(plain, []byte("x")) {
			t.Errorf("the other process opens %q, %v", plain, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
