package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/store"
)

// BenchmarkRowLevelSecurity reads as a counsellor reads, in a service of 20,000
// people and two agencies, with the rows' rules and without: the ratio is
// their price.
func BenchmarkRowLevelSecurity(b *testing.B) {
	raw := domaintest.Database(b)
	ids := uuids()
	must := func(err error) {
		if err != nil {
			b.Helper()
			b.Fatal(err)
		}
	}
	exec := func(statement string, args ...any) {
		_, err := raw.SQL.Exec(statement, args...)
		must(err)
	}
	db, err := store.Open(b.Context(), raw.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	must(err)
	b.Cleanup(func() { _ = db.Close() })
	here, there, awa := ids.New(), ids.New(), domain.Actor{UserID: ids.New(), Role: domain.RoleCounsellor}
	exec(`INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI')`)
	exec(`INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ($1, 'A', 'A', 'BKO', now()), ($2, 'B', 'B', 'BKO', now())`, string(here), string(there))
	exec(`INSERT INTO users (id, role, name, email, created_at) VALUES ($1, 'counsellor', 'N', 'n@example.org', now())`, string(awa.UserID))
	awa.AgencyID = here
	people := db.Persons()
	for n := range 40 {
		var all []person.Newcomer
		for i := range 500 {
			one := domaintest.APerson(ids).Named([]string{"Awa", "Moussa", "Oumou"}[i%3], []string{"Coulibaly", "Traoré", "Diarra", "Keïta"}[i%4]).
				Phoned(fmt.Sprintf("+2237%07d", n*500+i))
			for k := range 4 {
				one.Skilled(fmt.Sprint("savoir faire ", k), "")
			}
			all = append(all, one.At([]domain.ID{here, there}[i%2]))
		}
		must(db.InTx(b.Context(), domain.System(), func(tx domain.Tx) error { return people.InsertBatch(b.Context(), tx, all) }))
	}
	exec(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at)
		SELECT gen_random_uuid(), person_id, $1, agency_id, 'active', now() FROM registrations`, string(awa.UserID))
	exec(`INSERT INTO plan_actions (id, case_id, sealed, doer, due_on, created_by, created_at)
		SELECT gen_random_uuid(), id, '\x01', 'jobseeker', current_date + (random() * 60)::int, owner_id, now() FROM case_files`)
	exec(`INSERT INTO notes (id, case_id, author_id, visibility, sealed, at) SELECT gen_random_uuid(), id, owner_id, 'file', '\x01', now() FROM case_files, generate_series(1, 5)`)
	exec(`UPDATE case_files SET owner_id = (SELECT id FROM users LIMIT 1)`)
	exec(`INSERT INTO users (id, role, name, email, created_at) VALUES (gen_random_uuid(), 'counsellor', 'O', 'o@example.org', now())`)
	// A counsellor has some hundred files, the agency ten thousand.
	exec(`UPDATE case_files c SET owner_id = (SELECT id FROM users WHERE name = 'O') WHERE id NOT IN (SELECT id FROM case_files WHERE agency_id = $1 ORDER BY id LIMIT 120)`, string(here))
	organisation := domaintest.AnOrganisation(ids, here, awa.UserID, domain.ID(scalar(b, raw, `SELECT id::text FROM users WHERE name = 'O'`)))
	vacancy := domaintest.AVacancy(ids, organisation).Vacancy()
	must(db.InTx(b.Context(), domain.System(), func(tx domain.Tx) error {
		if err := db.Organisations().InsertOrganisation(b.Context(), tx, organisation); err != nil {
			return err
		}
		return db.Vacancies().InsertVacancy(b.Context(), tx, vacancy)
	}))
	exec(`INSERT INTO applications (id, person_id, vacancy_id, agency_id, origin, state, created_at, state_since)
		SELECT gen_random_uuid(), person_id, $1, agency_id, 'proposed', 'proposed', now(), now() FROM registrations`, string(vacancy.ID))
	exec(`ANALYZE`)
	somebody := domain.ID(scalar(b, raw, `SELECT person_id::text FROM case_files WHERE owner_id = '`+string(awa.UserID)+`' LIMIT 1`))
	file := domain.ID(scalar(b, raw, `SELECT id::text FROM case_files WHERE person_id = '`+string(somebody)+`'`))
	colleagues := domain.ID(scalar(b, raw, `SELECT id::text FROM case_files WHERE owner_id <> '`+string(awa.UserID)+`' AND agency_id = '`+string(here)+`' LIMIT 1`))
	policy := access.Default()
	finder := person.NewJobseekers(person.Deps{Tx: db, People: people, Policy: policy, Clock: domain.SystemClock(), Rules: person.DefaultRules()})
	reads := []struct {
		name string
		read func(tx domain.Tx) error
	}{
		{"my caseload", func(tx domain.Tx) error {
			_, err := db.Cases().Caseload(b.Context(), tx, casework.CaseQuery{Actor: awa, Relations: policy.Relations(awa, access.CaseRead), CaseFilter: casework.CaseFilter{Mine: true}, Today: domain.DateOf(time.Now())})
			return err
		}},
		{"the agency's caseload", func(tx domain.Tx) error {
			_, err := db.Cases().Caseload(b.Context(), tx, casework.CaseQuery{Actor: awa, Relations: policy.Relations(awa, access.CaseRead), Today: domain.DateOf(time.Now())})
			return err
		}},
		{"my day", func(tx domain.Tx) error {
			_, err := db.Cases().Day(b.Context(), tx, awa.UserID, here, domain.DateOf(time.Now()), time.Now().AddDate(0, 0, -30))
			return err
		}},
		{"a file", func(tx domain.Tx) error { _, err := db.Cases().Case(b.Context(), tx, file); return err }},
		{"notes", func(tx domain.Tx) error {
			_, err := db.Notes().Notes(b.Context(), tx, casework.NoteQuery{CaseID: colleagues, Visibilities: []string{"file", "team"}, Own: awa.UserID})
			return err
		}},
		{"a plan", func(tx domain.Tx) error { _, err := db.Plans().Plan(b.Context(), tx, file); return err }},
		{"a record", func(tx domain.Tx) error { _, err := people.Get(b.Context(), tx, somebody); return err }},
		{"applications", func(tx domain.Tx) error {
			_, err := db.Applications().Applications(b.Context(), tx, placement.ApplicationQuery{Actor: awa, Relations: policy.Relations(awa, access.ApplicationList)})
			return err
		}},
		{"the name register", nil},
	}
	batch := 0
	imported := func() []person.Newcomer {
		batch++
		all := make([]person.Newcomer, 500)
		for i := range all {
			one := domaintest.APerson(ids).Named("Awa", "Coulibaly").Phoned(fmt.Sprintf("+223%04d%04d", batch, i))
			for k := range 8 {
				one.Skilled(fmt.Sprint("savoir faire ", k), "")
			}
			all[i] = one.At(here)
		}
		return all
	}
	for _, rules := range []string{"ENABLE", "DISABLE", "ENABLE", "DISABLE"} { // twice, to see the noise
		for _, table := range []string{"persons", "person_aliases", "person_phones", "educations", "experiences", "person_skills", "person_languages", "person_licences",
			"person_mobility", "person_wishes", "person_name_keys", "registrations", "case_files", "case_shares", "case_barriers", "plan_actions", "plan_goals", "notes", "applications", "users"} {
			exec(`ALTER TABLE ` + table + ` ` + rules + ` ROW LEVEL SECURITY`)
		}
		for _, r := range reads {
			b.Run(r.name+"/"+rules, func(b *testing.B) {
				for b.Loop() {
					if r.read == nil {
						_, err := finder.Find(b.Context(), awa, "Awa Coulibaly", person.FindFilter{}, domain.Cursor{})
						must(err)
						continue
					}
					must(db.View(b.Context(), awa, r.read))
				}
			})
		}
		b.Run("500 imported people/"+rules, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				all := imported()
				b.StartTimer()
				must(db.InTx(b.Context(), domain.System(), func(tx domain.Tx) error { return people.InsertBatch(b.Context(), tx, all) }))
			}
		})
	}
}

func scalar(b *testing.B, raw domaintest.DB, query string) (out string) {
	b.Helper()
	if err := raw.SQL.QueryRow(query).Scan(&out); err != nil {
		b.Fatal(err)
	}
	return out
}
