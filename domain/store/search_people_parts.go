package store

import (
	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// A link to an obsolete concept counts as one to its replacement.
const currentConcept = `coalesce(k.replaced_by, k.id)::text`

func readSkills(g *gorm.DB, of who, at map[string]*matching.PersonRecord, concepts conceptSet) error {
	var person, concept, words, evidence string
	return fault("store.Search.readSkills", eachRow(g, `SELECT s.person_id::text, coalesce(`+currentConcept+`, ''), s.words, s.evidence
		FROM person_skills s LEFT JOIN concepts k ON k.id = s.concept_id
		WHERE ? ORDER BY s.person_id, s.position`, []any{of.are("s.person_id")},
		[]any{&person, &concept, &words, &evidence}, func() {
			if p := at[person]; p != nil {
				p.Profile.Skills = append(p.Profile.Skills, matching.Skill{
					Concept: concepts.add(concept), Words: words, Evidence: matching.ParseEvidence(evidence),
				})
				p.Skills = append(p.Skills, words)
			}
		}))
}

func readExperiences(g *gorm.DB, of who, at map[string]*matching.PersonRecord, concepts conceptSet) error {
	var r struct {
		person, concept, isco string
		months, ended, now    int
		ordered               bool
	}
	// Other systems name the latest work first. Our own forms ask for trades in an order of theirs, which says nothing.
	return fault("store.Search.readExperiences", eachRow(g, `SELECT e.person_id::text, coalesce(`+currentConcept+`, ''),
			coalesce(e.isco, k.isco, ''), e.months, extract(year FROM current_date)::int,
			CASE WHEN e.ongoing THEN 0 ELSE coalesce(e.until_year, e.from_year + e.months / 12, -1) END,
			p.entered_mode = 'import'
		FROM experiences e JOIN persons p ON p.id = e.person_id LEFT JOIN concepts k ON k.id = e.occupation_id
		WHERE ? ORDER BY e.person_id, e.position`, []any{of.are("e.person_id", "p.id")},
		[]any{&r.person, &r.concept, &r.isco, &r.months, &r.now, &r.ended, &r.ordered}, func() {
			if p := at[r.person]; p != nil {
				p.Profile.Experiences = append(p.Profile.Experiences, matching.Experience{
					Occupation: concepts.add(r.concept), ISCO: r.isco, Months: r.months,
					Recency: matching.RecencyOf(r.ended, r.now, !r.ordered || len(p.Profile.Experiences) == 0),
				})
			}
		}))
}

func readWishes(g *gorm.DB, of who, at map[string]*matching.PersonRecord, concepts conceptSet) error {
	var person, concept, isco string
	return fault("store.Search.readWishes", eachRow(g, `SELECT w.person_id::text, `+currentConcept+`, coalesce(k.isco, '')
		FROM person_wishes w JOIN concepts k ON k.id = w.occupation_id
		WHERE ? ORDER BY w.person_id, w.position`, []any{of.are("w.person_id")},
		[]any{&person, &concept, &isco}, func() {
			if p := at[person]; p != nil {
				p.Profile.Wishes = append(p.Profile.Wishes, matching.Wish{Occupation: concepts.add(concept), ISCO: isco})
			}
		}))
}

// readAbilities reads what hard conditions look at: languages, licences that
// are still valid, places.
func readAbilities(g *gorm.DB, of who, at map[string]*matching.PersonRecord, _ conceptSet) error {
	var person, kind, code string
	are := of.are("person_id")
	return fault("store.Search.readAbilities", eachRow(g, `SELECT person_id::text, kind, code FROM (
			SELECT person_id, 'language' AS kind, lang AS code FROM person_languages WHERE ?
			UNION ALL SELECT person_id, 'licence', category FROM person_licences WHERE ? AND (until IS NULL OR until >= current_date)
			UNION ALL SELECT person_id, 'place', place_code FROM person_mobility WHERE ?) a
		ORDER BY a.person_id, kind, code`, []any{are, are, are},
		[]any{&person, &kind, &code}, func() {
			p := at[person]
			switch {
			case p == nil:
			case kind == "language":
				p.Profile.Languages = append(p.Profile.Languages, code)
			case kind == "licence":
				p.Profile.Licences = append(p.Profile.Licences, code)
			default:
				p.Profile.Mobility = append(p.Profile.Mobility, code)
			}
		}))
}

// describePeople adds what the taxonomy says: the labels of linked concepts, by
// which staff find people, and what the occupations they held demand.
func describePeople(g *gorm.DB, at map[string]*matching.PersonRecord, concepts conceptSet, lore *matching.Lore) error {
	occupations := conceptSet{}
	for _, p := range at {
		for _, e := range p.Profile.Experiences {
			occupations.add(string(e.Occupation))
		}
	}
	practised, err := lore.Essential.Of(occupations.list(), func(ids []domain.ID) (map[domain.ID][]domain.ID, error) { return essentialSkills(g, ids) })
	if err != nil {
		return err
	}
	labels, err := lore.Labels.Of(concepts.list(), func(ids []domain.ID) (map[domain.ID][]string, error) { return labelsOf(g, ids) })
	if err != nil {
		return err
	}
	for _, p := range at {
		for _, s := range p.Profile.Skills {
			p.Skills = append(p.Skills, labels[s.Concept]...)
		}
		for i, e := range p.Profile.Experiences {
			p.Profile.Experiences[i].Skills = practised[e.Occupation]
			p.Occupations = append(p.Occupations, labels[e.Occupation]...)
		}
	}
	return nil
}
