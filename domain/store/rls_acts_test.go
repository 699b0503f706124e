package store_test

import (
	"database/sql"
	"fmt"
	"slices"

	"github.com/baara-platform/baara/domain"
)

// recorded are the records whose steps are kept, with who may write one: the
// roles that get a step in, in the transaction that wrote the record.
func recorded() map[string]string {
	const desk = "counsellor lead"
	return map[string]string{
		"registrations": "jobseeker " + desk, "case_files": desk, "applications": "jobseeker employer " + desk, "placements": desk,
		"rights_requests": "jobseeker data_protection " + desk,
		"transfers":       desk, "complaints": desk, // of the complaints here only the desk's is open
	}
}

// steps tries histories: beside a record this very transaction wrote, under
// one's own name, and in no other way. With tables, those of them alone.
func (w *tiny) steps(tables ...string) (wrong []string) {
	histories := map[string]string{"registrations": "registration_history", "case_files": "case_history", "applications": "application_history",
		"placements": "placement_history", "transfers": "transfer_history", "complaints": "complaint_history", "rights_requests": "rights_request_history"}
	for table, want := range recorded() {
		if len(tables) > 0 && !slices.Contains(tables, table) && !slices.Contains(tables, histories[table]) {
			continue
		}
		passed := ""
		p := w.probes(table)
		for _, a := range w.actors {
			asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
				ids := visible(w.t, tx, table)
				step := func(record, actor, role string) statement {
					return statement{`INSERT INTO ` + histories[table] + ` (id, record_id, transition, from_state, to_state, actor_id, actor_role, at)
						VALUES ($1, $2, 'x', '', 'x', $3, $4, now())`, []any{string(w.ids.New()), record, sql.NullString{String: actor, Valid: actor != ""}, role}}
				}
				write := func(id string) statement {
					return statement{`UPDATE ` + table + ` SET version = version + 1 WHERE id = $1`, []any{id}}
				}
				at := slices.IndexFunc(ids, func(id string) bool { return passes(w.t, tx, write(id)) })
				if at < 0 || len(p.rows) == 0 {
					return
				}
				say := func(what string) { wrong = append(wrong, fmt.Sprintf("%s, %s: %s", histories[table], roleOf(a), what)) }
				desk := a.Role == domain.RoleCounsellor || a.Role == domain.RoleLead
				if passes(w.t, tx, step(ids[at], string(a.UserID), roleOf(a))) && (table != "case_files" || !desk) {
					say("a step of what nobody wrote")
				}
				if _, err := tx.Exec(write(ids[at]).text, ids[at]); err != nil {
					w.t.Fatal(err)
				}
				if passes(w.t, tx, step(ids[at], string(a.UserID), roleOf(a))) {
					passed += " " + roleOf(a)
				} else {
					say("no step of what was written")
				}
				if passes(w.t, tx, step(ids[at], string(w.actors[1].UserID), roleOf(a))) || passes(w.t, tx, step(ids[at], string(a.UserID), "system")) {
					say("a step under another's name")
				}
			})
		}
		if got := sorted(passed); got != sorted(want) {
			wrong = append(wrong, fmt.Sprintf("%s: steps of %q, want %q", histories[table], got, sorted(want)))
		}
	}
	return wrong
}

// handovers: who owns a file of an agency that is not the own gives it to a
// colleague there, keeps the step, and sees it no more.
func (w *tiny) handovers() (wrong []string) {
	tried := 0
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		rows, err := w.raw.SQL.Query(`SELECT f.id::text, (SELECT m.user_id::text FROM agency_members m WHERE m.agency_id = f.agency_id LIMIT 1),
			EXISTS (SELECT 1 FROM case_shares s WHERE s.case_id = f.id) OR EXISTS (SELECT 1 FROM emergencies e WHERE e.person_id = f.person_id)
			FROM case_files f WHERE f.owner_id = $1 AND f.agency_id <> $2 ORDER BY 3 DESC`, string(a.UserID), string(a.AgencyID))
		if err != nil {
			w.t.Fatal(err)
		}
		var file, colleague string
		var guest bool // may read it in another way still
		for rows.Next() {
			if err := rows.Scan(&file, &colleague, &guest); err != nil {
				w.t.Fatal(err)
			}
		}
		if err := rows.Err(); err != nil {
			w.t.Fatal(err)
		}
		if file == "" {
			continue
		}
		tried++
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			for _, s := range []statement{
				{`UPDATE case_files SET owner_id = $2 WHERE id = $1`, []any{file, colleague}},
				{`INSERT INTO case_history (id, record_id, transition, from_state, to_state, actor_id, actor_role, at) VALUES ($1, $2, 'assign', '', '', $3, $4, now())`,
					[]any{string(w.ids.New()), file, string(a.UserID), string(a.Role)}},
			} {
				if _, err := tx.Exec(s.text, s.args...); err != nil {
					wrong = append(wrong, fmt.Sprintf("a %s who moved away hands no file over: %v", a.Role, err))
					return
				}
			}
			if !guest && slices.Contains(visible(w.t, tx, "case_files"), file) {
				wrong = append(wrong, "a file that was handed over still shows")
			}
		})
	}
	if tried == 0 {
		wrong = append(wrong, "nobody owns a file elsewhere: nothing was tried")
	}
	return wrong
}

// hires: nobody adds a placement of whom the agency did not see hired, nor one
// that goes on from somebody else's.
func (w *tiny) hires() (wrong []string) {
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			// The agency is the own one each time, as the rule before asked and no more.
			const add = `INSERT INTO placements (id, application_id, previous_id, person_id, vacancy_id, agency_id, kind, channel, state, starts_on, created_at)
				SELECT gen_random_uuid(), $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, 'permanent', 'service', 'planned', current_date, now()`
			rows, err := w.raw.SQL.Query(`SELECT a.id::text, a.person_id::text, a.vacancy_id::text, a.state, (SELECT l.id::text FROM placements l WHERE l.application_id = a.id)
				FROM applications a WHERE a.agency_id IS DISTINCT FROM $1 OR a.state <> 'hired'`, string(a.AgencyID))
			if err != nil {
				w.t.Fatal(err)
			}
			defer func() { _ = rows.Close() }()
			for rows.Next() {
				var application, person, vacancy, state string
				var placement sql.NullString
				if err := rows.Scan(&application, &person, &vacancy, &state, &placement); err != nil {
					w.t.Fatal(err)
				}
				for what, args := range map[string][]any{
					"by itself":           {nil, nil, person, vacancy, string(a.AgencyID)},
					"on this application": {application, nil, person, vacancy, string(a.AgencyID)},
					"going on from it":    {nil, placement, person, vacancy, string(a.AgencyID)},
				} {
					if passes(w.t, tx, statement{add, args}) {
						wrong = append(wrong, fmt.Sprintf("a %s places somebody %s (%s)", a.Role, what, state))
					}
				}
			}
			if err := rows.Err(); err != nil {
				w.t.Fatal(err)
			}
		})
	}
	return wrong
}

// moving: whom an employer hires, it moves the file of, in the same transaction
// and in no other. In one that is rolled back.
func (w *tiny) moving() (wrong []string) {
	tx, err := w.raw.SQL.BeginTx(w.t.Context(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	var vacancy, organisation, person string
	if err := tx.QueryRow(`SELECT v.id, o.id, f.person_id FROM vacancies v JOIN organisations o ON o.id = v.organisation_id, case_files f WHERE o.verification = 'verified'
		AND NOT EXISTS (SELECT FROM complaints c WHERE c.organisation_id = o.id AND c.state = 'open') AND f.stage <> 'closed'
		AND NOT EXISTS (SELECT FROM applications a WHERE a.person_id = f.person_id AND a.vacancy_id = v.id) LIMIT 1`).Scan(&vacancy, &organisation, &person); err != nil {
		return []string{"nobody with a file is new to an employer: nothing was tried"}
	}
	application := string(w.ids.New())
	if _, err := tx.Exec(`INSERT INTO applications (id, person_id, vacancy_id, agency_id, origin, state, consent_mode, created_at, state_since, sent_at)
		SELECT $1, $2, $3, r.agency_id, 'proposed', 'sent', 'oral', now(), now(), now() FROM registrations r WHERE r.person_id = $2`, application, person, vacancy); err != nil {
		w.t.Fatal(err)
	}
	i := slices.IndexFunc(w.actors, func(a domain.Actor) bool {
		return a.Role == domain.RoleEmployer && string(a.OrganisationID) == organisation
	})
	if i < 0 {
		return []string{"nobody acts for the employer: nothing was tried"}
	}
	move := statement{`UPDATE case_files SET version = version + 1 WHERE person_id = $1 AND stage <> 'closed'`, []any{person}}
	if _, err := tx.Exec(`SAVEPOINT hire`); err != nil {
		w.t.Fatal(err)
	}
	if acting(tx, w.actors[i], move) == nil {
		wrong = append(wrong, "an employer moves the file of whom it did not hire")
	}
	if _, err := tx.Exec(`ROLLBACK TO SAVEPOINT hire; RELEASE SAVEPOINT hire`); err != nil {
		w.t.Fatal(err)
	}
	if err := acting(tx, w.actors[i],
		statement{`UPDATE applications SET state = 'hired' WHERE id = $1`, []any{application}},
		statement{`INSERT INTO placements (id, application_id, person_id, vacancy_id, organisation_id, agency_id, kind, channel, state, starts_on, created_at)
			SELECT $1, $2, a.person_id, a.vacancy_id, $3, a.agency_id, 'permanent', 'service', 'planned', current_date, now() FROM applications a WHERE a.id = $2`,
			[]any{string(w.ids.New()), application, organisation}},
		move,
	); err != nil {
		wrong = append(wrong, "an employer hires: "+err.Error())
	}
	return wrong
}

// signatures: nobody ends or notes something under another's name.
func (w *tiny) signatures() (wrong []string) {
	for _, a := range w.actors {
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			for _, what := range []string{"emergencies SET ended_by", "case_shares SET ended_by", "view_days SET noted_by", "merges SET undone_by"} {
				if other := w.actors[1]; a.UserID != other.UserID && passes(w.t, tx, statement{`UPDATE ` + what + ` = $1`, []any{string(other.UserID)}}) {
					wrong = append(wrong, fmt.Sprintf("a %s writes %s to another's", roleOf(a), what))
				}
			}
		})
	}
	return wrong
}
