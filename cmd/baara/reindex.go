package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

type reindexCmd struct{}

// Run builds the search index anew beside the old one and replaces it. A
// server keeps its index to itself: while one runs, its own page does it.
func (reindexCmd) Run(ctx context.Context, s *Settings) error {
	boundMemory()
	log := s.logger(os.Stderr)
	dir, err := s.dataDir()
	if err != nil {
		return err
	}
	live, err := index.Open(filepath.Join(dir, "index"), log)
	if domain.KindOf(err) == domain.KindUnavailable {
		return fmt.Errorf("a server holds the index in %s: rebuild it there, on the administrator's page /admin/index, or stop the server first", dir)
	}
	if err != nil {
		return err
	}
	defer func() { _ = live.Close() }()
	return withCore(ctx, s, func(core *wire.Core) error {
		start := time.Now()
		bar := newProgress(os.Stderr, "reindex")
		whole, err := core.DB.Search().Count(ctx)
		if err != nil {
			return err
		}
		f := feed.New(core.DB.Search(), live, core.Clock, log)
		f.OnProgress(func(built int) { bar.show(int64(built), int64(whole), fmt.Sprintf("%d of %d records", built, whole)) })
		at, err := core.DB.Search().Horizon(ctx)
		if err != nil {
			return err
		}
		// The old index stays on disk until the new one is whole.
		if _, err := live.Resume(at.Epoch); err != nil {
			return err
		}
		if err := f.Reindex(ctx); err != nil {
			return err
		}
		stats, err := live.Stats()
		bar.end(fmt.Sprintf("%d records", stats.Documents))
		took := time.Since(start).Seconds()
		fmt.Printf("The index is new: %d records, %.1f MB, %.1f s, %.0f a second.\n",
			stats.Documents, float64(stats.Bytes)/1e6, took, float64(stats.Documents)/took)
		return err
	})
}
