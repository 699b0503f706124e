// Package wording holds the texts people agree to, every version of them.
//
// A consent is given to a text. Its record names the version and the language,
// so what somebody agreed to years ago can be printed as it was read to them.
// A version is never edited: another sentence is another version, added to
// texts.csv below the others, with Current raised. A test pins what stands.
//
// Bambara, Portuguese and Arabic texts wait for a native reader; changing them
// then makes a version too.
package wording

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Current is the version people are asked with.
const Current = "2026-11-27"

// Native is the language a text is shown in where it is missing in another.
const Native = "fr"

// Text is what somebody is asked, for one purpose, in one language.
type Text struct {
	Version  string
	Since    string // the day from which it was asked, YYYY-MM-DD
	Purpose  string
	Language string
	Title    string
	Body     string // "{employer}" stands for the employer it is about
}

// ID names the text, for a printed proof: "matching/2026-11-27/fr".
func (t Text) ID() string { return t.Purpose + "/" + t.Version + "/" + t.Language }

// About gives the text with the employer's name in it.
func (t Text) About(employer string) Text {
	if employer == "" {
		employer = "…"
	}
	t.Title, t.Body = strings.ReplaceAll(t.Title, "{employer}", employer), strings.ReplaceAll(t.Body, "{employer}", employer)
	return t
}

//go:embed texts.csv
var shipped string

// texts are the shipped ones. They cannot be wrong where the tests pass.
var texts = sync.OnceValue(func() []Text {
	list, err := read(shipped)
	if err != nil {
		panic(err)
	}
	return list
})

const columns = 6

func read(table string) ([]Text, error) {
	r := csv.NewReader(strings.NewReader(table))
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("wording: %w", err)
	}
	if len(rows) == 0 {
		return nil, errors.New("wording: no texts")
	}
	list := make([]Text, 0, len(rows)-1)
	for _, row := range rows[1:] {
		list = append(list, Text{Version: row[0], Since: row[1], Purpose: row[2], Language: row[3], Title: row[4], Body: row[5]})
	}
	return list, nil
}

// All lists every text, the oldest version first.
func All() []Text { return slices.Clone(texts()) }

// Versions lists the versions there were, the oldest first.
func Versions() []string {
	var out []string
	for _, t := range texts() {
		if !slices.Contains(out, t.Version) {
			out = append(out, t.Version)
		}
	}
	return out
}

// Known reports whether a version exists.
func Known(version string) bool { return slices.Contains(Versions(), version) }

// Of gives the text of a version for a purpose, in a language or else in
// French; false when that version has none. Consents collected before an
// import have none.
func Of(version, purpose, language string) (Text, bool) {
	native, found := Text{}, false
	for _, t := range texts() {
		if t.Version != version || t.Purpose != purpose {
			continue
		}
		if t.Language == language {
			return t, true
		}
		if t.Language == Native {
			native, found = t, true
		}
	}
	return native, found
}

// Ask gives the text to ask with now.
func Ask(purpose, language string) Text {
	t, _ := Of(Current, purpose, language)
	return t
}
