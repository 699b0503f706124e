package migrations_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/migrations"
)

func TestUpAndDownWithDataIn(t *testing.T) {
	ctx, empty := context.Background(), domaintest.EmptyDatabase(t)
	db, rows := empty.Owner, empty.SQL
	if err := migrations.Up(ctx, db); err != nil {
		t.Fatal(err)
	}
	fill(t, rows)
	newest, err := migrations.Version(ctx, db)
	if err != nil || newest < 6 {
		t.Fatalf("at version %d after going up (%v)", newest, err)
	}
	for version := newest - 1; version >= 0; version-- {
		if version == beforeSealing { // nothing there may be lost by going on
			if err := migrations.Down(ctx, db, version); err == nil || !strings.Contains(err.Error(), "sealed records") {
				t.Fatalf("down to %d with people in, whom the schema cannot hold: %v", version, err)
			}
			if _, err := rows.Exec(`DELETE FROM persons WHERE id NOT IN (SELECT person_id FROM placements UNION SELECT person_id FROM applications);
				DELETE FROM placements; DELETE FROM applications; DELETE FROM notes; DELETE FROM persons`); err != nil {
				t.Fatal(err)
			}
		}
		if err := migrations.Down(ctx, db, version); err != nil {
			t.Fatalf("down to %d with data in: %v", version, err)
		}
		if got, err := migrations.Version(ctx, db); err != nil || got > version { // numbers may leave one out
			t.Fatalf("at version %d (%v), want %d", got, err, version)
		}
	}
	if left := strings.Join(column(t, db, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'goose_db_version'`), " "); left != "" {
		t.Errorf("tables left after going all the way down: %s", left)
	}
	if err := migrations.Up(ctx, db); err != nil {
		t.Fatalf("up again: %v", err)
	}
	fill(t, rows)
	if err := migrations.Up(ctx, db); err != nil {
		t.Errorf("up on an up-to-date database: %v", err)
	}
	if got := column(t, db, `SELECT legal_name FROM organisations`); len(got) != 1 {
		t.Errorf("data after up on an up-to-date database: %v", got)
	}
}

// beforeSealing is the last schema that held what people confide readably.
const beforeSealing = 29

// Whoever kept people before does not lose them by an update: they wait, as
// they were, for the program to seal them, and nowhere else.
func TestSealingKeepsWhatItCannotSeal(t *testing.T) {
	ctx, empty := t.Context(), domaintest.EmptyDatabase(t)
	if err := migrations.Up(ctx, empty.Owner); err != nil {
		t.Fatal(err)
	}
	if err := migrations.Down(ctx, empty.Owner, beforeSealing); err != nil {
		t.Fatal(err)
	}
	if _, err := empty.SQL.Exec(`INSERT INTO persons (id, reference, given_names, entered_mode, created_at, updated_at)
		VALUES ('00000000-0000-7000-8000-000000000001', 'ML-1', 'Awa', 'staff', now(), now())`); err != nil {
		t.Fatal(err)
	}
	if err := migrations.Up(ctx, empty.Owner); err != nil {
		t.Fatalf("up with people in: %v", err)
	}
	if got := column(t, empty.SQL, `SELECT fields->>'given_names' FROM unsealed WHERE source = 'persons'`); len(got) != 1 || got[0] != "Awa" {
		t.Errorf("what waits to be sealed: %v", got)
	}
	if got := column(t, empty.SQL, `SELECT id FROM persons WHERE to_jsonb(persons)::text LIKE '%Awa%'`); len(got) != 0 {
		t.Errorf("read in the record itself: %v", got)
	}
	if got := column(t, empty.SQL, `SELECT r || ' ' || p FROM unnest(ARRAY['baara_app', 'baara_system', 'baara_index', 'baara_register', 'baara_keeper']) r,
		unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p WHERE has_table_privilege(r, 'unsealed', p)`); len(got) != 0 {
		t.Errorf("reach what waits: %v", got)
	}
}

// fill puts a row into the tables other tables hang on.
func fill(t *testing.T, db *sql.DB) {
	t.Helper()
	const id = "'00000000-0000-7000-8000-000000000001'"
	for _, statement := range []string{
		`INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI')`,
		`INSERT INTO place_names VALUES ('BKO', 'fr', 'Bamako')`,
		`INSERT INTO agencies (id, code, name, place_code, created_at) VALUES (` + id + `, 'BKO', 'Bamako', 'BKO', now())`,
		`INSERT INTO agency_places VALUES (` + id + `, 'BKO')`,
		`INSERT INTO users (id, role, name, email, created_at) VALUES (` + id + `, 'counsellor', 'C', 'c@example.org', now())`,
		`INSERT INTO agency_members VALUES (` + id + `, ` + id + `, current_date)`,
		`INSERT INTO sessions (token_hash, id, user_id, data, created_at, last_seen_at, expires_at) VALUES ('h', ` + id + `, ` + id + `, '', now(), now(), now())`,
		`INSERT INTO concepts (id, kind, uri) VALUES (` + id + `, 'occupation', 'baara:x')`,
		`INSERT INTO concept_labels (concept_id, lang, label, folded, preferred, source) VALUES (` + id + `, 'fr', 'Maçon', 'macon', true, 'starter')`,
		`INSERT INTO persons (id, reference, sealed_names, entered_mode, created_at, updated_at) VALUES (` + id + `, 'ML-1', '\x01', 'staff', now(), now())`,
		`INSERT INTO person_skills (person_id, position, words, folded) VALUES (` + id + `, 0, 'x', 'x')`,
		`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES (` + id + `, ` + id + `, 'matching', '1', 'fr', 'click', now())`,
		`INSERT INTO registrations (id, person_id, agency_id, state, registered_on) VALUES (` + id + `, ` + id + `, ` + id + `, 'active', current_date)`,
		`INSERT INTO registration_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES (` + id + `, ` + id + `, 'accept', 'intake', 'active', 'counsellor', now())`,
		`INSERT INTO organisations (id, reference, kind, legal_name, created_at, updated_at) VALUES (` + id + `, 'E-1', 'company', 'Atelier', now(), now())`,
		`INSERT INTO vacancies (id, reference, organisation_id, source, title, posts, contract_kind, state, created_at, updated_at)
			VALUES (` + id + `, 'V-1', ` + id + `, 'online', 'Maçon', 2, 'permanent', 'draft', now(), now())`,
		`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) VALUES (` + id + `, ` + id + `, ` + id + `, ` + id + `, 'plan', now())`,
		`INSERT INTO notes (id, case_id, author_id, visibility, sealed, at) VALUES (` + id + `, ` + id + `, ` + id + `, 'file', '\x01', now())`,
		`INSERT INTO applications (id, person_id, vacancy_id, origin, state, created_at, state_since, sent_at, consent_mode) VALUES (` + id + `, ` + id + `, ` + id + `, 'proposed', 'sent', now(), now(), now(), 'oral')`,
		`INSERT INTO placements (id, application_id, person_id, vacancy_id, kind, channel, state, starts_on, created_at)
			VALUES (` + id + `, ` + id + `, ` + id + `, ` + id + `, 'permanent', 'service', 'planned', current_date, now())`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
}

func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
