package store

import (
	"context"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// Who objected to being counted leaves no fact behind.
const (
	objected = `(EXISTS (SELECT 1 FROM objections y WHERE y.person_id = @p AND y.purpose = 'statistics')
		OR EXISTS (SELECT 1 FROM persons y WHERE y.id = @p AND y.statistics_objected_at IS NOT NULL))`
	counted = ` AND NOT ` + objected
)

// eraseKept writes what statistics need of somebody, without whose it was: the
// same random number for all of it, months instead of days, no employer.
var eraseKept = []string{
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, began, ended)
		SELECT CAST(@subject AS uuid), 'registration', r.agency_id, r.state, coalesce(r.closed_reason, ''), date_trunc('month', r.registered_on)::date,
			(SELECT date_trunc('month', max(h.at))::date FROM registration_history h WHERE h.record_id = r.id AND h.to_state = 'closed')
		FROM registrations r WHERE r.person_id = @p` + counted,
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, began, ended)
		SELECT CAST(@subject AS uuid), 'case', f.agency_id, f.stage, coalesce(f.close_reason, ''), date_trunc('month', f.opened_at)::date, date_trunc('month', f.closed_at)::date
		FROM case_files f WHERE f.person_id = @p` + counted,
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, isco, began, ended)
		SELECT CAST(@subject AS uuid), 'application', a.agency_id, a.state, a.origin, coalesce(v.isco, ''), date_trunc('month', a.created_at)::date, date_trunc('month', a.state_since)::date
		FROM applications a JOIN vacancies v ON v.id = a.vacancy_id WHERE a.person_id = @p` + counted,
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, isco, began, ended)
		SELECT CAST(@subject AS uuid), 'placement', l.agency_id, l.state, l.kind, coalesce(v.isco, ''), date_trunc('month', l.starts_on)::date, date_trunc('month', l.ended_on)::date
		FROM placements l LEFT JOIN vacancies v ON v.id = l.vacancy_id WHERE l.person_id = @p` + counted,
}

// eraseGone removes what does not go by itself with the record, in an order
// foreign keys allow: what names the account first, then the account, then the
// person, with whom the rest goes. What each table's rows become is decided in
// rights.Tables.
var eraseGone = []string{
	`DELETE FROM person_facts f USING persons p WHERE p.id = @p AND f.id = p.facts_id AND ` + objected,
	`UPDATE complaints SET sealed_words = NULL, subject_id = id WHERE person_id = @p OR made_by IN (SELECT id FROM users WHERE person_id = @p)`,
	`DELETE FROM imported_rows i USING persons p WHERE p.id = @p AND i.kind = 'person' AND i.source = p.external_source AND i.external_id = @imported`,
	`DELETE FROM messages WHERE person_id = @p`,
	`DELETE FROM one_time_codes WHERE phone_hash = ANY(CAST(@codes AS text[]))`,
	`DELETE FROM objections WHERE person_id = @p`,
	`DELETE FROM rights_requests WHERE person_id = @p AND state IN ('done','refused','withdrawn') AND NOT (kind = 'erasure' AND state = 'done')`,
	`DELETE FROM legal_holds WHERE person_id = @p AND lifted_at IS NOT NULL`,
	`DELETE FROM documents WHERE person_id = @p`,
	`DELETE FROM consents WHERE person_id = @p`,
	`DELETE FROM placements WHERE person_id = @p`,
	`DELETE FROM applications WHERE person_id = @p`,
	`DELETE FROM case_files WHERE person_id = @p`,
	`DELETE FROM registrations WHERE person_id = @p`,
	`DELETE FROM migration_episodes WHERE person_id = @p`,
	`DELETE FROM displacements WHERE person_id = @p`,
	`DELETE FROM users WHERE person_id = @p`,
}

// Erase implements rights.Store. It needs Baara's own role. A live hold refers
// to the person and makes the last statement fail.
func (Rights) Erase(ctx context.Context, t domain.Tx, gone rights.Gone) ([]domain.ID, error) {
	const op = "store.Erase"
	reached, err := reachedAt(ctx, t, gone)
	if err != nil {
		return nil, err
	}
	var imported string
	if gone.ExternalID != "" {
		imported = hashOf(t, importKind, gone.ExternalID)
	}
	named := map[string]any{"p": string(gone.PersonID), "subject": uuid.NewString(), "imported": imported, "codes": reached.codes, "forms": reached.forms, "recipients": reached.recipients}
	// What names no record has keys of its own, which go too.
	var subjects []domain.ID
	if err := on(ctx, t).Raw(`WITH m AS (DELETE FROM messages WHERE person_id IS NULL AND recipient_hash = ANY(CAST(@recipients AS text[])) RETURNING id),
			k AS (DELETE FROM resume_tickets WHERE phone_hash = ANY(CAST(@codes AS text[])) RETURNING id),
			f AS (DELETE FROM registration_drafts WHERE person_id = @p OR phone_hash = ANY(CAST(@forms AS text[])) RETURNING id)
		SELECT id::text FROM m UNION ALL SELECT id::text FROM k UNION ALL SELECT id::text FROM f`, named).Scan(&subjects).Error; err != nil {
		return nil, fault(op, err)
	}
	for _, statement := range append(append([]string{}, eraseKept...), eraseGone...) {
		if err := on(ctx, t).Exec(statement, named).Error; err != nil {
			return nil, fault(op, err)
		}
	}
	// Answers to forms that wait, a quarter of an hour: whom they name is sealed, and staff's may name the person.
	if err := on(ctx, t).Exec(`DELETE FROM kept_pages`).Error; err != nil {
		return nil, fault(op, err)
	}
	result := on(ctx, t).Exec(`DELETE FROM persons WHERE id = @p`, named)
	if result.Error == nil && result.RowsAffected == 0 {
		return nil, domain.NotFound(op)
	}
	if result.Error != nil {
		return nil, fault(op, result.Error)
	}
	return append(subjects, gone.PersonID), changed(ctx, t, searchPerson, gone.PersonID)
}

// reachedBy are contacts as they are looked up by in codes, forms and messages.
type reachedBy struct{ codes, forms, recipients textArray }

// reachedAt gives the look-ups of the contacts of the record and of the account.
func reachedAt(ctx context.Context, t domain.Tx, gone rights.Gone) (out reachedBy, err error) {
	var rows []userRow
	if err := on(ctx, t).Where("person_id = ?", string(gone.PersonID)).Select("id, person_id, phone, email, sealed").Find(&rows).Error; err != nil {
		return out, fault("store.reachedAt", err)
	}
	o, err := openAll(ctx, t, rows, userRow.subject)
	if err != nil {
		return out, err
	}
	contacts := gone.Contacts
	for _, r := range rows {
		u := r.toDomain(o)
		contacts = append(contacts, u.Phone, u.Email)
	}
	out = reachedBy{textArray{}, textArray{}, textArray{}}
	for _, c := range contacts {
		if c != "" {
			out.codes, out.forms = append(out.codes, hashOf(t, codeKind, c)), append(out.forms, hashOf(t, formKind, c))
			out.recipients = append(out.recipients, hashOf(t, recipientKind, c))
		}
	}
	return out, o.err
}

// Absorbed gives the files that were merged into somebody's and stand so.
func (Rights) Absorbed(ctx context.Context, t domain.Tx, survivor domain.ID) ([]domain.ID, error) {
	var ids []domain.ID
	err := on(ctx, t).Raw(`SELECT absorbed_id::text FROM merges WHERE survivor_id = ? AND undone_at IS NULL ORDER BY absorbed_id`, string(survivor)).Scan(&ids).Error
	return ids, fault("store.Rights.Absorbed", err)
}
