package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Exports implements domain.Exports.
type Exports struct{}

// Exports keeps what left in files. It is added to and never rewritten.
func (d *DB) Exports() Exports { return Exports{} }

type exportRow struct {
	ID        string
	Reference string
	Kind      string
	MadeBy    *string // nobody once a person who took her own data out was erased
	MadeRole  string
	AgencyID  *string
	MadeAt    time.Time
	Recipient string
	Agreement *string `gorm:"column:agreement_id"`
	Filter    []byte
	Lines     int
}

func (exportRow) TableName() string { return "exports" }

func exportToRow(e domain.Export) (exportRow, error) {
	if e.Filter == nil {
		e.Filter = map[string]string{}
	}
	filter, err := json.Marshal(e.Filter)
	return exportRow{
		ID: string(e.ID), Reference: e.Reference, Kind: e.Kind, MadeBy: nullID(e.MadeBy), MadeRole: string(e.MadeRole),
		AgencyID: nullID(e.AgencyID), MadeAt: e.MadeAt, Recipient: e.Recipient, Agreement: nullID(e.Agreement), Filter: filter, Lines: e.Lines,
	}, err
}

func (r exportRow) toDomain() domain.Export {
	e := domain.Export{
		ID: domain.ID(r.ID), Reference: r.Reference, Kind: r.Kind, MadeBy: idOf(r.MadeBy), MadeRole: domain.Role(r.MadeRole),
		AgencyID: idOf(r.AgencyID), MadeAt: r.MadeAt.UTC(), Recipient: r.Recipient, Agreement: idOf(r.Agreement), Lines: r.Lines,
	}
	_ = json.Unmarshal(r.Filter, &e.Filter) // written by exportToRow
	return e
}

// NextExport implements domain.Exports.
func (Exports) NextExport(ctx context.Context, t domain.Tx) (int64, error) {
	numbers, err := nextNumbers(ctx, t, "export_reference", 1)
	if err != nil {
		return 0, err
	}
	return numbers[0], nil
}

// InsertExport implements domain.Exports.
func (Exports) InsertExport(ctx context.Context, t domain.Tx, e domain.Export) error {
	const op = "store.InsertExport"
	row, err := exportToRow(e)
	if err != nil {
		return fault(op, err)
	}
	return fault(op, on(ctx, t).Create(&row).Error)
}

// Abroad implements domain.Exports.
func (Exports) Abroad(ctx context.Context, t domain.Tx, agreement domain.ID, day domain.Date) (string, error) {
	const op = "store.Abroad"
	var found []string
	err := on(ctx, t).Raw(`SELECT recipient FROM transfer_agreements WHERE id = ? AND ended_at IS NULL AND since <= ? AND (until IS NULL OR until >= ?)`,
		string(agreement), day.Time(), day.Time()).Scan(&found).Error
	switch {
	case err != nil:
		return "", fault(op, err)
	case len(found) == 0:
		return "", domain.NotFound(op)
	}
	return found[0], nil
}

// Exports lists what left, newest first.
func (Audit) Exports(ctx context.Context, t domain.Tx, cursor domain.Cursor) (domain.Listing[domain.Export], error) {
	q := on(ctx, t).Order("id DESC").Limit(cursor.Size() + 1)
	if cursor.After != "" {
		q = q.Where("id < ?", cursor.After)
	}
	var rows []exportRow
	if err := q.Find(&rows).Error; err != nil {
		return domain.Listing[domain.Export]{}, fault("store.Exports", err)
	}
	return listing(rows, cursor, exportRow.toDomain, func(r exportRow) string { return r.ID }), nil
}
