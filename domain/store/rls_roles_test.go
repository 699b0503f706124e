package store_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
)

// byToken tries the form of who holds its token: nobody else reads or changes
// it, and no form is turned into somebody who was there before.
func (w *tiny) byToken() (wrong []string) {
	for _, c := range []struct {
		token     string
		update    string
		reads, ok bool
	}{
		{"h", `UPDATE registration_drafts SET lang = 'fr'`, true, true},
		{"h", `UPDATE registration_drafts SET person_id = ` + w.quoted("persons"), true, false},
		{"other", `UPDATE registration_drafts SET lang = 'fr'`, false, false},
		{"", `UPDATE registration_drafts SET lang = 'fr'`, false, false},
	} {
		asActor(w.t, w.raw.AppURL, domain.Anonymous(), func(tx *sql.Tx) {
			if _, err := tx.Exec(`SELECT set_config('baara.draft', $1, true)`, c.token); err != nil {
				w.t.Fatal(err)
			}
			reads, writes := passes(w.t, tx, statement{`SELECT FROM registration_drafts`, nil}), passes(w.t, tx, statement{c.update, nil})
			if reads != c.reads || writes != c.ok {
				wrong = append(wrong, fmt.Sprintf("the token %q: reads %v, want %v; %s: %v, want %v", c.token, reads, c.reads, c.update, writes, c.ok))
			}
		})
	}
	return wrong
}

// quoted is the identifier of a table's first row.
func (w *tiny) quoted(table string) string {
	w.t.Helper()
	var id string
	if err := w.raw.SQL.QueryRow(`SELECT min(id::text) FROM ` + table).Scan(&id); err != nil {
		w.t.Fatal(err)
	}
	return "'" + id + "'::uuid"
}

// guests may read somebody whose file is shared with them, and change nothing
// of the record.
func (w *tiny) guests() (wrong []string) {
	tried := 0
	for _, a := range w.actors {
		if a.Role != domain.RoleCounsellor && a.Role != domain.RoleLead {
			continue
		}
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			var guest []string
			rows, err := tx.Query(`SELECT person_id::text FROM registrations WHERE rls.reads(person_id) AND NOT rls.serves(person_id)`)
			if err != nil {
				w.t.Fatal(err)
			}
			for rows.Next() {
				var id string
				if err := rows.Scan(&id); err != nil {
					w.t.Fatal(err)
				}
				guest = append(guest, id)
			}
			if err := rows.Err(); err != nil {
				w.t.Fatal(err)
			}
			for _, id := range guest {
				tried++
				for _, update := range []string{`UPDATE persons SET sealed_contact = NULL WHERE id = $1`, `UPDATE registrations SET version = 9 WHERE person_id = $1`,
					`UPDATE consents SET withdrawn_at = now() WHERE person_id = $1`} {
					if passes(w.t, tx, statement{update, []any{id}}) {
						wrong = append(wrong, fmt.Sprintf("a guest: %s went through", update))
					}
				}
			}
		})
	}
	if tried == 0 {
		wrong = append(wrong, "nobody is a guest here: nothing was tried")
	}
	return wrong
}

// ownRoles looks at what Baara's own roles see: all of the tables they work
// on, and the keeper adds to the trail.
func (w *tiny) ownRoles(tables ...string) (wrong []string) {
	const persons = "persons person_phones registrations "
	for role, list := range map[string]string{
		"baara_system":   strings.Join(w.protected(), " "),
		"baara_index":    "persons registrations consents person_skills experiences person_wishes person_languages person_licences person_mobility",
		"baara_register": persons + "person_aliases person_name_keys",
		"baara_keeper":   persons + "case_files case_shares applications placements organisations users registration_drafts transfers emergencies complaints rights_requests notes candidate_views consents merges merge_moves documents person_facts migration_episodes",
	} {
		for _, table := range strings.Fields(list) {
			if len(tables) > 0 && tables[0] != table {
				continue
			}
			if there, seen := w.count(table, ""), w.count(table, role); there == 0 || seen != there {
				wrong = append(wrong, fmt.Sprintf("%s sees %d rows of %s, of %d", role, seen, table, there))
			}
		}
	}
	for _, table := range w.protected() {
		if len(tables) == 0 || tables[0] == table {
			wrong = append(wrong, w.systemWrites(table)...)
		}
	}
	if _, err := w.raw.SQL.Exec(`SELECT audit_append(now(), NULL, 'system', NULL, NULL, '', 'x', true, 'x', NULL, NULL, '')`); err != nil {
		wrong = append(wrong, fmt.Sprintf("the keeper adds nothing to the trail: %v", err))
	}
	return wrong
}

// count counts a table's rows as a role sees them; "" is who sees all.
func (w *tiny) count(table, role string) (n int) {
	w.t.Helper()
	tx, err := w.raw.SQL.BeginTx(w.t.Context(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if role != "" {
		if _, err := tx.Exec(`SET LOCAL ROLE ` + role); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := tx.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil {
		w.t.Fatalf("%s of %s: %v", role, table, err)
	}
	return n
}

// protected lists the tables under row-level security.
func (w *tiny) protected() (out []string) {
	w.t.Helper()
	rows, err := w.raw.SQL.Query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relforcerowsecurity ORDER BY 1`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			w.t.Fatal(err)
		}
		out = append(out, name)
	}
	return out
}

// systemWrites reports a table that Baara's own role has the right to add to
// and whose rules do not let it.
func (w *tiny) systemWrites(table string) (wrong []string) {
	w.t.Helper()
	tx, err := w.raw.SQL.BeginTx(w.t.Context(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	var may bool
	if err := tx.QueryRow(`SELECT has_table_privilege('baara_system', $1, 'INSERT')`, table).Scan(&may); err != nil || !may {
		return nil
	}
	adds := w.probes(table).by(domain.System())["INSERT"]
	if len(adds) == 0 {
		return []string{table + " is empty: nothing was tried"}
	}
	if _, err := tx.Exec(`SET LOCAL ROLE baara_system`); err != nil {
		w.t.Fatal(err)
	}
	if !passes(w.t, tx, adds[0]) {
		wrong = append(wrong, "baara_system adds nothing to "+table)
	}
	return wrong
}

// newcomers are registered by the desk: the record, and the registration of
// whom this very transaction wrote.
func (w *tiny) newcomers() (wrong []string) {
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			id := string(w.ids.New())
			for _, s := range []statement{
				{`INSERT INTO persons (id, reference, sealed_names, entered_mode, entered_by, created_at, updated_at) VALUES ($1::uuid, $1::text, '\x01', 'staff', $2, now(), now())`, []any{id, string(a.UserID)}},
				{`INSERT INTO registrations (id, person_id, agency_id, state, registered_on) VALUES ($2::uuid, $1::uuid, $3::uuid, 'active', current_date)`, []any{id, string(w.ids.New()), string(a.AgencyID)}},
			} {
				if _, err := tx.Exec(s.text, s.args...); err != nil {
					wrong = append(wrong, fmt.Sprintf("a %s registers nobody: %v", a.Role, err))
					return
				}
			}
		})
	}
	return wrong
}

// teams: a lead sees and ends the sessions and tokens of the own agency's
// counsellors, changes their accounts, and of no other's.
func (w *tiny) teams() (wrong []string) {
	for _, lead := range w.actors {
		if lead.Role != domain.RoleLead {
			continue
		}
		asActor(w.t, w.raw.AppURL, lead, func(tx *sql.Tx) {
			for _, other := range w.actors {
				if other.Role != domain.RoleCounsellor {
					continue
				}
				for _, text := range []string{
					`SELECT FROM sessions WHERE user_id = $1`, `UPDATE sessions SET killed_at = now() WHERE user_id = $1`,
					`SELECT FROM api_tokens WHERE user_id = $1`, `UPDATE api_tokens SET revoked_at = now() WHERE user_id = $1`,
					`UPDATE users SET version = version + 1 WHERE id = $1`,
				} {
					if got, want := passes(w.t, tx, statement{text, []any{string(other.UserID)}}), other.AgencyID == lead.AgencyID; got != want {
						wrong = append(wrong, fmt.Sprintf("a lead, of the same agency %v: %s goes through: %v", want, text, got))
					}
				}
			}
		})
	}
	return wrong
}

// What the narrow roles cannot read, however they ask.
func TestNarrowRolesReadTheirColumnsAlone(t *testing.T) {
	raw := domaintest.Database(t)
	for role, columns := range map[string][]string{
		"baara_index": {"persons.sealed_names", "persons.sealed_identity", "persons.sealed_contact", "persons.birth_year", "persons.sex", "persons.nationalities", "persons.population_groups",
			"person_phones.sealed_number", "experiences.sealed", "experiences.country", "person_wishes.words", "notes.sealed", "subject_keys.wrapped", "migration_episodes.country",
			"users.name", "case_files.stage"},
		"baara_register": {"persons.population_groups", "persons.sealed_contact", "persons.sealed_rest", "persons.sealed_entry", "persons.sex", "person_phones.sealed_helper", "notes.sealed",
			"migration_episodes.country", "case_files.stage", "users.password_hash", "consents.purpose"},
		"baara_keeper": {"persons.sealed_identity", "persons.sealed_rest", "notes.sealed", "subject_keys.wrapped", "users.email", "users.password_hash", "person_phones.sealed_helper", "consents.purpose", "sessions.data"},
	} {
		for _, column := range columns {
			table, name, _ := strings.Cut(column, ".")
			var may bool
			if err := raw.SQL.QueryRow(`SELECT has_column_privilege($1, $2, $3, 'SELECT')`, role, table, name).Scan(&may); err != nil || may {
				t.Errorf("%s reads %s (%v)", role, column, err)
			}
		}
	}
}
