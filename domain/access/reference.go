package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Places, taxonomy, reference data: public to read, the administrator's to change.
const (
	TaxonomyRead   Action = "taxonomy.read"
	TaxonomyImport Action = "taxonomy.import"
	PlaceRead      Action = "place.read"
	PlaceImport    Action = "place.import"
	IndexRebuild   Action = "index.rebuild"
	IndexRead      Action = "index.read"
)

func referenceRows() []Row {
	return slices.Concat(
		permit(everybody(), Anyone, TaxonomyRead, PlaceRead),
		permit(roles(domain.RoleAdministrator), Anyone, TaxonomyImport, PlaceImport, IndexRebuild, IndexRead),
	)
}
