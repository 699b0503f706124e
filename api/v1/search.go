package v1

import (
	"context"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
)

// Searched is what every search by words takes.
type Searched struct {
	Ranked
	Words  string   `query:"words" maxLength:"200"`
	Region []string `query:"region" maxItems:"30" doc:"Codes of regions"`
	Group  []string `query:"isco" maxItems:"43" doc:"ISCO-08 sub-major groups, two digits"`
}

type searchVacancies struct {
	Searched
	Contract []string `query:"contract" maxItems:"20" enum:"permanent,fixed_term,daily,seasonal,internship,apprenticeship,public_works,self_employment,abroad"`
	Newest   bool     `query:"newest" doc:"The newest first instead of the best"`
}

// question refuses codes that do not exist: a misspelt one would find nothing
// and look like an answer.
func (a *API) question(in Searched) (matching.WordSearch, error) {
	g := a.Places.Present()
	var bad domain.Fields
	for _, code := range in.Region {
		_, known := g.Area(code)
		bad.Check(known, "region", "error.place")
	}
	for _, code := range in.Group {
		class, known := a.Classifications.ISCO.Get(code)
		bad.Check(known && class.Level == 2, "isco", "error.choice")
	}
	return matching.WordSearch{Words: in.Words, Regions: in.Region, Groups: in.Group, Page: in.page()}, bad.Err("v1.search")
}

// Facets count what was found, over the whole result and not the page.
type Facets struct {
	Regions   []Count `json:"regions"`
	ISCO      []Count `json:"isco"`
	Contracts []Count `json:"contracts,omitempty"`
}

// Count is one value of a facet.
type Count struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (a *API) facets(ctx context.Context, f matching.Facets) Facets {
	lang, l, g := language(ctx), edge.LocalizerFrom(ctx), a.Places.Present()
	count := func(name func(string) string) func(matching.Count) Count {
		return func(c matching.Count) Count { return Count{Code: c.Value, Name: name(c.Value), Count: c.Count} }
	}
	return Facets{
		Regions: each(f.Regions, count(func(code string) string {
			area, _ := g.Area(code)
			name, _ := area.Names.In(lang)
			return name
		})),
		ISCO: each(f.Groups, count(func(code string) string {
			title, _ := a.Classifications.ISCO.Title(code, lang)
			return title
		})),
		Contracts: each(f.Contracts, count(func(code string) string { return l.T("reference.contract." + code) })),
	}
}

// found is an answer of a search.
type found[T any] struct {
	Body foundOf[T]
}

type foundOf[T any] struct {
	PageOf[T]
	Total   int    `json:"total"`
	Relaxed bool   `json:"relaxed,omitempty" doc:"Nothing holds all the words: these hold some"`
	Facets  Facets `json:"facets"`
}

func (a *API) searchVacancies(ctx context.Context, in *searchVacancies) (*found[VacancyPublic], error) {
	q, err := a.question(in.Searched)
	if err != nil {
		return nil, err
	}
	q.Contracts, q.Newest = in.Contract, in.Newest
	hits, err := a.Matches.SearchVacancies(ctx, edge.ActorFrom(ctx), q)
	if err != nil {
		return nil, err
	}
	var concepts []domain.ID
	for _, l := range hits.List {
		concepts = append(concepts, vacancyConcepts(l.Vacancy)...)
	}
	n, err := a.named(ctx, concepts)
	if err != nil {
		return nil, err
	}
	return &found[VacancyPublic]{Body: foundOf[VacancyPublic]{
		PageOf: PageOf[VacancyPublic]{Items: each(hits.List, n.publicVacancy), Next: in.next(hits.Total)},
		Total:  hits.Total, Relaxed: hits.Relaxed, Facets: a.facets(ctx, hits.Facets),
	}}, nil
}

// FoundCandidate is somebody found by what they can do.
type FoundCandidate struct {
	Person    string `json:"person_id"`
	Agency    string `json:"agency_id"`
	Readable  bool   `json:"readable" doc:"The reader may open the record"`
	Reference string `json:"reference,omitempty"`
	Given     string `json:"given,omitempty"`
	Family    string `json:"family,omitempty"`
	Card      Card   `json:"card"`
}

func (a *API) searchJobseekers(ctx context.Context, in *Searched) (*found[FoundCandidate], error) {
	q, err := a.question(*in)
	if err != nil {
		return nil, err
	}
	hits, err := a.Matches.SearchPeople(ctx, edge.ActorFrom(ctx), q)
	if err != nil {
		return nil, err
	}
	n, err := a.named(ctx, candidateConcepts(hits.List))
	if err != nil {
		return nil, err
	}
	return &found[FoundCandidate]{Body: foundOf[FoundCandidate]{
		PageOf: PageOf[FoundCandidate]{Next: in.next(hits.Total), Items: each(hits.List, func(c matchmaking.Candidate) FoundCandidate {
			s := n.matchStaff(c)
			return FoundCandidate{
				Person: s.Person, Agency: s.Agency, Readable: s.Readable, Reference: s.Reference, Given: s.Given, Family: s.Family, Card: s.Card,
			}
		})},
		Total: hits.Total, Relaxed: hits.Relaxed, Facets: a.facets(ctx, hits.Facets),
	}}, nil
}
