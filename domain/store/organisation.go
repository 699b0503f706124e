package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/text"
)

// Organisations implements employer.OrganisationStore.
type Organisations struct{}

// Organisations keeps employers.
func (d *DB) Organisations() Organisations { return Organisations{} }

// OrganisationNumber implements employer.OrganisationStore.
func (Organisations) OrganisationNumber(ctx context.Context, t domain.Tx) (int64, error) {
	numbers, err := nextNumbers(ctx, t, "organisation_reference", 1)
	if err != nil {
		return 0, err
	}
	return numbers[0], nil
}

// InsertOrganisation implements employer.OrganisationStore.
func (Organisations) InsertOrganisation(ctx context.Context, t domain.Tx, o employer.Organisation) error {
	row := organisationToRow(o)
	return fault("store.InsertOrganisation", on(ctx, t).Create(&row).Error)
}

// SaveOrganisation implements employer.OrganisationStore.
func (Organisations) SaveOrganisation(ctx context.Context, t domain.Tx, o employer.Organisation) error {
	const op = "store.SaveOrganisation"
	row := organisationToRow(o)
	row.Version++
	err := touched(op, on(ctx, t).Select("*").Omit("ID", "Reference", "CreatedAt", "ExternalSource", "ExternalID", "Demo", "Unproven").
		Where("id = ? AND version = ?", row.ID, o.Version).Updates(&row))
	if err != nil {
		return err
	}
	// A vacancy is found by its employer's name as well.
	var shown []domain.ID
	if err := on(ctx, t).Table("vacancies").Where("organisation_id = ?", row.ID).Pluck("id", &shown).Error; err != nil {
		return fault(op, err)
	}
	return changed(ctx, t, searchVacancy, shown...)
}

// Organisation implements employer.OrganisationStore.
func (Organisations) Organisation(ctx context.Context, t domain.Tx, id domain.ID) (employer.Organisation, error) {
	return oneOrganisation("store.Organisation", on(ctx, t), id)
}

// OrganisationForUpdate implements employer.OrganisationStore.
func (Organisations) OrganisationForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (employer.Organisation, error) {
	return oneOrganisation("store.OrganisationForUpdate", on(ctx, t).Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func oneOrganisation(op string, g *gorm.DB, id domain.ID) (employer.Organisation, error) {
	var row organisationRow
	if err := g.Select(organisationColumns).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return employer.Organisation{}, fault(op, err)
	}
	return row.toDomain(), nil
}

// OrganisationsByID implements employer.OrganisationStore.
func (Organisations) OrganisationsByID(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]employer.Organisation, error) {
	var rows []organisationRow
	if err := on(ctx, t).Select(organisationColumns).Where("id = ANY(?::uuid[])", idArray(ids)).Find(&rows).Error; err != nil {
		return nil, fault("store.OrganisationsByID", err)
	}
	out := make(map[domain.ID]employer.Organisation, len(rows))
	for _, r := range rows {
		out[domain.ID(r.ID)] = r.toDomain()
	}
	return out, nil
}

// OrganisationsByExternal implements employer.OrganisationStore.
func (Organisations) OrganisationsByExternal(ctx context.Context, t domain.Tx, source string, ids []string) (map[string]domain.ID, error) {
	var rows []struct{ ID, ExternalID string }
	err := on(ctx, t).Raw(byExternal("organisations", "external_id"), textArray(ids), source).Scan(&rows).Error
	out := make(map[string]domain.ID, len(rows))
	for _, r := range rows {
		out[r.ExternalID] = domain.ID(r.ID)
	}
	return out, fault("store.OrganisationsByExternal", err)
}

// EmployerNames gives what everybody may know of employers: names, and whether
// they are verified. No other field is filled.
func (Organisations) EmployerNames(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]employer.Organisation, error) {
	var rows []organisationRow
	err := on(ctx, t).Table("employer_names").Select("id, legal_name, trade_name, verification").
		Where("id = ANY(?::uuid[])", idArray(ids)).Find(&rows).Error
	out := make(map[domain.ID]employer.Organisation, len(rows))
	for _, r := range rows {
		o := r.toDomain()
		out[o.ID] = employer.Organisation{
			ID: o.ID, Verification: o.Verification, LegalName: o.LegalName, TradeName: o.TradeName,
		}
	}
	return out, fault("store.EmployerNames", err)
}

// Organisations lists the newest first.
func (Organisations) Organisations(ctx context.Context, t domain.Tx, q employer.OrganisationQuery) (domain.Listing[employer.Organisation], error) {
	condition, args := scope(q.Actor, q.Relations, columns{organisation: "id", agency: "agency_id"})
	g := on(ctx, t).Select(organisationColumns).Where(condition, args...)
	if len(q.Verification) > 0 {
		g = g.Where("verification IN ?", q.Verification)
	}
	if q.AgencyID != "" {
		g = g.Where("agency_id = ?", string(q.AgencyID))
	}
	g = containsWords(g, "folded", q.Words)
	g, err := page(g, "id", q.Cursor)
	if err != nil {
		return domain.Listing[employer.Organisation]{}, err
	}
	var rows []organisationRow
	if err := g.Find(&rows).Error; err != nil {
		return domain.Listing[employer.Organisation]{}, fault("store.Organisations", err)
	}
	return listing(rows, q.Cursor, organisationRow.toDomain, func(r organisationRow) string { return r.ID }), nil
}

// containsWords asks that a folded column holds every word asked for. Folded
// words have no character that LIKE knows.
func containsWords(g *gorm.DB, column, words string) *gorm.DB {
	for _, token := range text.Tokens(words) {
		g = g.Where(column+" LIKE ?", "%"+token+"%")
	}
	return g
}

// page orders by time-ordered ids, the newest first, and starts after the
// cursor's mark. A mark that is no id is Invalid.
func page(g *gorm.DB, column string, cursor domain.Cursor) (*gorm.DB, error) {
	if cursor.After != "" {
		mark, err := domain.ParseID(cursor.After)
		if err != nil {
			return nil, domain.Invalid("store.page", domain.Field("after", "error.cursor"))
		}
		g = g.Where(column+" < ?", string(mark))
	}
	return g.Order(column + " DESC").Limit(cursor.Size() + 1), nil
}
