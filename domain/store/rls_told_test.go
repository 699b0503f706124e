package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// told asks the functions that tell, past the rules of tables, some of what
// tables hold: names, references, numbers of what is withheld. Each tells it to
// whom it is for, and nobody else anything.
func (w *tiny) told() (wrong []string) {
	people := w.rows["persons"]
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.id
	}
	emergencies := w.numbers(`SELECT person_id::text, count(*) FROM emergencies GROUP BY 1`)
	withheld := w.numbers(`SELECT f.person_id::text, count(*) FROM notes n JOIN case_files f ON f.id = n.case_id WHERE n.visibility <> 'file' GROUP BY 1`)
	shown := w.numbers(`SELECT person_id::text, count(*) FROM candidate_views GROUP BY 1`)
	merges := w.numbers(`SELECT survivor_id::text, count(*) FROM merges GROUP BY 1`)
	policy, tried := access.Default(), map[string]int{}
	for _, a := range append(slices.Clone(w.actors), domain.Actor{}, domain.Anonymous()) {
		say := func(format string, args ...any) {
			wrong = append(wrong, fmt.Sprintf("a %s is told ", roleOf(a))+fmt.Sprintf(format, args...))
		}
		known := w.knownTo(a)
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			named := w.strings(tx, `SELECT id::text FROM rls.people_named($1)`, ids)
			introduced := w.strings(tx, `SELECT id::text FROM rls.people_introduced($1)`, ids)
			counts := w.strings(tx, `SELECT concat_ws(' ', (SELECT count(*) FROM rls.emergencies_said(p)), rls.notes_withheld(p), (SELECT count(*) FROM rls.shown_to(p)),
				(SELECT count(DISTINCT id) FROM rls.merged_files(p))) FROM unnest($1::uuid[]) WITH ORDINALITY AS x(p, n) ORDER BY n`, ids)
			for i, p := range people {
				facts := p.reads[0].facts
				facts.OpenedBy = nil // who opened a file in an emergency takes no copy
				copies, both := policy.Allows(a, access.RightsCopy, facts), policy.Allows(a, access.MergeRead, facts) || a.Role == domain.RoleJobseeker && domain.ID(p.id) == a.PersonID
				want := []int{when(copies, emergencies[p.id]), when(copies, withheld[p.id]), when(copies, shown[p.id]), when(both, merges[p.id])}
				if line := strings.Trim(fmt.Sprint(want), "[]"); counts[i] != line {
					say("why a file was opened, notes that are withheld, who was shown it, files that became one: %s, want %s", counts[i], line)
				}
				for what, n := range want {
					tried[fmt.Sprint("number ", what)] += n
				}
				name := known[p.id] || slices.ContainsFunc(append(slices.Clone(p.reads), p.near...), func(r permission) bool {
					r.facts.OpenedBy = nil
					return (r.action == access.PersonRead || r.action == access.CaseRead || r.action == access.RegistrationRead) && policy.Allows(a, r.action, r.facts)
				})
				if slices.Contains(named, p.id) != name || slices.Contains(introduced, p.id) != name {
					say("the name of %s: %v, want %v", p.id, !name, name)
				}
				if name {
					tried["name "+roleOf(a)]++
				}
			}
			for _, phones := range w.strings(tx, `SELECT coalesce(phones::text, '') FROM rls.people_introduced($1)`, ids) {
				if strings.Contains(phones, "helper") {
					say("the number of who helps somebody")
				}
			}
			for _, got := range w.officers(tx, a, ids) {
				say("%s", got)
			}
			// Whom somebody is served by decides about everything, whoever asks; nobody asks without a role.
			if n := len(w.strings(tx, `SELECT id::text FROM rls.facts($1)`, ids)); n != when(a.Role != "", len(ids)) {
				say("how %d people stand", n)
			}
			if n := len(w.strings(tx, `SELECT person_id::text FROM rls.emergencies($1)`, ids)); a.Role == "" && n > 0 {
				say("who opened %d people", n)
			}
		})
	}
	for _, what := range []string{"number 0", "number 1", "number 2", "number 3", "name jobseeker", "name counsellor", "name lead", "name employer"} {
		if tried[what] == 0 {
			wrong = append(wrong, "nobody is told "+what+": nothing was tried")
		}
	}
	return wrong
}

// officers is what is told beside what a role is for: names and records in the
// trail, which are the data protection officer's and no jobseeker's, and names
// of the staff, which the desk has and who is served.
func (w *tiny) officers(tx *sql.Tx, a domain.Actor, people []string) (wrong []string) {
	jobseekers := w.strings(w.raw.SQL, `SELECT id::text FROM users WHERE role = 'jobseeker'`)
	accounts := w.strings(w.raw.SQL, `SELECT id::text FROM users WHERE role <> 'jobseeker'`)
	names := w.strings(tx, `SELECT id::text FROM rls.trail_names($1)`, slices.Concat(jobseekers, accounts, people))
	found := w.strings(tx, `SELECT f.id::text FROM (SELECT DISTINCT lower(name) AS words FROM jsonb_to_recordset($1) AS x(name text)) n, rls.trail_find(n.words) f`,
		w.strings(w.raw.SQL, `SELECT jsonb_agg(jsonb_build_object('name', name))::text FROM users`)[0])
	officer := a.Role == domain.RoleDataProtection
	if want := when(officer, len(accounts)+len(people)); len(names) != want {
		wrong = append(wrong, fmt.Sprintf("%d names of the trail, want %d", len(names), want))
	}
	if officer != (len(found) > 0) || slices.ContainsFunc(found, func(id string) bool { return slices.Contains(jobseekers, id) }) {
		wrong = append(wrong, fmt.Sprintf("%d accounts by words of their names, jobseekers' among them or nobody's", len(found)))
	}
	var staff []string
	switch a.Role {
	case domain.RoleCounsellor, domain.RoleLead:
		staff = w.strings(w.raw.SQL, `SELECT id::text FROM users WHERE role NOT IN ('jobseeker', 'employer')`)
	case domain.RoleJobseeker:
		staff = w.strings(w.raw.SQL, `SELECT DISTINCT owner_id::text FROM case_files WHERE person_id = $1`, string(a.PersonID))
	}
	if got := w.strings(tx, `SELECT id::text FROM staff_names`); len(got) != len(staff) || slices.ContainsFunc(got, func(id string) bool { return !slices.Contains(staff, id) }) {
		wrong = append(wrong, fmt.Sprintf("the names of %d of the staff, want %d", len(got), len(staff)))
	}
	return wrong
}

// knownTo is whose name comes with work: of an application or placement the
// agency looks after, of who was sent to an employer that may know people.
func (w *tiny) knownTo(a domain.Actor) map[string]bool {
	var query string
	var of domain.ID
	switch {
	case a.AgencyID != "" && (a.Role == domain.RoleCounsellor || a.Role == domain.RoleLead):
		query, of = `SELECT person_id::text FROM applications WHERE agency_id = $1 UNION SELECT person_id::text FROM placements WHERE agency_id = $1`, a.AgencyID
	case a.ForEmployer() || a.Role == domain.RoleEmployer:
		query, of = `WITH o AS (SELECT id FROM organisations o WHERE id = $1 AND verification = 'verified'
				AND NOT EXISTS (SELECT 1 FROM complaints c WHERE c.organisation_id = o.id AND c.state = 'open' AND c.stops))
			SELECT a.person_id::text FROM applications a JOIN vacancies v ON v.id = a.vacancy_id JOIN o ON o.id = v.organisation_id
				WHERE a.state IN ('sent', 'hired') AND a.id NOT IN (SELECT application_id FROM consents WHERE application_id IS NOT NULL AND withdrawn_at IS NOT NULL AND NOT replaced)
			UNION SELECT person_id::text FROM placements l JOIN o ON o.id = l.organisation_id`, a.OrganisationID
	default:
		return nil
	}
	out := map[string]bool{}
	for _, id := range w.strings(w.raw.SQL, query, string(of)) {
		out[id] = true
	}
	return out
}

// restOfTold makes what is told to some and kept from others: the number of a
// helper, and a contact that was taken back.
func (w *tiny) restOfTold() {
	w.t.Helper()
	for _, p := range slices.Clone(w.rows["persons"]) {
		w.exec(`INSERT INTO person_phones (person_id, position, owner, sealed_number, number_hash) VALUES ($1, 1, 'helper', '\x01', 'g')`, p.id)
		w.add("person_phones", p)
	}
	// Sent to an employer that may know people, who has nothing else to do with
	// them: one stands, of one the person took back, one nobody agreed to again.
	var vacancy, organisation string
	if err := w.raw.SQL.QueryRow(`SELECT v.id, o.id FROM vacancies v JOIN organisations o ON o.id = v.organisation_id WHERE o.verification = 'verified'
		AND NOT EXISTS (SELECT FROM complaints c WHERE c.organisation_id = o.id AND c.state = 'open') ORDER BY v.id LIMIT 1`).Scan(&vacancy, &organisation); err != nil {
		w.t.Fatal(err)
	}
	free := w.strings(w.raw.SQL, `SELECT p.id::text FROM persons p WHERE NOT EXISTS (SELECT FROM applications a WHERE a.person_id = p.id)
		AND NOT EXISTS (SELECT FROM merges m WHERE m.absorbed_id = p.id AND m.undone_at IS NULL) ORDER BY p.id LIMIT 3`)
	for i, ended := range []string{`NULL, false`, `now(), false`, `now(), true`} {
		at := slices.IndexFunc(w.rows["persons"], func(p protectedRow) bool { return p.id == free[i] })
		p, application, consent := w.rows["persons"][at], w.ids.New(), w.ids.New()
		f := p.reads[0].facts
		w.exec(`INSERT INTO applications (id, person_id, vacancy_id, agency_id, origin, state, consent_mode, created_at, state_since, sent_at)
			VALUES ($1, $2, $3, $4, 'proposed', 'sent', 'oral', now(), now(), now())`, application, p.id, vacancy, f.AgencyID)
		w.exec(`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at, application_id, withdrawn_at, replaced)
			SELECT $1, $2, 'sharing', '1', 'fr', 'click', now(), $3, `+ended, consent, p.id, application)
		sent := access.Facts{PersonID: f.PersonID, AgencyID: f.AgencyID, OwnerID: f.OwnerID, OrganisationID: domain.ID(organisation)}
		w.add("applications", protectedRow{id: string(application), reads: append(may(sent, access.ApplicationRead), may(sent, access.VacancyCandidates)...)})
		w.add("consents", protectedRow{id: string(consent), reads: p.reads, near: p.near})
	}
}

// strings are what a query gives, of one column.
func (w *tiny) strings(q interface {
	Query(query string, args ...any) (*sql.Rows, error)
}, query string, args ...any) (out []string) {
	w.t.Helper()
	rows, err := q.Query(query, args...)
	if err != nil {
		w.t.Fatalf("%v\n%s", err, query)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			w.t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		w.t.Fatalf("%v\n%s", err, query)
	}
	return out
}

func (w *tiny) numbers(query string) map[string]int {
	w.t.Helper()
	out := map[string]int{}
	for _, line := range w.strings(w.raw.SQL, `SELECT x.person || ' ' || x.n FROM (`+query+`) AS x(person, n)`) {
		var id string
		var n int
		if _, err := fmt.Sscan(line, &id, &n); err != nil {
			w.t.Fatal(err)
		}
		out[id] = n
	}
	return out
}

func when(is bool, n int) int {
	if is {
		return n
	}
	return 0
}
