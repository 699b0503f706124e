package index

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/document"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// Document is one record ready to be written.
type Document struct {
	id   domain.ID
	kind string
	// terms by field
	terms matching.Terms
}

// ID is the record's.
func (d Document) ID() domain.ID { return d.id }

// PersonDocument builds the document of a person.
func PersonDocument(p matching.PersonRecord) Document { return (*Stems)(nil).Person(p) }

// Person builds the document of a person.
func (s *Stems) Person(p matching.PersonRecord) Document {
	t := matching.ProfileTerms(p.Profile)
	put(t, FieldKind, KindPerson)
	put(t, FieldSince, p.Profile.WaitingSince.String())
	put(t, FieldRegion, p.Region)
	for _, e := range p.Profile.Experiences {
		put(t, FieldGroup, majorGroup(e.ISCO))
	}
	s.put(t, FieldText, p.Skills, p.Occupations)
	return Document{id: p.Profile.ID, kind: KindPerson, terms: t}
}

// VacancyDocument builds the document of a vacancy.
func VacancyDocument(v matching.VacancyRecord) Document {
	t := matching.OpeningTerms(v.Opening)
	put(t, FieldKind, KindVacancy)
	put(t, FieldSince, v.Opening.WaitingSince.String())
	put(t, FieldRegion, v.Region)
	put(t, FieldContract, v.Contract)
	put(t, FieldGroup, majorGroup(v.Opening.ISCO))
	var s *Stems
	s.put(t, FieldTitle, []string{v.Title}, v.Occupations)
	s.put(t, FieldText, v.Skills, []string{v.Description}, v.PlaceNames)
	return Document{id: v.Opening.ID, kind: KindVacancy, terms: t}
}

// majorGroup is the ISCO sub-major group by which lists are counted; a code of one digit says too little.
func majorGroup(isco string) string {
	if len(isco) < 2 {
		return ""
	}
	return isco[:2]
}

func put(t matching.Terms, field, term string) {
	if term != "" && !slices.Contains(t[field], term) {
		t[field] = append(t[field], term)
	}
}

// put adds the stems of each text once: a list of labels repeats itself, and how often is no sign of relevance.
func (s *Stems) put(t matching.Terms, field string, lists ...[]string) {
	if s == nil {
		s = new(Stems)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begin()
	terms := t[field]
	for _, texts := range lists {
		for _, text := range texts {
			for _, n := range s.of(text) {
				if s.seen[n] != s.round {
					s.seen[n] = s.round
					terms = append(terms, s.stems[n])
				}
			}
		}
	}
	t[field] = terms
}

// build makes the Bleve document.
func (d Document) build() (*document.Document, error) {
	doc := document.NewDocument(packID(d.id))
	return doc, d.fill(doc)
}

func (d Document) fill(doc *document.Document) error {
	known := 0
	for _, field := range allFields() {
		terms, ok := d.terms[field]
		if ok {
			known++
		}
		if len(terms) > 0 {
			doc.AddField(&termsField{name: field, terms: terms})
		}
	}
	if known != len(d.terms) {
		return fmt.Errorf("index: a field of %v is not allowed", slices.Sorted(maps.Keys(d.terms)))
	}
	doc.AddField(&termsField{name: FieldPrint, terms: printTerms(d.Print())})
	return nil
}

// packID stores a UUID in 16 bytes instead of 36 characters. Other identifiers, those of evaluation collections, get a prefix; the
// reader tells them apart by length, so one that would be 16 bytes with it gets another.
func packID(id domain.ID) string {
	if b, err := hex.DecodeString(strings.ReplaceAll(string(id), "-", "")); err == nil && len(b) == uuidBytes && len(id) == 36 {
		return string(b)
	}
	if packed := "~" + string(id); len(packed) != uuidBytes {
		return packed
	}
	return "~~" + string(id)
}

const uuidBytes = 16

// UnpackID gives back the identifier of a hit.
func UnpackID(s string) domain.ID {
	if len(s) == uuidBytes {
		h := hex.EncodeToString([]byte(s))
		return domain.ID(h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:])
	}
	return domain.ID(strings.TrimLeft(s, "~"))
}
