package wire

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// editions are those of the taxonomy that the linker was loaded from.
type editions struct {
	mu   sync.Mutex
	list []taxonomy.Version
}

// linkerFollows is how often a server looks whether the taxonomy was imported anew, by a command or by another server.
const linkerFollows = 20 * time.Second

// LoadLinker reads the taxonomy into the linker.
func (c *Core) LoadLinker(ctx context.Context) error {
	c.editions.mu.Lock()
	defer c.editions.mu.Unlock()
	now, err := c.Concepts.Versions(ctx, domain.System())
	if err != nil {
		return fmt.Errorf("read the taxonomy's editions: %w", err)
	}
	return c.loadLinker(ctx, now)
}

// RefreshLinker is LoadLinker where there are editions that the linker does not know.
func (c *Core) RefreshLinker(ctx context.Context) (loaded bool, err error) {
	c.editions.mu.Lock()
	defer c.editions.mu.Unlock()
	now, err := c.Concepts.Versions(ctx, domain.System())
	if err != nil || slices.EqualFunc(now, c.editions.list, sameEdition) {
		return false, err
	}
	return true, c.loadLinker(ctx, now)
}

func sameEdition(a, b taxonomy.Version) bool {
	return a.ID == b.ID && a.Checksum == b.Checksum && a.ImportedAt.Equal(b.ImportedAt)
}

func (c *Core) loadLinker(ctx context.Context, now []taxonomy.Version) error {
	labels := func(ctx context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
		return c.DB.View(ctx, domain.System(), func(tx domain.Tx) error {
			return c.DB.Taxonomy().EachLabel(ctx, tx, yield)
		})
	}
	if err := c.Linker.Load(ctx, labels); err != nil {
		return fmt.Errorf("read the taxonomy into the linker: %w", err)
	}
	c.editions.list = now
	return nil
}

// followTaxonomy keeps the linker up to date until ctx ends.
func (c *Core) followTaxonomy(ctx context.Context, log *slog.Logger) {
	turn := time.NewTicker(linkerFollows)
	defer turn.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-turn.C:
		}
		switch loaded, err := c.RefreshLinker(ctx); {
		case err != nil && ctx.Err() == nil:
			log.Error("the taxonomy could not be read again", "error", err.Error())
		case loaded:
			log.Info("the taxonomy was imported anew: words are linked by it from now on")
		}
	}
}
