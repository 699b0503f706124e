package index

import (
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// termsField is a field whose terms come ready made. Bleve's own fields carry a text that an analyzer takes apart into tokens with places and
// frequencies; nothing of that is kept, and making it took a third of the time to index a person.
type termsField struct {
	name  string
	terms []string
	found bleveindex.TokenFrequencies
}

// Analyze implements document.Field: all terms lead to one entry that says how often they occur, which is not kept.
func (f *termsField) Analyze() {
	once := &bleveindex.TokenFreq{}
	f.found = make(bleveindex.TokenFrequencies, len(f.terms))
	for _, t := range f.terms {
		f.found[t] = once
	}
}

// Name implements document.Field.
func (f *termsField) Name() string { return f.name }

// ArrayPositions implements document.Field.
func (f *termsField) ArrayPositions() []uint64 { return nil }

// Options implements document.Field.
func (f *termsField) Options() bleveindex.FieldIndexingOptions { return indexed }

// Value implements document.Field: nothing is stored.
func (f *termsField) Value() []byte { return nil }

// NumPlainTextBytes implements document.Field.
func (f *termsField) NumPlainTextBytes() uint64 { return 0 }

// Size implements document.Field.
func (f *termsField) Size() int {
	n := len(f.name)
	for _, t := range f.terms {
		n += len(t)
	}
	return n
}

// EncodedFieldType implements document.Field.
func (f *termsField) EncodedFieldType() byte { return 't' }

// AnalyzedLength implements document.Field.
func (f *termsField) AnalyzedLength() int { return len(f.terms) }

// AnalyzedTokenFrequencies implements document.Field.
func (f *termsField) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.found }
