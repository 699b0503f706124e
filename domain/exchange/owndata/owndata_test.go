package owndata_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/exchange/owndata"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
)

// filler puts a word of its own into every text of a value, and something into
// everything else, so that what a copy forgets shows.
type filler struct {
	words []string
	kept  []string // words of fields that copies leave out
}

func (f *filler) fill(v reflect.Value, out bool) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)))
		return
	case v.Type() == reflect.TypeFor[domain.Date]():
		v.Set(reflect.ValueOf(domain.Date{Year: 2026, Month: 11, Day: 27}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		word := fmt.Sprintf("ɲɛɔŋ%dx", len(f.words)+len(f.kept))
		v.SetString(word)
		if out {
			f.words = append(f.words, word)
		} else {
			f.kept = append(f.kept, word)
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), out)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(v.Index(i), out)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		value := reflect.New(v.Type().Elem()).Elem()
		f.fill(value, out)
		v.SetMapIndex(reflect.ValueOf("Reference").Convert(v.Type().Key()), value)
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), out && !owndata.Left(v.Type(), v.Type().Field(i)))
		}
	default:
		panic("owndata_test: no filling for " + v.Type().String())
	}
}

// whole is a copy with everything in it, and the words that have to come out.
func whole() (rights.Copy, []string) {
	var c rights.Copy
	var f filler
	f.fill(reflect.ValueOf(&c).Elem(), true)
	c.Export.Reference, c.Export.MadeAt = "EXP-2026-00007", time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	words := slices.DeleteFunc(f.words, func(w string) bool { return w == c.Export.Kind })
	for _, name := range c.Agencies {
		words = slices.DeleteFunc(words, func(w string) bool { return w == name })
	}
	c.Agencies = map[domain.ID]string{c.Registration.AgencyID: "ɲAgency"}
	for _, file := range c.Cases {
		c.Agencies[file.File.AgencyID] = "ɲAgency"
	}
	words = append(words, "ɲAgency")
	files := []string{}
	for _, file := range c.Files { // they stand in Cases
		files = append(files, string(file.Stage), string(file.SuspendedFrom), file.CloseReason)
		for _, b := range file.Barriers {
			files = append(files, b.Kind, b.Detail)
		}
	}
	return c, slices.DeleteFunc(words, func(w string) bool { return slices.Contains(files, w) })
}

func TestTheJSONHoldsEveryFieldUnderANameThatStays(t *testing.T) {
	c, words := whole()
	body, err := owndata.JSON(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range words {
		if !bytes.Contains(body, []byte(`"`+word+`"`)) {
			t.Errorf("a field's word is not in the copy: %s", word)
		}
	}
	var got map[string]any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	var names []string
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch x := v.(type) {
		case map[string]any:
			for name, below := range x {
				walk(strings.TrimPrefix(path+"."+name, "."), below)
			}
		case []any:
			for _, item := range x {
				walk(path+"[]", item)
			}
		default:
			names = append(names, path)
		}
	}
	walk("", got)
	slices.Sort(names)
	names = slices.Compact(names)
	const file = "testdata/names.txt"
	if os.Getenv("BAARA_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(strings.Join(names, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Fields(string(want)), names); diff != "" {
		t.Errorf("names people were promised changed (-%s +now); a name that is new is added to the file, one that is gone or renamed raises owndata.Version:\n%s", file, diff)
	}
	if got["format"] != owndata.Format || got["version"] != float64(owndata.Version) || got["export"] != "EXP-2026-00007" {
		t.Errorf("the head is %v %v %v", got["format"], got["version"], got["export"])
	}
}

type gazetteer struct{}

func (gazetteer) Place(code string) string   { return map[string]string{"BKO": "Bamako"}[code] }
func (gazetteer) Country(code string) string { return map[string]string{"LBY": "Libye"}[code] }

func catalogue(t *testing.T) *lang.Catalogue {
	t.Helper()
	c, err := lang.Load(lang.OnMissing(func(tag lang.Tag, key string, err error) { t.Errorf("%s: %s: %v", tag, key, err) }))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestThePDFSaysTheSameInWords(t *testing.T) {
	c, words := whole()
	for _, tag := range []lang.Tag{lang.French, lang.English} {
		body, err := owndata.PDF(c, catalogue(t).For(tag), gazetteer{})
		if err != nil {
			t.Fatal(err)
		}
		read := strings.Join(domaintest.PDFText(t, body), "\n")
		for _, word := range words {
			if !strings.Contains(read, word) {
				t.Errorf("%s: a field's word is not in the document: %s", tag, word)
			}
		}
		for _, said := range map[lang.Tag][]string{lang.French: {"où vous avez vécu", "EXP-2026-00007"}, lang.English: {"Journey", "27 November 2026"}}[tag] {
			if !strings.Contains(read, said) {
				t.Errorf("%s: the document does not say %q", tag, said)
			}
		}
		if strings.Contains(read, "rights.") {
			t.Errorf("%s: a key stands in the document", tag)
		}
	}
}

func TestCodesAreSaidAndLettersPrinted(t *testing.T) {
	var c rights.Copy
	c.Person.Given, c.Person.Family, c.Person.Sex = "Ɲɛlɛ", "Kɔnɔ ŋana", "female"
	c.Person.Residence.Place = "BKO"
	c.Journey.Episodes = append(c.Journey.Episodes, person.Episode{Country: "LBY"})
	body, err := owndata.PDF(c, catalogue(t).For(lang.French), gazetteer{})
	if err != nil {
		t.Fatal(err)
	}
	read := strings.Join(domaintest.PDFText(t, body), "\n")
	for _, said := range []string{"Ɲɛlɛ", "Kɔnɔ ŋana", "Femme", "Bamako", "Libye"} {
		if !strings.Contains(read, said) {
			t.Errorf("the document does not say %q:\n%s", said, read)
		}
	}
}
