package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Taxonomy and places: public to read. Importing them is Baara's own, from the
// command line, and stands in no row; the index is the administrator's.
const (
	TaxonomyRead   Action = "taxonomy.read"
	TaxonomyImport Action = "taxonomy.import"
	PlaceImport    Action = "place.import"
	IndexRebuild   Action = "index.rebuild"
	IndexRead      Action = "index.read"
)

func referenceRows() []Row {
	return slices.Concat(
		permit(everybody(), Anyone, TaxonomyRead),
		permit(roles(domain.RoleAdministrator), Anyone, IndexRebuild, IndexRead),
	)
}
