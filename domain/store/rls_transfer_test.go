package store_test

import (
	"database/sql"
	"fmt"

	"github.com/baara-platform/baara/domain"
)

// accepting: a counsellor of another agency accepts somebody who was offered,
// and takes over all that hangs on the record, what was absorbed as well, having
// seen none of it before. In a transaction that is rolled back.
func (w *tiny) accepting() (wrong []string) {
	from, to := w.office(0), w.office(1)
	tx, err := w.raw.SQL.BeginTx(w.t.Context(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	var person, absorbed string
	if err := tx.QueryRow(`SELECT r.person_id::text, m.absorbed_id::text FROM registrations r JOIN merges m ON m.survivor_id = r.person_id AND m.undone_at IS NULL
		WHERE r.agency_id = $1 AND EXISTS (SELECT FROM applications x WHERE x.person_id = r.person_id) LIMIT 1`, string(from[0].AgencyID)).Scan(&person, &absorbed); err != nil {
		return []string{"nobody of the first agency has applications and an absorbed file: nothing was tried"}
	}
	transfer, file, placement := string(w.ids.New()), string(w.ids.New()), string(w.ids.New())
	for _, s := range []statement{
		// Nothing else relates the person to the other agency.
		{`UPDATE transfers SET state = 'lapsed', decided_at = now() WHERE person_id = $1 AND state IN ('asked', 'offered')`, []any{person}},
		{`UPDATE emergencies SET ended_at = now(), ended_by = user_id WHERE person_id = $1 AND ended_at IS NULL`, []any{person}},
		{`DELETE FROM case_shares WHERE case_id IN (SELECT id FROM case_files WHERE person_id = $1)`, []any{person}},
		{`UPDATE case_files SET stage = 'closed', close_reason = 'left', closed_at = now(), suspended_from = NULL, suspended_until = NULL, owner_id = $2, agency_id = $3 WHERE person_id = $1`,
			[]any{person, string(from[0].UserID), string(from[0].AgencyID)}},
		{`UPDATE applications SET agency_id = $2 WHERE person_id = $1`, []any{person, string(from[0].AgencyID)}},
		{`UPDATE placements SET agency_id = $2 WHERE person_id = $1`, []any{person, string(from[0].AgencyID)}},
		{`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) VALUES ($4, $1, $2, $3, 'active', now())`,
			[]any{person, string(from[0].UserID), string(from[0].AgencyID), file}},
		{`INSERT INTO placements (id, person_id, vacancy_id, agency_id, kind, channel, state, starts_on, created_at)
			SELECT $3, $1, v.id, $2, 'permanent', 'service', 'planned', current_date, now() FROM vacancies v LIMIT 1`, []any{person, string(from[0].AgencyID), placement}},
		{`INSERT INTO transfers (id, person_id, from_agency_id, to_agency_id, offered, state, sealed_reason, opened_by, opened_at, lapses_at)
			VALUES ($1, $2, $3, $4, true, 'offered', '\x01', $5, now(), now() + interval '14 days')`,
			[]any{transfer, person, string(from[0].AgencyID), string(to[0].AgencyID), string(from[0].UserID)}},
	} {
		if _, err := tx.Exec(s.text, s.args...); err != nil {
			w.t.Fatalf("%v: %s", err, s.text)
		}
	}
	here, me := string(to[0].AgencyID), string(to[0].UserID)
	if err := acting(tx, to[0],
		statement{`UPDATE transfers SET state = 'accepted', decided_by = $2, decided_at = now() WHERE id = $1`, []any{transfer, me}},
		statement{`UPDATE registrations SET agency_id = $2 WHERE person_id = $1`, []any{person, here}},
		statement{`SELECT rls.move_absorbed($1)`, []any{person}},
		statement{`UPDATE case_files SET agency_id = $2 WHERE person_id = $1`, []any{person, here}},
		statement{`UPDATE applications SET agency_id = $2 WHERE person_id = $1`, []any{person, here}},
		statement{`UPDATE placements SET agency_id = $2 WHERE person_id = $1`, []any{person, here}},
	); err != nil {
		return []string{"accepting somebody: " + err.Error()}
	}
	for _, table := range []string{"registrations", "case_files", "applications", "placements"} {
		var left int
		if err := tx.QueryRow(`SELECT count(*) FROM `+table+` WHERE person_id IN ($1, $2) AND agency_id <> $3`, person, absorbed, here).Scan(&left); err != nil {
			w.t.Fatal(err)
		}
		if left > 0 {
			wrong = append(wrong, fmt.Sprintf("%d of %s stay with the agency before", left, table))
		}
	}
	return wrong
}

// answering: nobody accepts what the own side began, nobody takes an answer back,
// answers under another's name or lets a transfer lapse that no other ended; the
// leads of both sides do answer, and take back.
func (w *tiny) answering() (wrong []string) {
	tried := 0
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			rows, err := w.raw.SQL.Query(`SELECT id::text, state, to_agency_id = $1 FROM transfers WHERE $1 IN (from_agency_id, to_agency_id)
				AND (from_agency_id = $1 OR NOT EXISTS (SELECT FROM case_files f WHERE f.person_id = transfers.person_id AND f.owner_id = $2 AND f.stage <> 'closed'))`,
				string(a.AgencyID), string(a.UserID))
			if err != nil {
				w.t.Fatal(err)
			}
			defer func() { _ = rows.Close() }()
			for rows.Next() {
				var id, state string
				var receives bool
				if err := rows.Scan(&id, &state, &receives); err != nil {
					w.t.Fatal(err)
				}
				say := func(what string) {
					wrong = append(wrong, fmt.Sprintf("a transfer that is %s: a %s, receiving %v, %s", state, a.Role, receives, what))
				}
				become := func(state, by string) bool {
					return passes(w.t, tx, statement{`UPDATE transfers SET state = $2, decided_by = $3, decided_at = now() WHERE id = $1`, []any{id, state, by}})
				}
				for _, what := range []string{"asked", "offered", "lapsed"} {
					if become(what, string(a.UserID)) {
						say("makes it " + what)
					}
				}
				for _, what := range []string{"accepted", "declined", "withdrawn"} {
					if become(what, string(w.actors[1].UserID)) {
						say("makes it " + what + " under another's name")
					}
				}
				began := state == "asked" && receives || state == "offered" && !receives
				if over := state != "asked" && state != "offered"; (began || over) && become("accepted", string(a.UserID)) {
					say("accepts it")
				}
				if over := state != "asked" && state != "offered"; !over && a.Role == domain.RoleLead { // who answers for the agency, whoever began
					answer := map[bool]string{true: "withdrawn", false: "accepted"}[began]
					if !become(answer, string(a.UserID)) {
						say("does not make it " + answer)
					}
				}
				tried++
			}
			if err := rows.Err(); err != nil {
				w.t.Fatal(err)
			}
		})
	}
	if tried == 0 {
		wrong = append(wrong, "there is no transfer: nothing was tried")
	}
	return wrong
}
