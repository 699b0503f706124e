package taxonomy

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// Store reads concepts. The store of the product implements it.
type Store interface {
	// Concept gives a concept with its labels; NotFound otherwise.
	Concept(ctx context.Context, tx domain.Tx, id domain.ID) (Concept, error)
	// Concepts gives those of the ids that exist, with their labels, in two queries.
	Concepts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]Concept, error)
	// ByURI gives the ids of those addresses that are known.
	ByURI(ctx context.Context, tx domain.Tx, uris []string) (map[string]domain.ID, error)
	// Relations gives the relations that start or end at a concept, only to active ones.
	Relations(ctx context.Context, tx domain.Tx, id domain.ID) ([]Relation, error)
	// EachLabel walks over the labels of all active concepts, in the order of
	// concepts: what a linker is built from.
	EachLabel(ctx context.Context, tx domain.Tx, fn func(Concept, Label) error) error
	// Versions lists the releases that were stored, the latest first.
	Versions(ctx context.Context, tx domain.Tx) ([]Version, error)
}

// ImportStore is what storing a release needs besides.
type ImportStore interface {
	// Known gives every concept with its preferred titles.
	Known(ctx context.Context, tx domain.Tx) ([]Known, error)
	// SaveConcepts inserts or updates concepts by id, without labels, and notes the version that changed them.
	SaveConcepts(ctx context.Context, tx domain.Tx, concepts []Concept, version domain.ID) error
	// Labels gives all labels of concepts.
	Labels(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID][]Label, error)
	// ChangeLabels removes and then inserts or updates labels.
	ChangeLabels(ctx context.Context, tx domain.Tx, remove, save []ConceptLabel) error
	// AllRelations gives every relation.
	AllRelations(ctx context.Context, tx domain.Tx) ([]Relation, error)
	// ChangeRelations removes and then inserts relations; one that exists takes the given source.
	ChangeRelations(ctx context.Context, tx domain.Tx, remove, save []Relation) error
	// OutdateIndex notes, in the transaction of a change, that search indexes made before it say what no longer holds. They are built anew at once when
	// the release is whole with it; else a while later, in case the import was cut off and nobody goes on.
	OutdateIndex(ctx context.Context, tx domain.Tx, whole bool) error
	// SaveVersion inserts or updates a release by scheme and version and gives its stored id.
	SaveVersion(ctx context.Context, tx domain.Tx, v Version) (domain.ID, error)
	// Versions lists the releases that were stored, the latest first.
	Versions(ctx context.Context, tx domain.Tx) ([]Version, error)
}

// ConceptLabel is a label and whose it is.
type ConceptLabel struct {
	ConceptID domain.ID
	Label
}
