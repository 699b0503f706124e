package linker_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/search/linker"
)

// The dictionary of these tests: concept | kind | lang:label (preferred first in its language)
const someLabels = `
mason|occupation|7112|fr:maçon/maçonne|fr:maçon coffreur|en:bricklayer|bm:cogoda masɔn
driver|occupation|8332|fr:conducteur de poids lourd/conductrice de poids lourd|fr:chauffeur poids lourd|en:lorry driver
taxi|occupation|8322|fr:chauffeur de taxi|en:taxi driver
accountant|occupation|3313|fr:comptable|en:accountant
finance|occupation|2413|fr:analyste financier/analyste financière|en:financial analyst
secretary|occupation|4120|fr:secrétaire|en:secretary
baker|occupation|7512|fr:boulanger/boulangère|en:baker
bricks|skill||fr:poser des briques|en:lay bricks
concrete|skill||fr:couler du béton|en:pour concrete
plans|skill||fr:lire des plans|fr:lecture de plans|en:read plans
safety|skill||fr:respecter les règles de sécurité|en:follow safety rules
accounts|skill||fr:tenir la comptabilité|en:keep accounts
welding|skill||fr:soudure à l'arc|en:arc welding
drive|skill||fr:conduire un camion|en:drive a lorry
first|skill||fr:coudre|en:sew
second|skill||fr:coudre|en:stitch`

func dictionary(ctx context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
	for _, line := range strings.Split(strings.TrimSpace(someLabels), "\n") {
		parts := strings.Split(line, "|")
		seen := map[string]bool{}
		for _, l := range parts[3:] {
			lang, words, _ := strings.Cut(l, ":")
			err := yield(
				taxonomy.Concept{ID: domain.ID(parts[0]), Kind: taxonomy.Kind(parts[1]), ISCO: parts[2]},
				taxonomy.Label{Lang: lang, Text: words, Preferred: !seen[lang]})
			if err != nil {
				return err
			}
			seen[lang] = true
		}
	}
	return ctx.Err()
}

func loaded(t testing.TB) *linker.Linker {
	t.Helper()
	l := linker.New()
	if err := l.Load(context.Background(), dictionary); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLink(t *testing.T) {
	l := loaded(t)
	for name, c := range map[string]struct {
		kind  taxonomy.Kind
		words string
		want  domain.ID // "" when nothing may be linked
		sure  bool
	}{
		"as written":                {taxonomy.Occupation, "maçon", "mason", true},
		"without accent, capitals":  {taxonomy.Occupation, "MACON", "mason", true},
		"feminine":                  {taxonomy.Occupation, "maçonne", "mason", true},
		"synonym":                   {taxonomy.Occupation, "Maçon-coffreur", "mason", true},
		"english":                   {taxonomy.Occupation, "bricklayers", "mason", true},
		"bambara":                   {taxonomy.Occupation, "cogoda mason", "mason", true},
		"pair with a common tail":   {taxonomy.Occupation, "Analyste financier / financière", "finance", true},
		"advertiser's note":         {taxonomy.Occupation, "Comptable (h/f/x)", "accountant", true},
		"another order":             {taxonomy.Occupation, "poids lourd, chauffeur", "driver", true},
		"a typing error":            {taxonomy.Occupation, "boulenger", "baker", true},
		"two letters swapped":       {taxonomy.Occupation, "comtpable", "accountant", true},
		"an article more":           {taxonomy.Skill, "poser les briques", "bricks", true},
		"plural, another synonym":   {taxonomy.Skill, "lectures de plan", "plans", true},
		"errors in a phrase":        {taxonomy.Skill, "respecter les regle de securitée", "safety", true},
		"part of a label":           {taxonomy.Skill, "soudure", "welding", false},
		"means two things":          {taxonomy.Skill, "coudre", "first", false},
		"one common word":           {taxonomy.Occupation, "chauffeur", "driver", false},
		"unknown words":             {taxonomy.Occupation, "astronaute", "", false},
		"a skill is no occupation":  {taxonomy.Occupation, "couler du béton", "", false},
		"nothing":                   {taxonomy.Occupation, " – ", "", false},
		"short words have no typos": {taxonomy.Skill, "swe", "", false},
		"another kind":              {"hobby", "maçon", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // the second answer is remembered
				got, err := l.Link(context.Background(), c.kind, "fr", c.words)
				if err != nil {
					t.Fatal(err)
				}
				if got.ConceptID != c.want || got.Sure() != c.sure {
					t.Errorf("got %+v", got)
				}
			}
		})
	}
}

func TestScoresFollowSureness(t *testing.T) {
	l := loaded(t)
	last := 101
	for _, words := range []string{"poser des briques", "briques posées", "poser des brique en terre", "poser"} {
		g, err := l.Link(context.Background(), taxonomy.Skill, "fr", words)
		if err != nil || g.Score >= last {
			t.Errorf("%q has %d after %d, %v", words, g.Score, last, err)
		}
		last = g.Score
	}
}

func TestGuessCarriesTheGroup(t *testing.T) {
	g, _ := loaded(t).Link(context.Background(), taxonomy.Occupation, "", "taxi driver")
	if g.ISCO != "8322" || g.Score != 100 {
		t.Errorf("got %+v", g)
	}
}

func TestLanguageDecidesBetweenEquals(t *testing.T) {
	l := linker.New()
	err := l.Load(context.Background(), func(_ context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
		return errors.Join(
			yield(taxonomy.Concept{ID: "pain", Kind: taxonomy.Skill}, taxonomy.Label{Lang: "en", Text: "pain", Preferred: true}),
			yield(taxonomy.Concept{ID: "bread", Kind: taxonomy.Skill}, taxonomy.Label{Lang: "fr", Text: "pain", Preferred: true}))
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]domain.ID{"fr": "bread", "en": "pain"} {
		if g, _ := l.Suggest(context.Background(), taxonomy.Skill, lang, "pain", 1); len(g) != 1 || g[0].ConceptID != want {
			t.Errorf("%s: %+v", lang, g)
		}
	}
}

func TestSuggest(t *testing.T) {
	l := loaded(t)
	for typed, want := range map[string][]domain.ID{
		"ma":              {"mason"},
		"maç":             {"mason"},
		"boulang":         {"baker"},
		"boulange":        {"baker"},
		"chauffeur":       {"driver", "taxi"}, // more of its names say so
		"chauffeur de ta": {"taxi"},
		"chaufeur po":     {"driver"},
		"zz":              nil,
		"":                nil,
	} {
		t.Run(typed, func(t *testing.T) {
			got, err := l.Suggest(context.Background(), taxonomy.Occupation, "fr", typed, 5)
			if err != nil || len(got) < len(want) || len(want) == 0 && len(got) > 0 {
				t.Fatalf("got %+v, %v", got, err)
			}
			for i, id := range want {
				if got[i].ConceptID != id {
					t.Errorf("place %d is %s, want %s", i, got[i].ConceptID, id)
				}
			}
		})
	}
}

func TestLinkerWithoutDictionary(t *testing.T) {
	g, err := linker.New().Link(context.Background(), taxonomy.Skill, "fr", "soudure")
	if err != nil || g.Score != 0 {
		t.Errorf("got %+v, %v", g, err)
	}
	broken := errors.New("away")
	err = linker.New().Load(context.Background(), func(context.Context, func(taxonomy.Concept, taxonomy.Label) error) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("load: %v", err)
	}
}

func TestDictionaryIsReplacedWhileOthersAsk(t *testing.T) {
	l := loaded(t)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 200 {
				if g, _ := l.Link(context.Background(), taxonomy.Occupation, "fr", "maçon"); g.ConceptID != "mason" {
					t.Error("not found while reloading")
				}
				_, _ = l.Link(context.Background(), taxonomy.Skill, "fr", fmt.Sprint("mot", i))
			}
		})
	}
	for range 5 {
		if err := l.Load(context.Background(), dictionary); err != nil {
			t.Error(err)
		}
	}
	group.Wait()
}

func FuzzLink(f *testing.F) {
	for _, s := range []string{"maçon", "a/b", "\xff", strings.Repeat("é", 60), "maçonmaçonmaçon maçon", "x/", "(sauf", "İ sauf x", "a, b"} {
		f.Add(s)
	}
	l := loaded(f)
	f.Fuzz(func(t *testing.T, s string) {
		g, err := l.Link(context.Background(), taxonomy.Occupation, "fr", s)
		if err != nil || g.Score < 0 || g.Score > 100 || g.Sure() && g.ConceptID == "" {
			t.Fatalf("%+v, %v", g, err)
		}
		ranked, err := l.Rank(context.Background(), taxonomy.Occupation, "fr", s, 3)
		if err != nil || len(ranked) > 0 && ranked[0] != g {
			t.Fatalf("Rank says %+v, Link %+v, %v", ranked, g, err)
		}
		for _, other := range ranked[min(1, len(ranked)):] {
			if other.Sure() {
				t.Fatalf("two are sure: %+v", ranked)
			}
		}
		if _, err := l.Suggest(context.Background(), taxonomy.Skill, "en", s, 3); err != nil {
			t.Fatal(err)
		}
	})
}

// TestLongInputCostsNoMore counts allocations, which stand for the work: what is typed may be of any length, what is read of it is not.
func TestLongInputCostsNoMore(t *testing.T) {
	l := loaded(t)
	cost := func(words string) float64 {
		return testing.AllocsPerRun(5, func() { _, _ = l.Rank(context.Background(), taxonomy.Occupation, "fr", words, 3) })
	}
	for name, unit := range map[string]string{
		"words": "chauffeur de ", "one word": "chauffeur", "strokes": "a/", "brackets": "(e)", "exceptions": "sauf (", "marks": "e\u0301", "points": "a.e.",
	} {
		short, long := cost(strings.Repeat(unit, 30)), cost(strings.Repeat(unit, 30_000))
		if long > 2*short+200 {
			t.Errorf("%s: %.0f allocations for a long input, %.0f for a short one", name, long, short)
		}
	}
}

// TestOtherNames: what only one skill is called means that skill, however alike another's preferred name is. Of occupations the likeness decides.
func TestOtherNames(t *testing.T) {
	for kind, want := range map[taxonomy.Kind]domain.ID{taxonomy.Skill: "named", taxonomy.Occupation: "alike"} {
		l := linker.New()
		err := l.Load(t.Context(), func(_ context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
			for _, x := range []struct {
				id        domain.ID
				words     string
				preferred bool
			}{
				{"named", "veiller à la conformité juridique", true},
				{"named", "garantir le respect des exigences légales", false},
				{"named", "superviser les affaires du droit dans une maison", false},
				{"alike", "garantir le respect d’exigences légales", true},
				{"alike", "assurer le respect des exigences légales", false},
				{"other", "poser des briques", true},
			} {
				if err := yield(taxonomy.Concept{ID: x.id, Kind: kind}, taxonomy.Label{Lang: "fr", Text: x.words, Preferred: x.preferred}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		g, err := l.Link(t.Context(), kind, "fr", "Garantir le respect des exigences légales")
		if err != nil || g.ConceptID != want || g.Sure() != (kind == taxonomy.Skill) {
			t.Errorf("%s: %+v, %v", kind, g, err)
		}
		ranked, err := l.Rank(t.Context(), kind, "fr", "Garantir le respect des exigences légales", 3)
		if err != nil || len(ranked) < 2 || ranked[0].ConceptID != want {
			t.Errorf("%s ranked: %+v, %v", kind, ranked, err)
		}
	}
}
