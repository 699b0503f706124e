package match_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

func vacancy(id, title, region string, change ...func(*matching.VacancyRecord)) index.Document {
	v := matching.VacancyRecord{
		Opening: matching.Opening{ID: domain.ID(id), PostsLeft: 1, ISCO: "7112", WaitingSince: today},
		Title:   title, Region: region, Contract: "permanent",
	}
	for _, c := range change {
		c(&v)
	}
	return index.VacancyDocument(v)
}

func TestVacanciesByWords(t *testing.T) {
	m := serving(t,
		vacancy("mason", "Maçon coffreur", "KAY", func(v *matching.VacancyRecord) {
			v.Skills = []string{"lire des plans"}
			v.PlaceNames = []string{"Kayes"}
		}),
		vacancy("accountant", "Comptable (h/f)", "BKO", func(v *matching.VacancyRecord) { v.Opening.ISCO, v.Contract = "3313", "fixed_term" }),
		vacancy("seller", "Vendeur / vendeuse en magasin", "BKO", func(v *matching.VacancyRecord) { v.Opening.ISCO = "5223" }),
		vacancy("driver", "Chauffeur poids lourd", "SIK", func(v *matching.VacancyRecord) { v.Description = "Livraison au magasin." }),
		vacancy("closed", "Maçon", "KAY", func(v *matching.VacancyRecord) { v.Opening.OpenUntil = today.AddDays(-1) }),
		vacancy("full", "Maçon", "KAY", func(v *matching.VacancyRecord) { v.Opening.PostsLeft = 0 }),
		index.PersonDocument(matching.PersonRecord{Profile: matching.Profile{ID: "somebody"}, Skills: []string{"maçon"}}),
	)
	for name, c := range map[string]struct {
		words   string
		want    []string
		relaxed bool
	}{
		"as written":                 {"maçon", []string{"mason"}, false},
		"without accents":            {"MACON", []string{"mason"}, false},
		"plural":                     {"maçons coffreurs", []string{"mason"}, false},
		"a letter missing":           {"maon", []string{"mason"}, false},
		"two letters wrong":          {"komptable chaufeur", []string{"driver"}, true},
		"typo in a long word":        {"chauffeeur", []string{"driver"}, false},
		"feminine":                   {"vendeuses", []string{"seller"}, false},
		"still typing":               {"compt", []string{"accountant"}, false},
		"a skill":                    {"plan", []string{"mason"}, false},
		"the title before the text":  {"magasin", []string{"seller", "driver"}, false},
		"a place":                    {"kayes", []string{"mason"}, false},
		"all words before some":      {"vendeur magasin", []string{"seller"}, false},
		"some words when not all":    {"vendeur comptable", []string{"accountant", "seller"}, true},
		"nothing of the kind":        {"astronaute", nil, false},
		"words in another script":    {"بناء", nil, false},
		"only punctuation lists all": {"…", []string{"mason", "accountant", "seller", "driver"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := m.Vacancies(context.Background(), match.WordSearch{Words: c.words, Day: today, Page: match.Page{Size: 10}})
			must(t, err)
			if name == "the title before the text" {
				if !slices.Equal(names(got), c.want) {
					t.Errorf("got %v, want %v in this order", names(got), c.want)
				}
			} else if !sameNames(got, c.want) {
				t.Errorf("got %v, want %v", names(got), c.want)
			}
			if got.Relaxed != c.relaxed || got.Total != len(c.want) {
				t.Errorf("relaxed %v, total %d", got.Relaxed, got.Total)
			}
		})
	}
}

func TestVacancyFacetsAndFilters(t *testing.T) {
	m := serving(t,
		vacancy("a", "Maçon", "KAY"), vacancy("b", "Maçon", "BKO"), vacancy("c", "Maçon", "BKO"),
		vacancy("d", "Comptable", "BKO", func(v *matching.VacancyRecord) { v.Opening.ISCO, v.Contract = "3313", "fixed_term" }),
	)
	ask := func(s match.WordSearch) match.Found {
		t.Helper()
		s.Day, s.Page = today, match.Page{Size: 10}
		got, err := m.Vacancies(context.Background(), s)
		must(t, err)
		return got
	}
	all := ask(match.WordSearch{})
	if want := []match.Count{{Value: "BKO", Count: 3}, {Value: "KAY", Count: 1}}; !slices.Equal(all.Facets.Regions, want) {
		t.Errorf("regions %v", all.Facets.Regions)
	}
	if want := []match.Count{{Value: "71", Count: 3}, {Value: "33", Count: 1}}; !slices.Equal(all.Facets.Groups, want) {
		t.Errorf("groups %v", all.Facets.Groups)
	}
	if want := []match.Count{{Value: "permanent", Count: 3}, {Value: "fixed_term", Count: 1}}; !slices.Equal(all.Facets.Contracts, want) {
		t.Errorf("contracts %v", all.Facets.Contracts)
	}
	for name, c := range map[string]struct {
		ask  match.WordSearch
		want []string
	}{
		"region":               {match.WordSearch{Regions: []string{"KAY"}}, []string{"a"}},
		"two regions":          {match.WordSearch{Regions: []string{"KAY", "BKO"}, Words: "maçon"}, []string{"a", "b", "c"}},
		"group and region":     {match.WordSearch{Groups: []string{"71"}, Regions: []string{"BKO"}}, []string{"b", "c"}},
		"contract":             {match.WordSearch{Contracts: []string{"fixed_term"}}, []string{"d"}},
		"unknown region":       {match.WordSearch{Regions: []string{"XXX"}}, nil},
		"words and a contract": {match.WordSearch{Words: "comptable", Contracts: []string{"permanent"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ask(c.ask); !sameNames(got, c.want) {
				t.Errorf("got %v, want %v", names(got), c.want)
			}
		})
	}
}

func TestPeopleByWords(t *testing.T) {
	person := func(id string, change func(*matching.PersonRecord)) index.Document {
		p := matching.PersonRecord{Profile: matching.Profile{ID: domain.ID(id), WaitingSince: today}, Region: "KAY"}
		change(&p)
		return index.PersonDocument(p)
	}
	m := serving(t,
		person("welder", func(p *matching.PersonRecord) { p.Skills = []string{"soudure à l'arc", "arc welding"} }),
		person("cook", func(p *matching.PersonRecord) {
			p.Occupations = []string{"cuisinier", "cook"}
			p.Profile.Experiences = []matching.Experience{{ISCO: "5120"}}
		}),
		person("expired", func(p *matching.PersonRecord) {
			p.Skills = []string{"soudure"}
			p.Profile.MatchableUntil = today.AddDays(-1)
		}),
		vacancy("vacancy", "Soudure", "KAY"),
	)
	for words, want := range map[string][]string{
		"soudures": {"welder"}, "welding": {"welder"}, "cuisinière": {"cook"}, "cuisinier soudure": {"cook", "welder"},
	} {
		t.Run(words, func(t *testing.T) {
			got, err := m.People(context.Background(), match.WordSearch{Words: words, Day: today, Page: match.Page{Size: 10}})
			must(t, err)
			if !sameNames(got, want) {
				t.Errorf("got %v, want %v", names(got), want)
			}
		})
	}
}

func TestNothingIsServedBeforeTheIndexIsBuilt(t *testing.T) {
	live, err := index.Open(t.TempDir(), slog.New(slog.DiscardHandler))
	must(t, err)
	defer live.Close()
	_, err = match.New(live, matching.DefaultWeights()).Vacancies(context.Background(), match.WordSearch{Day: today, Page: match.Page{Size: 10}})
	if domain.KindOf(err) != domain.KindUnavailable {
		t.Errorf("got %v", err)
	}
}

func TestPagesHaveAnEnd(t *testing.T) {
	m := serving(t)
	for _, p := range []match.Page{{From: -1, Size: 10}, {Size: 0}, {From: matching.MaxDepth, Size: 1}} {
		_, err := m.Vacancies(context.Background(), match.WordSearch{Day: today, Page: p})
		if domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%v: got %v", p, err)
		}
	}
}

func TestSearchStopsWhenTheCallerLeaves(t *testing.T) {
	m := serving(t, vacancy("a", "Maçon", "KAY"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := m.Candidates(ctx, matching.Opening{ID: "o", PostsLeft: 1, Occupation: "x"}, today, match.Page{Size: 10})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func names(f match.Found) []string {
	var out []string
	for _, id := range f.IDs {
		out = append(out, string(id))
	}
	return out
}

func sameNames(f match.Found, want []string) bool {
	got := names(f)
	slices.Sort(got)
	want = slices.Sorted(slices.Values(want))
	return slices.Equal(got, want)
}
