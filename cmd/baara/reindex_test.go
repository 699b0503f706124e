package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/web/layout"
)

// TestTheIndexIsRebuilt rebuilds it under searches, refuses the command while a
// server holds it, and lets the command do it afterwards.
func TestTheIndexIsRebuilt(t *testing.T) {
	s := &Settings{DataDir: t.TempDir(), LogLevel: "error"}
	w := newWorldOf(t, func(w *world) store.Keys { // in the folder the command looks in
		s.DatabaseURL, s.OwnerURL = w.appURL, w.ownerURL
		db, err := openDatabase(w.ctx, s, slog.New(slog.DiscardHandler))
		w.must(err)
		keys, _, err := openKeys(w.ctx, s, db)
		w.must(err)
		w.must(db.stop(w.ctx))
		return keys
	}).withTaxonomy()
	_, err := demoAgencies(w.ctx, w.core)
	w.must(err)
	_, err = w.core.Invent(w.ctx, wire.Invention{Seed: 6, People: 400, Vacancies: 10})
	w.must(err)
	dir := filepath.Join(s.DataDir, "index")
	server, err := wire.NewServer(w.ctx, w.core, wire.ServerOptions{IndexDir: dir, Log: slog.New(slog.DiscardHandler), Site: layout.Site{}})
	w.must(err)
	ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
	defer cancel()
	w.must(server.Feed.Await(ctx))
	vacancy := w.aVacancy()
	want := w.total(server, vacancy)
	if want == 0 {
		t.Fatal("nobody fits the vacancy")
	}

	before := w.generation(dir)
	server.Feed.Rebuild()
	searched := w.searchUntil(server, vacancy, want, func() bool {
		return w.generation(dir) != before && server.Feed.Status().State == feed.Ready
	})
	if searched == 0 {
		t.Error("no search ran while the index was rebuilt")
	}

	err = reindexCmd{}.Run(w.ctx, s)
	if err == nil || !strings.Contains(err.Error(), "a server holds the index") || strings.Contains(err.Error(), "index.Open") {
		t.Errorf("beside a server: %v", err)
	}
	w.must(server.Close())

	before = w.generation(dir)
	w.must(reindexCmd{}.Run(w.ctx, s))
	if after := w.generation(dir); after == before {
		t.Errorf("the command left generation %s", after)
	}
	server, err = wire.NewServer(w.ctx, w.core, wire.ServerOptions{IndexDir: dir, Log: slog.New(slog.DiscardHandler), Site: layout.Site{}})
	w.must(err)
	defer func() { w.must(server.Close()) }()
	w.must(server.Feed.Await(ctx))
	if got := w.total(server, vacancy); got != want {
		t.Errorf("after the command %d people fit, before %d", got, want)
	}
}

// aVacancy gives the id of one that is public.
func (w *world) aVacancy() domain.ID {
	w.Helper()
	var id string
	w.must(w.sql.QueryRowContext(w.ctx, `SELECT id::text FROM vacancies WHERE state = 'published' ORDER BY id LIMIT 1`).Scan(&id))
	return domain.ID(id)
}

func (w *world) total(server *wire.Server, vacancy domain.ID) int {
	w.Helper()
	found, err := server.Matches.ForVacancy(w.ctx, domain.System(), vacancy, matching.Page{Size: 20})
	w.must(err)
	return found.Total
}

// searchUntil searches from two goroutines until the condition holds and counts
// the searches; each must find as many people.
func (w *world) searchUntil(server *wire.Server, vacancy domain.ID, want int, done func() bool) int64 {
	w.Helper()
	var stop atomic.Bool
	var searched atomic.Int64
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for !stop.Load() {
				found, err := server.Matches.ForVacancy(w.ctx, domain.System(), vacancy, matching.Page{Size: 20})
				if err != nil || found.Total != want {
					w.Errorf("a search during the rebuild found %d people, want %d: %v", found.Total, want, err)
					return
				}
				searched.Add(1)
			}
		})
	}
	w.until("the index is rebuilt", done)
	stop.Store(true)
	all.Wait()
	return searched.Load()
}

// generation names the newest generation on disk.
func (w *world) generation(dir string) string {
	w.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "g*"))
	w.must(err)
	slices.Sort(found)
	if len(found) == 0 {
		return ""
	}
	if _, err := os.Stat(found[len(found)-1]); err != nil {
		return ""
	}
	return filepath.Base(found[len(found)-1])
}
