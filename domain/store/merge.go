package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Merges implements person.MergeStore.
type Merges struct{ db *DB }

// Merges keeps which files were made one.
func (d *DB) Merges() Merges { return Merges{d} }

type mergeRow struct {
	ID           string
	SurvivorID   string
	AbsorbedID   string
	AgencyID     string
	MadeBy       string
	MadeAt       time.Time
	Until        time.Time
	Sealed       sealed // the reason
	Opens        bool
	State        string
	ClosedReason *string
	RenewBy      *time.Time
	UndoneAt     *time.Time
	UndoneBy     *string
	FinalAt      *time.Time
	Version      int
	Survivor     string `gorm:"->"`
	Absorbed     string `gorm:"->"`
}

func (mergeRow) TableName() string { return "merges" }

// What a merge keeps in words is closed with the survivor's key.
const (
	mergeColumn  = "merges.sealed"
	beforeColumn = "merge_records.sealed_before"
	afterColumn  = "merge_records.sealed_after"
)

func (r mergeRow) subject() domain.ID { return domain.ID(r.SurvivorID) }

func (r mergeRow) toDomain(o *opening) person.Merge {
	return person.Merge{
		ID: domain.ID(r.ID), SurvivorID: domain.ID(r.SurvivorID), AbsorbedID: domain.ID(r.AbsorbedID), AgencyID: domain.ID(r.AgencyID),
		By: domain.ID(r.MadeBy), At: r.MadeAt.UTC(), Until: r.Until.UTC(), Reason: o.text(r.subject(), mergeColumn, r.Sealed), Opens: r.Opens, State: domain.State(r.State),
		ClosedReason: textOf(r.ClosedReason), RenewBy: dateOf(r.RenewBy), UndoneAt: timeOf(r.UndoneAt), UndoneBy: idOf(r.UndoneBy),
		FinalAt: timeOf(r.FinalAt), Version: r.Version, Survivor: r.Survivor, Absorbed: r.Absorbed,
	}
}

func mergesOf(ctx context.Context, t domain.Tx, rows ...mergeRow) ([]person.Merge, error) {
	o, err := openAll(ctx, t, rows, mergeRow.subject)
	if err != nil {
		return nil, err
	}
	out := make([]person.Merge, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain(o)
	}
	return out, o.err
}

// LockPair takes the lock of both files, in an order that is the same for
// everybody. Triggers take it, shared, for whoever adds to a file.
func (Merges) LockPair(ctx context.Context, t domain.Tx, one, other domain.ID) error {
	for _, id := range []domain.ID{min(one, other), max(one, other)} {
		if err := on(ctx, t).Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 0))`, string(id)).Error; err != nil {
			return fault("store.LockPair", err)
		}
	}
	return nil
}

// Obstacles implements person.MergeStore.
func (Merges) Obstacles(ctx context.Context, t domain.Tx, one, other domain.ID) ([]person.Obstacle, error) {
	var out []person.Obstacle
	err := on(ctx, t).Raw(`SELECT kind, reference FROM rls.merge_obstacles(?, ?)`, string(one), string(other)).Scan(&out).Error
	return out, fault("store.Obstacles", err)
}

// Touch implements person.MergeStore.
func (Merges) Touch(ctx context.Context, t domain.Tx, id domain.ID) error {
	return touched("store.Touch", on(ctx, t).Exec(`UPDATE persons SET version = version + 1 WHERE id = ?`, string(id)))
}

// InsertMerge implements person.MergeStore.
func (Merges) InsertMerge(ctx context.Context, t domain.Tx, m person.Merge) error {
	reason, err := sealOne(ctx, t, m.SurvivorID, mergeColumn, m.Reason)
	if err != nil {
		return err
	}
	return fault("store.InsertMerge", on(ctx, t).Create(&mergeRow{
		ID: string(m.ID), SurvivorID: string(m.SurvivorID), AbsorbedID: string(m.AbsorbedID), AgencyID: string(m.AgencyID), MadeBy: string(m.By),
		MadeAt: m.At, Until: m.Until, Sealed: reason, Opens: m.Opens, State: string(m.State), ClosedReason: nullText(m.ClosedReason),
		RenewBy: nullDate(m.RenewBy), Version: m.Version,
	}).Error)
}

// survivorOf is whose key closes what a merge keeps.
func survivorOf(ctx context.Context, t domain.Tx, id domain.ID) (domain.ID, error) {
	var survivor string
	err := on(ctx, t).Table("merges").Where("id = ?", string(id)).Select("survivor_id::text").Take(&survivor).Error
	return domain.ID(survivor), fault("store.survivorOf", err)
}

// KeepRecords stores the records as JSON: they are read by undoing alone.
func (Merges) KeepRecords(ctx context.Context, t domain.Tx, id domain.ID, before, after person.Snapshot) error {
	survivor, err := survivorOf(ctx, t, id)
	if err != nil {
		return err
	}
	keys, err := keysToSeal(ctx, t, survivor)
	if err != nil {
		return err
	}
	s := &sealing{keys: keys}
	was, is := s.seal(survivor, beforeColumn, before), s.seal(survivor, afterColumn, after)
	if s.err != nil {
		return s.err
	}
	return fault("store.KeepRecords", on(ctx, t).Exec(`INSERT INTO merge_records (merge_id, sealed_before, sealed_after) VALUES (?, ?, ?)`, string(id), was, is).Error)
}

// Records implements person.MergeStore.
func (Merges) Records(ctx context.Context, t domain.Tx, id domain.ID) (before, after person.Snapshot, err error) {
	const op = "store.Records"
	var row struct{ SealedBefore, SealedAfter sealed }
	if err := on(ctx, t).Table("merge_records").Where("merge_id = ?", string(id)).Take(&row).Error; err != nil {
		return before, after, fault(op, err)
	}
	survivor, err := survivorOf(ctx, t, id)
	if err != nil {
		return before, after, err
	}
	o, err := inside(ctx, t)([]domain.ID{survivor})
	if err != nil {
		return before, after, err
	}
	o.open(survivor, beforeColumn, row.SealedBefore, &before)
	o.open(survivor, afterColumn, row.SealedAfter, &after)
	return before, after, o.err
}

// MoveRecords implements person.MergeStore.
func (Merges) MoveRecords(ctx context.Context, t domain.Tx, id domain.ID) error {
	return fault("store.MoveRecords", on(ctx, t).Exec(`SELECT rls.merge(?)`, string(id)).Error)
}

// ReturnRecords implements person.MergeStore.
func (Merges) ReturnRecords(ctx context.Context, t domain.Tx, id domain.ID) error {
	return fault("store.ReturnRecords", on(ctx, t).Exec(`SELECT rls.unmerge(?)`, string(id)).Error)
}

// MoveAbsorbed implements person.MergeStore.
func (Merges) MoveAbsorbed(ctx context.Context, t domain.Tx, survivor, _ domain.ID) error {
	return fault("store.MoveAbsorbed", on(ctx, t).Exec(`SELECT rls.move_absorbed(?)`, string(survivor)).Error)
}

// merges reads them with the references of both files, where the reader may.
func merges(g *gorm.DB) *gorm.DB {
	return g.Table("merges m").Select("m.*, s.reference AS survivor, a.reference AS absorbed").
		Joins("LEFT JOIN persons s ON s.id = m.survivor_id").Joins("LEFT JOIN persons a ON a.id = m.absorbed_id")
}

// Merge implements person.MergeStore.
func (Merges) Merge(ctx context.Context, t domain.Tx, id domain.ID) (person.Merge, error) {
	var row mergeRow
	err := merges(on(ctx, t)).Where("m.id = ?", string(id)).Take(&row).Error
	return oneMerge(ctx, t, "store.Merge", row, err)
}

// MergeForUpdate implements person.MergeStore.
func (Merges) MergeForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (person.Merge, error) {
	var row mergeRow
	err := merges(on(ctx, t)).Where("m.id = ?", string(id)).Clauses(forUpdate("m")).Take(&row).Error
	return oneMerge(ctx, t, "store.MergeForUpdate", row, err)
}

func oneMerge(ctx context.Context, t domain.Tx, op string, row mergeRow, err error) (person.Merge, error) {
	if err != nil {
		return person.Merge{}, fault(op, err)
	}
	out, err := mergesOf(ctx, t, row)
	if err != nil {
		return person.Merge{}, err
	}
	return out[0], nil
}

// EndMerge implements person.MergeStore.
func (Merges) EndMerge(ctx context.Context, t domain.Tx, m person.Merge) error {
	to := map[string]any{"version": m.Version + 1}
	if m.FinalAt.IsZero() {
		to["undone_at"], to["undone_by"] = nullTime(m.UndoneAt), nullID(m.UndoneBy)
	} else {
		to["final_at"] = m.FinalAt
	}
	if err := touched("store.EndMerge", on(ctx, t).Table("merges").Where("id = ? AND version = ?", string(m.ID), m.Version).Updates(to)); err != nil {
		return err
	}
	return fault("store.EndMerge", on(ctx, t).Exec(`DELETE FROM merge_records WHERE merge_id = ?`, string(m.ID)).Error)
}

// MergesOf implements person.MergeStore.
func (Merges) MergesOf(ctx context.Context, t domain.Tx, survivor domain.ID) ([]person.Merge, error) {
	var rows []mergeRow
	err := merges(on(ctx, t)).Where("m.survivor_id = ?", string(survivor)).Order("m.made_at DESC, m.id DESC").Find(&rows).Error
	if err != nil {
		return nil, fault("store.MergesOf", err)
	}
	return mergesOf(ctx, t, rows...)
}

// Moves implements person.MergeStore.
func (Merges) Moves(ctx context.Context, t domain.Tx, survivor domain.ID) ([]person.Move, error) {
	var out []person.Move
	err := on(ctx, t).Raw(`SELECT v.merge_id, v.kind, v.record_id FROM merge_moves v JOIN merges m ON m.id = v.merge_id
		WHERE m.survivor_id = ? ORDER BY v.kind, v.record_id`, string(survivor)).Scan(&out).Error
	return out, fault("store.Moves", err)
}

// DueMerges implements person.MergeStore.
func (Merges) DueMerges(ctx context.Context, t domain.Tx, now time.Time, limit int) ([]person.Merge, error) {
	locked := forUpdate("m")
	locked.Options = "SKIP LOCKED"
	var rows []mergeRow
	err := merges(on(ctx, t)).Where("m.until <= ? AND m.undone_at IS NULL AND m.final_at IS NULL", now).
		Order("m.until, m.id").Limit(limit).Clauses(locked).Find(&rows).Error
	if err != nil {
		return nil, fault("store.DueMerges", err)
	}
	return mergesOf(ctx, t, rows...)
}

// CloseAccount implements person.MergeStore.
func (Merges) CloseAccount(ctx context.Context, t domain.Tx, id domain.ID, at time.Time) error {
	return fault("store.CloseAccount", on(ctx, t).Exec(`UPDATE users SET disabled_at = coalesce(disabled_at, ?), version = version + 1 WHERE person_id = ?`,
		at, string(id)).Error)
}

// HasAccount implements person.MergeStore.
func (s Merges) HasAccount(ctx context.Context, id domain.ID) (bool, error) {
	has := false
	err := s.db.View(ctx, system, func(t domain.Tx) error {
		return fault("store.HasAccount", on(ctx, t).Raw(`SELECT EXISTS (SELECT 1 FROM users WHERE person_id = ? AND disabled_at IS NULL)`, string(id)).Scan(&has).Error)
	})
	return has, err
}

// Survivors implements person.MergeStore.
func (s Merges) Survivors(ctx context.Context, ids []domain.ID) (map[domain.ID]domain.ID, error) {
	var rows []struct{ ID, Survivor string }
	err := s.db.as(ctx, registerRole, func(g *gorm.DB) error {
		return fault("store.Survivors", g.Raw(`SELECT id::text, survivor::text FROM rls.survivors(?::uuid[])`, idArray(ids)).Scan(&rows).Error)
	})
	out := make(map[domain.ID]domain.ID, len(rows))
	for _, r := range rows {
		out[domain.ID(r.ID)] = domain.ID(r.Survivor)
	}
	return out, err
}

// Apart implements person.MergeStore.
func (Merges) Apart(ctx context.Context, t domain.Tx, one, other, by domain.ID, at time.Time) error {
	return fault("store.Apart", on(ctx, t).Exec(`INSERT INTO not_duplicates (one, other, made_by, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(min(one, other)), string(max(one, other)), string(by), at).Error)
}

// ApartFrom implements person.MergeStore.
func (Merges) ApartFrom(ctx context.Context, t domain.Tx, id domain.ID) (map[domain.ID]bool, error) {
	var ids []string
	err := on(ctx, t).Raw(`SELECT CASE WHEN one = @id THEN other ELSE one END::text FROM not_duplicates WHERE one = @id OR other = @id`,
		map[string]any{"id": string(id)}).Scan(&ids).Error
	out := make(map[domain.ID]bool, len(ids))
	for _, other := range ids {
		out[domain.ID(other)] = true
	}
	return out, fault("store.ApartFrom", err)
}

// SharedKeys reads the keys of an agency's files under row-level security's
// narrow role: identifiers alone leave it.
func (s Merges) SharedKeys(ctx context.Context, agency domain.ID, limit int) ([][2]domain.ID, error) {
	var rows []struct{ One, Other string }
	err := s.db.View(ctx, system, func(t domain.Tx) error {
		return fault("store.SharedKeys", on(ctx, t).Raw(`WITH theirs AS (
				SELECT k.key, k.person_id FROM person_name_keys k JOIN registrations r ON r.person_id = k.person_id
				WHERE r.agency_id = ? AND k.telling
					AND NOT EXISTS (SELECT 1 FROM merges m WHERE m.absorbed_id = k.person_id AND m.undone_at IS NULL))
			SELECT a.person_id::text AS one, b.person_id::text AS other FROM theirs a JOIN theirs b ON b.key = a.key AND b.person_id < a.person_id
			WHERE NOT EXISTS (SELECT 1 FROM not_duplicates d WHERE d.one = b.person_id AND d.other = a.person_id)
			GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT ?`, string(agency), limit).Scan(&rows).Error)
	})
	out := make([][2]domain.ID, len(rows))
	for i, r := range rows {
		out[i] = [2]domain.ID{domain.ID(r.One), domain.ID(r.Other)}
	}
	return out, err
}
