package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

// Vacancies implements employer.VacancyStore.
type Vacancies struct{}

// Vacancies keeps vacancies with their skills, languages and licences.
func (d *DB) Vacancies() Vacancies { return Vacancies{} }

// insertBatch bounds the rows of one INSERT: PostgreSQL takes 65,535 arguments.
const insertBatch = 500

// VacancyNumbers implements employer.VacancyStore.
func (Vacancies) VacancyNumbers(ctx context.Context, t domain.Tx, n int) ([]int64, error) {
	return nextNumbers(ctx, t, "vacancy_reference", n)
}

// InsertVacancy implements employer.VacancyStore.
func (s Vacancies) InsertVacancy(ctx context.Context, t domain.Tx, v employer.Vacancy) error {
	return s.InsertVacancies(ctx, t, []employer.Vacancy{v})
}

// InsertVacancies implements employer.VacancyStore.
func (Vacancies) InsertVacancies(ctx context.Context, t domain.Tx, vs []employer.Vacancy) error {
	if len(vs) == 0 {
		return nil
	}
	rows := make([]vacancyRow, len(vs))
	ids := make([]domain.ID, len(vs))
	for i, v := range vs {
		rows[i], ids[i] = vacancyToRow(v), v.ID
	}
	if err := on(ctx, t).CreateInBatches(rows, insertBatch).Error; err != nil {
		return fault("store.InsertVacancies", err)
	}
	if err := insertParts(on(ctx, t), partsOf(vs...)); err != nil {
		return err
	}
	return changed(ctx, t, searchVacancy, ids...)
}

func insertParts(g *gorm.DB, p vacancyParts) error {
	var err error
	if len(p.skills) > 0 {
		err = g.CreateInBatches(p.skills, insertBatch).Error
	}
	if err == nil && len(p.languages) > 0 {
		err = g.CreateInBatches(p.languages, insertBatch).Error
	}
	if err == nil && len(p.licences) > 0 {
		err = g.CreateInBatches(p.licences, insertBatch).Error
	}
	return fault("store.insertVacancyParts", err)
}

// SaveVacancy implements employer.VacancyStore.
func (Vacancies) SaveVacancy(ctx context.Context, t domain.Tx, v employer.Vacancy) error {
	row := vacancyToRow(v)
	row.Version++
	err := touched("store.SaveVacancy", on(ctx, t).Select("*").Omit("ID", "Reference", "CreatedAt", "ExternalSource", "ExternalID").
		Where("id = ? AND version = ?", row.ID, v.Version).Updates(&row))
	if err != nil {
		return err
	}
	for _, part := range []any{vacancySkillRow{}, vacancyLanguageRow{}, vacancyLicenceRow{}} {
		if err := on(ctx, t).Where("vacancy_id = ?", row.ID).Delete(part).Error; err != nil {
			return fault("store.SaveVacancy", err)
		}
	}
	if err := insertParts(on(ctx, t), partsOf(v)); err != nil {
		return err
	}
	return changed(ctx, t, searchVacancy, v.ID)
}

// Vacancy implements employer.VacancyStore.
func (Vacancies) Vacancy(ctx context.Context, t domain.Tx, id domain.ID) (employer.Vacancy, error) {
	return oneVacancy("store.Vacancy", on(ctx, t), on(ctx, t), id)
}

// VacancyForUpdate implements employer.VacancyStore.
func (Vacancies) VacancyForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (employer.Vacancy, error) {
	return oneVacancy("store.VacancyForUpdate", on(ctx, t), on(ctx, t).Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func oneVacancy(op string, g, locked *gorm.DB, id domain.ID) (employer.Vacancy, error) {
	var row vacancyRow
	if err := locked.Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return employer.Vacancy{}, fault(op, err)
	}
	vs, err := withParts(g, []vacancyRow{row})
	if err != nil {
		return employer.Vacancy{}, err
	}
	return vs[0], nil
}

// withParts reads what hangs on vacancies, with one query a table.
func withParts(g *gorm.DB, rows []vacancyRow) ([]employer.Vacancy, error) {
	out := make([]employer.Vacancy, len(rows))
	at := make(map[string]*employer.Vacancy, len(rows))
	ids := make(textArray, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
		at[r.ID], ids[i] = &out[i], r.ID
	}
	var p vacancyParts
	err := g.Where("vacancy_id = ANY(?::uuid[])", ids).Order("vacancy_id, position").Find(&p.skills).Error
	if err == nil {
		err = g.Where("vacancy_id = ANY(?::uuid[])", ids).Order("vacancy_id, lang").Find(&p.languages).Error
	}
	if err == nil {
		err = g.Where("vacancy_id = ANY(?::uuid[])", ids).Order("vacancy_id, category").Find(&p.licences).Error
	}
	if err != nil {
		return nil, fault("store.vacancyParts", err)
	}
	for _, s := range p.skills {
		at[s.VacancyID].Skills = append(at[s.VacancyID].Skills, s.toDomain())
	}
	for _, l := range p.languages {
		at[l.VacancyID].Languages = append(at[l.VacancyID].Languages, l.Lang)
	}
	for _, l := range p.licences {
		at[l.VacancyID].Licences = append(at[l.VacancyID].Licences, l.Category)
	}
	return out, nil
}

// VacanciesByID implements employer.VacancyStore.
func (Vacancies) VacanciesByID(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]employer.Vacancy, error) {
	found, err := manyVacancies(on(ctx, t), on(ctx, t).Where("id = ANY(?::uuid[])", idArray(ids)))
	if err != nil {
		return nil, err
	}
	out := make(map[domain.ID]employer.Vacancy, len(found))
	for _, v := range found {
		out[v.ID] = v
	}
	return out, nil
}

// VacanciesByExternal implements employer.VacancyStore.
func (Vacancies) VacanciesByExternal(ctx context.Context, t domain.Tx, source string, ids []string) (map[string]employer.Vacancy, error) {
	found, err := manyVacancies(on(ctx, t), on(ctx, t).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("id IN (SELECT found.id::uuid FROM ("+byExternal("vacancies", "external_id")+") AS found)", textArray(ids), source).Order("id"))
	if err != nil {
		return nil, err
	}
	out := make(map[string]employer.Vacancy, len(found))
	for _, v := range found {
		out[v.ExternalID] = v
	}
	return out, nil
}

func manyVacancies(g, query *gorm.DB) ([]employer.Vacancy, error) {
	var rows []vacancyRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, fault("store.manyVacancies", err)
	}
	return withParts(g, rows)
}
