package v1

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
)

// MatchEmployer is somebody who fits a vacancy, as its employer sees it.
type MatchEmployer struct {
	View   string `json:"view" enum:"employer"`
	Card   Card   `json:"card"`
	Points int    `json:"points"`
	Why    Why    `json:"why"`
}

// MatchStaff is somebody who fits a vacancy, as staff see it. Whoever may not
// read the record asks the agency.
type MatchStaff struct {
	View      string `json:"view" enum:"staff"`
	Person    string `json:"person_id"`
	Agency    string `json:"agency_id"`
	Readable  bool   `json:"readable" doc:"The reader may open the record"`
	Reference string `json:"reference,omitempty"`
	Given     string `json:"given,omitempty"`
	Family    string `json:"family,omitempty"`
	Card      Card   `json:"card"`
	Points    int    `json:"points"`
	Why       Why    `json:"why"`
}

// MatchOpening is a vacancy that fits somebody.
type MatchOpening struct {
	Vacancy VacancyPublic `json:"vacancy"`
	Points  int           `json:"points"`
	Why     Why           `json:"why"`
}

// Ranked is embedded in the input of every ranked list.
type Ranked struct {
	After string `query:"after" maxLength:"4" pattern:"^[0-9]*$" doc:"The mark the page before gave"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"Records a page"`
}

// page reads the mark, which is how many were given before.
func (r Ranked) page() matching.Page {
	from, _ := strconv.Atoi(r.After) // the document's pattern lets only digits pass
	return matching.Page{From: from, Size: r.Limit}
}

// next gives the mark of the next page, "" where there is none.
func (r Ranked) next(total int) string {
	p := r.page()
	if n := p.From + p.Size; n < min(total, matching.MaxDepth) {
		return strconv.Itoa(n)
	}
	return ""
}

type rankedByID struct {
	ByID
	Ranked
}

func (a *API) mountMatches(g huma.API) {
	add(g, route{id: "list-vacancy-matches", method: http.MethodGet, path: "/vacancies/{id}/matches", tag: "matches", many: true, stateful: true,
		views: []any{MatchEmployer{}, MatchStaff{}}, summary: "Who fits a vacancy, the best first, and why",
		detail: "Only people who consent to be matched. Employers get cards without names, and none before two members of staff verified them."}, a.vacancyMatches)
	add(g, route{id: "list-jobseeker-matches", method: http.MethodGet, path: "/jobseekers/{id}/matches", tag: "matches", stateful: true,
		summary: "Which vacancies fit somebody, the best first, and why"}, a.jobseekerMatches)
	add(g, route{id: "explain-match", method: http.MethodGet, path: "/jobseekers/{id}/matches/{vacancy}", tag: "matches", stateful: true,
		summary: "How somebody and a vacancy fit, also where a hard condition is missed"}, a.explainMatch)
	add(g, route{id: "search-vacancies", method: http.MethodGet, path: "/vacancies/search", tag: "vacancies", public: true,
		summary: "Published vacancies by words, with facets", detail: "Accents, plurals and small typing mistakes are forgiven."}, a.searchVacancies)
	add(g, route{id: "search-jobseekers", method: http.MethodGet, path: "/jobseekers/search", tag: "jobseekers",
		summary: "Consenting people by what they can do, for staff", detail: "To find somebody by name, use find-jobseekers."}, a.searchJobseekers)
}

func (a *API) vacancyMatches(ctx context.Context, in *rankedByID) (*views, error) {
	actor := edge.ActorFrom(ctx)
	found, err := a.Matches.ForVacancy(ctx, actor, in.id(), in.page())
	if err != nil {
		return nil, err
	}
	n, err := a.named(ctx, candidateConcepts(found.List))
	if err != nil {
		return nil, err
	}
	return listedViews(domain.Listing[matchmaking.Candidate]{Items: found.List, Next: in.next(found.Total)}, func(c matchmaking.Candidate) any {
		if !actor.Role.Staff() {
			return MatchEmployer{View: "employer", Card: n.card(c.Card), Points: c.Points, Why: n.why(c.Why)}
		}
		return n.matchStaff(c)
	}), nil
}

func (n names) matchStaff(c matchmaking.Candidate) MatchStaff {
	out := MatchStaff{
		View: "staff", Person: string(c.PersonID), Agency: string(c.AgencyID), Card: n.card(c.Card), Points: c.Points, Why: n.why(c.Why),
	}
	if p := c.Person; p != nil {
		out.Readable, out.Reference, out.Given, out.Family = true, p.Reference, p.Given, p.Family
	}
	return out
}

func candidateConcepts(list []matchmaking.Candidate) []domain.ID {
	var out []domain.ID
	for _, c := range list {
		out = append(out, cardConcepts(c.Card)...)
		out = append(out, whyConcepts(c.Why)...)
	}
	return out
}

func (a *API) jobseekerMatches(ctx context.Context, in *rankedByID) (*list[MatchOpening], error) {
	found, err := a.Matches.ForPerson(ctx, edge.ActorFrom(ctx), in.id(), in.page())
	if err != nil {
		return nil, err
	}
	return a.matchOpenings(ctx, domain.Listing[matchmaking.Opening]{Items: found.List, Next: in.next(found.Total)})
}

// matchOpenings writes vacancies that fit somebody.
func (a *API) matchOpenings(ctx context.Context, found domain.Listing[matchmaking.Opening]) (*list[MatchOpening], error) {
	var concepts []domain.ID
	for _, o := range found.Items {
		concepts = append(concepts, vacancyConcepts(o.Vacancy)...)
		concepts = append(concepts, whyConcepts(o.Why)...)
	}
	n, err := a.named(ctx, concepts)
	if err != nil {
		return nil, err
	}
	return listed(found, func(o matchmaking.Opening) MatchOpening {
		return MatchOpening{
			Vacancy: n.publicVacancy(matchmaking.ListedVacancy{Vacancy: o.Vacancy, Employer: o.Employer}), Points: o.Points, Why: n.why(o.Why),
		}
	}), nil
}

// MatchReasons is how one person and one vacancy fit.
type MatchReasons struct {
	Points int `json:"points"`
	Why    Why `json:"why"`
}

type explainMatch struct {
	ByID
	Vacancy string `path:"vacancy" format:"uuid"`
}

func (a *API) explainMatch(ctx context.Context, in *explainMatch) (*plain[MatchReasons], error) {
	points, why, err := a.Matches.Explain(ctx, edge.ActorFrom(ctx), in.id(), id(in.Vacancy))
	if err != nil {
		return nil, err
	}
	n, err := a.named(ctx, whyConcepts(why))
	if err != nil {
		return nil, err
	}
	return &plain[MatchReasons]{Body: MatchReasons{Points: points, Why: n.why(why)}}, nil
}
