package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/collection"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
)

// importFile is what both kinds of collection ask for.
type importFile struct {
	File    string `arg:"" type:"existingfile" help:"One record a line (.jsonl) or a row (.csv), also gzipped; see docs/import.md."`
	Mapping string `type:"existingfile" help:"What the columns of a CSV file are: a TOML file."`
	Source  string `default:"import" help:"Name of the other system. The ids of the file are its."`
	Report  string `type:"path" help:"Where refused rows are listed. Default: a new file in the data directory."`
	Workers int    `help:"Batches written at once. Default: one a processor." hidden:""`
}

type importCandidatesCmd struct {
	importFile
	ConsentBasis string   `required:"" help:"Where and how these people agreed: kept with every consent."`
	ConsentFor   []string `default:"matching" enum:"matching,follow_up,messages" help:"What they agreed to."`
}

type importVacanciesCmd struct {
	importFile
	ConsentBasis string `required:"" help:"Where the employers agreed to publish and declared that workers pay no fee: kept with every vacancy."`
}

// consentText is the version of the text an imported consent refers to: the
// basis stands in its place.
const consentText = "import"

// Run imports people.
func (c *importCandidatesCmd) Run(ctx context.Context, s *Settings) error {
	if c.ConsentBasis = strings.TrimSpace(c.ConsentBasis); c.ConsentBasis == "" {
		return errors.New("--consent-basis must say where and how these people agreed")
	}
	var consents []person.Consent
	for _, purpose := range c.ConsentFor {
		consents = append(consents, person.Consent{
			Purpose: person.Purpose(purpose), Mode: person.ByImport, Basis: c.ConsentBasis, TextVersion: consentText,
		})
	}
	return withCore(ctx, s, func(core *wire.Core) error {
		return runImport(ctx, s, core, c.importFile, "candidates", func(d collection.Deps) collection.Target[person.Imported] {
			return collection.NewPeople(d, core.DB.ImportedPeople(), consents)
		})
	})
}

// Run imports vacancies.
func (c *importVacanciesCmd) Run(ctx context.Context, s *Settings) error {
	if c.ConsentBasis = strings.TrimSpace(c.ConsentBasis); c.ConsentBasis == "" {
		return errors.New("--consent-basis must say where the employers agreed")
	}
	return withCore(ctx, s, func(core *wire.Core) error {
		return runImport(ctx, s, core, c.importFile, "vacancies", func(d collection.Deps) collection.Target[employer.Imported] {
			return collection.NewVacancies(d, core.DB.ImportedVacancies(), c.ConsentBasis)
		})
	})
}

// runImport loads one file into a target and tells what came of it.
func runImport[P any](ctx context.Context, s *Settings, core *wire.Core, c importFile, what string, target func(collection.Deps) collection.Target[P]) error {
	mapping, err := readMapping(c.Mapping)
	if err != nil {
		return err
	}
	file, err := collection.Open(c.File, mapping)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	if err := ensureAgency(ctx, core); err != nil {
		return err
	}
	deps, err := core.Collections(ctx)
	if err != nil {
		return err
	}
	stamp, err := core.Stamp(ctx)
	if err != nil {
		return err
	}
	start := time.Now()
	bar := newProgress(os.Stderr, "import "+what)
	report, err := collection.Load(ctx, file, target(deps), collection.Options{
		Source: c.Source, Stamp: stamp, Workers: c.Workers,
		Done: func(rows int) { bar.show(file.Done(), file.Size, fmt.Sprintf("%d rows", rows)) },
	})
	bar.end(fmt.Sprintf("%d rows", report.Read))
	took := time.Since(start).Seconds()
	fmt.Printf("%d %s read: %d new, %d changed, %d as before, %d refused, %d fields left out. %.1f s, %.0f a second.\n",
		report.Read, what, report.Added, report.Changed, report.Same, report.Refused, report.LeftOut, took, float64(report.Read)/took)
	if unknown := count(report.Problems, collection.ReasonUnknownConcept); unknown > 0 {
		fmt.Printf("%d skills have an address the taxonomy does not know: import ESCO first, then this file again.\n", unknown)
	}
	return errors.Join(err, s.reportRefused(c.Report, what, "line,field,reason,effect", problemRows(report.Problems)))
}

func count(list []collection.Problem, reason string) int {
	n := 0
	for _, p := range list {
		if p.Reason == reason {
			n++
		}
	}
	return n
}

func problemRows(list []collection.Problem) [][]string {
	rows := make([][]string, len(list))
	for i, p := range list {
		effect := "record refused"
		if p.LeftOut {
			effect = "field left out"
		}
		rows[i] = []string{fmt.Sprint(p.Line), p.Field, p.Reason, effect}
	}
	return rows
}

func readMapping(path string) (collection.Mapping, error) {
	if path == "" {
		return collection.Mapping{}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return collection.Mapping{}, fmt.Errorf("mapping: %w", err)
	}
	defer func() { _ = file.Close() }()
	return collection.ReadMapping(file)
}

// ensureAgency makes a first agency where there is none: everybody is
// registered with one.
func ensureAgency(ctx context.Context, core *wire.Core) error {
	agencies, err := core.Agencies.List(ctx, domain.System())
	if err != nil || len(agencies) > 0 {
		return err
	}
	seat := core.Directory.Present().Regions(domain.Date{})[0].Code
	_, err = core.Agencies.Save(ctx, domain.System(), identity.SaveAgency{Code: "CENTRE", Name: "Agence centrale", PlaceCode: seat})
	return err
}
