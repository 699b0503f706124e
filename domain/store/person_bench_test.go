package store_test

import (
	"fmt"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// BenchmarkInsertPeople writes people with eight linked skills each, in
// batches as imports do, and prints people a second.
func BenchmarkInsertPeople(b *testing.B) {
	sql := domaintest.Database(b)
	ids := uuids()
	agency, concepts := ids.New(), make([]domain.ID, 500)
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	_, err := sql.SQL.Exec(`INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI')`)
	must(err)
	_, err = sql.SQL.Exec(`INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ($1, 'A', 'A', 'BKO', now())`, string(agency))
	must(err)
	for i := range concepts {
		concepts[i] = ids.New()
		_, err = sql.SQL.Exec(`INSERT INTO concepts (id, kind, uri) VALUES ($1, 'skill', $2)`, string(concepts[i]), fmt.Sprint("test:", i))
		must(err)
	}
	db, err := store.Open(b.Context(), sql.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	must(err)
	b.Cleanup(func() { _ = db.Close() })
	people := db.Persons()
	const batch = 500
	newcomers := make([]person.Newcomer, batch)
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		for i := range newcomers {
			one := domaintest.APerson(ids).Named(fmt.Sprint("Awa", i), "Coulibaly").Phoned(fmt.Sprintf("+22370%06d", i)).Worked("maçon", concepts[i], 30)
			for k := range 8 {
				one.Skilled(fmt.Sprint("savoir faire ", k), concepts[(i+k*7)%len(concepts)])
			}
			newcomers[i] = one.At(agency)
		}
		b.StartTimer()
		must(db.InTx(b.Context(), domain.System(), func(tx domain.Tx) error { return people.InsertBatch(b.Context(), tx, newcomers) }))
	}
	b.ReportMetric(float64(b.N*batch)/b.Elapsed().Seconds(), "people/s")
}
