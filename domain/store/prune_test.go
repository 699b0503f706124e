package store_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// When somebody comes of age, the day is forgotten and the index told: from then
// on nothing says how old she is but her year of birth.
func TestComingOfAgeIsForgotten(t *testing.T) {
	ctx, raw, ids := t.Context(), domaintest.Database(t), uuids()
	db, err := store.Open(ctx, raw.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	agency := ids.New()
	execute(t, raw.SQL, `INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI')`)
	execute(t, raw.SQL, `INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ('`+string(agency)+`', 'B', 'B', 'BKO', now())`)
	born := func(day int, month time.Month) person.Newcomer {
		n := domaintest.APerson(ids).At(agency)
		n.Person.Birth = person.BornOn(domain.Date{Year: 2010, Month: month, Day: day})
		return n
	}
	soon, later := born(20, time.March), born(20, time.June) // of age for work on 1 April and on 1 July 2028
	err = db.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		return db.Persons().InsertBatch(ctx, tx, []person.Newcomer{soon, later})
	})
	if err != nil {
		t.Fatal(err)
	}
	execute(t, raw.SQL, `DELETE FROM search_changes`)
	left := func(id domain.ID) (days, changes int) {
		row := raw.SQL.QueryRow(`SELECT (SELECT count(adult_on) FROM persons WHERE id = $1), (SELECT count(*) FROM search_changes WHERE kind = 'person' AND record_id = $1)`, string(id))
		if err := row.Scan(&days, &changes); err != nil {
			t.Fatal(err)
		}
		return days, changes
	}
	for _, at := range []struct {
		now           time.Time
		days, changes int // of who comes of age first
	}{
		{time.Date(2028, 3, 31, 23, 0, 0, 0, time.UTC), 1, 0},
		{time.Date(2028, 4, 1, 0, 0, 0, 0, time.UTC), 0, 1},
		{time.Date(2028, 4, 2, 0, 0, 0, 0, time.UTC), 0, 1},
	} {
		if _, err := db.PruneRequests(ctx, at.now); err != nil {
			t.Fatal(err)
		}
		if days, changes := left(soon.Person.ID); days != at.days || changes != at.changes {
			t.Errorf("on %s %d days and %d changes, want %d and %d", at.now, days, changes, at.days, at.changes)
		}
		if days, changes := left(later.Person.ID); days != 1 || changes != 0 {
			t.Errorf("on %s the younger one has %d days and %d changes", at.now, days, changes)
		}
	}
}
