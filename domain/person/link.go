package person

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// link finds the concepts that words of a record mean. It asks the search
// engine, so it runs before a transaction is opened. Links that are there
// already stand: somebody chose them from a list.
func (d Deps) link(ctx context.Context, p *Person) error {
	lang := p.Contact.Language
	if lang == "" {
		lang = "fr"
	}
	for i := range p.Experience {
		e := &p.Experience[i]
		g, err := d.guess(ctx, taxonomy.Occupation, lang, e.Title, e.OccupationID)
		if err != nil {
			return err
		}
		// A group that was given wins: a guess from outside it is wrong.
		if g.Sure() && strings.HasPrefix(g.ISCO, e.ISCO) {
			e.OccupationID, e.ISCO, e.LinkScore = g.ConceptID, g.ISCO, g.Score
		}
	}
	for i := range p.Wishes {
		w := &p.Wishes[i]
		g, err := d.guess(ctx, taxonomy.Occupation, lang, w.Words, w.OccupationID)
		if err != nil {
			return err
		}
		if g.Sure() {
			w.OccupationID, w.LinkScore = g.ConceptID, g.Score
		}
	}
	for i := range p.Skills {
		k := &p.Skills[i]
		g, err := d.guess(ctx, taxonomy.Skill, lang, k.Words, k.ConceptID)
		if err != nil {
			return err
		}
		if g.Sure() {
			k.ConceptID, k.LinkScore = g.ConceptID, g.Score
		}
	}
	return nil
}

func (d Deps) guess(ctx context.Context, kind taxonomy.Kind, lang, words string, known domain.ID) (taxonomy.Guess, error) {
	if !known.IsZero() || words == "" {
		return taxonomy.Guess{}, nil
	}
	return d.Linker.Link(ctx, kind, lang, words)
}
