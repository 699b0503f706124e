package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// ConceptRef names an occupation or a skill.
type ConceptRef struct {
	ID   string `json:"id"`
	Name string `json:"name" doc:"In the reader's language where there is one"`
	Lang string `json:"lang,omitempty" doc:"Language the name is in"`
	ISCO string `json:"isco,omitempty" doc:"ISCO-08 unit group, of occupations"`
}

// Concept is an occupation or a skill with all its names.
type Concept struct {
	ConceptRef
	Kind       string  `json:"kind" enum:"occupation,skill"`
	URI        string  `json:"uri" doc:"ESCO's address, or Baara's own"`
	SkillKind  string  `json:"skill_kind,omitempty" doc:"skill or knowledge"`
	Obsolete   bool    `json:"obsolete,omitempty" doc:"No longer offered; kept for records that point to it"`
	ReplacedBy string  `json:"replaced_by,omitempty"`
	Labels     []Label `json:"labels"`
}

// Label is one name of a concept.
type Label struct {
	Lang      string `json:"lang"`
	Text      string `json:"text"`
	Preferred bool   `json:"preferred,omitempty"`
	Reviewed  bool   `json:"reviewed" doc:"A native speaker has read it"`
}

// ConceptMatch is a concept that words mean.
type ConceptMatch struct {
	ConceptRef
	Kind    string `json:"kind" enum:"occupation,skill"`
	Matched string `json:"matched" doc:"The name that answered"`
	Score   int    `json:"score" doc:"0–100: how sure it is that this is meant; 100 for the very words of a name that no other concept has"`
}

// LinkedConcept is a concept that finished words may mean.
type LinkedConcept struct {
	ConceptMatch
	Sure bool `json:"sure" doc:"Sure enough to be stored as a link; otherwise somebody is asked. At most one is"`
}

// RelatedConcept is a concept beside another.
type RelatedConcept struct {
	ConceptRef
	Kind     string `json:"kind" enum:"occupation,skill"`
	Relation string `json:"relation" enum:"essential,optional,broader,related"`
	Inward   bool   `json:"inward,omitempty" doc:"The relation starts at this one: it needs, or is narrower than, the one asked about"`
}

// Release is an edition of the taxonomy that was stored.
type Release struct {
	Scheme  string `json:"scheme"`
	Version string `json:"version"`
	Source  string `json:"source" doc:"Publisher and terms"`
}

func refOf(ctx context.Context, c taxonomy.Concept) ConceptRef {
	name, lang := c.Name(language(ctx))
	return ConceptRef{ID: string(c.ID), Name: name, Lang: lang, ISCO: c.ISCO}
}

type searchConcepts struct {
	Words string `query:"words" required:"true" maxLength:"200" doc:"In any language; the last word may be unfinished"`
	Kind  string `query:"kind" enum:"occupation,skill"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"10"`
}

type linkWords struct {
	Words string `query:"words" required:"true" maxLength:"200" doc:"A title or a skill as somebody wrote it, in any language"`
	Kind  string `query:"kind" enum:"occupation,skill" default:"occupation"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"5"`
}

func (a *API) mountTaxonomy(g huma.API) {
	add(g, route{id: "search-concepts", method: http.MethodGet, path: "/taxonomy/concepts", summary: "Occupations and skills by words in any language",
		tag: "taxonomy", public: true}, a.searchConcepts)
	add(g, route{id: "link-words", method: http.MethodGet, path: "/taxonomy/link", summary: "What words mean: occupations or skills, the likeliest first",
		tag: "taxonomy", public: true}, a.linkWords)
	add(g, route{id: "get-concept", method: http.MethodGet, path: "/taxonomy/concepts/{id}", summary: "One occupation or skill with all its names",
		tag: "taxonomy", public: true}, a.getConcept)
	add(g, route{id: "list-related-concepts", method: http.MethodGet, path: "/taxonomy/concepts/{id}/related",
		summary: "What lies beside it: needed skills first, essential before optional", tag: "taxonomy", public: true}, a.relatedConcepts)
	add(g, route{id: "list-taxonomy-releases", method: http.MethodGet, path: "/taxonomy/releases", summary: "Editions that were stored, the latest first",
		tag: "taxonomy", public: true}, a.listReleases)
}

func (a *API) searchConcepts(ctx context.Context, in *searchConcepts) (*list[ConceptMatch], error) {
	found, err := a.Concepts.Search(ctx, edge.ActorFrom(ctx), taxonomy.Query{
		Kind: taxonomy.Kind(in.Kind), Words: in.Words, Lang: language(ctx), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return whole(found, func(m taxonomy.Match) ConceptMatch { return matchOf(ctx, m) }), nil
}

func matchOf(ctx context.Context, m taxonomy.Match) ConceptMatch {
	return ConceptMatch{ConceptRef: refOf(ctx, m.Concept), Kind: string(m.Concept.Kind), Matched: m.Matched.Text, Score: m.Score}
}

func (a *API) linkWords(ctx context.Context, in *linkWords) (*list[LinkedConcept], error) {
	found, err := a.Concepts.Link(ctx, edge.ActorFrom(ctx), taxonomy.Query{
		Kind: taxonomy.Kind(in.Kind), Words: in.Words, Lang: language(ctx), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return whole(found, func(m taxonomy.Match) LinkedConcept {
		// Only the first can be sure: the linker never calls two of them so.
		return LinkedConcept{matchOf(ctx, m), m.Score >= taxonomy.SureEnough}
	}), nil
}

func (a *API) getConcept(ctx context.Context, in *ByID) (*plain[Concept], error) {
	c, err := a.Concepts.Get(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return &plain[Concept]{Body: Concept{
		ConceptRef: refOf(ctx, c), Kind: string(c.Kind), URI: c.URI, SkillKind: c.SkillKind,
		Obsolete: c.Status == taxonomy.Obsolete, ReplacedBy: string(c.ReplacedBy),
		Labels: each(c.Labels, func(l taxonomy.Label) Label {
			return Label{Lang: l.Lang, Text: l.Text, Preferred: l.Preferred, Reviewed: l.Reviewed}
		}),
	}}, nil
}

func (a *API) relatedConcepts(ctx context.Context, in *ByID) (*list[RelatedConcept], error) {
	found, err := a.Concepts.Related(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(found, func(n taxonomy.Neighbour) RelatedConcept {
		return RelatedConcept{ConceptRef: refOf(ctx, n.Concept), Kind: string(n.Concept.Kind), Relation: string(n.Kind), Inward: n.Inward}
	}), nil
}

func (a *API) listReleases(ctx context.Context, _ *struct{}) (*list[Release], error) {
	found, err := a.Concepts.Versions(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return whole(found, func(v taxonomy.Version) Release {
		return Release{Scheme: v.Scheme, Version: v.Version, Source: v.Source}
	}), nil
}

// language is the reader's.
func language(ctx context.Context) string { return string(edge.LocalizerFrom(ctx).Tag()) }

// names are the concepts that records of one answer mention, read together.
type names struct {
	ctx      context.Context
	concepts map[domain.ID]taxonomy.Concept
}

// named reads the concepts of the ids; "" and repeated ones are fine.
func (a *API) named(ctx context.Context, ids []domain.ID) (names, error) {
	wanted := make(map[domain.ID]bool, len(ids))
	var list []domain.ID
	for _, id := range ids {
		if id != "" && !wanted[id] {
			wanted[id] = true
			list = append(list, id)
		}
	}
	n := names{ctx: ctx}
	if len(list) == 0 {
		return n, nil
	}
	var err error
	// Names are public: a token limited to other acts still reads them.
	n.concepts, err = a.Concepts.Many(ctx, domain.Anonymous(), list)
	return n, err
}

// of names a concept; nil where there is none.
func (n names) of(id domain.ID) *ConceptRef {
	c, ok := n.concepts[id]
	if !ok {
		return nil
	}
	return pointer(refOf(n.ctx, c))
}

// name is a concept's name, "" where there is none.
func (n names) name(id domain.ID) string {
	if ref := n.of(id); ref != nil {
		return ref.Name
	}
	return ""
}
