package store

import (
	"context"

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
		out, err = ordered(g, s.db.vault.outsideOf(ctx, g), ids, selectCards)
		return err
	})
	return out, err
}

// Introduced reads, of the ids, the people whose name the actor may know, with
// names, e-mail and the numbers of phones that are theirs or shared.
func (Persons) Introduced(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]person.Person, error) {
	const op = "store.Persons.Introduced"
	var rows []introducedRow
	if err := on(ctx, t).Raw(`SELECT id::text, sealed_names, sealed_contact, phones FROM rls.people_introduced(?::uuid[])`,
		idArray(ids)).Scan(&rows).Error; err != nil {
		return nil, fault(op, err)
	}
	o, err := openAll(ctx, t, rows, func(r introducedRow) domain.ID { return domain.ID(r.ID) })
	if err != nil {
		return nil, err
	}
	out := make(map[domain.ID]person.Person, len(rows))
	for _, r := range rows {
		p := person.Person{ID: domain.ID(r.ID)}
		var names sealedNames
		var contact sealedContact
		o.open(p.ID, namesColumn, r.SealedNames, &names)
		o.open(p.ID, contactColumn, r.SealedContact, &contact)
		p.Given, p.Family, p.Email = names.Given, names.Family, contact.Email
		list(r.Phones, func(n phoneRow) person.Phone { return n.toDomain(p.ID, o) }, &p.Phones, &o.err)
		out[p.ID] = p
	}
	return out, o.err
}

type introducedRow struct {
	ID            string
	SealedNames   sealed
	SealedContact sealed
	Phones        []byte
}

// namesOf reads who people are for a page of a list: those the actor may know
// by name.
func namesOf(ctx context.Context, t domain.Tx, ids []string) (map[string]nameRow, error) {
	var rows []struct {
		ID, Reference string
		SealedNames   sealed
	}
	err := on(ctx, t).Raw(`SELECT id::text, reference, sealed_names FROM rls.people_named(?::uuid[])`, textArray(ids)).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.namesOf", err)
	}
	subjects := make([]domain.ID, len(rows))
	for i, r := range rows {
		subjects[i] = domain.ID(r.ID)
	}
	o, err := inside(ctx, t)(subjects)
	if err != nil {
		return nil, err
	}
	out := make(map[string]nameRow, len(rows))
	for _, r := range rows {
		given, family := o.names(domain.ID(r.ID), r.SealedNames)
		out[r.ID] = nameRow{r.ID, r.Reference, given, family}
	}
	return out, o.err
}

// names opens a person's names.
func (o *opening) names(id domain.ID, column sealed) (given, family string) {
	var n sealedNames
	o.open(id, namesColumn, column, &n)
	return n.Given, n.Family
}

type nameRow struct{ ID, Reference, GivenNames, FamilyName string }
