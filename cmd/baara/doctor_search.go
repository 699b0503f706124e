package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// mostNamed bounds how many records are named of each kind of difference.
const mostNamed = 10

// searchDoctor compares the index of this machine with the database, record by
// record, also while a server holds it. It reads everything searchable.
func searchDoctor(ctx context.Context, s *Settings) error {
	dir, err := s.dataDir()
	if err != nil {
		return err
	}
	return withUseCases(ctx, s, func(core *wire.Core) error {
		d, err := compareIndex(ctx, core, filepath.Join(dir, "index"))
		if err != nil {
			return err
		}
		return reportDifferences(os.Stdout, d)
	})
}

func compareIndex(ctx context.Context, core *wire.Core, dir string) (d feed.Differences, err error) {
	source := core.DB.Search()
	at, err := source.Horizon(ctx)
	if err != nil {
		return d, err
	}
	whole, err := source.Count(ctx)
	if err != nil {
		return d, err
	}
	bar := newProgress(os.Stderr, "compare")
	err = index.Look(dir, at.Epoch, func(at matching.Position, state *index.Snapshot) error {
		d, err = feed.Compare(ctx, source, at, state, domain.DateOf(core.Clock.Now()), func(done int) {
			bar.show(int64(done), int64(whole), fmt.Sprintf("%d of %d records", done, whole))
		})
		return err
	})
	if errors.Is(err, index.ErrRefused) {
		return d, fmt.Errorf("%w: it is rebuilt at the next start, or by baara reindex", err)
	}
	if err == nil {
		bar.end(fmt.Sprintf("%d records", d.Compared))
	}
	return d, err
}

// reportDifferences says what differs; errUnwell when anything does.
func reportDifferences(w io.Writer, d feed.Differences) error {
	fmt.Fprintf(w, "%d records compared, %d not: they changed since the index read the changes.\n", d.Compared, d.Behind)
	if d.Ended > 0 {
		fmt.Fprintf(w, "%d people in the index have ended their consent by the passing of days: no question finds them.\n", d.Ended)
	}
	for _, kind := range []struct {
		says string
		ids  []domain.ID
	}{
		{"searchable, but not in the index", d.Missing},
		{"in the index, but not searchable", d.Extra},
		{"in the index otherwise than in the database", d.Stale},
	} {
		if len(kind.ids) == 0 {
			continue
		}
		fmt.Fprintf(w, "WRONG  %d %s:\n", len(kind.ids), kind.says)
		for _, id := range kind.ids[:min(mostNamed, len(kind.ids))] {
			fmt.Fprintf(w, "       %s\n", id)
		}
	}
	if d.Any() {
		fmt.Fprintln(w, "Rebuild the index: on the administrator's page /admin/index, or by baara reindex.")
		return errUnwell
	}
	fmt.Fprintln(w, "ok     index and database say the same")
	return nil
}
