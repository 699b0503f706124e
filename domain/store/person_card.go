package store

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// selectCards reads what a pseudonymous card is made of, which is all that the
// index's role can read, of people who may be matched.
const selectCards = `SELECT p.id, p.isced_level, p.mobility_anywhere, p.available_from, p.residence_region,
	(SELECT json_agg(json_build_object('occupation_id', x.occupation_id, 'isco', x.isco, 'from_year', x.from_year,
		'until_year', x.until_year, 'ongoing', x.ongoing, 'months', x.months) ORDER BY x.position)
		FROM experiences x WHERE x.person_id = p.id) AS experiences,
	(SELECT json_agg(json_build_object('concept_id', x.concept_id, 'evidence', x.evidence) ORDER BY x.position)
		FROM person_skills x WHERE x.person_id = p.id) AS skills,
	(SELECT json_agg(x ORDER BY x.lang) FROM person_languages x WHERE x.person_id = p.id) AS languages,
	(SELECT json_agg(json_build_object('category', x.category, 'until', x.until) ORDER BY x.category)
		FROM person_licences x WHERE x.person_id = p.id) AS licences
	FROM ` + matchable + ` WHERE p.id = ANY(?::uuid[])`

// ForCards reads what person.CardOf needs of people of any agency, in the order
// of the ids, and nothing else of them. Who may not be matched has no card.
func (s Persons) ForCards(ctx context.Context, ids []domain.ID) (out []person.Person, err error) {
	err = s.db.as(ctx, indexRole, func(g *gorm.DB) error {
		out, err = ordered(g, ids, selectCards)
		return err
	})
	return out, err
}

// Introduced reads, of the ids, the people whose name the actor may know, with
// names, e-mail and the numbers of phones that are theirs or shared.
func (Persons) Introduced(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]person.Person, error) {
	const op = "store.Persons.Introduced"
	var rows []struct {
		ID, GivenNames, FamilyName string
		Email                      *string
		Phones                     []byte
	}
	if err := on(ctx, t).Raw(`SELECT id::text, given_names, family_name, email, phones FROM rls.people_introduced(?::uuid[])`,
		idArray(ids)).Scan(&rows).Error; err != nil {
		return nil, fault(op, err)
	}
	out := make(map[domain.ID]person.Person, len(rows))
	for _, r := range rows {
		var phones []phoneRow
		if len(r.Phones) > 0 {
			if err := json.Unmarshal(r.Phones, &phones); err != nil {
				return nil, fault(op, err)
			}
		}
		p := person.Person{ID: domain.ID(r.ID)}
		p.Given, p.Family, p.Email = r.GivenNames, r.FamilyName, textOf(r.Email)
		for _, n := range phones {
			p.Phones = append(p.Phones, n.toDomain())
		}
		out[p.ID] = p
	}
	return out, nil
}

// namesOf reads who people are for a page of a list: those the actor may know
// by name.
func namesOf(g *gorm.DB, ids []string) (map[string]nameRow, error) {
	var rows []nameRow
	err := g.Raw(`SELECT id::text, reference, given_names, family_name FROM rls.people_named(?::uuid[])`, textArray(ids)).Scan(&rows).Error
	out := make(map[string]nameRow, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, fault("store.namesOf", err)
}

type nameRow struct{ ID, Reference, GivenNames, FamilyName string }
