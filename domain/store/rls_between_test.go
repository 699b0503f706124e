package store_test

import (
	"database/sql"
	"fmt"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// office gives the staff of the agency with a place in the list, in the order
// they were hired: two counsellors and the lead.
func (w *tiny) office(n int) (out []domain.Actor) {
	var agencies []domain.ID
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		if len(agencies) == 0 || agencies[len(agencies)-1] != a.AgencyID {
			agencies = append(agencies, a.AgencyID)
		}
		if len(agencies) == n+1 {
			out = append(out, a)
		}
	}
	return out
}

// opened is somebody of the first agency with a file there, opened in an
// emergency by a counsellor of the second and related to it in no other way;
// the file is shared with another one there, and the lead's emergency is over.
func (w *tiny) opened() {
	w.t.Helper()
	here, there := w.office(0), w.office(1)
	id, registration, file, step, consent, note := w.ids.New(), w.ids.New(), w.ids.New(), w.ids.New(), w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO persons (id, reference, sealed_names, entered_mode, created_at, updated_at) VALUES ($1::uuid, $1::uuid::text, '\x01', 'staff', now(), now())`, id)
	w.exec(`INSERT INTO registrations (id, person_id, agency_id, state, registered_on) VALUES ($1, $2, $3, 'active', current_date)`, registration, id, here[0].AgencyID)
	w.exec(`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES ($1, $2, 'messages', '1', 'fr', 'click', now())`, consent, id)
	w.exec(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) VALUES ($1, $2, $3, $4, 'active', now())`, file, id, here[0].UserID, here[0].AgencyID)
	w.exec(`INSERT INTO case_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES ($1, $2, 'x', '', 'x', 'counsellor', now())`, step, file)
	w.exec(`INSERT INTO notes (id, case_id, author_id, visibility, sealed, at) VALUES ($1, $2, $3, 'file', '\x01', now())`, note, file, here[0].UserID)
	emergency := w.ids.New()
	w.exec(`INSERT INTO emergencies (id, person_id, user_id, agency_id, owner_agency_id, kind, sealed, opened_at, until)
		VALUES ($1, $2, $3, $4, $5, 'danger', '\x01', now(), now() + interval '2 hours')`, emergency, id, there[0].UserID, there[0].AgencyID, here[0].AgencyID)
	over, share := w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO emergencies (id, person_id, user_id, agency_id, owner_agency_id, kind, sealed, opened_at, until)
		VALUES ($1, $2, $3, $4, $5, 'danger', '\x01', now() - interval '3 hours', now() - interval '1 hour')`, over, id, there[2].UserID, there[0].AgencyID, here[0].AgencyID)
	w.exec(`INSERT INTO case_shares (id, case_id, user_id, since, until, shared_by) VALUES ($1, $2, $3, now() - interval '1 day', now() + interval '1 day', $4)`,
		share, file, there[1].UserID, here[0].UserID)
	facts := access.Facts{PersonID: id, AgencyID: here[0].AgencyID, OwnerID: here[0].UserID, OpenedBy: []domain.ID{there[0].UserID}, SharedWith: []domain.ID{there[1].UserID}}
	row := protectedRow{id: string(id), reads: may(facts, access.PersonRead), near: may(facts, access.RegistrationRead, access.CaseRead)}
	w.add("persons", row)
	w.particulars(id, row)
	w.add("notes", protectedRow{id: string(note), reads: append(may(facts, access.NoteReadFile), may(access.Facts{AuthorID: here[0].UserID}, access.NoteReadAuthor)...)})
	w.add("registrations", protectedRow{id: string(registration), reads: may(facts, access.RegistrationRead, access.PersonRead), near: row.near})
	w.add("consents", protectedRow{id: string(consent), reads: row.reads, near: row.near})
	w.add("case_files", protectedRow{id: string(file), reads: may(facts, access.CaseRead)})
	w.add("case_history", protectedRow{id: string(step), reads: may(facts, access.CaseRead)})
	w.add("case_shares", protectedRow{id: string(share), reads: may(facts, access.CaseRead)})
	for emergency, by := range map[domain.ID]domain.Actor{emergency: there[0], over: there[2]} {
		w.add("emergencies", protectedRow{id: string(emergency), reads: append(may(access.Facts{AuthorID: by.UserID, AgencyID: here[0].AgencyID}, access.EmergencyRead),
			may(access.Facts{AgencyID: there[0].AgencyID}, access.EmergencyRead)...)})
	}
}

// particulars puts a row into each table that a record is made of.
func (w *tiny) particulars(id domain.ID, row protectedRow) {
	for table, statement := range map[string]string{
		"person_aliases":   `INSERT INTO person_aliases VALUES ($1, 0, 'dit', '\x01')`,
		"person_phones":    `INSERT INTO person_phones (person_id, position, sealed_number, number_hash) VALUES ($1, 0, '\x01', 'h')`,
		"person_name_keys": `INSERT INTO person_name_keys VALUES ($1, 'x')`,
		"educations":       `INSERT INTO educations (person_id, position, kind) VALUES ($1, 0, 'formal')`,
		"experiences":      `INSERT INTO experiences (person_id, position, sealed) VALUES ($1, 0, '\x01')`,
		"person_skills":    `INSERT INTO person_skills (person_id, position, words, folded) VALUES ($1, 0, 'x', 'x')`,
		"person_languages": `INSERT INTO person_languages VALUES ($1, 'fr')`,
		"person_licences":  `INSERT INTO person_licences VALUES ($1, 'B')`,
		"person_mobility":  `INSERT INTO person_mobility VALUES ($1, 'BKO')`,
		"person_wishes":    `INSERT INTO person_wishes (person_id, position, words) VALUES ($1, 0, 'x')`,
	} {
		w.exec(statement, id)
		w.add(table, row)
	}
}

// openings: who opened somebody in an emergency locks what may be read, so that
// the policy can answer no instead of not finding it, and changes none of it.
func (w *tiny) openings() (wrong []string) {
	tried := 0
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			var person string
			if tx.QueryRow(`SELECT id::text FROM persons p WHERE id = ANY (rls.opened_people()) AND NOT rls.reads(id)
				AND EXISTS (SELECT FROM case_files f WHERE f.person_id = p.id AND NOT rls.sees_case(f.id)) LIMIT 1`).Scan(&person) != nil {
				return
			}
			tried++
			for table, column := range map[string]string{"persons": "id", "registrations": "person_id", "consents": "person_id", "case_files": "person_id"} {
				write := map[string]string{"consents": "withdrawn_at = now()"}[table]
				if write == "" {
					write = "version = version + 1"
				}
				where := ` WHERE ` + column + ` = $1`
				if !passes(w.t, tx, statement{`SELECT FROM ` + table + where + ` FOR UPDATE`, []any{person}}) {
					wrong = append(wrong, fmt.Sprintf("in an emergency a %s does not find %s to be told no", a.Role, table))
				}
				if passes(w.t, tx, statement{`UPDATE ` + table + ` SET ` + write + where, []any{person}}) {
					wrong = append(wrong, fmt.Sprintf("in an emergency a %s changes %s", a.Role, table))
				}
			}
		})
	}
	if tried == 0 {
		wrong = append(wrong, "nobody has opened anybody: nothing was tried")
	}
	return wrong
}

// contacts: the agency that keeps a contact records what the person said to it,
// and takes that back, also of somebody who is not registered there; and
// nothing that is not about the contact.
func (w *tiny) contacts() (wrong []string) {
	tried := 0
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			var application, person string
			if tx.QueryRow(`SELECT id::text, person_id::text FROM applications WHERE agency_id = $1 AND NOT rls.reads(person_id) AND NOT person_id = ANY (rls.opened_people())
				LIMIT 1`, string(a.AgencyID)).Scan(&application, &person) != nil {
				return
			}
			tried++
			const give = `INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at, application_id, recorded_by) VALUES ($1, $2, 'sharing', '1', 'fr', 'oral', now(), $3, $4)`
			id := string(w.ids.New())
			if passes(w.t, tx, statement{give, []any{id, person, nil, string(a.UserID)}}) {
				wrong = append(wrong, fmt.Sprintf("a %s records a consent of somebody of another agency", a.Role))
			}
			for _, s := range []statement{
				{give, []any{id, person, application, string(a.UserID)}},
				{`SELECT FROM consents WHERE id = $1`, []any{id}},
				{`UPDATE consents SET withdrawn_at = now() WHERE id = $1`, []any{id}},
			} {
				if !passes(w.t, tx, s) {
					wrong = append(wrong, fmt.Sprintf("of a contact, a %s: %.30s… is refused", a.Role, s.text))
					return
				}
				if s.text == give {
					if _, err := tx.Exec(s.text, s.args...); err != nil {
						w.t.Fatal(err)
					}
				}
			}
		})
	}
	if tried == 0 {
		wrong = append(wrong, "no agency keeps a contact of somebody of another: nothing was tried")
	}
	return wrong
}
