package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
)

// ChosenScore is the link score of a concept somebody chose.
const ChosenScore = 100

// guesses is what the words of a vacancy most likely mean. They are made
// before the transaction opens: the linker reads the search index.
type guesses struct {
	title  taxonomy.Guess
	skills []taxonomy.Guess
}

func (s *Vacancies) guess(ctx context.Context, in VacancyFields) (guesses, error) {
	var out guesses
	var err error
	if out.title, err = s.d.Linker.Link(ctx, taxonomy.Occupation, in.Lang, in.Title); err != nil {
		return guesses{}, err
	}
	out.skills = make([]taxonomy.Guess, len(in.Skills))
	for i, skill := range in.Skills {
		if out.skills[i], err = s.d.Linker.Link(ctx, taxonomy.Skill, in.Lang, skill.Words); err != nil {
			return guesses{}, err
		}
	}
	return out, nil
}

// apply puts the fields on the vacancy with the links of their words.
func (v *Vacancy) apply(in VacancyFields, g guesses, chosen map[domain.ID]taxonomy.Concept) {
	title := link(in.Title, in.OccupationID, linked{v.Title, v.OccupationID, v.LinkScore}, g.title)
	v.OccupationID, v.LinkScore = title.concept, title.score
	switch {
	case v.OccupationID.IsZero():
		v.ISCO = in.ISCO
	case v.OccupationID == g.title.ConceptID:
		v.ISCO = g.title.ISCO
	default:
		v.ISCO = chosen[v.OccupationID].ISCO
	}
	before := map[domain.ID]linked{}
	for _, s := range v.Skills {
		before[s.ConceptID] = linked{s.Words, s.ConceptID, s.LinkScore}
	}
	v.Skills = make([]RequiredSkill, len(in.Skills))
	for i, s := range in.Skills {
		l := link(s.Words, s.ConceptID, before[s.ConceptID], g.skills[i])
		v.Skills[i] = RequiredSkill{Words: s.Words, ConceptID: l.concept, LinkScore: l.score, Importance: s.Importance}
	}
	v.ClientName, v.Title, v.Description, v.Lang = in.ClientName, in.Title, in.Description, in.Lang
	v.Posts, v.Contract = in.Posts, in.Contract
	v.WageMin, v.WageMax, v.WagePeriod = in.WageMin, in.WageMax, in.WagePeriod
	v.PlaceCode, v.AbroadCountry = in.PlaceCode, in.AbroadCountry
	v.ISCEDMin, v.ExperienceMonths, v.StartsOn, v.OpenUntil = in.ISCEDMin, in.ExperienceMonths, in.StartsOn, in.OpenUntil
	v.FeeFree, v.Languages, v.Licences = in.FeeFree, in.Languages, in.Licences
}

// linked is words and the concept stored beside them.
type linked struct {
	words   string
	concept domain.ID
	score   int
}

// link decides what some words point to: what somebody chose for them, what
// was stored for the same words, or a guess that is sure enough. A guessed
// link does not outlive its words.
func link(words string, chosen domain.ID, before linked, guess taxonomy.Guess) linked {
	kept := chosen != "" && chosen == before.concept
	same := text.Fold(words) == text.Fold(before.words)
	switch {
	case kept && (same || before.score == ChosenScore):
		return linked{words, chosen, before.score}
	case chosen != "" && !kept:
		return linked{words, chosen, ChosenScore}
	case guess.Sure():
		return linked{words, guess.ConceptID, guess.Score}
	}
	return linked{words: words}
}

// chosen reads the concepts named in the input. One that does not exist, or is
// of the other kind, is a wrong field.
func (s *Vacancies) chosen(ctx context.Context, tx domain.Tx, in VacancyFields, bad *domain.Fields) (map[domain.ID]taxonomy.Concept, error) {
	var ids []domain.ID
	if in.OccupationID != "" {
		ids = append(ids, in.OccupationID)
	}
	for _, skill := range in.Skills {
		if skill.ConceptID != "" {
			ids = append(ids, skill.ConceptID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := s.d.Concepts.Concepts(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	bad.Check(in.OccupationID == "" || found[in.OccupationID].Kind == taxonomy.Occupation, "occupation", "error.choice")
	for i, skill := range in.Skills {
		bad.Check(skill.ConceptID == "" || found[skill.ConceptID].Kind == taxonomy.Skill, skillName(i, "concept"), "error.choice")
	}
	return found, nil
}
