package profile

import (
	"fmt"

	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web/ui"
)

// keepWords is the answer of somebody who finds none of the proposals right.
const keepWords = "words"

// proposals is how many occupations are proposed for words that are not sure.
const proposals = 5

// Meant asks which occupation words mean, where that is not sure. Nobody has to choose: the words are kept anyway.
func Meant() Question {
	return Question{
		Name: "meant",
		Due: func(a *Asked) (bool, error) {
			unsure, err := a.unsure()
			return len(unsure) > 0, err
		},
		Fill: func(*Asked) error { return nil },
		Read: func(a *Asked) error {
			unsure, err := a.unsure()
			if err != nil {
				return err
			}
			for _, u := range unsure {
				chosen := a.Form.Choice(u.Field, u.values()...)
				if chosen == "" {
					a.Form.Require("error.required", u.Field)
				}
				for _, m := range u.matches {
					if chosen == string(m.Concept.ID) {
						a.Answers.Wishes[u.at].OccupationID, a.Answers.Wishes[u.at].LinkScore = m.Concept.ID, chosenScore
					}
				}
			}
			return nil
		},
		View: func(a *Asked) (any, error) { return a.unsure() },
	}
}

// chosenScore marks a link somebody chose.
const chosenScore = 100

// unsure is one trade whose words may mean several occupations.
type unsure struct {
	Field, Words string
	Options      []ui.Option
	at           int
	matches      []taxonomy.Match
}

func (u unsure) values() []string {
	var out []string
	for _, o := range u.Options {
		out = append(out, o.Value)
	}
	return out
}

// unsure looks for occupations that the unlinked words may mean. Words nothing resembles are not asked about.
func (a *Asked) unsure() ([]unsure, error) {
	var out []unsure
	for i, w := range a.Answers.Wishes {
		if !w.OccupationID.IsZero() {
			continue
		}
		matches, err := a.Kit.Concepts.Link(a.Context.Context(), a.Actor, taxonomy.Query{
			Kind: taxonomy.Occupation, Words: w.Words, Lang: string(a.Tag()), Limit: proposals,
		})
		if err != nil {
			return nil, err
		}
		if len(matches) == 0 {
			continue
		}
		u := unsure{Field: fmt.Sprintf("wishes.%d", i), Words: w.Words, at: i, matches: matches}
		for _, m := range matches {
			name, _ := m.Concept.Name(string(a.Tag()))
			u.Options = append(u.Options, ui.Option{Value: string(m.Concept.ID), Label: name})
		}
		u.Options = append(u.Options, ui.Option{Value: keepWords, Label: a.T("public.ask.meant_none")})
		out = append(out, u)
	}
	return out, nil
}
