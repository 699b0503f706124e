package lang

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFrenchAndEnglishAreComplete(t *testing.T) {
	c := loaded(t)
	french, english := c.Keys(French), c.Keys(English)
	for _, key := range french {
		if !slices.Contains(english, key) {
			t.Errorf("English lacks %s", key)
		}
	}
	for _, key := range english {
		if !slices.Contains(french, key) {
			t.Errorf("French lacks %s", key)
		}
	}
}

func TestOtherLanguagesTranslateOnlyWhatExists(t *testing.T) {
	c := loaded(t)
	french := c.Keys(French)
	for _, tag := range []Tag{Portuguese, Bambara, Arabic} {
		for _, key := range c.Keys(tag) {
			if !slices.Contains(french, key) {
				t.Errorf("%s has %s, which French does not know", tag, key)
			}
		}
	}
}

// A translation that forgets a placeholder loses a number; one that invents one fails when it is shown.
func TestTranslationsKeepPlaceholders(t *testing.T) {
	read, err := readAll(files)
	if err != nil {
		t.Fatal(err)
	}
	placeholder := regexp.MustCompile(`\{\{[^}]*\}\}`)
	names := func(text string) []string {
		found := placeholder.FindAllString(text, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	for tag, messages := range read {
		for key, m := range messages {
			french := read[French][key]
			if french != nil && !slices.Equal(names(m.Other), names(french.Other)) {
				t.Errorf("%s in %s: placeholders %v, French has %v", key, tag, names(m.Other), names(french.Other))
			}
		}
	}
}

func TestPluralFormsAreThoseOfTheLanguage(t *testing.T) {
	read, err := readAll(files)
	if err != nil {
		t.Fatal(err)
	}
	for tag, messages := range read {
		for key, m := range messages {
			if m.One+m.Many+m.Few+m.Two+m.Zero == "" {
				continue
			}
			if tag == French && (m.One == "" || m.Many == "") || tag == English && m.One == "" {
				t.Errorf("%s in %s lacks a plural form (French: one, many, other; English: one, other)", key, tag)
			}
			if tag == English && m.Many != "" {
				t.Errorf("%s: English has no form many", key)
			}
		}
	}
}

func TestNoMessageIsEmptyOrHoldsMarkup(t *testing.T) {
	read, err := readAll(files)
	if err != nil {
		t.Fatal(err)
	}
	for tag, messages := range read {
		for key, m := range messages {
			if strings.TrimSpace(m.Other) == "" || strings.ContainsAny(m.Other, "<>") {
				t.Errorf("%s in %s: %q", key, tag, m.Other)
			}
		}
	}
}

func TestLoadRefusesBadFiles(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"unknown area":        {"messages/weather.fr.toml": `weather.sun = "Soleil"`},
		"unknown language":    {"messages/common.de.toml": `common.back = "Zurück"`},
		"key of another area": {"messages/common.fr.toml": `public.title = "Accueil"`},
		"not a text":          {"messages/common.fr.toml": `common.back = 3`},
		"broken file":         {"messages/common.fr.toml": `common.back = "Retour`},
		"same key in two parts": {
			"messages/public.fr.toml": `public.title = "Accueil"`, "messages/public-home.fr.toml": `public.title = "Accueil"`,
		},
		"no French": {"messages/common.en.toml": `common.back = "Back"`},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for path, body := range files {
				fsys[path] = &fstest.MapFile{Data: []byte(body)}
			}
			if _, err := loadFS(fsys); err == nil {
				t.Error("loaded")
			}
		})
	}
}

func TestPseudoKeepsPlaceholdersAndMarksEveryText(t *testing.T) {
	for text, want := range map[string]string{
		"Continuer":                   "⟦Cöñtïñüër~~~⟧",
		"Étape {{.N}} sur {{.Total}}": "⟦Étápë {{.N}} sür {{.Total}}~~~~~~~~~⟧",
		"":                            "",
	} {
		if got := pseudo(text); got != want {
			t.Errorf("pseudo(%q) = %q, want %q", text, got, want)
		}
	}
}

func loaded(t *testing.T, opts ...Option) *Catalogue {
	t.Helper()
	c, err := Load(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
