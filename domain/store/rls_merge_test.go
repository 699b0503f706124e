package store_test

import (
	"database/sql"
	"fmt"
	"strings"

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
	consent := w.ids.New()
	w.exec(`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES ($1, $2, 'messages', '1', 'fr', 'click', now())`, consent, absorbed)
	w.add("consents", protectedRow{id: string(consent), reads: may(access.Facts{PersonID: absorbed, AgencyID: survivor.AgencyID}, access.PersonRead)})
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
	w.exec(`INSERT INTO persons (id, reference, sealed_names, entered_mode, created_at, updated_at) VALUES ($1::uuid, $1::uuid::text, '\x01', 'staff', now(), now())`, id)
	w.exec(`INSERT INTO registrations (id, person_id, agency_id, state, closed_reason, registered_on) VALUES ($1, $2, $3, 'closed', 'duplicate', current_date)`,
		registration, id, first.AgencyID)
	facts := access.Facts{PersonID: id, AgencyID: first.AgencyID}
	w.add("persons", protectedRow{id: string(id), reads: may(facts, access.PersonRead), near: may(facts, access.RegistrationRead)})
	w.add("registrations", protectedRow{id: string(registration), reads: may(facts, access.RegistrationRead, access.PersonRead)})
	return id
}

// absorbed: nothing is added to a file that was absorbed and nothing of it is
// changed, by whoever serves it.
func (w *tiny) absorbed() (wrong []string) {
	tried := 0
	for _, a := range w.actors {
		if a.AgencyID == "" {
			continue
		}
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			var id string
			if tx.QueryRow(`SELECT absorbed_id::text FROM merges WHERE agency_id = $1 AND undone_at IS NULL LIMIT 1`, string(a.AgencyID)).Scan(&id) != nil {
				return
			}
			tried++
			for _, s := range []statement{
				{`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES ($2, $1, 'messages', '1', 'fr', 'click', now())`, []any{id, string(w.ids.New())}},
				{`INSERT INTO documents (id, person_id, subject_id, kind, format, size, body, added_by, added_at) VALUES ($2, $1, $1, 'diploma', 'pdf', 1, 'x', $3, now())`,
					[]any{id, string(w.ids.New()), string(a.UserID)}},
				{`UPDATE persons SET version = version + 1 WHERE id = $1`, []any{id}},
				{`UPDATE registrations SET version = version + 1 WHERE person_id = $1`, []any{id}},
				{`UPDATE consents SET withdrawn_at = now() WHERE person_id = $1`, []any{id}},
			} {
				if passes(w.t, tx, s) {
					wrong = append(wrong, fmt.Sprintf("of a file that was absorbed, a %s: %.30s… goes through", a.Role, s.text))
				}
			}
			// Files and applications: a trigger, which waits for a merge under way.
			_, err := tx.Exec(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) VALUES ($1, $2, $3, $4, 'active', now())`,
				string(w.ids.New()), id, string(a.UserID), string(a.AgencyID))
			if err == nil || !strings.Contains(err.Error(), "40001") {
				wrong = append(wrong, fmt.Sprintf("of a file that was absorbed, a %s opens a case file: %v", a.Role, err))
			}
		})
	}
	if tried == 0 {
		wrong = append(wrong, "no file was absorbed: nothing was tried")
	}
	return wrong
}

// merging has a lead merge somebody's file, on which something of everything
// hangs, with another's, and take them apart again: all of it goes and comes
// back. It all happens in a transaction that is rolled back.
func (w *tiny) merging() (wrong []string) {
	for _, lead := range w.actors {
		if lead.Role != domain.RoleLead {
			continue
		}
		tx, err := w.raw.SQL.BeginTx(w.t.Context(), nil)
		if err != nil {
			w.t.Fatal(err)
		}
		pair := &pair{w: w, tx: tx, lead: lead, id: string(w.ids.New())}
		if pair.find() {
			if err := pair.try(); err != nil {
				wrong = append(wrong, "a lead merges two files: "+err.Error())
			}
			_ = tx.Rollback()
			return wrong
		}
		_ = tx.Rollback()
	}
	return []string{"no lead has two files to merge: nothing was tried"}
}

// pair are two files of a lead's agency, and the merge of them.
type pair struct {
	w                      *tiny
	tx                     *sql.Tx
	lead                   domain.Actor
	id, survivor, absorbed string
}

// find looks for somebody with applications, and somebody without, who have no
// obstacle to a merge between them.
func (p *pair) find() bool {
	return p.tx.QueryRow(`SELECT a.person_id::text, s.person_id::text FROM registrations a, registrations s WHERE a.agency_id = $1 AND s.agency_id = $1
		AND EXISTS (SELECT FROM applications x WHERE x.person_id = a.person_id) AND EXISTS (SELECT FROM complaints c WHERE c.person_id = a.person_id)
		AND NOT EXISTS (SELECT FROM applications x WHERE x.person_id = s.person_id)
		AND NOT EXISTS (SELECT FROM merges m WHERE m.absorbed_id IN (a.person_id, s.person_id)) LIMIT 1`, string(p.lead.AgencyID)).Scan(&p.absorbed, &p.survivor) == nil
}

// try merges and takes apart, and counts what hangs on the one absorbed.
func (p *pair) try() error {
	for _, person := range []string{p.survivor, p.absorbed} { // both have a live file, whatever chance gave
		if err := p.run(`UPDATE case_files SET stage = 'closed', close_reason = 'left', closed_at = now() WHERE person_id = $1 AND stage <> 'closed'`, person); err != nil {
			return err
		}
		if err := p.run(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) VALUES ($1, $2, $3, $4, 'active', now() - interval '1 hour')`,
			string(p.w.ids.New()), person, string(p.referent()), string(p.lead.AgencyID)); err != nil {
			return err
		}
	}
	if err := p.run(`INSERT INTO placements (id, person_id, vacancy_id, agency_id, kind, channel, state, starts_on, created_at)
		SELECT $1, $2, v.id, $3, 'permanent', 'service', 'planned', current_date, now() FROM vacancies v LIMIT 1`, string(p.w.ids.New()), p.absorbed, string(p.lead.AgencyID)); err != nil {
		return err
	}
	before := p.hang()
	for table, n := range before {
		if n == 0 {
			return fmt.Errorf("nothing of %s hangs on the file: nothing was tried", table)
		}
	}
	if err := p.act(`INSERT INTO merges (id, survivor_id, absorbed_id, agency_id, made_by, made_at, until, state)
		SELECT $1, '`+p.survivor+`', '`+p.absorbed+`', rls.agency_id(), rls.user_id(), now(), now() + interval '30 days', 'active'`, `SELECT rls.merge($1)`,
		// The survivor's record becomes that of both, also the journey, which is not the lead's to write at other times.
		`INSERT INTO merge_records VALUES ($1, '{}', '{}')`,
		`INSERT INTO migration_episodes (id, person_id, country, role, created_at) SELECT gen_random_uuid(), survivor_id, 'LBY', 'transit', now() FROM merges WHERE id = $1`,
		`INSERT INTO displacements (id, person_id, created_at) SELECT gen_random_uuid(), survivor_id, now() FROM merges WHERE id = $1`,
		`DELETE FROM migration_episodes WHERE person_id = (SELECT survivor_id FROM merges WHERE id = $1)`,
		`DELETE FROM displacements WHERE person_id = (SELECT survivor_id FROM merges WHERE id = $1)`,
	); err != nil {
		return err
	}
	for table, n := range p.hang() {
		if n > 0 {
			return fmt.Errorf("%d of %s stay with the file that was absorbed", n, table)
		}
	}
	if err := p.act(`UPDATE merges SET undone_at = now(), undone_by = rls.user_id() WHERE id = $1`, `SELECT rls.unmerge($1)`, `DELETE FROM merge_records WHERE merge_id = $1`); err != nil {
		return err
	}
	for table, n := range p.hang() {
		if n != before[table] {
			return fmt.Errorf("%d of %s come back, of %d", n, table, before[table])
		}
	}
	var live, steps int
	if err := p.tx.QueryRow(`SELECT count(*) FILTER (WHERE f.stage = 'active'), (SELECT count(*) FROM case_history h JOIN case_files x ON x.id = h.record_id
		WHERE x.person_id = $1 AND h.transition IN ('merge', 'unmerge')) FROM case_files f WHERE f.person_id = $1`, p.absorbed).Scan(&live, &steps); err != nil {
		return err
	}
	if live != 1 || steps != 2 {
		return fmt.Errorf("%d live files and %d steps of the merge come back, want 1 and 2", live, steps)
	}
	return nil
}

// referent is a counsellor of the lead's agency.
func (p *pair) referent() domain.ID {
	for _, a := range p.w.actors {
		if a.Role == domain.RoleCounsellor && a.AgencyID == p.lead.AgencyID {
			return a.UserID
		}
	}
	return ""
}

func (p *pair) run(text string, args ...any) error {
	if _, err := p.tx.Exec(text, args...); err != nil {
		return fmt.Errorf("%.40s…: %w", text, err)
	}
	return nil
}

// act runs statements on the merge as the lead, through the application's role.
func (p *pair) act(statements ...string) error {
	var all []statement
	for _, s := range statements {
		all = append(all, statement{s, []any{p.id}})
	}
	return acting(p.tx, p.lead, all...)
}

// acting runs statements of somebody through the application's role, in a
// transaction that no rule binds before and after. Each has to write something.
func acting(tx *sql.Tx, a domain.Actor, statements ...statement) error {
	before := []statement{{`SELECT set_config('baara.role', $1, true), set_config('baara.user_id', $2, true), set_config('baara.agency_id', $3, true), set_config('baara.organisation_id', $4, true)`,
		[]any{string(a.Role), string(a.UserID), string(a.AgencyID), string(a.OrganisationID)}}, {`SET LOCAL ROLE baara_app`, nil}}
	for _, s := range append(append(before, statements...), statement{`RESET ROLE`, nil}) {
		result, err := tx.Exec(s.text, s.args...)
		if err != nil {
			return fmt.Errorf("%.60s…: %w", s.text, err)
		}
		if n, err := result.RowsAffected(); err == nil && n == 0 && !strings.HasPrefix(s.text, "SET") && !strings.HasPrefix(s.text, "RESET") {
			return fmt.Errorf("%.60s…: wrote nothing", s.text)
		}
	}
	return nil
}

// hang counts what hangs on the absorbed file, as nobody is bound by rules.
func (p *pair) hang() map[string]int {
	out := map[string]int{}
	for _, table := range []string{"case_files", "applications", "placements", "complaints", "documents"} {
		var n int
		if err := p.tx.QueryRow(`SELECT count(*) FROM `+table+` WHERE person_id = $1`, p.absorbed).Scan(&n); err != nil {
			p.w.t.Fatal(err)
		}
		out[table] = n
	}
	return out
}
