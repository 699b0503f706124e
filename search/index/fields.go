package index

import (
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/baara-platform/baara/domain/matching"
)

// formatVersion is part of what an index must carry to be served: raise it when fields, options or the meaning of terms change.
const formatVersion = "2"

// The fields beside those of matching.
const (
	FieldKind     = "kind"  // person or vacancy
	FieldSince    = "since" // day of registration or publication, for ties and for sorting
	FieldRegion   = "region"
	FieldGroup    = "group"    // ISCO sub-major groups
	FieldContract = "contract" // vacancies only
	FieldTitle    = "title"    // vacancies only: stems of the title and of the occupation's labels
	FieldText     = "text"     // people: stems of skills and occupations; vacancies: of skills, description and place
)

// The kinds of documents.
const (
	KindPerson  = "person"
	KindVacancy = "vacancy"
)

const (
	// exact fields answer yes or no: no frequencies, no norms, no positions, nothing stored.
	exact = index.IndexField | index.SkipFreqNorm
	// counted fields are sorted or counted too.
	counted = exact | index.DocValues
	// words fields are ranked by how often and how rarely a word occurs.
	words = index.IndexField
)

// options lists every field that may exist, with how it is indexed. A field that is not here is dropped with an error.
func options(field string) (index.FieldIndexingOptions, bool) {
	switch field {
	case FieldKind:
		return exact, true
	case FieldSince, FieldRegion, FieldGroup, FieldContract:
		return counted, true
	case FieldTitle, FieldText:
		return words, true
	}
	return exact, matchField()[field]
}

var matchField = sync.OnceValue(func() map[string]bool {
	fields := map[string]bool{}
	for _, f := range matching.Fields() {
		fields[f] = true
	}
	return fields
})
