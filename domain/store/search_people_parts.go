package store

import (
	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// A link to an obsolete concept counts as one to its replacement.
const currentConcept = `coalesce(k.replaced_by, k.id)::text`

func readSkills(g *gorm.DB, ids textArray, at map[domain.ID]*matching.PersonRecord, concepts conceptSet) error {
	var rows []struct{ PersonID, ConceptID, Words, Evidence string }
	err := g.Raw(`SELECT s.person_id::text AS person_id, coalesce(`+currentConcept+`, '') AS concept_id, s.words, s.evidence
		FROM person_skills s LEFT JOIN concepts k ON k.id = s.concept_id
		WHERE s.person_id = ANY(?::uuid[]) ORDER BY s.person_id, s.position`, ids).Scan(&rows).Error
	for _, r := range rows {
		if p := at[domain.ID(r.PersonID)]; p != nil {
			p.Profile.Skills = append(p.Profile.Skills, matching.Skill{
				Concept: concepts.add(r.ConceptID), Words: r.Words, Evidence: matching.ParseEvidence(r.Evidence),
			})
			p.Skills = append(p.Skills, r.Words)
		}
	}
	return fault("store.Search.readSkills", err)
}

func readExperiences(g *gorm.DB, ids textArray, at map[domain.ID]*matching.PersonRecord, concepts conceptSet) error {
	var rows []struct {
		PersonID, ConceptID, ISCO string
		Months, Ended, Now        int
		Ordered                   bool
	}
	// Other systems name the latest work first. Our own forms ask for trades in an order of theirs, which says nothing.
	err := g.Raw(`SELECT e.person_id::text AS person_id, coalesce(`+currentConcept+`, '') AS concept_id,
			coalesce(e.isco, k.isco, '') AS isco, e.months, extract(year FROM current_date)::int AS now,
			CASE WHEN e.ongoing THEN 0 ELSE coalesce(e.until_year, e.from_year + e.months / 12, -1) END AS ended,
			p.entered_mode = 'import' AS ordered
		FROM experiences e JOIN persons p ON p.id = e.person_id LEFT JOIN concepts k ON k.id = e.occupation_id
		WHERE e.person_id = ANY(?::uuid[]) ORDER BY e.person_id, e.position`, ids).Scan(&rows).Error
	if err != nil {
		return fault("store.Search.readExperiences", err)
	}
	occupations := conceptSet{}
	for _, r := range rows {
		occupations.add(r.ConceptID)
	}
	practised, err := essentialSkills(g, occupations)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if p := at[domain.ID(r.PersonID)]; p != nil {
			occupation := concepts.add(r.ConceptID)
			p.Profile.Experiences = append(p.Profile.Experiences, matching.Experience{
				Occupation: occupation, ISCO: r.ISCO, Months: r.Months, Skills: practised[occupation],
				Recency: matching.RecencyOf(r.Ended, r.Now, !r.Ordered || len(p.Profile.Experiences) == 0),
			})
		}
	}
	return nil
}

func readWishes(g *gorm.DB, ids textArray, at map[domain.ID]*matching.PersonRecord, concepts conceptSet) error {
	var rows []struct{ PersonID, ConceptID, ISCO string }
	err := g.Raw(`SELECT w.person_id::text AS person_id, `+currentConcept+` AS concept_id, coalesce(k.isco, '') AS isco
		FROM person_wishes w JOIN concepts k ON k.id = w.occupation_id
		WHERE w.person_id = ANY(?::uuid[]) ORDER BY w.person_id, w.position`, ids).Scan(&rows).Error
	for _, r := range rows {
		if p := at[domain.ID(r.PersonID)]; p != nil {
			p.Profile.Wishes = append(p.Profile.Wishes, matching.Wish{Occupation: concepts.add(r.ConceptID), ISCO: r.ISCO})
		}
	}
	return fault("store.Search.readWishes", err)
}

// readAbilities reads what hard conditions look at: languages, licences that
// are still valid, places.
func readAbilities(g *gorm.DB, ids textArray, at map[domain.ID]*matching.PersonRecord, _ conceptSet) error {
	var rows []struct{ PersonID, Kind, Code string }
	err := g.Raw(`SELECT person_id::text AS person_id, 'language' AS kind, lang AS code FROM person_languages WHERE person_id = ANY(?::uuid[])
		UNION ALL SELECT person_id::text, 'licence', category FROM person_licences
			WHERE person_id = ANY(?::uuid[]) AND (until IS NULL OR until >= current_date)
		UNION ALL SELECT person_id::text, 'place', place_code FROM person_mobility WHERE person_id = ANY(?::uuid[])
		ORDER BY 1, 2, 3`, ids, ids, ids).Scan(&rows).Error
	for _, r := range rows {
		p := at[domain.ID(r.PersonID)]
		switch {
		case p == nil:
		case r.Kind == "language":
			p.Profile.Languages = append(p.Profile.Languages, r.Code)
		case r.Kind == "licence":
			p.Profile.Licences = append(p.Profile.Licences, r.Code)
		default:
			p.Profile.Mobility = append(p.Profile.Mobility, r.Code)
		}
	}
	return fault("store.Search.readAbilities", err)
}

// labelPeople adds the labels of linked concepts, by which staff find people.
func labelPeople(g *gorm.DB, at map[domain.ID]*matching.PersonRecord, concepts conceptSet) error {
	labels, err := concepts.labels(g)
	if err != nil {
		return err
	}
	for _, p := range at {
		for _, s := range p.Profile.Skills {
			p.Skills = append(p.Skills, labels[s.Concept]...)
		}
		for _, e := range p.Profile.Experiences {
			p.Occupations = append(p.Occupations, labels[e.Occupation]...)
		}
	}
	return nil
}
