package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/matching"
)

// TestLateCommitIsNotSkipped interleaves two transactions: the one that began first, with the smaller numbers, commits last.
func TestLateCommitIsNotSkipped(t *testing.T) {
	db := domaintest.DatabaseAlone(t)
	s := searchStore(t, db).Search()
	ctx := context.Background()
	at, err := s.Horizon(ctx)
	if err != nil {
		t.Fatal(err)
	}
	const add = `INSERT INTO search_changes (kind, record_id) VALUES ('person', $1)`
	early, late := "e0000000-0000-7000-8000-000000000001", "e0000000-0000-7000-8000-000000000002"
	slow, err := db.SQL.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Rollback()
	if _, err := slow.Exec(add, early); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SQL.Exec(add, late); err != nil {
		t.Fatal(err)
	}
	ch, err := s.Changes(ctx, at, 10)
	if err != nil || len(ch.List) != 0 || !ch.Waiting || ch.More || ch.Oldest.IsZero() {
		t.Fatalf("while the first still runs: %+v, %v", ch, err)
	}
	if err := slow.Commit(); err != nil {
		t.Fatal(err)
	}
	ch, err = s.Changes(ctx, ch.Next, 1)
	if err != nil || !slices.Equal(ch.List, []matching.Change{{Person: true, ID: domain.ID(early)}}) || !ch.More {
		t.Fatalf("first batch: %+v, %v", ch, err)
	}
	ch, err = s.Changes(ctx, ch.Next, 10)
	if err != nil || !slices.Equal(ch.List, []matching.Change{{Person: true, ID: domain.ID(late)}}) || ch.More || ch.Waiting || !ch.Oldest.IsZero() {
		t.Fatalf("second batch: %+v, %v", ch, err)
	}
	latest, err := s.Latest(ctx)
	if err != nil || latest != ch.Next {
		t.Errorf("latest %+v, read up to %+v, %v", latest, ch.Next, err)
	}
}

func TestPrunedFeedIsLost(t *testing.T) {
	db := domaintest.DatabaseAlone(t)
	s := searchStore(t, db).Search()
	ctx := context.Background()
	before, err := s.Horizon(ctx)
	if err != nil {
		t.Fatal(err)
	}
	execute(t, db.SQL, `INSERT INTO search_changes (kind, record_id, at) VALUES ('person', gen_random_uuid(), now() - interval '8 days')`)
	read, err := s.Changes(ctx, before, 10)
	if err != nil || len(read.List) != 1 {
		t.Fatalf("%+v, %v", read, err)
	}
	execute(t, db.SQL, `INSERT INTO search_changes (kind, record_id) VALUES ('person', gen_random_uuid())`)
	if n, err := s.Prune(ctx, time.Now().AddDate(0, 0, -7)); err != nil || n != 1 {
		t.Fatalf("pruned %d, %v", n, err)
	}
	if ch, err := s.Changes(ctx, before, 10); err != nil || !ch.Lost {
		t.Errorf("an index that had not read them: %+v, %v", ch, err)
	}
	if ch, err := s.Changes(ctx, read.Next, 10); err != nil || ch.Lost || len(ch.List) != 1 {
		t.Errorf("an index that had: %+v, %v", ch, err)
	}
	if n, err := s.Prune(ctx, time.Now().AddDate(0, 0, -7)); err != nil || n != 0 {
		t.Errorf("pruning again: %d, %v", n, err)
	}
}

func TestAnotherStateOfTheDatabaseIsLost(t *testing.T) {
	db := domaintest.DatabaseAlone(t)
	s := searchStore(t, db).Search()
	at, err := s.Horizon(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ahead := at
	ahead.XID += 1000
	if ch, err := s.Changes(context.Background(), ahead, 10); err != nil || !ch.Lost {
		t.Errorf("ahead of the database: %+v, %v", ch, err)
	}
	execute(t, db.SQL, `UPDATE database_epoch SET epoch = gen_random_uuid()`)
	if ch, err := s.Changes(context.Background(), at, 10); err != nil || !ch.Lost {
		t.Errorf("another epoch: %+v, %v", ch, err)
	}
}
