package wire

import (
	"context"
	"fmt"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/collection"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Collections wires the import of people and vacancies. It reads the taxonomy
// once: call it after LoadStarter.
func (c *Core) Collections(ctx context.Context) (collection.Deps, error) {
	var known []taxonomy.Concept
	err := c.DB.View(ctx, domain.System(), func(tx domain.Tx) error {
		found, err := c.DB.Taxonomy().Known(ctx, tx)
		if err != nil {
			return err
		}
		ids := make([]domain.ID, len(found))
		for i, k := range found {
			known, ids[i] = append(known, k.Concept), k.ID
		}
		labels, err := c.DB.Taxonomy().Labels(ctx, tx, ids)
		for i := range known {
			known[i].Labels = labels[known[i].ID]
		}
		return err
	})
	if err != nil {
		return collection.Deps{}, fmt.Errorf("read the taxonomy: %w", err)
	}
	return collection.Deps{
		Jobseekers: c.Jobseekers, Vacancies: c.Vacancies, Linker: c.Linker, Places: c.Directory.Present(),
		Concepts: collection.NewConcepts(known), Country: c.Directory.Present().Pack().Country, AgencyFor: c.agencyFor,
	}, nil
}

func (c *Core) agencyFor(ctx context.Context, place string) (agency domain.ID, err error) {
	err = c.DB.View(ctx, domain.System(), func(tx domain.Tx) error {
		agency, err = c.DB.Registrations().AgencyFor(ctx, tx, place, c.Directory.Present().Pack().Country)
		return err
	})
	return agency, err
}

// Stamp names the state of the taxonomy: with another one, words of the same
// record may mean something else.
func (c *Core) Stamp(ctx context.Context) (string, error) {
	var stamp strings.Builder
	err := c.DB.View(ctx, domain.System(), func(tx domain.Tx) error {
		versions, err := c.DB.Taxonomy().Versions(ctx, tx)
		for _, v := range versions {
			stamp.WriteString(v.Scheme + v.Version + v.Checksum)
		}
		return err
	})
	return stamp.String(), err
}
