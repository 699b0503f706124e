package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
)

// Ways are what could bring somebody closer to work.
type Ways struct {
	Looked    int        `json:"looked" doc:"Vacancies whose hard conditions are met, of the best of which the gaps are counted"`
	Gaps      []SkillGap `json:"gaps" doc:"Essential skills that are missing: what opens most vacancies first"`
	Prospects []Prospect `json:"prospects" doc:"Occupations to turn to, the nearest first"`
}

// SkillGap is a skill to learn, or to declare.
type SkillGap struct {
	Concept *ConceptRef `json:"concept,omitempty"`
	Words   string      `json:"words,omitempty" doc:"Where there is no concept; gender folded"`
	Opens   int         `json:"opens" doc:"Vacancies whose every essential skill would then be there"`
	Helps   int         `json:"helps" doc:"Vacancies for which it is one of several that are missing"`
	Points  int         `json:"points" doc:"That declaring it would add, over all of these"`
}

// Prospect is an occupation whose essential skills somebody has in part.
type Prospect struct {
	Occupation *ConceptRef `json:"occupation,omitempty"`
	Has        int         `json:"has" doc:"Essential skills said, or belonging to work done"`
	Of         int         `json:"of"`
}

func (a *API) mountNear(g huma.API) {
	add(g, route{id: "list-vacancy-near-matches", method: http.MethodGet, path: "/vacancies/{id}/near-matches", tag: "matches", stateful: true,
		summary: "Who misses one hard condition of a vacancy and meets all others, the best first",
		detail:  "At most 20. The condition that is not met is in why. For staff only."}, a.nearVacancy)
	add(g, route{id: "list-jobseeker-near-matches", method: http.MethodGet, path: "/jobseekers/{id}/near-matches", tag: "matches", stateful: true,
		summary: "The vacancies of which somebody misses one hard condition, the best first", detail: "At most 20."}, a.nearJobseeker)
	add(g, route{id: "get-jobseeker-ways", method: http.MethodGet, path: "/jobseekers/{id}/ways", tag: "matches", stateful: true,
		summary: "What to learn, and what else to do: skills that open most vacancies, and related occupations"}, a.waysFor)
}

func (a *API) nearVacancy(ctx context.Context, in *ByID) (*list[MatchStaff], error) {
	found, err := a.Matches.NearVacancy(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	n, err := a.named(ctx, candidateConcepts(found))
	if err != nil {
		return nil, err
	}
	return listed(domain.Listing[matchmaking.Candidate]{Items: found}, n.matchStaff), nil
}

func (a *API) nearJobseeker(ctx context.Context, in *ByID) (*list[MatchOpening], error) {
	found, err := a.Matches.NearPerson(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return a.matchOpenings(ctx, domain.Listing[matchmaking.Opening]{Items: found})
}

func (a *API) waysFor(ctx context.Context, in *ByID) (*plain[Ways], error) {
	found, err := a.Matches.WaysFor(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	var concepts []domain.ID
	for _, g := range found.Gaps {
		concepts = append(concepts, g.Concept)
	}
	for _, p := range found.Prospects {
		concepts = append(concepts, p.Occupation)
	}
	n, err := a.named(ctx, concepts)
	if err != nil {
		return nil, err
	}
	return &plain[Ways]{Body: Ways{
		Looked: found.Looked,
		Gaps: each(found.Gaps, func(g matching.Gap) SkillGap {
			return SkillGap{Concept: n.of(g.Concept), Words: g.Words, Opens: g.Opens, Helps: g.Helps, Points: g.Points}
		}),
		Prospects: each(found.Prospects, func(p matching.Prospect) Prospect {
			return Prospect{Occupation: n.of(p.Occupation), Has: p.Has, Of: p.Of}
		}),
	}}, nil
}
