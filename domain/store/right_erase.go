package store

import (
	"context"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// eraseKept writes what statistics need of somebody, without whose it was: the
// same random number for all of it, months instead of days, no employer.
var eraseKept = []string{
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, began, ended)
		SELECT CAST(@subject AS uuid), 'registration', r.agency_id, r.state, coalesce(r.closed_reason, ''), date_trunc('month', r.registered_on)::date,
			(SELECT date_trunc('month', max(h.at))::date FROM registration_history h WHERE h.record_id = r.id AND h.to_state = 'closed')
		FROM registrations r WHERE r.person_id = @p`,
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, began, ended)
		SELECT CAST(@subject AS uuid), 'case', f.agency_id, f.stage, coalesce(f.close_reason, ''), date_trunc('month', f.opened_at)::date, date_trunc('month', f.closed_at)::date
		FROM case_files f WHERE f.person_id = @p`,
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, isco, began, ended)
		SELECT CAST(@subject AS uuid), 'application', a.agency_id, a.state, a.origin, coalesce(v.isco, ''), date_trunc('month', a.created_at)::date, date_trunc('month', a.state_since)::date
		FROM applications a JOIN vacancies v ON v.id = a.vacancy_id WHERE a.person_id = @p`,
	`INSERT INTO erased_facts (subject, kind, agency_id, state, detail, isco, began, ended)
		SELECT CAST(@subject AS uuid), 'placement', l.agency_id, l.state, l.kind, coalesce(v.isco, ''), date_trunc('month', l.starts_on)::date, date_trunc('month', l.ended_on)::date
		FROM placements l LEFT JOIN vacancies v ON v.id = l.vacancy_id WHERE l.person_id = @p`,
}

// reachedAt are the contacts of the record and of the account.
const reachedAt = `SELECT unnest(CAST(@contacts AS text[])) UNION SELECT unnest(ARRAY[phone, email]) FROM users WHERE person_id = @p`

// eraseGone removes what does not go by itself with the record, in an order
// foreign keys allow: what names the account first, then the account, then the
// person, with whom the rest goes. What each table's rows become is decided in
// rights.Tables.
var eraseGone = []string{
	`UPDATE complaints SET words = '' WHERE person_id = @p OR made_by IN (SELECT id FROM users WHERE person_id = @p)`,
	`DELETE FROM imported_rows i USING persons p WHERE p.id = @p AND i.kind = 'person' AND i.source = p.external_source AND i.external_id = p.external_id`,
	`DELETE FROM messages WHERE person_id = @p OR person_id IS NULL AND recipient IN (` + reachedAt + `)`,
	`DELETE FROM one_time_codes WHERE phone IN (` + reachedAt + `)`,
	`DELETE FROM resume_tickets WHERE phone IN (` + reachedAt + `)`,
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
func (Rights) Erase(ctx context.Context, t domain.Tx, gone rights.Gone) error {
	const op = "store.Erase"
	named := map[string]any{"p": string(gone.PersonID), "subject": uuid.NewString(), "contacts": textArray(gone.Contacts)}
	for _, statement := range append(append([]string{}, eraseKept...), eraseGone...) {
		if err := on(ctx, t).Exec(statement, named).Error; err != nil {
			return fault(op, err)
		}
	}
	result := on(ctx, t).Exec(`DELETE FROM persons WHERE id = @p`, named)
	if result.Error == nil && result.RowsAffected == 0 {
		return domain.NotFound(op)
	}
	if result.Error != nil {
		return fault(op, result.Error)
	}
	return changed(ctx, t, searchPerson, gone.PersonID)
}

// Absorbed gives the files that were merged into somebody's and stand so.
func (Rights) Absorbed(ctx context.Context, t domain.Tx, survivor domain.ID) ([]domain.ID, error) {
	var ids []domain.ID
	err := on(ctx, t).Raw(`SELECT absorbed_id::text FROM merges WHERE survivor_id = ? AND undone_at IS NULL ORDER BY absorbed_id`, string(survivor)).Scan(&ids).Error
	return ids, fault("store.Rights.Absorbed", err)
}
