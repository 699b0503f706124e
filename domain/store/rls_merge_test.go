package store_test

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// merged gives somebody a second file that was absorbed, with what is kept of
// the merge, a paper, and a third one that a lead said is another person's.
func (w *tiny) merged(survivor access.Facts, lead domain.Actor) {
	reads := may(survivor, access.MergeRead)
	paper := w.ids.New()
	w.exec(`INSERT INTO documents (id, person_id, subject_id, kind, format, size, body, added_by, added_at) VALUES ($1, $2, $2, 'diploma', 'pdf', 1, 'x', $3, now())`,
		paper, survivor.PersonID, lead.UserID)
	w.add("documents", protectedRow{id: string(paper), reads: may(survivor, access.DocumentOpen)})
	absorbed := w.second(survivor)
	id, record := w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO merges (id, survivor_id, absorbed_id, agency_id, made_by, made_at, until, state)
		VALUES ($1, $2, $3, $4, $5, now(), now() + interval '30 days', 'active')`, id, survivor.PersonID, absorbed, survivor.AgencyID, lead.UserID)
	w.exec(`INSERT INTO merge_records VALUES ($1, '{}', '{}')`, id)
	w.exec(`INSERT INTO merge_moves VALUES ($1, 'application', $2)`, id, record)
	w.add("merges", protectedRow{id: string(id), reads: reads})
	w.add("merge_records", protectedRow{id: string(id), reads: may(survivor, access.MergeUndo)})
	w.add("merge_moves", protectedRow{id: string(id), reads: reads})
	other := w.second(survivor)
	one, two := min(survivor.PersonID, other), max(survivor.PersonID, other)
	w.exec(`INSERT INTO not_duplicates VALUES ($1, $2, $3, now())`, one, two, lead.UserID)
	// Who serves both: the agency's desk, and nobody by the one file's referent alone.
	w.add("not_duplicates", protectedRow{id: string(one) + " " + string(two), reads: may(access.Facts{AgencyID: survivor.AgencyID}, access.MergeRead)})
}

// second is a bare file at the agency of the first.
func (w *tiny) second(first access.Facts) domain.ID {
	id, registration := w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO persons (id, reference, given_names, entered_mode, created_at, updated_at) VALUES ($1::uuid, $1::uuid::text, 'A', 'staff', now(), now())`, id)
	w.exec(`INSERT INTO registrations (id, person_id, agency_id, state, closed_reason, registered_on) VALUES ($1, $2, $3, 'closed', 'duplicate', current_date)`,
		registration, id, first.AgencyID)
	facts := access.Facts{PersonID: id, AgencyID: first.AgencyID}
	w.add("persons", protectedRow{id: string(id), reads: may(facts, access.PersonRead), near: may(facts, access.RegistrationRead)})
	w.add("registrations", protectedRow{id: string(registration), reads: may(facts, access.RegistrationRead, access.PersonRead)})
	return id
}
