package matching_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// Small vocabularies, so that random people and vacancies often meet.
var (
	someConcepts = []domain.ID{"", "s1", "s2", "s3", "s4", "s5"}
	someWords    = []string{"", "poser des briques", "pose de briques", "vente", "ventes au marché", "soudeuse", "soudeur"}
	someJobs     = []domain.ID{"", "mason", "carpenter", "driver", "cook"}
	someISCO     = []string{"", "7", "71", "711", "7112", "7115", "8332", "5120"}
	somePlaces   = []string{"ML", "BKO", "KAY", "SIK"}
	someLangs    = []string{"fr", "bm", "en", "ar"}
	someLicences = []string{"B", "C"}
	today        = domain.Date{Year: 2026, Month: time.March, Day: 10}
)

func days() *rapid.Generator[domain.Date] {
	return rapid.Custom(func(t *rapid.T) domain.Date {
		if rapid.Bool().Draw(t, "none") {
			return domain.Date{}
		}
		return today.AddDays(rapid.IntRange(-3, 3).Draw(t, "days"))
	})
}

func some(values []string) *rapid.Generator[[]string] {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, len(values), rapid.ID)
}

func profiles() *rapid.Generator[matching.Profile] {
	return rapid.Custom(func(t *rapid.T) matching.Profile {
		p := matching.Profile{
			ID:             domain.ID(fmt.Sprintf("p%06d", rapid.IntRange(0, 999999).Draw(t, "id"))),
			Mobility:       some(somePlaces).Draw(t, "mobility"),
			Anywhere:       rapid.Bool().Draw(t, "anywhere"),
			ISCED:          rapid.IntRange(0, 8).Draw(t, "isced"),
			Languages:      some(someLangs).Draw(t, "languages"),
			Licences:       some(someLicences).Draw(t, "licences"),
			AvailableFrom:  days().Draw(t, "available"),
			AdultOn:        days().Draw(t, "adult"),
			MatchableUntil: days().Draw(t, "until"),
			WaitingSince:   today.AddDays(-rapid.IntRange(0, 2).Draw(t, "waiting")),
		}
		for range rapid.IntRange(0, 5).Draw(t, "skills") {
			p.Skills = append(p.Skills, matching.Skill{
				Concept:  rapid.SampledFrom(someConcepts).Draw(t, "concept"),
				Words:    rapid.SampledFrom(someWords).Draw(t, "words"),
				Evidence: matching.Evidence(rapid.IntRange(0, 3).Draw(t, "evidence")),
			})
		}
		for range rapid.IntRange(0, 3).Draw(t, "experiences") {
			p.Experiences = append(p.Experiences, matching.Experience{
				Occupation: rapid.SampledFrom(someJobs).Draw(t, "occupation"),
				ISCO:       rapid.SampledFrom(someISCO).Draw(t, "isco"),
				Months:     rapid.IntRange(0, 60).Draw(t, "months"),
				Recency:    matching.Recency(rapid.IntRange(0, 2).Draw(t, "recency")),
				Skills:     rapid.SliceOfNDistinct(rapid.SampledFrom(someConcepts), 0, 3, rapid.ID).Draw(t, "practised"),
			})
		}
		for range rapid.IntRange(0, 2).Draw(t, "wishes") {
			p.Wishes = append(p.Wishes, matching.Wish{
				Occupation: rapid.SampledFrom(someJobs).Draw(t, "wish"), ISCO: rapid.SampledFrom(someISCO).Draw(t, "wish isco"),
			})
		}
		return p
	})
}

func openings() *rapid.Generator[matching.Opening] {
	return rapid.Custom(func(t *rapid.T) matching.Opening {
		o := matching.Opening{
			ID:               domain.ID(fmt.Sprintf("o%06d", rapid.IntRange(0, 999999).Draw(t, "id"))),
			Places:           some(somePlaces).Draw(t, "places"),
			ISCEDMin:         rapid.IntRange(0, 4).Draw(t, "isced"),
			ExperienceMonths: rapid.SampledFrom([]int{0, 0, 1, 12, 36}).Draw(t, "months"),
			Languages:        some(someLangs[:2]).Draw(t, "languages"),
			Licences:         some(someLicences[:1]).Draw(t, "licences"),
			Occupation:       rapid.SampledFrom(someJobs).Draw(t, "occupation"),
			ISCO:             rapid.SampledFrom(someISCO).Draw(t, "isco"),
			Neighbours:       rapid.SliceOfNDistinct(rapid.SampledFrom(someJobs), 0, 2, rapid.ID).Draw(t, "neighbours"),
			StartsOn:         days().Draw(t, "start"),
			OpenFrom:         days().Draw(t, "from"),
			OpenUntil:        days().Draw(t, "until"),
			PostsLeft:        rapid.IntRange(0, 3).Draw(t, "posts"),
		}
		for range rapid.IntRange(0, 9).Draw(t, "needs") {
			o.Skills = append(o.Skills, matching.Need{
				Concept:   rapid.SampledFrom(someConcepts).Draw(t, "concept"),
				Words:     rapid.SampledFrom(someWords).Draw(t, "words"),
				Essential: rapid.Bool().Draw(t, "essential"),
				Rarity:    matching.Rarity(rapid.IntRange(0, 2).Draw(t, "rarity")),
			})
		}
		return o
	})
}
