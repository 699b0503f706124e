package place

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// Store keeps areas and crosswalks. The store of the product implements it.
type Store interface {
	// Areas gives every area and crosswalk of a country.
	Areas(ctx context.Context, tx domain.Tx, country string) ([]Area, []Crosswalk, error)
	// SaveAreas inserts or replaces areas and crosswalks by their codes and
	// says how many rows were new or different; any makes search indexes build
	// anew. Parents come before children.
	SaveAreas(ctx context.Context, tx domain.Tx, areas []Area, crosswalk []Crosswalk) (changed int, err error)
}
