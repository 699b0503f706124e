package v1

import (
	"context"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Card is what people outside the agency may see of somebody: nothing by which
// a person could be recognised or found.
type Card struct {
	Code          string           `json:"code" example:"P-7K2M-4QXA" doc:"A pseudonym, the same on every card of the person"`
	Region        string           `json:"region,omitempty"`
	ISCED         *int             `json:"isced,omitempty" doc:"Highest level; missing where not said"`
	Skills        []CardSkill      `json:"skills"`
	Experience    []CardExperience `json:"experience"`
	Languages     []Spoken         `json:"languages"`
	Licences      []string         `json:"licences"`
	Anywhere      bool             `json:"anywhere,omitempty" doc:"Would work in any region"`
	AvailableFrom string           `json:"available_from,omitempty" format:"date"`
}

// CardSkill is a skill of the taxonomy with its evidence.
type CardSkill struct {
	Concept  *ConceptRef `json:"concept"`
	Evidence string      `json:"evidence"`
}

// CardExperience is an occupation with the full years in it, all employers and
// countries together.
type CardExperience struct {
	Occupation *ConceptRef `json:"occupation"`
	Years      int         `json:"years"`
}

func (n names) card(c person.Card) Card {
	return Card{
		Code: c.Code, Region: c.Region, ISCED: c.ISCED, Anywhere: c.Anywhere, AvailableFrom: c.AvailableFrom.String(),
		Skills: each(c.Skills, func(s person.CardSkill) CardSkill {
			return CardSkill{Concept: n.of(s.ConceptID), Evidence: string(s.Evidence)}
		}),
		Experience: each(c.Experience, func(e person.CardExperience) CardExperience {
			return CardExperience{Occupation: n.of(e.OccupationID), Years: e.Years}
		}),
		Languages: each(c.Languages, spokenOut), Licences: append([]string{}, c.Licences...),
	}
}

func cardConcepts(c person.Card) []domain.ID {
	var out []domain.ID
	for _, s := range c.Skills {
		out = append(out, s.ConceptID)
	}
	for _, e := range c.Experience {
		out = append(out, e.OccupationID)
	}
	return out
}

func (a *API) getCard(ctx context.Context, in *ByID) (*plain[Card], error) {
	c, err := a.Jobseekers.Card(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	n, err := a.named(ctx, cardConcepts(c))
	if err != nil {
		return nil, err
	}
	return &plain[Card]{Body: n.card(c)}, nil
}
