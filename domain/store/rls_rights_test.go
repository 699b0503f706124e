package store_test

import (
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
	w.add("objections", protectedRow{id: string(f.PersonID), near: append(append(asked, person.reads...), person.near...)})
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
	w.exec(`INSERT INTO transfer_agreements (id, recipient, country, purpose, data, authorisation, since, recorded_by, recorded_at)
		SELECT gen_random_uuid(), 'x', 'SEN', 'x', 'x', 'x', current_date, id, now() FROM users LIMIT 1`)
}
