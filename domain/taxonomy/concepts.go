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
	maxCandidates  = 500 // labels looked at for one query
)

// Search finds concepts by words, best first. Accents and case do not count,
// the last word may be unfinished. Words that find nothing give an empty list;
// no words at all are Invalid.
func (c *Concepts) Search(ctx context.Context, actor domain.Actor, q Query) ([]Match, error) {
	var fields domain.Fields
	fields.Check(q.Kind == "" || q.Kind == Occupation || q.Kind == Skill, "kind", "error.choice")
	fields.Check(utf8.RuneCountInString(q.Words) <= maxWords, "words", "error.too_long", "Max", maxWords)
	tokens := text.Tokens(q.Words)
	fields.Check(len(tokens) > 0, "words", "error.required")
	if err := fields.Err("taxonomy.Search"); err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = defaultMatches
	}
	q.Limit = min(q.Limit, maxMatches)
	var out []Match
	err := c.view(ctx, actor, func(tx domain.Tx) error {
		hits, err := c.deps.Store.Candidates(ctx, tx, q.Kind, tokens, maxCandidates)
		if err != nil {
			return err
		}
		best := rank(hits, strings.Join(tokens, " "), q)
		ids := make([]domain.ID, len(best))
		for i, h := range best {
			ids[i] = h.ConceptID
		}
		concepts, err := c.deps.Store.Concepts(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, h := range best {
			out = append(out, Match{Concept: concepts[h.ConceptID], Matched: h.Label, Score: h.score})
		}
		return nil
	})
	return out, err
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
