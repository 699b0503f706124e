package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// selectNamed reads who people are, without what they can do and without what
// the name register has no use for.
const selectNamed = `SELECT p.id, p.reference, p.sealed_names, p.sealed_identity, p.birth_year, p.birth_precision,
	p.residence_kind, p.residence_country, p.residence_place, p.residence_region,
	(SELECT json_agg(x ORDER BY x.position) FROM person_aliases x WHERE x.person_id = p.id) AS aliases,
	(SELECT json_agg(json_build_object('sealed_number', x.sealed_number, 'owner', x.owner) ORDER BY x.position)
		FROM person_phones x WHERE x.person_id = p.id) AS phones`

// Named reads rows of the name register, of any agency: whoever asks narrows
// them before they are shown.
func (s Persons) Named(ctx context.Context, ids []domain.ID) (out []person.Person, err error) {
	err = s.db.as(ctx, registerRole, func(g *gorm.DB) error {
		out, err = ordered(g, s.db.vault.outsideOf(ctx, g), ids, selectNamed+wholePeople)
		return err
	})
	return out, err
}

// ByKeys looks people of any agency up in the name register. A person's weight
// is the sum, over the words asked for, of the heaviest key that matched.
func (s Persons) ByKeys(ctx context.Context, keys []person.WeightedKey, f person.FindFilter, limit int) ([]person.Keyed, error) {
	stored := make(textArray, len(keys))
	words := make(textArray, len(keys))
	weights := make(textArray, len(keys))
	for i, k := range keys {
		stored[i], words[i], weights[i] = s.keyer.StoredKey(k.Key), strconv.Itoa(k.Word), strconv.Itoa(k.Weight)
	}
	where, args := "TRUE", []any{stored, words, weights}
	narrow := func(condition string, values ...any) {
		where += " AND " + condition
		args = append(args, values...)
	}
	if !f.AgencyID.IsZero() {
		narrow("r.agency_id = ?", string(f.AgencyID))
	}
	if f.Region != "" {
		narrow("p.residence_region = ?", f.Region)
	}
	if f.State != "" {
		narrow("r.state = ?", string(f.State))
	}
	if f.YearFrom > 0 {
		narrow("(p.birth_year IS NULL OR p.birth_year >= ?)", f.YearFrom)
	}
	if f.YearUntil > 0 {
		narrow("(p.birth_year IS NULL OR p.birth_year <= ?)", f.YearUntil)
	}
	join := ""
	if where != "TRUE" {
		join = "JOIN persons p ON p.id = k.person_id JOIN registrations r ON r.person_id = p.id"
	}
	var weight []string // one number a word: fewer groups than a row for each person and word
	for _, word := range slices.Compact(slices.Sorted(slices.Values(words))) {
		weight = append(weight, "coalesce(max(a.weight) FILTER (WHERE a.word = "+word+"), 0)")
	}
	if len(weight) == 0 {
		return nil, nil
	}
	var rows []struct {
		PersonID string
		Weight   int
	}
	err := s.db.as(ctx, registerRole, func(g *gorm.DB) error {
		return fault("store.Persons.ByKeys", g.Raw(`SELECT k.person_id::text AS person_id, `+strings.Join(weight, " + ")+` AS weight
			FROM unnest(?::text[], ?::int[], ?::int[]) AS a(key, word, weight) JOIN person_name_keys k ON k.key = a.key `+join+` WHERE `+where+`
			GROUP BY k.person_id ORDER BY 2 DESC, k.person_id LIMIT ?`, append(args, limit)...).Scan(&rows).Error)
	})
	out := make([]person.Keyed, len(rows))
	for i, r := range rows {
		out[i] = person.Keyed{PersonID: domain.ID(r.PersonID), Weight: r.Weight}
	}
	return out, err
}
