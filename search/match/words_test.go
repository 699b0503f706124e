package match_test

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/text"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

// vocabulary is of words that are their own stems; many are one or two letters from others, or begin them.
var vocabulary = strings.Fields(`bolkar bolkir bolkarot bolkarotum dragum dragom dragnum tak tik takumot takumob
	zimbolar zimbolak zinbolak zimbolarut fruk frok fruko frukotar gram gramolut gramolat holt holtok`)

// posted is a vacancy of the test: all there is to know about it here.
type posted struct {
	id          domain.ID
	title, text []string
	region      string
	group       string
	since       domain.Date
	closed      bool
}

func (p posted) document() index.Document {
	v := matching.VacancyRecord{
		Opening: matching.Opening{ID: p.id, PostsLeft: 1, ISCO: p.group + "11", WaitingSince: p.since},
		Title:   strings.Join(p.title, " "), Description: strings.Join(p.text, " "), Region: p.region, Contract: "permanent",
	}
	if p.closed {
		v.Opening.PostsLeft = 0
	}
	return index.VacancyDocument(v)
}

func randomPosted(r *rand.Rand, i int) posted {
	p := posted{
		id: domain.ID(fmt.Sprintf("00000000-0000-7000-9000-%012x", i)), region: []string{"BKO", "KAY", "SIK"}[r.IntN(3)],
		group: []string{"71", "83", "33"}[r.IntN(3)], since: today.AddDays(-r.IntN(4)), closed: r.IntN(6) == 0,
	}
	for range r.IntN(4) {
		p.title = append(p.title, vocabulary[r.IntN(len(vocabulary))])
	}
	for range r.IntN(12) {
		p.text = append(p.text, vocabulary[int(math.Sqrt(float64(r.IntN(len(vocabulary)*len(vocabulary)))))]) // some are common
	}
	return p
}

// TestWordsAreFoundAsByReadingEverything compares searches of words with reading every vacancy: who is found, in which order, how many, and how many
// of each region and group; with all words, with some when nothing has all, in several segments, and after some were removed.
func TestWordsAreFoundAsByReadingEverything(t *testing.T) {
	for _, w := range vocabulary {
		if got := text.Stems(w); !slices.Equal(got, []string{w}) {
			t.Fatalf("%s is no stem: %v", w, got)
		}
	}
	r := rand.New(rand.NewPCG(3, 4))
	all := make([]posted, 500)
	docs := make([]index.Document, len(all))
	for i := range all {
		all[i] = randomPosted(r, i)
		docs[i] = all[i].document()
	}
	live, err := index.Open(t.TempDir(), slog.New(slog.DiscardHandler))
	must(t, err)
	t.Cleanup(func() { must(t, live.Close()) })
	g, err := live.Create()
	must(t, err)
	must(t, g.Add(docs[:300]))
	must(t, g.Finish(matching.Position{Epoch: "test"}, domain.SystemClock().Now()))
	for _, part := range [][]index.Document{docs[300:400], docs[400:470], docs[470:]} {
		must(t, g.Apply(part, nil, matching.Position{Epoch: "test"}))
	}
	live.Serve(g)
	m := match.New(live, matching.DefaultWeights())

	counted := map[string]int{}
	for n := range 200 {
		s := randomSearch(r, n)
		want, relaxed := readEverything(all, s)
		counted[fmt.Sprint("some found ", len(want) > 0, ", relaxed ", relaxed)]++
		for _, page := range []match.Page{{From: 0, Size: 10}, {From: 7, Size: 30}, {From: 0, Size: 1000}} {
			s.Page = page
			got, err := m.Vacancies(context.Background(), s)
			must(t, err)
			part := want[min(page.From, len(want)):min(page.From+page.Size, len(want))]
			if !slices.Equal(got.IDs, ids(part)) || got.Total != len(want) || got.Relaxed != relaxed {
				t.Fatalf("%q %v: %d, relaxed %v:\n%v, want %d, relaxed %v:\n%v", s.Words, page, got.Total, got.Relaxed, got.IDs, len(want), relaxed, ids(part))
			}
			checkFacets(t, s.Words, got.Facets, want)
		}
	}
	for _, kind := range []string{"some found true, relaxed false", "some found true, relaxed true", "some found false, relaxed false"} {
		if counted[kind] < 20 {
			t.Errorf("%d searches with %s: the test says nothing", counted[kind], kind)
		}
	}

	var gone []domain.ID
	for _, p := range all[:100] {
		gone = append(gone, p.id)
	}
	must(t, g.Apply(nil, gone, matching.Position{Epoch: "test"}))
	for n := range 100 {
		s := randomSearch(r, n)
		s.Newest, s.Page = true, match.Page{Size: 1000} // how rare words are counts those removed until they are merged away
		want, relaxed := readEverything(all[100:], s)
		got, err := m.Vacancies(context.Background(), s)
		must(t, err)
		if !slices.Equal(got.IDs, ids(want)) || got.Total != len(want) || got.Relaxed != relaxed {
			t.Fatalf("after some were removed, %q: %v, want %v", s.Words, got.IDs, ids(want))
		}
		checkFacets(t, s.Words, got.Facets, want)
	}
}

func randomSearch(r *rand.Rand, n int) match.WordSearch {
	words := make([]string, 1+n%5)
	for i := range words {
		w := []byte(vocabulary[r.IntN(len(vocabulary))])
		switch r.IntN(4) {
		case 0: // a slip of the pen
			w[1+r.IntN(len(w)-1)] = 'k'
		case 1:
			w = w[:max(3, len(w)-r.IntN(4))]
		}
		words[i] = string(w)
	}
	if r.IntN(5) == 0 {
		words = []string{"wexel", "wixalot"} // in no vacancy
	}
	s := match.WordSearch{Words: strings.Join(words, " "), Day: today, Newest: r.IntN(4) == 0}
	if r.IntN(3) == 0 {
		s.Regions = []string{"KAY", "SIK"}
	}
	if r.IntN(5) == 0 {
		s.Groups = []string{"71"}
	}
	return s
}

// readEverything gives what a search must give.
func readEverything(all []posted, s match.WordSearch) (found []posted, relaxed bool) {
	typed := text.Stems(s.Words)
	worths := make([]func(posted) int, len(typed))
	for i, w := range typed {
		worths[i] = worth(all, w, i == len(typed)-1)
	}
	points := map[domain.ID]int{}
	var any, every []posted
	for _, p := range all {
		if p.closed || len(s.Regions) > 0 && !slices.Contains(s.Regions, p.region) || len(s.Groups) > 0 && !slices.Contains(s.Groups, p.group) {
			continue
		}
		met := 0
		for _, worth := range worths {
			if n := worth(p); n > 0 {
				points[p.id] += n
				met++
			}
		}
		if met > 0 {
			any = append(any, p)
		}
		if met == len(worths) {
			every = append(every, p)
		}
	}
	found = every
	if len(every) == 0 && len(any) > 0 {
		found, relaxed = any, true
	}
	slices.SortFunc(found, func(a, b posted) int {
		byPoints := cmp.Compare(points[b.id], points[a.id])
		if s.Newest {
			byPoints = 0
		}
		return cmp.Or(byPoints, cmp.Compare(b.since.String(), a.since.String()), cmp.Compare(a.id, b.id))
	})
	return found, relaxed
}

// worth tells what a typed word is worth in a vacancy: in the title four times what it is in the text; half where it begins a word and may still be
// being typed, a quarter where it was mistyped; all of it times how rare the word is.
func worth(all []posted, typed string, last bool) func(posted) int {
	in := map[string]map[string]int{"title": {}, "text": {}} // vacancies by word
	for _, p := range all {
		for field, words := range map[string][]string{"title": p.title, "text": p.text} {
			for _, w := range slices.Compact(slices.Sorted(slices.Values(words))) {
				in[field][w]++
			}
		}
	}
	commonest := 0
	for _, field := range []string{"title", "text"} {
		near := 0
		for w, n := range in[field] {
			switch {
			case w == typed, last && len(typed) >= 3 && strings.HasPrefix(w, typed):
				commonest = max(commonest, n)
			case mistyped(typed, w):
				near = max(near, n)
			}
		}
		if commonest == 0 {
			commonest = near
		}
	}
	rarity := 1 + math.Log(float64(len(all)+1)/float64(commonest+1))
	return func(p posted) int {
		best := 0.0
		for field, words := range map[float64][]string{400: p.title, 100: p.text} {
			for _, w := range words {
				switch {
				case w == typed:
					best = max(best, field)
				case last && len(typed) >= 3 && strings.HasPrefix(w, typed):
					best = max(best, field/2)
				case mistyped(typed, w):
					best = max(best, field/4)
				}
			}
		}
		return int(best * rarity)
	}
}

// mistyped: one letter in words of four to seven, two in longer ones, never the first.
func mistyped(typed, w string) bool {
	letters := 0
	if len(typed) >= 8 {
		letters = 2
	} else if len(typed) >= 4 {
		letters = 1
	}
	return typed[0] == w[0] && distance(typed, w) <= letters
}

// distance counts letters to add, drop, change or swap with the next.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func checkFacets(t *testing.T, words string, got match.Facets, want []posted) {
	t.Helper()
	regions, groups := map[string]int{}, map[string]int{}
	for _, p := range want {
		regions[p.region]++
		groups[p.group]++
	}
	if r, g := countsOf(got.Regions), countsOf(got.Groups); !maps.Equal(r, regions) || !maps.Equal(g, groups) {
		t.Fatalf("%q: regions %v, want %v; groups %v, want %v", words, r, regions, g, groups)
	}
}

func countsOf(counts []match.Count) map[string]int {
	out := map[string]int{}
	for _, c := range counts {
		out[c.Value] = c.Count
	}
	return out
}

func ids(all []posted) []domain.ID {
	out := []domain.ID{}
	for _, p := range all {
		out = append(out, p.id)
	}
	return out
}
