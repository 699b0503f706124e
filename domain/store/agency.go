package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Agencies implements identity.AgencyStore.
type Agencies struct{}

// Agencies keeps the offices of the service.
func (d *DB) Agencies() Agencies { return Agencies{} }

type agencyRow struct {
	ID        string
	Code      string
	Name      string
	PlaceCode string
	Phone     *string
	CreatedAt time.Time
	ClosedAt  *time.Time
	Demo      bool
	Version   int
	Serves    textArray `gorm:"->;type:text[]"`
}

func (agencyRow) TableName() string { return "agencies" }

func agencyToRow(a identity.Agency) agencyRow {
	return agencyRow{
		ID: string(a.ID), Code: a.Code, Name: a.Name, PlaceCode: a.PlaceCode, Phone: nullText(a.Phone),
		CreatedAt: a.CreatedAt, ClosedAt: nullTime(a.ClosedAt), Demo: a.Demo, Version: a.Version,
	}
}

func (r agencyRow) toDomain() identity.Agency {
	return identity.Agency{
		ID: domain.ID(r.ID), Code: r.Code, Name: r.Name, PlaceCode: r.PlaceCode, Serves: []string(r.Serves),
		Phone: textOf(r.Phone), CreatedAt: r.CreatedAt.UTC(), ClosedAt: timeOf(r.ClosedAt), Demo: r.Demo, Version: r.Version,
	}
}

func agencies(g *gorm.DB) *gorm.DB {
	return g.Table("agencies").Select(`agencies.*, ARRAY(SELECT place_code FROM agency_places p
		WHERE p.agency_id = agencies.id ORDER BY place_code) AS serves`)
}

// InsertAgency implements identity.AgencyStore.
func (Agencies) InsertAgency(ctx context.Context, t domain.Tx, a identity.Agency) error {
	row := agencyToRow(a)
	if err := on(ctx, t).Omit("Serves").Create(&row).Error; err != nil {
		return fault("store.InsertAgency", err)
	}
	return saveServes(ctx, t, a)
}

// SaveAgency implements identity.AgencyStore.
func (Agencies) SaveAgency(ctx context.Context, t domain.Tx, a identity.Agency) error {
	row := agencyToRow(a)
	err := touched("store.SaveAgency", on(ctx, t).Table("agencies").
		Where("id = ? AND version = ?", row.ID, a.Version).
		Updates(map[string]any{
			"code": row.Code, "name": row.Name, "place_code": row.PlaceCode, "phone": row.Phone,
			"closed_at": row.ClosedAt, "version": gorm.Expr("version + 1"),
		}))
	if err != nil {
		return err
	}
	return saveServes(ctx, t, a)
}

func saveServes(ctx context.Context, t domain.Tx, a identity.Agency) error {
	const op = "store.saveServes"
	if err := on(ctx, t).Exec(`DELETE FROM agency_places WHERE agency_id = ?`, string(a.ID)).Error; err != nil {
		return fault(op, err)
	}
	return fault(op, on(ctx, t).Exec(`INSERT INTO agency_places (agency_id, place_code) SELECT ?, unnest(?::text[])`,
		string(a.ID), textArray(a.Serves)).Error)
}

// AgencyByID implements identity.AgencyStore.
func (Agencies) AgencyByID(ctx context.Context, t domain.Tx, id domain.ID) (identity.Agency, error) {
	var row agencyRow
	if err := agencies(on(ctx, t)).Where("agencies.id = ?", string(id)).Take(&row).Error; err != nil {
		return identity.Agency{}, fault("store.AgencyByID", err)
	}
	return row.toDomain(), nil
}

// Agencies lists open agencies by code.
func (Agencies) Agencies(ctx context.Context, t domain.Tx) ([]identity.Agency, error) {
	var rows []agencyRow
	if err := agencies(on(ctx, t)).Where("closed_at IS NULL").Order("code").Find(&rows).Error; err != nil {
		return nil, fault("store.Agencies", err)
	}
	out := make([]identity.Agency, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}
