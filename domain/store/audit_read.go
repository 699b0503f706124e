package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

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
func (Audit) Entries(ctx context.Context, t domain.Tx, f audit.Filter, c domain.Cursor) (domain.Listing[audit.Entry], error) {
	const op = "store.Audit.Entries"
	g := on(ctx, t).Model(&auditRow{})
	equal := func(column string, id domain.ID) {
		if !id.IsZero() {
			g = g.Where(column+" = ?", string(id))
		}
	}
	equal("actor_id", f.ActorID)
	equal("person_id", f.PersonID)
	equal("record_id", f.RecordID)
	if f.Action != "" {
		g = g.Where("action = ?", f.Action)
	}
	if f.Refused {
		g = g.Where("NOT allowed")
	}
	if !f.From.IsZero() {
		g = g.Where("at >= ?", f.From)
	}
	if !f.Until.IsZero() {
		g = g.Where("at < ?", f.Until)
	}
	if c.After != "" {
		var micros, chain, seq int64
		if _, err := fmt.Sscanf(c.After, "%d.%d.%d", &micros, &chain, &seq); err != nil {
			return domain.Listing[audit.Entry]{}, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		g = g.Where("(at, chain, seq) < (?, ?, ?)", time.UnixMicro(micros).UTC(), chain, seq)
	}
	var rows []auditRow
	if err := g.Order("at DESC, chain DESC, seq DESC").Limit(c.Size() + 1).Find(&rows).Error; err != nil {
		return domain.Listing[audit.Entry]{}, fault(op, err)
	}
	var out domain.Listing[audit.Entry]
	if len(rows) > c.Size() {
		rows = rows[:c.Size()]
		last := rows[len(rows)-1]
		out.Next = fmt.Sprintf("%d.%d.%d", last.At.UnixMicro(), last.Chain, last.Seq)
	}
	for _, r := range rows {
		out.Items = append(out.Items, r.toDomain())
	}
	return out, nil
}
