package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

// vacancyColumns is where vacancies keep what relations look at.
func vacancyColumns() columns {
	return columns{organisation: "v.organisation_id", agency: "v.agency_id", author: "v.recorded_by", published: published}
}

// Vacancies lists the newest first, with the same number of queries for any page.
func (Vacancies) Vacancies(ctx context.Context, t domain.Tx, q employer.VacancyQuery) (domain.Listing[employer.Vacancy], error) {
	condition, args := scope(q.Actor, q.Relations, vacancyColumns())
	g := on(ctx, t).Table("vacancies v").Select("v.*").Where(condition, args...)
	g = viewed(g, q)
	g = filtered(g, q.VacancyFilter)
	g, err := page(g, "v.id", q.Cursor)
	if err != nil {
		return domain.Listing[employer.Vacancy]{}, err
	}
	var rows []vacancyRow
	if err := g.Find(&rows).Error; err != nil {
		return domain.Listing[employer.Vacancy]{}, fault("store.Vacancies", err)
	}
	cut := listing(rows, q.Cursor, func(r vacancyRow) vacancyRow { return r }, func(r vacancyRow) string { return r.ID })
	items, err := withParts(on(ctx, t), cut.Items)
	return domain.Listing[employer.Vacancy]{Items: items, Next: cut.Next}, err
}

// viewed narrows to what the list is about.
func viewed(g *gorm.DB, q employer.VacancyQuery) *gorm.DB {
	switch q.View {
	case employer.ViewPublic:
		return g.Where(published+` AND v.posts_filled < v.posts AND (v.open_until IS NULL OR v.open_until >= ?)`, q.Today.Time())
	case employer.ViewOrganisation:
		return g.Where("v.organisation_id = ?", nullID(q.Actor.OrganisationID))
	case employer.ViewAgency:
		return g.Where("v.agency_id = ?", nullID(q.Actor.AgencyID))
	case employer.ViewMine:
		return g.Where("v.recorded_by = ?", nullID(q.Actor.UserID))
	case employer.ViewQueue:
		return g.Where("v.state IN ('submitted', 'held') AND (v.agency_id IS NULL OR v.agency_id = ?)", nullID(q.Actor.AgencyID))
	}
	return g
}

func filtered(g *gorm.DB, f employer.VacancyFilter) *gorm.DB {
	equal := func(column, value string) {
		if value != "" {
			g = g.Where(column+" = ?", value)
		}
	}
	equal("v.organisation_id", string(f.OrganisationID))
	equal("v.abroad_country", f.AbroadCountry)
	equal("v.occupation_id", string(f.OccupationID))
	equal("v.contract_kind", string(f.Contract))
	equal("v.source", string(f.Source))
	if len(f.States) > 0 {
		g = g.Where("v.state IN ?", f.States)
	}
	if f.PlaceCode != "" {
		g = g.Where(`v.place_code IN (WITH RECURSIVE inside AS (SELECT code FROM places WHERE code = ?
			UNION SELECT p.code FROM places p JOIN inside i ON p.parent_code = i.code) SELECT code FROM inside)`, f.PlaceCode)
	}
	if f.ISCO != "" {
		g = g.Where("starts_with(v.isco, ?)", f.ISCO)
	}
	if f.Words != "" {
		g = containsWords(g.Joins("LEFT JOIN employer_names o ON o.id = v.organisation_id"),
			"(v.folded || ' ' || coalesce(o.folded, ''))", f.Words)
	}
	return g
}

// VacanciesDue implements employer.VacancyStore.
func (Vacancies) VacanciesDue(ctx context.Context, t domain.Tx, today domain.Date, confirmed time.Time, limit int) ([]domain.ID, error) {
	var ids []domain.ID
	err := on(ctx, t).Table("vacancies").Where("state IN ('published', 'partly_filled', 'suspended')").
		Where("open_until < ? OR confirmed_at < ?", today.Time(), confirmed).Order("id").Limit(limit).Pluck("id", &ids).Error
	return ids, fault("store.VacanciesDue", err)
}
