package store_test

import (
	"database/sql"
	"fmt"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// request asks something of one's own data, with a step and an objection.
func (w *tiny) request(f access.Facts, account domain.ID, person protectedRow) {
	id, step := w.ids.New(), w.ids.New()
	state := []string{"received", "in_progress", "withdrawn"}[len(w.rows["rights_requests"])%3] // without chance: another draw would change every world
	w.exec(`INSERT INTO rights_requests (id, reference, kind, purpose, person_id, agency_id, mode, made_by, state, due_on, created_at, updated_at)
		VALUES ($1::uuid, $1::uuid::text, 'objection', 'statistics', $2, $3, 'self', $4, $5, current_date, now(), now())`, id, f.PersonID, f.AgencyID, account, state)
	w.exec(`INSERT INTO rights_request_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES ($1, $2, 'make', '', 'received', 'jobseeker', now())`, step, id)
	w.exec(`INSERT INTO objections (person_id, purpose, request_id, since) VALUES ($1, 'statistics', $2, now())`, f.PersonID, id)
	asked := may(access.Facts{PersonID: f.PersonID, AgencyID: f.AgencyID}, access.RequestRead)
	w.add("rights_requests", protectedRow{id: string(id), reads: asked})
	w.add("rights_request_history", protectedRow{id: string(step), reads: asked})
	f.OpenedBy = nil // in an emergency nobody needs to know
	w.add("objections", protectedRow{id: string(f.PersonID), reads: append(asked, may(f, access.PersonRead)...), near: person.near})
}

// restOfRights makes a row of each table beside requests, and what a person
// reads of tables that are the staff's.
func (w *tiny) restOfRights() {
	w.t.Helper()
	w.exec(`INSERT INTO exports (id, reference, kind, made_by, made_role, made_at, lines) SELECT gen_random_uuid(), 'EXP-4', 'copy', id, 'jobseeker', now(), 0 FROM users LIMIT 1`)
	w.exec(`INSERT INTO messages (id, channel, sealed, person_id, lang, template, created_at) SELECT gen_random_uuid(), 'sms', '\x01', id, 'fr', 'x', now() FROM persons LIMIT 1`)
	w.exec(`SELECT audit_append(now(), NULL, 'system', NULL, NULL, '', 'x', true, 'x', NULL, (SELECT f.person_id FROM case_files f
		JOIN users u ON u.id = f.owner_id AND u.role = 'counsellor' WHERE f.stage <> 'closed' LIMIT 1), '')`)
	w.exec(`INSERT INTO legal_holds (id, person_id, sealed, placed_by, placed_at) SELECT gen_random_uuid(), (SELECT id FROM persons LIMIT 1), '\x01', id, now() FROM users LIMIT 1`)
	w.exec(`INSERT INTO erased_facts (subject, kind, state, began) VALUES (gen_random_uuid(), 'case', 'closed', '2026-01-01')`)
	for name, times := range map[string]string{
		"stands": `current_date, NULL::date, NULL::timestamptz`, "is over": `current_date - 9, current_date - 1, NULL::timestamptz`,
		"has not begun": `current_date + 1, NULL::date, NULL::timestamptz`, "was ended": `current_date - 9, NULL::date, now()`,
	} {
		id := w.ids.New()
		w.exec(`INSERT INTO transfer_agreements (id, recipient, country, purpose, data, authorisation, recorded_by, recorded_at, since, until, ended_at, ended_by)
			SELECT $1, $2, 'SEN', 'x', 'x', 'x', u.id, now(), x.*, CASE WHEN x.ended IS NOT NULL THEN u.id END
			FROM (SELECT `+times+`) AS x(since, until, ended), (SELECT id FROM users LIMIT 1) u`, id, name)
		row := protectedRow{id: string(id), reads: may(access.Facts{}, access.AgreementRead)}
		if name != "was ended" { // who may receive data abroad is told to everybody
			row.reads = append(row.reads, may(access.Facts{}, access.AgreementStanding)...)
		}
		w.add("transfer_agreements", row)
	}
	w.exec(`INSERT INTO exports (id, reference, kind, made_by, made_role, made_at, lines, recipient, agreement_id)
		SELECT gen_random_uuid(), 'EXP-5', 'audit', u.id, 'data_protection', now(), 0, a.recipient, a.id FROM users u, transfer_agreements a LIMIT 1`)
}

// requesting: an objection is kept and lifted beside a request that the same
// transaction wrote, and an answer is given by who may give it.
func (w *tiny) requesting() (wrong []string) {
	tried := map[domain.Role]int{}
	for _, a := range w.actors {
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			say := func(what string) { wrong = append(wrong, fmt.Sprintf("requests, as %s: %s", roleOf(a), what)) }
			var request, person string
			if tx.QueryRow(`SELECT id::text, person_id::text FROM rights_requests WHERE state <> 'withdrawn' LIMIT 1`).Scan(&request, &person) != nil {
				return
			}
			tried[a.Role]++
			become := func(set string) statement {
				return statement{`UPDATE rights_requests SET ` + set + ` WHERE id = $1`, []any{request}}
			}
			const erasure = `kind = 'erasure', purpose = '', decided_by = NULL, `
			for set, may := range map[string]bool{
				`state = 'in_progress'`:         a.Role != domain.RoleJobseeker,
				`state = 'withdrawn'`:           true,
				erasure + `state = 'confirmed'`: a.Role == domain.RoleLead || a.Role == domain.RoleDataProtection,
				erasure + `state = 'done'`:      false, // Baara's own act
			} {
				if passes(w.t, tx, become(set)) != may {
					say(fmt.Sprintf("%s goes through: %v", set, !may))
				}
			}
			object := statement{`INSERT INTO objections VALUES ($1, 'statistics', $2, now())`, []any{person, request}}
			lift := statement{`DELETE FROM objections WHERE person_id = $1`, []any{person}}
			if passes(w.t, tx, object) || passes(w.t, tx, lift) {
				say("an objection is kept or lifted beside no request")
			}
			if _, err := tx.Exec(become(`state = 'withdrawn'`).text, request); err != nil {
				w.t.Fatal(err)
			}
			if a.Role != domain.RoleDataProtection && !passes(w.t, tx, object) {
				say("no objection is kept beside a request")
			}
			if !passes(w.t, tx, lift) {
				say("no objection is lifted beside its answer")
			}
		})
	}
	for _, role := range []domain.Role{domain.RoleJobseeker, domain.RoleCounsellor, domain.RoleLead, domain.RoleDataProtection} {
		if tried[role] == 0 {
			wrong = append(wrong, fmt.Sprintf("no request shows to a %s: nothing was tried", role))
		}
	}
	return wrong
}
