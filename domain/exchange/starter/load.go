package starter

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Load brings the database to the shipped data: the territories of the
// directory's pack and Baara's occupations and skills. It may run at every
// start: where these very files were loaded before it only looks and is done
// in a few milliseconds. What staff or other imports added stays.
func Load(ctx context.Context, places *place.Directory, importer *taxonomy.Importer) (taxonomy.Report, error) {
	if _, err := places.Seed(ctx); err != nil {
		return taxonomy.Report{}, err
	}
	release, err := Taxonomy()
	if err != nil {
		return taxonomy.Report{}, err
	}
	stored, err := importer.Stored(ctx, release.Scheme, release.Version, release.Checksum)
	if err != nil || stored {
		return taxonomy.Report{}, err
	}
	return importer.Import(ctx, domain.System(), release, nil)
}
