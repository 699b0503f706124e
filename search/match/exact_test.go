package match_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

// TestExactInBothDirections compares the engine with brute force over matching.Score: the same records, in the same order, with the same
// points, page by page.
func TestExactInBothDirections(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var docs []index.Document
	var people []matching.Profile
	var vacancies []matching.Opening
	for i := range 400 {
		people = append(people, randomProfile(r, i))
		docs = append(docs, index.PersonDocument(matching.PersonRecord{Profile: people[i]}))
	}
	for i := range 120 {
		vacancies = append(vacancies, randomOpening(r, i))
		docs = append(docs, index.VacancyDocument(matching.VacancyRecord{Opening: vacancies[i]}))
	}
	r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	m := serving(t, docs...)
	w := m.Weights()

	found, weak := 0, 0
	for _, o := range vacancies {
		var want []ranked
		for _, p := range people {
			if points, why := matching.Score(p, o, today, w); why.Eligible() && points > 0 {
				if r := why.Occupation.Relation; r == matching.Wished || r == matching.SubMajorGroup || r == matching.MinorGroup {
					weak++
				}
				want = append(want, ranked{p.ID, matching.Rank{Points: points, Since: p.WaitingSince.String(), Lot: matching.Lot(p.ID, o.ID, today)}})
			}
		}
		found += len(want)
		check(t, "candidates of "+string(o.ID), want, func(page match.Page) (match.Hits, error) {
			return m.Candidates(context.Background(), o, today, page)
		})
	}
	near := 0
	for _, o := range vacancies {
		want := map[domain.ID]int{}
		for _, p := range people {
			points, why := matching.Score(p, o, today, w)
			if missed := why.Missed(); points > 0 && len(missed) == 1 && slices.Contains(matching.Negotiable(), missed[0]) {
				want[p.ID] = points
			}
		}
		hits, err := m.NearCandidates(context.Background(), o, today, matching.MaxDepth)
		must(t, err)
		got := map[domain.ID]int{}
		for _, h := range hits {
			got[h.ID] = h.Points
		}
		if !maps.Equal(got, want) || len(hits) != len(want) {
			t.Fatalf("near candidates of %s: %v, want %v", o.ID, got, want)
		}
		near += len(want)
	}
	for _, p := range people[:150] {
		want := map[domain.ID]int{}
		for _, o := range vacancies {
			points, why := matching.Score(p, o, today, w)
			if missed := why.Missed(); points > 0 && len(missed) == 1 && slices.Contains(matching.Negotiable(), missed[0]) {
				want[o.ID] = points
			}
		}
		hits, err := m.NearOpenings(context.Background(), p, today, matching.MaxDepth)
		must(t, err)
		got := map[domain.ID]int{}
		for _, h := range hits {
			got[h.ID] = h.Points
		}
		if !maps.Equal(got, want) || len(hits) != len(want) {
			t.Fatalf("near openings for %s: %v, want %v", p.ID, got, want)
		}
		near += len(want)
	}
	if near < 500 {
		t.Fatalf("only %d near misses: the test says nothing", near)
	}
	for _, p := range people[:150] {
		var want []ranked
		for _, o := range vacancies {
			if points, why := matching.Score(p, o, today, w); why.Eligible() && points > 0 {
				want = append(want, ranked{o.ID, matching.Rank{Points: points, Since: o.WaitingSince.String(), Lot: matching.Lot(o.ID, p.ID, today)}})
			}
		}
		found += len(want)
		check(t, "openings for "+string(p.ID), want, func(page match.Page) (match.Hits, error) {
			return m.Openings(context.Background(), p, today, page)
		})
	}
	if found < 1000 || weak < 100 {
		t.Fatalf("only %d pairs fit, %d with a weak relation: the test says nothing", found, weak)
	}
}

type ranked struct {
	id   domain.ID
	rank matching.Rank
}

func check(t *testing.T, what string, want []ranked, ask func(match.Page) (match.Hits, error)) {
	t.Helper()
	slices.SortFunc(want, func(a, b ranked) int { return a.rank.Compare(b.rank) })
	for _, page := range []match.Page{{From: 0, Size: 5}, {From: 5, Size: 20}, {From: 0, Size: 1000}} {
		got, err := ask(page)
		must(t, err)
		if got.Total != len(want) {
			t.Fatalf("%s: total %d, want %d", what, got.Total, len(want))
		}
		part := want[min(page.From, len(want)):min(page.From+page.Size, len(want))]
		if len(got.Hits) != len(part) {
			t.Fatalf("%s: page %v has %d hits, want %d", what, page, len(got.Hits), len(part))
		}
		for i, h := range got.Hits {
			if h.ID != part[i].id || h.Points != part[i].rank.Points {
				t.Fatalf("%s: page %v place %d is %s with %d, want %s with %d", what, page, i, h.ID, h.Points, part[i].id, part[i].rank.Points)
			}
		}
	}
}

func randomProfile(r *rand.Rand, i int) matching.Profile {
	p := matching.Profile{
		ID:       domain.ID(fmt.Sprintf("00000000-0000-7000-8000-%012x", i)),
		Mobility: subset(r, "BKO", "KAY", "SIK"), Anywhere: r.IntN(4) == 0, ISCED: r.IntN(9),
		Languages: subset(r, "fr", "bm", "ar"), Licences: subset(r, "B", "C"),
		WaitingSince: today.AddDays(-r.IntN(3)), MatchableUntil: maybeDay(r), AvailableFrom: maybeDay(r),
	}
	for range r.IntN(6) {
		p.Skills = append(p.Skills, matching.Skill{Concept: domain.ID(fmt.Sprint("s", r.IntN(12))), Evidence: matching.Evidence(r.IntN(4))})
	}
	for range r.IntN(3) {
		e := matching.Experience{Occupation: job(r), ISCO: isco(r), Months: r.IntN(60), Recency: matching.Recency(r.IntN(3))}
		if r.IntN(4) == 0 {
			e.Occupation = ""
		}
		for range r.IntN(4) {
			e.Skills = append(e.Skills, domain.ID(fmt.Sprint("s", r.IntN(12))))
		}
		p.Experiences = append(p.Experiences, e)
	}
	if r.IntN(2) == 0 {
		p.Wishes = []matching.Wish{{Occupation: job(r), ISCO: isco(r)}}
	}
	return p
}

func randomOpening(r *rand.Rand, i int) matching.Opening {
	o := matching.Opening{
		ID:     domain.ID(fmt.Sprintf("00000000-0000-7000-9000-%012x", i)),
		Places: subset(r, "BKO", "KAY"), ISCEDMin: r.IntN(4), ExperienceMonths: []int{0, 0, 6, 24}[r.IntN(4)],
		Languages: subset(r, "fr"), Licences: subset(r, "B"), Occupation: job(r), ISCO: isco(r), Neighbours: []domain.ID{job(r)},
		StartsOn: maybeDay(r), OpenUntil: maybeDay(r), PostsLeft: r.IntN(5), WaitingSince: today.AddDays(-r.IntN(3)),
	}
	for range r.IntN(9) {
		o.Skills = append(o.Skills, matching.Need{Concept: domain.ID(fmt.Sprint("s", r.IntN(12))), Essential: r.IntN(3) > 0, Rarity: matching.Rarity(r.IntN(3))})
	}
	if r.IntN(4) == 0 {
		o.Occupation, o.Neighbours = "", nil
	}
	return o
}

func subset(r *rand.Rand, all ...string) []string {
	var out []string
	for _, s := range all {
		if r.IntN(2) == 0 {
			out = append(out, s)
		}
	}
	return out
}

func maybeDay(r *rand.Rand) domain.Date {
	if r.IntN(2) == 0 {
		return domain.Date{}
	}
	return today.AddDays(r.IntN(5) - 2)
}

func job(r *rand.Rand) domain.ID { return domain.ID(fmt.Sprint("j", r.IntN(5))) }

func isco(r *rand.Rand) string { return []string{"", "7112", "7115", "7122", "8332"}[r.IntN(5)] }
