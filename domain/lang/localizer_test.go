package lang

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/baara-platform/baara/domain"
)

// sample is a small catalogue with every kind of message.
func sample(t *testing.T, missing func(Tag, string, error)) *Catalogue {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, body := range map[string]string{
		"common.fr": `common.back = "Retour"
common.step = "Étape {{.N}} sur {{.Total}}"
common.help = "Appelez {{.Phone}}, {{.Name}}"
common.posts = {one = "{{.N}} poste", many = "{{.N}} postes", other = "{{.N}} postes"}`,
		"common.en": `common.posts = {one = "{{.N}} post", other = "{{.N}} posts"}`,
		"common.bm": `common.posts = {other = "baara {{.N}}"}`,
		"common.ar": `common.posts = {zero = "لا وظائف", one = "وظيفة", two = "وظيفتان", few = "{{.N}} وظائف", many = "{{.N}} وظيفة", other = "{{.N}} وظيفة"}`,
	} {
		fsys["messages/"+name+".toml"] = &fstest.MapFile{Data: []byte(body)}
	}
	c, err := loadFS(fsys, OnMissing(missing))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMessages(t *testing.T) {
	c := sample(t, func(tag Tag, key string, err error) { t.Errorf("%s %s: %v", tag, key, err) })
	for _, test := range []struct{ name, got, want string }{
		{"plain", c.For(French).T("common.back"), "Retour"},
		{"falls back to French", c.For(Bambara).T("common.back"), "Retour"},
		{"unknown language is French", c.For("xx").T("common.back"), "Retour"},
		{"arguments", c.For(French).T("common.step", "N", 3, "Total", 1200), "Étape 3 sur 1 200"},
		{"arguments in a map", c.For(French).T("common.step", map[string]any{"N": 3, "Total": 8}), "Étape 3 sur 8"},
		{"French zero is singular", c.For(French).N("common.posts", 0), "0 poste"},
		{"French two", c.For(French).N("common.posts", 2), "2 postes"},
		{"English zero is plural", c.For(English).N("common.posts", 0), "0 posts"},
		{"Bambara has one form", c.For(Bambara).N("common.posts", 1), "baara 1"},
		{"Arabic dual", c.For(Arabic).N("common.posts", 2), "وظيفتان"},
		{"Arabic few", c.For(Arabic).N("common.posts", 5), "5 وظائف"},
	} {
		if got := spaced(test.got); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestHTMLEscapesWordsAndKeepsMarkup(t *testing.T) {
	c := sample(t, func(tag Tag, key string, err error) { t.Errorf("%s %s: %v", tag, key, err) })
	args := []any{"Phone", template.HTML(`<a href="tel:1">1</a>`), "Name", "<Awa>"}
	for range 2 { // the caller's arguments are not changed
		got := c.For(French).HTML("common.help", args...)
		if want := template.HTML(`Appelez <a href="tel:1">1</a>, &lt;Awa&gt;`); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestMistakesAreReportedAndShowTheKey(t *testing.T) {
	for name, call := range map[string]func(*Localizer) string{
		"unknown key":          func(l *Localizer) string { return l.T("common.none") },
		"missing argument":     func(l *Localizer) string { return l.T("common.step", "N", 3) },
		"no arguments":         func(l *Localizer) string { return l.T("common.step") },
		"name without a value": func(l *Localizer) string { return l.T("common.step", "N") },
		"value without a name": func(l *Localizer) string { return l.T("common.step", 3, "N") },
	} {
		t.Run(name, func(t *testing.T) {
			reported := 0
			c := sample(t, func(Tag, string, error) { reported++ })
			if got := call(c.For(French)); got != "common.none" && got != "common.step" {
				t.Errorf("showed %q", got)
			}
			if reported != 1 {
				t.Errorf("reported %d times", reported)
			}
		})
	}
}

func TestFormats(t *testing.T) {
	c := loaded(t, InZone(time.FixedZone("north", 3600)))
	fr, en, pt, bm, ar := c.For(French), c.For(English), c.For(Portuguese), c.For(Bambara), c.For(Arabic)
	late := time.Date(2026, time.November, 20, 23, 30, 0, 0, time.UTC)
	first := domain.Date{Year: 2026, Month: time.March, Day: 1}
	for _, test := range []struct{ name, got, want string }{
		{"French thousands", fr.Number(1234567), "1 234 567"},
		{"small", fr.Number(999), "999"},
		{"negative", en.Number(-1500), "−1,500"},
		{"Bambara as French", bm.Number(4812), "4 812"},
		{"Portuguese", pt.Number(4812), "4 812"},
		{"Arabic", ar.Number(4812), "4,812"},
		{"French decimal", fr.Decimal(1234.56, 1), "1 234,6"},
		{"English decimal", en.Decimal(.5, 2), "0.50"},
		{"negative below one", en.Decimal(-.5, 1), "−0.5"},
		{"French percent", fr.Percent(.314), "31 %"},
		{"English percent", en.Percent(.314), "31%"},
		{"money", fr.Money(150000), "150 000 FCFA"},
		{"size rounds up", fr.Bytes(23001), "24 Ko"},
		{"large size", fr.Bytes(2_400_000), "2,4 Mo"},
		{"distance", en.Kilometres(11.6), "12 km"},
		{"first of the month", fr.Date(first), "1er mars 2026"},
		{"English date", en.Date(first), "1 March 2026"},
		{"Portuguese date", pt.Date(first), "1 de março de 2026"},
		{"Bambara date", bm.Date(first), "1 marisi 2026"},
		{"unknown date", fr.Date(domain.Date{}), ""},
		{"the zone's day", fr.Time(late), "21 novembre 2026, 00:30"},
		{"another zone", fr.In(time.UTC).Day(late), "20 novembre 2026"},
		{"month of a year", fr.MonthYear(2026, time.March), "mars 2026"},
		{"home phone", fr.Phone("+22370000000"), "70 00 00 00"},
		{"phone abroad", fr.Phone("+33612345678"), "+33 6 12 34 56 78"},
		{"not a phone", fr.Phone("bonjour"), "bonjour"},
		{"list of one", fr.List([]string{"français"}), "français"},
		{"list", fr.List([]string{"français", "bamanankan", "soninké"}), "français, bamanankan et soninké"},
		{"empty list", fr.List(nil), ""},
	} {
		if got := spaced(test.got); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// spaced makes the spaces that keep numbers together ordinary, so that expectations can be read.
func spaced(s string) string {
	return strings.NewReplacer(narrowSpace, " ", fixedSpace, " ").Replace(s)
}

func TestNumbersAndUnitsStayOnOneLine(t *testing.T) {
	l := loaded(t).For(French)
	for _, text := range []string{l.Number(150000), l.Money(150000), l.Percent(.31), l.Kilometres(12)} {
		if strings.Contains(text, " ") {
			t.Errorf("%q may be broken over two lines", text)
		}
	}
}

func TestFrenchPunctuationStaysWithItsWord(t *testing.T) {
	if got, want := unbroken("Erreur : « non » ? 31 %"), "Erreur\u00a0: «\u00a0non\u00a0»\u00a0? 31\u00a0%"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNegotiate(t *testing.T) {
	c := loaded(t)
	for _, test := range []struct {
		name, asked, remembered, accept string
		want                            Tag
	}{
		{"nothing said", "", "", "", French},
		{"asked wins", "en", "ar", "pt", English},
		{"remembered next", "", "ar", "en", Arabic},
		{"browser", "", "", "de-DE,pt-BR;q=0.8,en;q=0.5", Portuguese},
		{"upper case", "EN", "", "", English},
		{"unknown falls through", "xx", "<script>", "bm", Bambara},
		{"malformed header", "", "", ";;;q=", French},
		{"pseudo only in tests", "qps", "", "", French},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := c.Negotiate(test.asked, test.remembered, test.accept); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func FuzzNegotiate(f *testing.F) {
	c, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("fr", "en", "fr-ML,fr;q=0.9,*;q=0.1")
	f.Add("", "\x00", "q=;,,-")
	f.Fuzz(func(t *testing.T, asked, remembered, accept string) {
		if tag := c.Negotiate(asked, remembered, accept); c.tables[tag] == nil {
			t.Errorf("chose %q, which has no messages", tag)
		}
	})
}
