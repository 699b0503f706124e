package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
)

// Audit implements audit.Store.
type Audit struct{}

// Audit reads the audit trail. Nothing of the application writes it but trail.
func (d *DB) Audit() Audit { return Audit{} }

type auditRow struct {
	Chain          int
	Seq            int64
	At             time.Time
	ActorID        *string
	ActorRole      string
	AgencyID       *string
	OrganisationID *string
	RequestID      string
	Action         string
	Allowed        bool
	RecordKind     string
	RecordID       *string
	PersonID       *string
	Reason         string
	Hash           []byte
}

func (auditRow) TableName() string { return "audit_entries" }

func (r auditRow) toDomain() audit.Entry {
	e := audit.Entry{
		Chain: r.Chain, Seq: r.Seq, At: r.At.UTC(), ActorID: idOf(r.ActorID), ActorRole: domain.Role(r.ActorRole), AgencyID: idOf(r.AgencyID),
		OrganisationID: idOf(r.OrganisationID), RequestID: r.RequestID, Action: r.Action, Allowed: r.Allowed, Kind: r.RecordKind,
		RecordID: idOf(r.RecordID), PersonID: idOf(r.PersonID), Reason: r.Reason,
	}
	copy(e.Hash[:], r.Hash)
	return e
}

// Heads implements audit.Store.
func (Audit) Heads(ctx context.Context, t domain.Tx) ([]audit.Head, error) {
	var rows []struct {
		Chain int
		Seq   int64
		Hash  []byte
	}
	err := on(ctx, t).Raw(`SELECT chain, seq, hash FROM audit_heads ORDER BY chain`).Scan(&rows).Error
	heads := make([]audit.Head, len(rows))
	for i, r := range rows {
		heads[i] = audit.Head{Chain: r.Chain, Seq: r.Seq, Hash: hex.EncodeToString(r.Hash)}
	}
	return heads, fault("store.Audit.Heads", err)
}

// After implements audit.Store. Plain rows: there may be millions.
func (Audit) After(ctx context.Context, t domain.Tx, chain int, seq int64, limit int, yield func(audit.Entry) error) (int, error) {
	const op = "store.Audit.After"
	rows, err := on(ctx, t).Raw(`SELECT chain, seq, at, actor_id::text, actor_role, agency_id::text, organisation_id::text, request_id,
		action, allowed, record_kind, record_id::text, person_id::text, reason, hash
		FROM audit_entries WHERE chain = ? AND seq > ? ORDER BY seq LIMIT ?`, chain, seq, limit).Rows()
	if err != nil {
		return 0, fault(op, err)
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for ; rows.Next(); n++ {
		var r auditRow
		if err := rows.Scan(&r.Chain, &r.Seq, &r.At, &r.ActorID, &r.ActorRole, &r.AgencyID, &r.OrganisationID, &r.RequestID, &r.Action,
			&r.Allowed, &r.RecordKind, &r.RecordID, &r.PersonID, &r.Reason, &r.Hash); err != nil {
			return n, fault(op, err)
		}
		if err := yield(r.toDomain()); err != nil {
			return n, err
		}
	}
	return n, fault(op, rows.Err())
}

// Entries implements audit.Store: a page of the trail, newest first.
func (Audit) Entries(ctx context.Context, t domain.Tx, q audit.Query) (domain.Listing[audit.Entry], error) {
	const op = "store.Audit.Entries"
	g := narrowed(on(ctx, t).Model(&auditRow{}), q)
	if q.After != "" {
		var micros, chain, seq int64
		if _, err := fmt.Sscanf(q.After, "%d.%d.%d", &micros, &chain, &seq); err != nil {
			return domain.Listing[audit.Entry]{}, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		g = g.Where("(at, chain, seq) < (?, ?, ?)", time.UnixMicro(micros).UTC(), chain, seq)
	}
	var rows []auditRow
	if err := g.Order("at DESC, chain DESC, seq DESC").Limit(q.Size() + 1).Find(&rows).Error; err != nil {
		return domain.Listing[audit.Entry]{}, fault(op, err)
	}
	return listing(rows, q.Cursor, auditRow.toDomain, func(r auditRow) string {
		return fmt.Sprintf("%d.%d.%d", r.At.UnixMicro(), r.Chain, r.Seq)
	}), nil
}

func narrowed(g *gorm.DB, q audit.Query) *gorm.DB {
	if q.Actors != nil {
		g = g.Where("actor_id = ANY(?::uuid[])", idArray(q.Actors))
	}
	if q.Role != "" {
		g = g.Where("actor_role = ?", string(q.Role))
	}
	if !q.AgencyID.IsZero() {
		g = g.Where("agency_id = ?", string(q.AgencyID))
	}
	if !q.Record.IsZero() {
		g = g.Where("(record_id = ? OR person_id = ?)", string(q.Record), string(q.Record))
	}
	if strings.Contains(q.Action, ".") {
		g = g.Where("action = ?", q.Action)
	} else if q.Action != "" {
		g = g.Where("split_part(action, '.', 1) = ?", q.Action)
	}
	if q.Allowed != nil {
		g = g.Where("allowed = ?", *q.Allowed)
	}
	if !q.From.IsZero() {
		g = g.Where("at >= ?", q.From)
	}
	if !q.Until.IsZero() {
		g = g.Where("at < ?", q.Until)
	}
	return g
}

// Entry implements audit.Store.
func (Audit) Entry(ctx context.Context, t domain.Tx, chain int, seq int64) (e audit.Entry, before [sha256.Size]byte, err error) {
	const op = "store.Audit.Entry"
	var rows []auditRow
	if err := on(ctx, t).Where("chain = ? AND seq IN (?, ?)", chain, seq, seq-1).Order("seq DESC").Find(&rows).Error; err != nil {
		return e, before, fault(op, err)
	}
	if len(rows) == 0 || rows[0].Seq != seq {
		return e, before, domain.NotFound(op)
	}
	if len(rows) > 1 {
		copy(before[:], rows[1].Hash)
	}
	return rows[0].toDomain(), before, nil
}

// Find implements audit.Store.
func (Audit) Find(ctx context.Context, t domain.Tx, words string) (accounts, records []domain.ID, err error) {
	var rows []struct {
		ID      string
		Account bool
	}
	if err := on(ctx, t).Raw(`SELECT id::text, account FROM rls.trail_find(?)`, words).Scan(&rows).Error; err != nil {
		return nil, nil, fault("store.Audit.Find", err)
	}
	for _, r := range rows {
		if r.Account {
			accounts = append(accounts, domain.ID(r.ID))
		} else {
			records = append(records, domain.ID(r.ID))
		}
	}
	return accounts, records, nil
}

// Names implements audit.Store.
func (Audit) Names(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]string, error) {
	var rows []struct{ ID, Name string }
	if err := on(ctx, t).Raw(`SELECT id::text, name FROM rls.trail_names(?::uuid[])`, idArray(ids)).Scan(&rows).Error; err != nil {
		return nil, fault("store.Audit.Names", err)
	}
	out := make(map[domain.ID]string, len(rows))
	for _, r := range rows {
		out[domain.ID(r.ID)] = r.Name
	}
	return out, nil
}
