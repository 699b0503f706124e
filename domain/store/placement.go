package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
)

// Placements implements placement.Store.
type Placements struct{}

// Placements keeps the work people got.
func (d *DB) Placements() Placements { return Placements{} }

// placementOrganisation is the employer that may read a placement.
const placementOrganisation = `CASE WHEN o.verification = 'verified' THEN l.organisation_id END`

func placements(g *gorm.DB) *gorm.DB {
	return g.Table("placements l").
		Select("l.*, c.owner_id AS standing_owner, " + placementOrganisation + " AS standing_organisation").
		Joins(`LEFT JOIN employer_names o ON o.id = l.organisation_id
			LEFT JOIN case_files c ON c.person_id = l.person_id AND c.stage <> 'closed'`)
}

// InsertPlacement implements placement.Store.
func (Placements) InsertPlacement(ctx context.Context, t domain.Tx, p placement.Placement) error {
	row, err := placementToRow(ctx, t, p)
	if err != nil {
		return err
	}
	return fault("store.InsertPlacement", on(ctx, t).Create(&row).Error)
}

// SavePlacement implements placement.Store.
func (Placements) SavePlacement(ctx context.Context, t domain.Tx, p placement.Placement) error {
	row, err := placementToRow(ctx, t, p)
	if err != nil {
		return err
	}
	row.Version++
	return touched("store.SavePlacement", on(ctx, t).
		Select("Kind", "State", "StartsOn", "EndsOn", "EndedOn", "Sealed", "Wage", "WagePeriod", "Version").
		Where("id = ? AND version = ?", row.ID, p.Version).Updates(&row))
}

// Placement implements placement.Store.
func (Placements) Placement(ctx context.Context, t domain.Tx, id domain.ID) (placement.Placement, error) {
	return onePlacement(ctx, t, "store.Placement", placements(on(ctx, t)), id)
}

// PlacementForUpdate implements placement.Store.
func (Placements) PlacementForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (placement.Placement, error) {
	return onePlacement(ctx, t, "store.PlacementForUpdate", placements(on(ctx, t)).Clauses(forUpdate("l")), id)
}

func onePlacement(ctx context.Context, t domain.Tx, op string, g *gorm.DB, id domain.ID) (placement.Placement, error) {
	var row placementRow
	if err := g.Where("l.id = ?", string(id)).Take(&row).Error; err != nil {
		return placement.Placement{}, fault(op, err)
	}
	o, err := openAll(ctx, t, []placementRow{row}, placementRow.subject)
	if err != nil {
		return placement.Placement{}, err
	}
	return row.toDomain(o), o.err
}

type placementListRow struct {
	Row   placementRow `gorm:"embedded"`
	Words named        `gorm:"embedded"`
}

func (r placementListRow) toRow(o *opening) placement.PlacementRow {
	return placement.PlacementRow{
		Placement: r.Row.toDomain(o), VacancyTitle: r.Words.VacancyTitle, VacancyReference: r.Words.VacancyReference,
		EmployerName: r.Words.EmployerName,
	}
}

// Placements lists the newest first, with two queries for any page.
func (Placements) Placements(ctx context.Context, t domain.Tx, q placement.PlacementQuery) (domain.Listing[placement.PlacementRow], error) {
	condition, args := scope(q.Actor, q.Relations, columns{
		person: "l.person_id", owner: "c.owner_id", agency: "l.agency_id", organisation: "(" + placementOrganisation + ")",
	})
	g := placements(on(ctx, t)).Joins("LEFT JOIN vacancies v ON v.id = l.vacancy_id").
		Where(condition, args...).
		Select("l.*, c.owner_id AS standing_owner, " + placementOrganisation + " AS standing_organisation, " + namedColumns)
	g = filteredBy(g, "l", q.PersonID, q.VacancyID, q.States)
	g, err := page(g, "l.id", q.Cursor)
	if err != nil {
		return domain.Listing[placement.PlacementRow]{}, err
	}
	var rows []placementListRow
	if err := g.Find(&rows).Error; err != nil {
		return domain.Listing[placement.PlacementRow]{}, fault("store.Placements", err)
	}
	o, err := openAll(ctx, t, rows, func(r placementListRow) domain.ID { return r.Row.subject() })
	if err != nil {
		return domain.Listing[placement.PlacementRow]{}, err
	}
	out := listing(rows, q.Cursor, func(r placementListRow) placement.PlacementRow { return r.toRow(o) }, func(r placementListRow) string { return r.Row.ID })
	ids := make([]string, len(out.Items))
	for i, item := range out.Items {
		ids[i] = string(item.Placement.PersonID)
	}
	if o.err != nil {
		return out, o.err
	}
	names, err := namesOf(ctx, t, ids)
	for i := range out.Items {
		out.Items[i].Given, out.Items[i].Family = names[ids[i]].GivenNames, names[ids[i]].FamilyName
	}
	return out, err
}
