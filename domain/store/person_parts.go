package store

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// partRows collects the rows of the lists of many people.
type partRows struct {
	aliases     []aliasRow
	phones      []phoneRow
	educations  []educationRow
	experiences []experienceRow
	skills      []skillRow
	languages   []languageRow
	licences    []licenceRow
	mobility    []mobilityRow
	wishes      []wishRow
	keys        []nameKeyRow
}

func (parts *partRows) add(p person.Person, keyer person.NameKeyer, seals *sealing, hash func(kind, value string) string) {
	id := string(p.ID)
	for i, a := range p.Aliases {
		parts.aliases = append(parts.aliases, aliasRow{id, i, string(a.Kind), seals.seal(p.ID, aliasColumn, a.Name)})
	}
	for i, n := range p.Phones {
		parts.phones = append(parts.phones, phoneRow{
			id, i, seals.seal(p.ID, numberColumn, n.Number), hash(phoneKind, n.Number), string(n.Owner), seals.seal(p.ID, helperColumn, n.HelperName),
			n.NeverSMS, nullText(n.SafeFrom), nullText(n.SafeUntil), nullTime(n.VerifiedAt),
		})
	}
	for i, e := range p.Educations {
		parts.educations = append(parts.educations, educationRow{
			id, i, string(e.Kind), e.ISCED, nullText(e.Field), seals.seal(p.ID, diplomaColumn, e.Diploma), nullInt(e.Year), nullText(e.Country), string(e.Recognition),
		})
	}
	for i, e := range p.Experience {
		parts.experiences = append(parts.experiences, experienceRow{
			PersonID: id, Position: i, Sealed: seals.seal(p.ID, experienceColumn, sealedWork{e.Title, e.Employer}), OccupationID: nullID(e.OccupationID), LinkScore: e.LinkScore,
			ISCO: nullText(e.ISCO), ISIC: nullText(e.ISIC), Country: nullText(e.Country), Kind: string(e.Kind),
			FromYear: nullInt(e.FromYear), UntilYear: nullInt(e.UntilYear), Ongoing: e.Ongoing, Months: e.Months,
		})
	}
	for i, s := range p.Skills {
		parts.skills = append(parts.skills, skillRow{
			id, i, s.Words, s.Folded, nullID(s.ConceptID), s.LinkScore, string(s.Evidence), string(s.Acquired),
		})
	}
	for _, l := range p.Languages {
		parts.languages = append(parts.languages, languageRow{id, l.Code, string(l.Speaking), l.Reads})
	}
	for _, l := range p.Licences {
		parts.licences = append(parts.licences, licenceRow{id, l.Category, nullText(l.Country), nullISO(l.Until)})
	}
	for _, code := range p.Mobility.Places {
		parts.mobility = append(parts.mobility, mobilityRow{id, code})
	}
	for i, w := range p.Wishes {
		parts.wishes = append(parts.wishes, wishRow{id, i, w.Words, nullID(w.OccupationID), w.LinkScore})
	}
	for _, k := range person.KeysOf(p) {
		parts.keys = append(parts.keys, nameKey(id, keyer, k))
	}
}

// insert writes what was collected, one statement a table.
func (parts *partRows) insert(ctx context.Context, t domain.Tx) error {
	for _, write := range []func() error{
		func() error { return insertMany(ctx, t, "person_aliases", parts.aliases) },
		func() error { return insertMany(ctx, t, "person_phones", parts.phones) },
		func() error { return insertMany(ctx, t, "educations", parts.educations) },
		func() error { return insertMany(ctx, t, "experiences", parts.experiences) },
		func() error { return insertMany(ctx, t, "person_skills", parts.skills) },
		func() error { return insertMany(ctx, t, "person_languages", parts.languages) },
		func() error { return insertMany(ctx, t, "person_licences", parts.licences) },
		func() error { return insertMany(ctx, t, "person_mobility", parts.mobility) },
		func() error { return insertMany(ctx, t, "person_wishes", parts.wishes) },
		func() error { return insertMany(ctx, t, "person_name_keys", parts.keys) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// deleteParts empties a person's lists in one statement.
func deleteParts(ctx context.Context, t domain.Tx, id domain.ID) error {
	const statement = `WITH a AS (DELETE FROM person_aliases WHERE person_id = @id), b AS (DELETE FROM person_phones WHERE person_id = @id),
		c AS (DELETE FROM educations WHERE person_id = @id), d AS (DELETE FROM experiences WHERE person_id = @id),
		e AS (DELETE FROM person_skills WHERE person_id = @id), f AS (DELETE FROM person_languages WHERE person_id = @id),
		g AS (DELETE FROM person_licences WHERE person_id = @id), h AS (DELETE FROM person_mobility WHERE person_id = @id),
		i AS (DELETE FROM person_wishes WHERE person_id = @id)
		DELETE FROM person_name_keys WHERE person_id = @id`
	return fault("store.deleteParts", on(ctx, t).Exec(statement, map[string]any{"id": string(id)}).Error)
}

// loadedPerson is a row with its lists as JSON, so that one query reads any
// number of people whole.
type loadedPerson struct {
	Row         personRow `gorm:"embedded"`
	Aliases     []byte
	Phones      []byte
	Educations  []byte
	Experiences []byte
	Skills      []byte
	Languages   []byte
	Licences    []byte
	Mobility    []byte
	Wishes      []byte
}

// selectPeople reads people whole.
const selectPeople = `SELECT p.*,
	(SELECT json_agg(x ORDER BY x.position) FROM person_aliases x WHERE x.person_id = p.id) AS aliases,
	(SELECT json_agg(x ORDER BY x.position) FROM person_phones x WHERE x.person_id = p.id) AS phones,
	(SELECT json_agg(x ORDER BY x.position) FROM educations x WHERE x.person_id = p.id) AS educations,
	(SELECT json_agg(x ORDER BY x.position) FROM experiences x WHERE x.person_id = p.id) AS experiences,
	(SELECT json_agg(x ORDER BY x.position) FROM person_skills x WHERE x.person_id = p.id) AS skills,
	(SELECT json_agg(x ORDER BY x.lang) FROM person_languages x WHERE x.person_id = p.id) AS languages,
	(SELECT json_agg(x ORDER BY x.category) FROM person_licences x WHERE x.person_id = p.id) AS licences,
	(SELECT json_agg(x ORDER BY x.place_code) FROM person_mobility x WHERE x.person_id = p.id) AS mobility,
	(SELECT json_agg(x ORDER BY x.position) FROM person_wishes x WHERE x.person_id = p.id) AS wishes`

const wholePeople = ` FROM persons p WHERE p.id = ANY(?::uuid[])`

// loadPeople reads the people a query finds among the ids, in no order.
func loadPeople(g *gorm.DB, keys keysOf, query string, ids []domain.ID) ([]person.Person, error) {
	const op = "store.loadPeople"
	var rows []loadedPerson
	if err := g.Raw(query, idArray(ids)).Scan(&rows).Error; err != nil {
		return nil, fault(op, err)
	}
	o, err := keys(subjectsOf(rows, loadedPerson.subject))
	if err != nil {
		return nil, err
	}
	out := make([]person.Person, len(rows))
	for i, r := range rows {
		if out[i], err = r.toDomain(o); err == nil {
			err = o.err
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", op, err)
		}
	}
	return out, nil
}

// subject is whose key the row needs: a card has nothing sealed.
func (r loadedPerson) subject() domain.ID {
	if r.Row.SealedNames == nil && r.Row.SealedIdentity == nil && len(r.Phones) == 0 && r.Row.SealedEntry == nil {
		return ""
	}
	return domain.ID(r.Row.ID)
}

func (r loadedPerson) toDomain(o *opening) (p person.Person, err error) {
	p = r.Row.toDomain(o)
	list(r.Aliases, func(a aliasRow) person.Alias { return a.toDomain(p.ID, o) }, &p.Aliases, &err)
	list(r.Phones, func(n phoneRow) person.Phone { return n.toDomain(p.ID, o) }, &p.Phones, &err)
	list(r.Educations, func(e educationRow) person.Education { return e.toDomain(p.ID, o) }, &p.Educations, &err)
	list(r.Experiences, func(e experienceRow) person.Experience { return e.toDomain(p.ID, o) }, &p.Experience, &err)
	list(r.Skills, skillRow.toDomain, &p.Skills, &err)
	list(r.Languages, languageRow.toDomain, &p.Languages, &err)
	list(r.Licences, licenceRow.toDomain, &p.Licences, &err)
	list(r.Mobility, mobilityRow.toDomain, &p.Mobility.Places, &err)
	list(r.Wishes, wishRow.toDomain, &p.Wishes, &err)
	return p, err
}

// list decodes one list unless something failed before.
func list[R, T any](column []byte, convert func(R) T, into *[]T, failed *error) {
	if *failed != nil || len(column) == 0 {
		return
	}
	var rows []R
	if err := json.Unmarshal(column, &rows); err != nil {
		*failed = err
		return
	}
	for _, r := range rows {
		*into = append(*into, convert(r))
	}
}
