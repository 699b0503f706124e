package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
)

type auditCheckRow struct {
	ID          string
	Kind        string
	At          time.Time
	MadeBy      *string
	Entries     int64
	Anchors     int
	BrokenChain *int
	BrokenSeq   *int64
	Why         string
	Heads       []byte
}

func (auditCheckRow) TableName() string { return "audit_checks" }

func checkToRow(c audit.Check) (auditCheckRow, error) {
	if c.Heads == nil {
		c.Heads = []audit.Head{}
	}
	heads, err := json.Marshal(c.Heads)
	row := auditCheckRow{
		ID: string(c.ID), Kind: string(c.Kind), At: c.At, MadeBy: nullID(c.MadeBy), Entries: c.Entries, Anchors: c.Anchors, Heads: heads,
	}
	if b := c.Broken; b != nil {
		row.BrokenChain, row.BrokenSeq, row.Why = &b.Chain, &b.Seq, b.Why
	}
	return row, err
}

func (r auditCheckRow) toDomain() audit.Check {
	c := audit.Check{
		ID: domain.ID(r.ID), Kind: audit.CheckKind(r.Kind), At: r.At.UTC(), MadeBy: idOf(r.MadeBy), Entries: r.Entries, Anchors: r.Anchors,
	}
	if r.BrokenChain != nil {
		c.Broken = &audit.BrokenError{Chain: *r.BrokenChain, Seq: intOf(r.BrokenSeq), Why: r.Why}
	}
	_ = json.Unmarshal(r.Heads, &c.Heads) // written by checkToRow
	return c
}

// InsertCheck implements audit.Store.
func (Audit) InsertCheck(ctx context.Context, t domain.Tx, c audit.Check) error {
	const op = "store.Audit.InsertCheck"
	row, err := checkToRow(c)
	if err != nil {
		return fault(op, err)
	}
	return fault(op, on(ctx, t).Create(&row).Error)
}

// Checks implements audit.Store: the newest first.
func (Audit) Checks(ctx context.Context, t domain.Tx, kind audit.CheckKind, limit int) ([]audit.Check, error) {
	var rows []auditCheckRow
	if err := on(ctx, t).Where("kind = ?", string(kind)).Order("at DESC, id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fault("store.Audit.Checks", err)
	}
	out := make([]audit.Check, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}
