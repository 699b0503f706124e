package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// Cases implements casework.Store.
type Cases struct{}

// Cases keeps case files with their needs and shares.
func (d *DB) Cases() Cases { return Cases{} }

// liveShares lists who a file is shared with now, users and agencies alike.
const liveShares = `ARRAY(SELECT coalesce(s.user_id, s.agency_id) FROM case_shares s
	WHERE s.case_id = case_files.id AND s.since <= now() AND now() < s.until) AS shared`

func cases(g *gorm.DB) *gorm.DB {
	return g.Table("case_files").Select("case_files.*, " + liveShares + ", " + liveEmergencies("case_files.person_id") + " AS opened")
}

// InsertCase implements casework.Store.
func (Cases) InsertCase(ctx context.Context, t domain.Tx, c casework.CaseFile) error {
	row := caseToRow(c)
	if err := on(ctx, t).Omit("Shared", "Opened").Create(&row).Error; err != nil {
		return fault("store.InsertCase", err)
	}
	return saveBarriers(ctx, t, c)
}

func saveBarriers(ctx context.Context, t domain.Tx, c casework.CaseFile) error {
	const op = "store.saveBarriers"
	if err := on(ctx, t).Exec(`DELETE FROM case_barriers WHERE case_id = ?`, string(c.ID)).Error; err != nil {
		return fault(op, err)
	}
	if len(c.Barriers) == 0 {
		return nil
	}
	subject, err := recordSubject(ctx, t, "case", c.ID, c.PersonID)
	if err != nil {
		return err
	}
	keys, err := keysToSeal(ctx, t, subject)
	if err != nil {
		return err
	}
	seals := &sealing{keys: keys}
	rows := make([]barrierRow, len(c.Barriers))
	for i, b := range c.Barriers {
		rows[i] = barrierRow{CaseID: string(c.ID), Kind: b.Kind, Sealed: seals.seal(subject, barrierColumn, b.Detail)}
	}
	if seals.err != nil {
		return seals.err
	}
	return fault(op, on(ctx, t).Create(&rows).Error)
}

func oneCase(ctx context.Context, t domain.Tx, op string, q *gorm.DB) (casework.CaseFile, error) {
	var row caseRow
	if err := q.Take(&row).Error; err != nil {
		return casework.CaseFile{}, fault(op, err)
	}
	var needs []barrierRow
	if err := on(ctx, t).Where("case_id = ?", row.ID).Order("kind").Find(&needs).Error; err != nil {
		return casework.CaseFile{}, fault(op, err)
	}
	if len(needs) == 0 {
		return row.toDomain(nil), nil
	}
	subject := domain.ID(row.SubjectID)
	o, err := inside(ctx, t)([]domain.ID{subject})
	if err != nil {
		return casework.CaseFile{}, err
	}
	var barriers []casework.Barrier
	for _, b := range needs {
		barriers = append(barriers, casework.Barrier{Kind: b.Kind, Detail: o.text(subject, barrierColumn, b.Sealed)})
	}
	return row.toDomain(barriers), o.err
}

// Case implements casework.Store.
func (Cases) Case(ctx context.Context, t domain.Tx, id domain.ID) (casework.CaseFile, error) {
	return oneCase(ctx, t, "store.Case", cases(on(ctx, t)).Where("id = ?", string(id)))
}

// CaseForUpdate locks the file until the transaction ends.
func (Cases) CaseForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (casework.CaseFile, error) {
	return oneCase(ctx, t, "store.CaseForUpdate", cases(on(ctx, t)).Where("id = ?", string(id)).Clauses(forUpdate("case_files")))
}

// LiveCaseOf implements casework.Store. It locks in a read-write transaction;
// in a view nothing can change, so nothing is locked.
func (Cases) LiveCaseOf(ctx context.Context, t domain.Tx, person domain.ID) (casework.CaseFile, error) {
	q := cases(on(ctx, t)).Where("person_id = ? AND stage <> 'closed'", string(person))
	if !readOnly(t) {
		q = q.Clauses(forUpdate("case_files"))
	}
	return oneCase(ctx, t, "store.LiveCaseOf", q)
}

// SaveCase writes what may change in a file, its needs included.
func (Cases) SaveCase(ctx context.Context, t domain.Tx, c casework.CaseFile) error {
	// Needs first: whoever hands a file of another agency over works on it no more.
	if err := saveBarriers(ctx, t, c); err != nil {
		return err
	}
	row := caseToRow(c)
	return touched("store.SaveCase", on(ctx, t).Table("case_files").
		Where("id = ? AND version = ?", row.ID, c.Version).
		Updates(map[string]any{
			"owner_id": row.OwnerID, "agency_id": row.AgencyID, "stage": row.Stage, "suspended_from": row.SuspendedFrom,
			"suspended_until": row.SuspendedUntil, "close_reason": row.CloseReason, "closed_at": row.ClosedAt,
			"last_contact_at": row.LastContactAt, "version": gorm.Expr("version + 1"),
		}))
}

// CasesOf implements casework.Store. Needs stay where they are: they hang on the file.
func (Cases) CasesOf(ctx context.Context, t domain.Tx, person domain.ID) ([]casework.CaseFile, error) {
	var rows []caseRow
	err := cases(on(ctx, t)).Where("person_id = ?", string(person)).Order("id").Clauses(forUpdate("case_files")).Find(&rows).Error
	out := make([]casework.CaseFile, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain(nil)
	}
	return out, fault("store.CasesOf", err)
}

// MoveCase implements casework.Store.
func (Cases) MoveCase(ctx context.Context, t domain.Tx, c casework.CaseFile) error {
	return touched("store.MoveCase", on(ctx, t).Table("case_files").Where("id = ? AND version = ?", string(c.ID), c.Version).
		Updates(map[string]any{
			"owner_id": string(c.OwnerID), "agency_id": string(c.AgencyID), "moved_at": nullTime(c.MovedAt), "version": c.Version + 1,
		}))
}

// Share reads one share of a file.
func (Cases) Share(ctx context.Context, t domain.Tx, file, id domain.ID) (casework.Share, error) {
	var row shareRow
	if err := on(ctx, t).Select(ofCase).Where("case_id = ? AND id = ?", string(file), string(id)).Take(&row).Error; err != nil {
		return casework.Share{}, fault("store.Share", err)
	}
	out, err := sharesOf(ctx, t, []shareRow{row})
	if err != nil {
		return casework.Share{}, err
	}
	return out[0], nil
}

func sharesOf(ctx context.Context, t domain.Tx, rows []shareRow) ([]casework.Share, error) {
	o, err := openAll(ctx, t, rows, shareRow.subject)
	if err != nil {
		return nil, err
	}
	out := make([]casework.Share, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain(o)
	}
	return out, o.err
}

// shareEnd is when a share ends that is ended now: by this program's clock and
// by the database's, whichever is earlier, and after its beginning.
const shareEnd = `UPDATE case_shares SET ended_by = ?, until = greatest(least(?::timestamptz, now()), since + interval '1 microsecond') `

// EndShare implements casework.Store.
func (Cases) EndShare(ctx context.Context, t domain.Tx, id, by domain.ID, at time.Time) error {
	return touched("store.EndShare", on(ctx, t).Exec(shareEnd+`WHERE id = ?`, string(by), at, string(id)))
}

// EndShares implements casework.Store.
func (Cases) EndShares(ctx context.Context, t domain.Tx, file, by domain.ID, at time.Time) error {
	return fault("store.EndShares", on(ctx, t).Exec(shareEnd+`WHERE case_id = ? AND until > ?`, string(by), at, string(file), at).Error)
}

// InsertShare implements casework.Store.
func (Cases) InsertShare(ctx context.Context, t domain.Tx, s casework.Share) error {
	reason, err := sealBeside(ctx, t, "case", s.CaseID, shareColumn, s.Reason)
	if err != nil {
		return err
	}
	row := shareRow{
		ID: string(s.ID), CaseID: string(s.CaseID), UserID: nullID(s.UserID), AgencyID: nullID(s.AgencyID),
		Sealed: reason, Since: s.Since, Until: s.Until, SharedBy: string(s.SharedBy),
	}
	return fault("store.InsertShare", on(ctx, t).Omit("PersonID").Create(&row).Error)
}

// Shares lists a file's live shares.
func (Cases) Shares(ctx context.Context, t domain.Tx, id domain.ID, now time.Time) ([]casework.Share, error) {
	var rows []shareRow
	err := on(ctx, t).Select(ofCase).Where("case_id = ? AND since <= ? AND until > ?", string(id), now, now).Order("since").Find(&rows).Error
	if err != nil {
		return nil, fault("store.Shares", err)
	}
	return sharesOf(ctx, t, rows)
}
