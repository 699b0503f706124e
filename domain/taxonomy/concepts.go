package taxonomy

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/text"
)

// ConceptsDeps is what the reading use-cases are built from.
type ConceptsDeps struct {
	Tx     domain.Transactor
	Store  Store
	Linker Ranker
	Policy access.Policy
}

// Concepts finds and reads occupations and skills.
type Concepts struct{ deps ConceptsDeps }

// NewConcepts makes the use-cases.
func NewConcepts(deps ConceptsDeps) *Concepts { return &Concepts{deps} }

// Query asks for concepts by words.
type Query struct {
	Kind  Kind   // "" for both
	Words string // in any language
	Lang  string // the reader's language: decides ties, and which name is shown
	Limit int    // 0 means 10, at most 50
}

// Match is a concept that answers a query.
type Match struct {
	Concept Concept
	Matched Label // the label that answered
	Score   int   // 0–100; equal words of a preferred label give 100
}

// Bounds of a query.
const (
	defaultMatches = 10
	maxMatches     = 50
	maxWords       = 200 // characters
)

// Search finds concepts by words that are still being typed, best first:
// accents, case, gender and small errors do not count, the last word may be
// unfinished. Words that find nothing give an empty list; no words at all are
// Invalid.
func (c *Concepts) Search(ctx context.Context, actor domain.Actor, q Query) ([]Match, error) {
	return c.find(ctx, actor, q, c.deps.Linker.Suggest)
}

// Link finds the concepts that finished words may mean, best first. The first
// is what the words are linked to where it is Sure; the others are for
// somebody to choose from.
func (c *Concepts) Link(ctx context.Context, actor domain.Actor, q Query) ([]Match, error) {
	return c.find(ctx, actor, q, c.deps.Linker.Rank)
}

type ranking func(ctx context.Context, kind Kind, lang, words string, limit int) ([]Guess, error)

func (c *Concepts) find(ctx context.Context, actor domain.Actor, q Query, rank ranking) ([]Match, error) {
	var fields domain.Fields
	fields.Check(q.Kind == "" || q.Kind == Occupation || q.Kind == Skill, "kind", "error.choice")
	fields.Check(utf8.RuneCountInString(q.Words) <= maxWords, "words", "error.too_long", "Max", maxWords)
	fields.Check(text.Fold(q.Words) != "", "words", "error.required")
	if err := fields.Err("taxonomy.find"); err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = defaultMatches
	}
	q.Limit = min(q.Limit, maxMatches)
	guesses, err := rankKinds(ctx, q, rank)
	if err != nil {
		return nil, err
	}
	ids := make([]domain.ID, len(guesses))
	for i, g := range guesses {
		ids[i] = g.ConceptID
	}
	concepts, err := c.Many(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	var out []Match
	for _, g := range guesses {
		// The dictionary may be a little older than the taxonomy.
		if concept, ok := concepts[g.ConceptID]; ok && concept.Status == Active {
			out = append(out, Match{Concept: concept, Matched: concept.label(g), Score: g.Score})
		}
	}
	return out, nil
}

// rankKinds asks for the kind, or for both and merges them by score.
func rankKinds(ctx context.Context, q Query, rank ranking) ([]Guess, error) {
	kinds := []Kind{q.Kind}
	if q.Kind == "" {
		kinds = []Kind{Occupation, Skill}
	}
	var out []Guess
	for _, kind := range kinds {
		found, err := rank(ctx, kind, q.Lang, q.Words, q.Limit)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	if q.Kind == "" {
		slices.SortStableFunc(out, func(a, b Guess) int { return cmp.Compare(b.Score, a.Score) })
	}
	return out[:min(len(out), q.Limit)], nil
}

// label is the concept's label that answered.
func (c Concept) label(g Guess) Label {
	for _, l := range c.Labels {
		if l.Text == g.Matched && l.Lang == g.Lang {
			return l
		}
	}
	return Label{Lang: g.Lang, Text: g.Matched}
}

// Get gives one concept, also an obsolete one.
func (c *Concepts) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Concept, error) {
	var out Concept
	err := c.view(ctx, actor, func(tx domain.Tx) (err error) {
		out, err = c.deps.Store.Concept(ctx, tx, id)
		return err
	})
	return out, err
}

// Many gives those of the ids that exist: names for a list, without a query for each.
func (c *Concepts) Many(ctx context.Context, actor domain.Actor, ids []domain.ID) (map[domain.ID]Concept, error) {
	var out map[domain.ID]Concept
	err := c.view(ctx, actor, func(tx domain.Tx) (err error) {
		out, err = c.deps.Store.Concepts(ctx, tx, ids)
		return err
	})
	return out, err
}

// ByURI gives the ids of those addresses that are known, for imports.
func (c *Concepts) ByURI(ctx context.Context, actor domain.Actor, uris []string) (map[string]domain.ID, error) {
	var out map[string]domain.ID
	err := c.view(ctx, actor, func(tx domain.Tx) (err error) {
		out, err = c.deps.Store.ByURI(ctx, tx, uris)
		return err
	})
	return out, err
}

// Neighbour is a concept beside another and how they are related.
type Neighbour struct {
	Concept Concept
	Kind    RelationKind
	Inward  bool // the relation starts at the neighbour: "is needed by", "is narrower"
}

// Related gives a concept's neighbours: the skills of an occupation (essential
// first), the occupations a skill is needed in, broader and narrower ones.
func (c *Concepts) Related(ctx context.Context, actor domain.Actor, id domain.ID) ([]Neighbour, error) {
	var out []Neighbour
	err := c.view(ctx, actor, func(tx domain.Tx) error {
		if _, err := c.deps.Store.Concept(ctx, tx, id); err != nil {
			return err
		}
		relations, err := c.deps.Store.Relations(ctx, tx, id)
		if err != nil {
			return err
		}
		ids := make([]domain.ID, len(relations))
		for i, r := range relations {
			ids[i] = r.other(id)
		}
		concepts, err := c.deps.Store.Concepts(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, r := range relations {
			out = append(out, Neighbour{Concept: concepts[r.other(id)], Kind: r.Kind, Inward: r.To == id})
		}
		sortNeighbours(out)
		out = withoutWeaker(out)
		return nil
	})
	return out, err
}

func (r Relation) other(id domain.ID) domain.ID {
	if r.From == id {
		return r.To
	}
	return r.From
}

// withoutWeaker drops a need that another source calls essential.
func withoutWeaker(sorted []Neighbour) []Neighbour {
	essential := map[domain.ID]bool{}
	return slices.DeleteFunc(sorted, func(n Neighbour) bool {
		if n.Kind == Essential {
			essential[n.Concept.ID] = true
		}
		return n.Kind == Optional && essential[n.Concept.ID]
	})
}

// sortNeighbours puts needs before hierarchy, essential before optional.
func sortNeighbours(list []Neighbour) {
	order := []RelationKind{Essential, Optional, Broader, Related}
	slices.SortFunc(list, func(a, b Neighbour) int {
		an, _ := a.Concept.Name("fr")
		bn, _ := b.Concept.Name("fr")
		return cmp.Or(
			slices.Index(order, a.Kind)-slices.Index(order, b.Kind),
			strings.Compare(text.Fold(an), text.Fold(bn)), strings.Compare(string(a.Concept.ID), string(b.Concept.ID)),
		)
	})
}

// Versions lists the stored releases, the latest first: the credits page names their sources.
func (c *Concepts) Versions(ctx context.Context, actor domain.Actor) ([]Version, error) {
	var out []Version
	err := c.view(ctx, actor, func(tx domain.Tx) (err error) {
		out, err = c.deps.Store.Versions(ctx, tx)
		return err
	})
	return out, err
}

func (c *Concepts) view(ctx context.Context, actor domain.Actor, fn func(domain.Tx) error) error {
	if err := c.deps.Policy.Check(actor, access.TaxonomyRead, access.Facts{}); err != nil {
		return err
	}
	return c.deps.Tx.View(ctx, actor, fn)
}
