package index

import (
	"slices"
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/baara-platform/baara/domain/matching"
)

// formatVersion is part of what an index must carry to be served: raise it when fields, options or the meaning of terms change.
const formatVersion = "6"

// The fields beside those of matching.
const (
	FieldKind     = "kind"  // person or vacancy
	FieldSince    = "since" // day of registration or publication, for ties and for sorting
	FieldRegion   = "region"
	FieldGroup    = "group"    // ISCO sub-major groups
	FieldContract = "contract" // vacancies only
	FieldTitle    = "title"    // vacancies only: stems of the title and of the occupation's labels
	FieldText     = "text"     // people: stems of skills and occupations; vacancies: of skills, description and place
	FieldPrint    = "print"    // fingerprint of all other fields, to compare the index with the database; see [Document.Print]
)

// The kinds of documents.
const (
	KindPerson  = "person"
	KindVacancy = "vacancy"
)

// indexed is how every field is: its terms lead to documents, and nothing else is kept; no frequencies, no norms, no positions, no values by document.
// What lists are sorted and counted by is derived from the terms and kept in memory, see [Segment.Column] and [Segment.Set].
const indexed = index.IndexField | index.SkipFreqNorm

// allFields are those there are, in order. One that is not here is refused with an error.
var allFields = sync.OnceValue(func() []string {
	fields := append(matching.Fields(), FieldKind, FieldSince, FieldRegion, FieldGroup, FieldContract, FieldTitle, FieldText)
	slices.Sort(fields)
	return slices.Compact(fields)
})
