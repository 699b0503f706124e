package webtest

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/baara-platform/baara/domain/lang"
)

// checkWords opens a page in the pseudo-locale, where every text of the catalogue stands between ⟦ and ⟧: a word outside
// of them is written in the code or in a template.
func checkWords(t *testing.T, address string, o Options) {
	t.Helper()
	page := get(t, inLanguage(address, lang.Pseudo), o)
	root, err := html.Parse(bytes.NewReader(page.body))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(page.body, []byte(`<html lang="`+string(lang.Pseudo)+`"`)) {
		t.Fatal("the server has no pseudo-locale: load its catalogue with lang.WithPseudo")
	}
	for _, text := range spokenTexts(root) {
		if rest := foreign(text, o.Data); rest != "" {
			t.Errorf("%q is not in the catalogue (name data with translate=no or list it in Options.Data)", rest)
		}
	}
}

// spokenTexts collects what people see or hear: texts, and attributes that hold words.
func spokenTexts(n *html.Node) []string {
	if n.Type == html.TextNode {
		return []string{n.Data}
	}
	if n.Type == html.ElementNode {
		if attribute(n, "translate") == "no" || attribute(n, "lang") != "" && n.Data != "html" {
			return nil
		}
		switch n.Data {
		case "script", "style", "code", "svg":
			return nil
		}
	}
	var out []string
	for _, name := range []string{"alt", "aria-label", "title", "placeholder", "data-left", "data-found", "data-offline"} {
		if v := attribute(n, name); v != "" {
			out = append(out, v)
		}
	}
	var inside []string
	mixed := false
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		mixed = mixed || child.Type == html.TextNode && strings.TrimSpace(child.Data) != ""
		inside = append(inside, spokenTexts(child)...)
	}
	if mixed { // a message with a name or a link in its middle is one text
		inside = []string{strings.Join(inside, "")}
	}
	return append(out, inside...)
}

// foreign returns the words of a text that are neither from the catalogue nor known data.
func foreign(text string, data []string) string {
	var outside strings.Builder
	depth := 0
	for _, r := range text {
		switch string(r) {
		case lang.PseudoOpen:
			depth++
		case lang.PseudoClose:
			depth--
		default:
			if depth == 0 {
				outside.WriteRune(r)
			}
		}
	}
	rest := outside.String()
	for _, known := range append(slices.Clone(data), "Baara", "FCFA", "km") {
		if len(known) > 1 { // a letter is a code, not a part of words
			rest = strings.ReplaceAll(rest, known, "")
		}
	}
	rest = strings.TrimSpace(rest)
	if slices.Contains(data, rest) || strings.IndexFunc(rest, unicode.IsLetter) < 0 {
		return ""
	}
	return rest
}
