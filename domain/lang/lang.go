// Package lang holds every sentence people read: one catalogue for pages, text messages and printed documents.
//
// A message has a key ("public.register.title") whose first word is its area. The texts of an area are in
// messages/<area>.<language>.toml (a large area has further files, <area>-<part>.<language>.toml), so several people can add
// messages without touching the same file. French is the
// language Baara is written in; French and English are always complete (a test says which key is missing). The other
// languages may be partial: a message they lack is shown in French.
//
// Promises: a catalogue never changes after Load, is safe for concurrent use, and a message with wrong or missing
// arguments is an error in tests, never a half sentence on a page. The package formats numbers, money, dates and phones
// by language, not by country. It knows nothing of pages, requests or the database.
package lang

import "strings"

// Tag names a language by its BCP 47 code, for instance "fr".
type Tag string

// The interface languages. Pseudo is generated from French to find words that bypass the catalogue; see WithPseudo.
const (
	French     Tag = "fr"
	English    Tag = "en"
	Portuguese Tag = "pt"
	Bambara    Tag = "bm"
	Arabic     Tag = "ar"
	Pseudo     Tag = "qps"
)

// Language describes one language of the interface.
type Language struct {
	Tag Tag
	// Name is the language's name in itself, for language links.
	Name string
	// Dir is the text direction: "ltr" or "rtl".
	Dir string
	// Reviewed is false while no native reader has checked the texts.
	Reviewed bool
}

// Languages lists what people may choose, in the order of the language bar.
func Languages() []Language {
	return []Language{
		{French, "Français", "ltr", true},
		{Bambara, "Bamanankan", "ltr", false},
		{English, "English", "ltr", true},
		{Portuguese, "Português", "ltr", false},
		{Arabic, "العربية", "rtl", false},
	}
}

// describe returns the language of a tag; the pseudo-locale reads like French.
func describe(tag Tag) (Language, bool) {
	if tag == Pseudo {
		return Language{Pseudo, "⟦Pseudo⟧", "ltr", true}, true
	}
	for _, l := range Languages() {
		if l.Tag == tag {
			return l, true
		}
	}
	return Language{}, false
}

// Areas lists the first words of message keys; each is one file a language. Keys of an unknown area are refused at Load.
func Areas() []string {
	return []string{
		"common", "error", "reference", "public", "jobseeker", "employer", "counsellor", "offers", "admin", "myaccount", "sms",
		"security", "export", "protection", "papers", "rights",
	}
}

// IsKey says whether a string has the shape of a message key: a known area, then lower-case words joined by dots.
// A trailing dot marks the beginning of a family of keys, for instance "reference.sex.".
func IsKey(s string) bool {
	area, rest, found := strings.Cut(s, ".")
	if !found || rest == "" {
		return false
	}
	known := false
	for _, a := range Areas() {
		known = known || a == area
	}
	return known && strings.IndexFunc(rest, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '_'
	}) < 0
}
