package store_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
)

// uuids makes time-ordered identifiers.
func uuids() domain.IDs {
	return domain.IDFunc(func() domain.ID { return domain.ID(uuid.Must(uuid.NewV7()).String()) })
}

// freshStore opens a store on an empty database of its own; the test runs in parallel.
func freshStore(t *testing.T) *store.DB {
	t.Helper()
	t.Parallel()
	db, err := store.Open(context.Background(), domaintest.Database(t).AppURL, uuids(), store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
