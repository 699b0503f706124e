package store

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
)

// Audit implements audit.Store.
type Audit struct{}

// Audit reads the audit trail. Nothing of the application writes it but trail.
func (d *DB) Audit() Audit { return Audit{} }

type auditRow struct {
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
		Seq: r.Seq, At: r.At.UTC(), ActorID: idOf(r.ActorID), ActorRole: domain.Role(r.ActorRole), AgencyID: idOf(r.AgencyID),
		OrganisationID: idOf(r.OrganisationID), RequestID: r.RequestID, Action: r.Action, Allowed: r.Allowed, Kind: r.RecordKind,
		RecordID: idOf(r.RecordID), PersonID: idOf(r.PersonID), Reason: r.Reason,
	}
	copy(e.Hash[:], r.Hash)
	return e
}

// Head implements audit.Store.
func (Audit) Head(ctx context.Context, t domain.Tx) (audit.Head, error) {
	var row struct {
		Seq  int64
		Hash []byte
	}
	err := on(ctx, t).Raw(`SELECT seq, hash FROM audit_head`).Scan(&row).Error
	return audit.Head{Seq: row.Seq, Hash: hex.EncodeToString(row.Hash)}, fault("store.Audit.Head", err)
}

// After implements audit.Store. Plain rows: a chain is a million of them.
func (Audit) After(ctx context.Context, t domain.Tx, seq int64, limit int, yield func(audit.Entry) error) (int, error) {
	const op = "store.Audit.After"
	rows, err := on(ctx, t).Raw(`SELECT seq, at, actor_id::text, actor_role, agency_id::text, organisation_id::text, request_id, action,
		allowed, record_kind, record_id::text, person_id::text, reason, hash FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT ?`, seq, limit).Rows()
	if err != nil {
		return 0, fault(op, err)
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for ; rows.Next(); n++ {
		var r auditRow
		if err := rows.Scan(&r.Seq, &r.At, &r.ActorID, &r.ActorRole, &r.AgencyID, &r.OrganisationID, &r.RequestID, &r.Action,
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
		seq, err := strconv.ParseInt(c.After, 10, 64)
		if err != nil {
			return domain.Listing[audit.Entry]{}, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		g = g.Where("seq < ?", seq)
	}
	var rows []auditRow
	if err := g.Order("seq DESC").Limit(c.Size() + 1).Find(&rows).Error; err != nil {
		return domain.Listing[audit.Entry]{}, fault(op, err)
	}
	var out domain.Listing[audit.Entry]
	if len(rows) > c.Size() {
		rows = rows[:c.Size()]
		out.Next = strconv.FormatInt(rows[len(rows)-1].Seq, 10)
	}
	for _, r := range rows {
		out.Items = append(out.Items, r.toDomain())
	}
	return out, nil
}
