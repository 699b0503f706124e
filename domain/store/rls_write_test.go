package store_test

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Who may write what, by row-level security alone: for each table the roles
// that get a row in, change one, or take one out, if it is their own to write.
// Written from what each role does, not from the rules; a role missing here is
// let near no row of the table.
func writers() map[string]map[string]string {
	const desk, people = "counsellor lead", "jobseeker counsellor lead"
	record := map[string]string{"INSERT": people, "DELETE": people}
	journey := map[string]string{"INSERT": people, "DELETE": people} // the referent may be a lead
	part := map[string]string{"INSERT": desk, "UPDATE": desk}
	own := map[string]string{"UPDATE": "jobseeker employer counsellor lead analyst administrator data_protection"}
	trail := map[string]string{"SELECT": "data_protection " + people} // whoever may take a copy for the person
	step := map[string]string{}                                       // only beside what the same transaction wrote, see steps
	factor := map[string]string{"SELECT": "administrator analyst", "INSERT": "administrator analyst", "UPDATE": "administrator analyst", "DELETE": "administrator analyst"}
	return map[string]map[string]string{
		"person_aliases": record, "person_phones": record, "person_name_keys": record, "educations": record, "experiences": record, "person_skills": record,
		"person_languages": record, "person_licences": record, "person_mobility": record, "person_wishes": record,
		"migration_episodes": journey, "displacements": journey,
		"persons": {"INSERT": "anonymous " + desk, "UPDATE": people}, "registrations": {"UPDATE": people}, "registration_history": step,
		"consents":   {"INSERT": people, "UPDATE": people},
		"plan_goals": part, "plan_actions": part, "case_barriers": {"INSERT": desk, "UPDATE": desk, "DELETE": desk},
		"case_files": {"UPDATE": desk, "INSERT": desk}, "case_shares": {"INSERT": desk, "UPDATE": desk}, "notes": {"INSERT": desk}, "case_history": {"INSERT": desk}, // sharing writes no file
		"applications": {"INSERT": people, "UPDATE": people + " employer"}, "application_history": step,
		"placements": {"INSERT": desk + " employer", "UPDATE": desk}, "placement_history": step,
		"transfers": {"INSERT": desk, "UPDATE": desk}, "transfer_history": step, "emergencies": {"INSERT": desk, "UPDATE": desk}, "emergency_seen": {"INSERT": "lead"},
		"candidate_views": {"SELECT": ""}, "person_facts": {"SELECT": ""}, "view_days": {"UPDATE": desk}, "view_allowances": {"INSERT": "lead"}, "sign_up_notes": {},
		"complaints": {"INSERT": people, "UPDATE": desk}, "complaint_history": step, // the one that is open was heard at the desk
		"documents": record, // anybody else who serves the person
		"merges":    {"INSERT": "lead", "UPDATE": "lead"}, "merge_records": step, "merge_moves": step, "not_duplicates": {"INSERT": "lead"},
		"exports":         {"SELECT": "data_protection", "INSERT": "administrator lead data_protection " + people}, // a copy of one's own data
		"rights_requests": {"INSERT": people, "UPDATE": people + " data_protection"}, "rights_request_history": step,
		"objections":  {}, // beside a request the same transaction wrote
		"legal_holds": {"INSERT": "data_protection", "UPDATE": "data_protection"}, "transfer_agreements": {"INSERT": "data_protection", "UPDATE": "data_protection"},
		"erased_facts":  {"SELECT": ""},
		"audit_checks":  {"SELECT": "data_protection", "INSERT": "data_protection"},
		"organisations": {"INSERT": "anonymous " + desk, "UPDATE": desk + " employer"},
		"users":         {"INSERT": "administrator anonymous", "UPDATE": own["UPDATE"]},
		"sessions":      own, "api_tokens": {"INSERT": own["UPDATE"], "UPDATE": own["UPDATE"]},
		"second_factors": factor, "recovery_codes": factor, "contact_changes": factor, "identity_links": factor,
		"audit_entries": trail,
		"invitations":   {"SELECT": "administrator", "INSERT": "administrator", "UPDATE": "administrator", "DELETE": "administrator"}, // the one there is for an analyst
		"messages":      {"SELECT": "administrator " + people, "INSERT": "anonymous " + own["UPDATE"]}, "registration_drafts": {"SELECT": "", "INSERT": "anonymous"},
	}
}

// strangers are of every role and have nothing to do with any row.
func (w *tiny) strangers() []domain.Actor {
	organisation, user := w.ids.New(), domain.ID("")
	need := w.raw.SQL.QueryRow(`SELECT id FROM users WHERE role = 'counsellor' LIMIT 1`).Scan(&user)
	if need != nil {
		w.t.Fatal(need)
	}
	w.exec(`INSERT INTO organisations (id, reference, kind, legal_name, verification, first_by, second_by, created_at, updated_at)
		SELECT $1::uuid, $1::text, 'company', 'S', 'verified', $2, (SELECT id FROM users WHERE role = 'lead' LIMIT 1), now(), now()`, organisation, user)
	w.add("organisations", protectedRow{id: string(organisation), reads: may(access.Facts{OrganisationID: organisation}, access.OrganisationRead)})
	out := []domain.Actor{{}, domain.Anonymous()} // the first is an empty context
	for _, role := range domain.AccountRoles() {
		a := domain.Actor{Role: role, UserID: w.ids.New()}
		switch role {
		case domain.RoleJobseeker:
			a.PersonID = w.ids.New()
		case domain.RoleCounsellor, domain.RoleLead:
			a.AgencyID = w.ids.New()
		case domain.RoleEmployer:
			a.OrganisationID = organisation
		}
		out = append(out, a)
	}
	return out
}

// unrelated lists what a role writes without being related to the row.
func unrelated(table, command string) string {
	return map[string]string{
		"organisations INSERT": "anonymous counsellor lead",                                // pending ones
		"organisations UPDATE": "counsellor lead employer",                                 // verification is anybody's at the desk; the employer's is its own
		"persons INSERT":       "anonymous counsellor lead",                                // newcomers are nobody's yet
		"users INSERT":         "administrator anonymous", "users UPDATE": "administrator", // employers sign up
		"sessions UPDATE": "administrator", "api_tokens INSERT": "administrator", "api_tokens UPDATE": "administrator",
		"second_factors INSERT": "administrator", "second_factors UPDATE": "administrator", "second_factors DELETE": "administrator",
		"recovery_codes INSERT": "administrator", "recovery_codes UPDATE": "administrator", "recovery_codes DELETE": "administrator",
		"contact_changes INSERT": "administrator", "contact_changes UPDATE": "administrator", "contact_changes DELETE": "administrator",
		"identity_links INSERT": "administrator", "identity_links UPDATE": "administrator", "identity_links DELETE": "administrator",
		"invitations INSERT": "administrator", "invitations UPDATE": "administrator", "invitations DELETE": "administrator",
		"messages INSERT":       writers()["messages"]["INSERT"] + " api_client",
		"messages SELECT":       "administrator counsellor lead", // of any agency
		"audit_entries SELECT":  "data_protection",
		"second_factors SELECT": "administrator", "recovery_codes SELECT": "administrator", "contact_changes SELECT": "administrator",
		"identity_links SELECT": "administrator", "invitations SELECT": "administrator",
		"registration_drafts INSERT": "anonymous",
		"emergencies INSERT":         "counsellor lead", // of anybody of another agency: that is what it is for
		"complaints INSERT":          "counsellor lead", // what somebody says at the desk, of any vacancy
		"exports SELECT":             "data_protection", "exports INSERT": writers()["exports"]["INSERT"],
		"rights_requests UPDATE": "data_protection", "legal_holds INSERT": "data_protection", "legal_holds UPDATE": "data_protection",
		"transfer_agreements INSERT": "data_protection", "transfer_agreements UPDATE": "data_protection",
		"audit_checks SELECT": "data_protection", "audit_checks INSERT": "data_protection",
	}[table+" "+command]
}

// writing compares who gets which writes through with the two lists above, for
// the tables named.
func (w *tiny) writing(strangers []domain.Actor, tables ...string) (wrong []string) {
	probes := map[string]probe{}
	for _, table := range tables {
		probes[table] = w.probes(table)
	}
	for _, c := range []struct {
		who    string
		actors []domain.Actor
		want   func(table, command string) string
	}{
		{"somebody", w.actors, func(table, command string) string { return writers()[table][command] }},
		{"a stranger", strangers, unrelated},
	} {
		passed := map[string]string{}
		for _, a := range c.actors {
			asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
				for _, table := range tables {
					for command, statements := range probes[table].by(a) {
						at := table + " " + command
						if !strings.Contains(" "+passed[at]+" ", " "+roleOf(a)+" ") && w.anyPasses(tx, statements) {
							passed[at] += " " + roleOf(a)
						}
					}
				}
			})
		}
		for _, table := range tables {
			for _, command := range []string{"SELECT", "INSERT", "UPDATE", "DELETE"} {
				if _, told := writers()[table][command]; command == "SELECT" && !told {
					continue // reading is compared with the policy, see TestPolicyScopeAndRowLevelSecurityAgree
				}
				if got, want := sorted(passed[table+" "+command]), sorted(c.want(table, command)); got != want {
					wrong = append(wrong, fmt.Sprintf("%s %s, as %s: let through %q, want %q", command, table, c.who, got, want))
				}
			}
		}
	}
	return wrong
}

// roleOf names who acts; an empty context is nobody.
// A program of an employer writes rows as a member would: less is the policy's.
func roleOf(a domain.Actor) string {
	if a.ForEmployer() {
		return string(domain.RoleEmployer)
	}
	return cmp.Or(string(a.Role), "nobody")
}

func sorted(words string) string {
	list := strings.Fields(words)
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// probe is what writes a table are tried with: the rows that are there, as
// JSON, and where they are.
type probe struct {
	table, names, column string
	rows, places         []string
}

func (w *tiny) probes(table string) probe {
	w.t.Helper()
	p := probe{table: table}
	_ = w.raw.SQL.QueryRow(`SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
		AND has_column_privilege('baara_app', attrelid, attnum, 'UPDATE') ORDER BY attname IN ('id', 'version'), attnum DESC LIMIT 1`, table).Scan(&p.column)
	rows, err := w.raw.SQL.Query(`SELECT to_jsonb(r)::text, r.ctid::text, (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
		WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '') FROM `+table+` r`, table)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var row, place string
		if err := rows.Scan(&row, &place, &p.names); err != nil {
			w.t.Fatal(err)
		}
		p.rows, p.places = append(p.rows, row), append(p.places, place)
	}
	return p
}

// by writes the statements an actor tries. The values of the first update are
// constants and no condition is asked, so that the rules for reading decide
// nothing. A row is added once more, under the actor's name: it breaks a
// constraint only after the rules let it pass.
func (p probe) by(a domain.Actor) map[string][]statement {
	under := map[string]any{"actor_role": roleOf(a), "sent_at": nil}
	for _, name := range []string{"author_id", "actor_id", "shared_by", "owner_id", "opened_by", "made_by", "given_by", "added_by", "placed_by", "recorded_by"} {
		under[name] = nil
		if a.UserID != "" {
			under[name] = a.UserID
		}
	}
	if a.Role == domain.RoleJobseeker {
		under["origin"] = "applied"
	}
	if p.table == "persons" {
		under["entered_mode"], under["entered_by"] = "staff", under["owner_id"]
		if a.UserID == "" {
			under["entered_mode"] = "self"
		}
	}
	switch p.table {
	case "case_files", "exports", "emergencies", "merges":
		if a.AgencyID != "" {
			under["agency_id"] = a.AgencyID
		}
	case "complaints":
		under["state"] = "open"
	case "rights_requests":
		under["state"], under["mode"] = "received", "counter"
		if a.Role == domain.RoleJobseeker {
			under["mode"] = "self"
		}
	}
	if p.table == "emergencies" || p.table == "emergency_seen" {
		under["user_id"], under["ended_at"], under["ended_by"] = under["owner_id"], nil, nil
	}
	under["made_role"] = roleOf(a)
	over, err := json.Marshal(under)
	if err != nil {
		panic(err)
	}
	out := map[string][]statement{"SELECT": {{`SELECT FROM ` + p.table, nil}}, "DELETE": {{`DELETE FROM ` + p.table, nil}}}
	for _, row := range p.rows {
		out["INSERT"] = append(out["INSERT"], statement{
			`INSERT INTO ` + p.table + ` (` + p.names + `) SELECT ` + p.names + ` FROM jsonb_populate_record(NULL::` + p.table + `, $1::jsonb || $2::jsonb)`, []any{row, string(over)},
		})
	}
	if p.column == "" {
		return out
	}
	update := `UPDATE ` + p.table + ` SET ` + p.column + ` = DEFAULT`
	if by := map[string]string{"case_shares": "ended_by", "emergencies": "ended_by", "view_days": "noted_by", "merges": "undone_by",
		"legal_holds": "lifted_by", "transfer_agreements": "ended_by"}[p.table]; by != "" && a.UserID != "" {
		update = `UPDATE ` + p.table + ` SET ` + by + ` = '` + string(a.UserID) + `'` // under one's name
	}
	out["UPDATE"] = []statement{{update, nil}}
	for _, place := range p.places {
		out["UPDATE"] = append(out["UPDATE"], statement{update + ` WHERE ctid = $1::text::tid`, []any{place}})
	}
	return out
}

type statement struct {
	text string
	args []any
}

func (w *tiny) anyPasses(tx *sql.Tx, statements []statement) bool {
	return slices.ContainsFunc(statements, func(s statement) bool { return passes(w.t, tx, s) })
}

// passes reports whether the rules let a statement through, and undoes it.
func passes(t *testing.T, tx *sql.Tx, s statement) bool {
	t.Helper()
	if _, err := tx.Exec(`SAVEPOINT probe`); err != nil {
		t.Fatal(err)
	}
	result, err := tx.Exec(s.text, s.args...)
	var pg *pgconn.PgError
	refused := errors.As(err, &pg) && pg.Code == "42501"
	passed := err != nil && !refused
	if err == nil {
		n, _ := result.RowsAffected()
		passed = n > 0
	}
	if _, err := tx.Exec(`ROLLBACK TO SAVEPOINT probe; RELEASE SAVEPOINT probe`); err != nil {
		t.Fatal(err)
	}
	return passed
}

func TestWhoWritesByRowLevelSecurityAlone(t *testing.T) {
	t.Parallel()
	w := newTiny(t, 10)
	w.rest()
	for _, wrong := range slices.Concat(w.byToken(), w.guests(), w.newcomers(), w.teams(), w.ownRoles(), w.steps(), w.handovers(), w.hires(), w.moving(), w.signatures(),
		w.openings(), w.contacts(), w.absorbed(), w.merging(), w.accepting(), w.answering(), w.requesting(), w.leaving(), w.told()) {
		t.Error(wrong)
	}
	for _, wrong := range w.writing(w.strangers(), slices.Sorted(maps.Keys(writers()))...) {
		t.Error(wrong)
	}
}
