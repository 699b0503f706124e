package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// published is the one SQL form of "the public may see this vacancy".
const published = `v.state IN ('published', 'partly_filled')`

// Vacancies gives those of the ids that are published. The others are absent:
// to an index they are gone.
func (s Search) Vacancies(ctx context.Context, ids []domain.ID) ([]matching.VacancyRecord, error) {
	var out []matching.VacancyRecord
	err := s.db.as(ctx, indexRole, func(g *gorm.DB) error {
		var err error
		out, err = vacancyRecords(g, published, ids, true)
		return err
	})
	return out, err
}

// VacanciesAfter gives the ids of published vacancies, in order, after one of
// them: "" begins.
func (s Search) VacanciesAfter(ctx context.Context, after domain.ID, limit int) ([]domain.ID, error) {
	return s.idsAfter(ctx, `SELECT v.id::text FROM vacancies v WHERE `+published+` AND v.id > ?::uuid ORDER BY v.id LIMIT ?`, after, limit)
}

// Openings gives what matching knows of vacancies in any state, within the
// caller's transaction. One that is not published has no posts left.
func (Search) Openings(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]matching.Opening, error) {
	records, err := vacancyRecords(on(ctx, t), `TRUE`, ids, false)
	if err != nil {
		return nil, err
	}
	out := make(map[domain.ID]matching.Opening, len(records))
	for _, r := range records {
		out[r.Opening.ID] = r.Opening
	}
	return out, nil
}

type openingRow struct {
	ID, Title, Description, ContractKind string
	PlaceCode, AbroadCountry             string
	OccupationID, ISCO                   string
	ISCEDMin                             int `gorm:"column:isced_min"`
	ExperienceMonths, PostsLeft          int
	StartsOn, OpenUntil, PublishedAt     *time.Time
}

// vacancyRecords reads what is known of vacancies; their words in every language
// only where they are asked for, as an index does.
func vacancyRecords(g *gorm.DB, condition string, ids []domain.ID, words bool) ([]matching.VacancyRecord, error) {
	list := idArray(ids)
	var rows []openingRow
	err := g.Raw(`SELECT v.id::text AS id, v.title, v.description, v.contract_kind, coalesce(v.place_code, '') AS place_code,
			coalesce(v.abroad_country, '') AS abroad_country, coalesce(`+currentConcept+`, '') AS occupation_id,
			coalesce(v.isco, k.isco, '') AS isco, v.isced_min, v.experience_months,
			CASE WHEN `+published+` THEN v.posts - v.posts_filled ELSE 0 END AS posts_left,
			v.starts_on, v.open_until, v.published_at
		FROM vacancies v LEFT JOIN concepts k ON k.id = v.occupation_id
		WHERE v.id = ANY(?::uuid[]) AND `+condition+` ORDER BY v.id`, list).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.Search.Vacancies", err)
	}
	out := make([]matching.VacancyRecord, len(rows))
	at := make(map[domain.ID]*matching.VacancyRecord, len(rows))
	concepts := conceptSet{}
	codes := make([]string, 0, len(rows))
	for i, r := range rows {
		out[i] = matching.VacancyRecord{
			Opening: matching.Opening{
				ID: domain.ID(r.ID), ISCEDMin: r.ISCEDMin, ExperienceMonths: r.ExperienceMonths, Occupation: concepts.add(r.OccupationID),
				ISCO: r.ISCO, StartsOn: dateOf(r.StartsOn), OpenUntil: dateOf(r.OpenUntil), PostsLeft: r.PostsLeft,
				WaitingSince: dateOf(r.PublishedAt),
			},
			Contract: r.ContractKind, Title: r.Title, Description: r.Description,
		}
		at[domain.ID(r.ID)] = &out[i]
		codes = append(codes, r.PlaceCode)
	}
	if err := readNeeds(g, list, at, concepts); err != nil {
		return nil, err
	}
	if err := readNeighbours(g, at); err != nil {
		return nil, err
	}
	var labels map[domain.ID][]string
	if words {
		if labels, err = labelsOf(g, concepts.list()); err != nil {
			return nil, err
		}
	}
	places, err := containing(g, codes)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		o := &out[i].Opening
		out[i].Occupations = labels[o.Occupation]
		for _, n := range o.Skills {
			out[i].Skills = append(out[i].Skills, labels[n.Concept]...)
		}
		place := places[r.PlaceCode]
		o.Places, out[i].Region, out[i].PlaceNames = place.codes, place.region, place.names
		if r.AbroadCountry != "" {
			o.Places = []string{r.AbroadCountry}
		}
	}
	return out, nil
}

func readNeeds(g *gorm.DB, ids textArray, at map[domain.ID]*matching.VacancyRecord, concepts conceptSet) error {
	var rows []struct {
		VacancyID, ConceptID, Words, Kind string
	}
	asked := conceptSet{}
	err := g.Raw(`SELECT s.vacancy_id::text AS vacancy_id, coalesce(`+currentConcept+`, '') AS concept_id, s.words, s.importance AS kind
			FROM vacancy_skills s LEFT JOIN concepts k ON k.id = s.concept_id WHERE s.vacancy_id = ANY(?::uuid[])
			ORDER BY s.vacancy_id, s.position`, ids).Scan(&rows).Error
	if err != nil {
		return fault("store.Search.readNeeds", err)
	}
	for _, r := range rows {
		asked.add(r.ConceptID)
	}
	needed, err := occupationsThatNeed(g, asked)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if v := at[domain.ID(r.VacancyID)]; v != nil {
			v.Opening.Skills = append(v.Opening.Skills, matching.Need{
				Concept: concepts.add(r.ConceptID), Words: r.Words, Essential: r.Kind == "essential",
				Rarity: matching.RarityOf(needed[domain.ID(r.ConceptID)]),
			})
			v.Skills = append(v.Skills, r.Words)
		}
	}
	rows = nil
	err = g.Raw(`SELECT vacancy_id::text AS vacancy_id, lang AS words, 'language' AS kind FROM vacancy_languages WHERE vacancy_id = ANY(?::uuid[])
		UNION ALL SELECT vacancy_id::text, category, 'licence' FROM vacancy_licences WHERE vacancy_id = ANY(?::uuid[])
		ORDER BY 1, 2`, ids, ids).Scan(&rows).Error
	for _, r := range rows {
		v := at[domain.ID(r.VacancyID)]
		switch {
		case v == nil:
		case r.Kind == "language":
			v.Opening.Languages = append(v.Opening.Languages, r.Words)
		default:
			v.Opening.Licences = append(v.Opening.Licences, r.Words)
		}
	}
	return fault("store.Search.readNeeds", err)
}
