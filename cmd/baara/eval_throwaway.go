package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/collection"
	"github.com/baara-platform/baara/domain/exchange/esco"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/store/localpg"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// throwaway is a database and an index that live as long as a measurement. An
// operator's own data is never touched, whatever the settings say.
type throwaway struct {
	db   *database
	core *wire.Core
	live *index.Live
}

// evalPatience bounds a statement: whole taxonomies are read, on machines that may do other work.
const evalPatience = 10 * time.Minute

// evalSource is the name of the other system of what is measured.
const evalSource = "evaluation"

// withThrowaway makes an empty installation in a directory of its own, lends
// it and removes it.
func withThrowaway(ctx context.Context, fill, do func(context.Context, throwaway) error) (err error) {
	debug.SetGCPercent(400) // as the imports do: it lives for minutes
	dir, err := os.MkdirTemp("", "baara-eval-")
	if err != nil {
		return fmt.Errorf("eval: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	quiet := slog.New(slog.DiscardHandler)
	cluster, err := localpg.Start(ctx, localpg.Options{DataDir: filepath.Join(dir, "data"), Log: quiet})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Stop(context.WithoutCancel(ctx))) }()
	db := &database{cluster: cluster, appURL: cluster.AppURL(), systemURL: cluster.SystemURL(), ownerURL: cluster.OwnerURL()}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	core, err := wire.NewCore(ctx, db.appURL, wire.Options{Store: store.Options{System: db.systemURL, Timeout: evalPatience}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	if err := core.LoadStarter(ctx); err != nil {
		return err
	}
	live, err := index.Open(filepath.Join(dir, "index"), quiet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, live.Close()) }()
	t := throwaway{db, core, live}
	if err := fill(ctx, t); err != nil {
		return err
	}
	if err := db.analyse(ctx); err != nil {
		return err
	}
	say("index")
	if err := feed.New(core.DB.Search(), live, core.Clock, quiet).Reindex(ctx); err != nil {
		return err
	}
	if stats, err := live.Stats(); err == nil && stats.Documents > 0 {
		say(fmt.Sprintf("%d records in %d bytes of index, %d a record", stats.Documents, stats.Bytes, stats.Bytes/int64(stats.Documents)))
	}
	return do(ctx, t)
}

// say tells what is being done, apart from the answer.
func say(what string) { fmt.Fprintln(os.Stderr, "eval:", what) }

// importESCO brings a release in, and the linker up to date.
func (t throwaway) importESCO(ctx context.Context, dir string) error {
	say("taxonomy")
	release, _, err := esco.Read([]string{dir}, "")
	if err != nil {
		return err
	}
	if _, err := t.core.Importer.Import(ctx, domain.System(), release, nil); err != nil {
		return err
	}
	// Without statistics the linker's reading of a hundred thousand labels is planned for none.
	if err := t.db.analyse(ctx); err != nil {
		return err
	}
	return t.core.LoadLinker(ctx)
}

// importCollection brings a folder's people and vacancies in, as the import
// commands do. The invented people of a collection count as consenting.
func (t throwaway) importCollection(ctx context.Context, dir string) error {
	if err := ensureAgency(ctx, t.core); err != nil {
		return err
	}
	deps, err := t.core.Collections(ctx)
	if err != nil {
		return err
	}
	consents := []person.Consent{{Purpose: person.ForMatching, Mode: person.ByImport, Basis: "evaluation", TextVersion: consentText}}
	if err := evalLoad[person.Imported](ctx, dir, "candidates", collection.NewPeople(deps, t.core.DB.ImportedPeople(), consents)); err != nil {
		return err
	}
	return evalLoad[employer.Imported](ctx, dir, "vacancies", collection.NewVacancies(deps, t.core.DB.ImportedVacancies(), "evaluation"))
}

func evalLoad[P any](ctx context.Context, dir, what string, target collection.Target[P]) error {
	say(what)
	path, err := evalFile(dir, what+".jsonl")
	if err != nil {
		return err
	}
	file, err := collection.Open(path, collection.Mapping{})
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	report, err := collection.Load(ctx, file, target, collection.Options{Source: evalSource, Stamp: "evaluation"})
	if err != nil {
		return err
	}
	if report.Refused > 0 {
		say(fmt.Sprintf("%d of %d %s were refused, the first in line %d: %s", report.Refused, report.Read, what, report.Problems[0].Line, report.Problems[0].Reason))
	}
	return nil
}

// evalFile finds a file of a collection, gzipped or not.
func evalFile(dir, name string) (string, error) {
	for _, end := range []string{".gz", ""} {
		path := filepath.Join(dir, name+end)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s has no %s or %s.gz", dir, name, name)
}
