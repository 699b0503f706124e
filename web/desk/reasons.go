package desk

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/text"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// Fit says in words why somebody stands where they do among those who fit a
// vacancy: no more than the explanation of the match and the pseudonymous card
// hold, whoever reads it.
type Fit struct {
	Score     string // "2 compétences sur 3"; "" where the vacancy asks for none
	Available ui.Tag
	Met       ui.Tags
	Missing   ui.Tags
	Facts     []ui.Fact
	Why       []string
}

// FitOf tells it in the vacancy's own words. occupation is the name of the
// explanation's occupation, "" where it names none.
func FitOf(c *web.Context, w Words, v employer.Vacancy, card person.Card, why matching.Explanation, occupation string) Fit {
	out := Fit{Available: available(c, card), Facts: cardFacts(c, w, card), Why: reasons(c, why, occupation)}
	own := OwnWords(v)
	var practised []string
	for _, s := range why.Skills {
		words := own(s)
		if s.Met {
			out.Met = append(out.Met, ui.Tag{Text: words, Tone: ui.Good, Icon: "check"})
			continue
		}
		if s.Practice != matching.Unpractised {
			practised = append(practised, words)
			continue
		}
		if s.Essential {
			words = c.T("employer.matches.essential", "Skill", words)
		}
		out.Missing = append(out.Missing, ui.Tag{Text: words, Tone: ui.Quiet, Icon: "circle"})
	}
	if len(practised) > 0 {
		out.Why = append(out.Why, c.T("employer.matches.practised", "Skills", c.List(practised)))
	}
	if len(why.Skills) > 0 {
		out.Score = c.N("employer.matches.score", len(out.Met), "Total", len(why.Skills))
	}
	return out
}

// FitOccupations lists the occupations that explanations name, to read their names at once.
func FitOccupations(list ...matching.Explanation) []domain.ID {
	var ids []domain.ID
	for _, why := range list {
		if !why.Occupation.Occupation.IsZero() {
			ids = append(ids, why.Occupation.Occupation)
		}
	}
	return ids
}

// OwnWords gives the employer's words for a need, which an explanation names by
// concept or by neutral words.
func OwnWords(v employer.Vacancy) func(matching.SkillResult) string {
	out := map[string]string{}
	for _, s := range v.Skills {
		if !s.ConceptID.IsZero() {
			out[string(s.ConceptID)] = s.Words
		}
		out[text.Neutral(s.Words)] = s.Words
	}
	return func(s matching.SkillResult) string {
		if words := out[string(s.Concept)]; words != "" {
			return words
		}
		return out[s.Words]
	}
}

func cardFacts(c *web.Context, w Words, card person.Card) []ui.Fact {
	var out []ui.Fact
	if region := w.Place(card.Region); region != "" {
		out = append(out, ui.Fact{Icon: "map-pin", Text: region})
	}
	var spoken []string
	for _, l := range card.Languages {
		spoken = append(spoken, l.Code)
	}
	if len(spoken) > 0 {
		out = append(out, ui.Fact{Icon: "languages", Text: c.List(w.Languages(spoken...))})
	}
	return out
}

// available says from when somebody could begin.
func available(c *web.Context, card person.Card) ui.Tag {
	if card.AvailableFrom.IsZero() {
		return ui.Tag{Text: c.T("employer.matches.available"), Tone: ui.Good}
	}
	return ui.Tag{Text: c.T("employer.matches.available_from", "Date", c.Date(card.AvailableFrom)), Tone: ui.Quiet}
}

// reasons tells what counted, from the explanation alone.
func reasons(c *web.Context, why matching.Explanation, occupation string) []string {
	var out []string
	for _, s := range why.Conditions {
		if s.Met && s.Condition != matching.ConditionOpen && s.Condition != matching.ConditionConsent && s.Condition != matching.ConditionHazard {
			out = append(out, c.T("employer.condition."+string(s.Condition)))
		}
	}
	relation := why.Occupation.Relation
	switch {
	case relation == matching.Unrelated:
		out = append(out, c.T("employer.relation.unrelated"))
	case occupation != "":
		time := c.T("employer.recency."+why.Occupation.Recency.String(), "Time", c.T("employer.duration."+why.Occupation.Duration.String()))
		out = append(out, c.T("employer.relation.named", "Occupation", occupation, "Time", time))
	default:
		out = append(out, c.T("employer.relation."+relation.String()))
	}
	proven := 0
	for _, s := range why.Skills {
		if s.Met && s.Evidence > matching.Declared {
			proven++
		}
	}
	if proven > 0 {
		out = append(out, c.N("employer.matches.proven", proven))
	}
	return out
}
