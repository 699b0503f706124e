package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/starter"
)

type importPlacesCmd struct {
	File   string `arg:"" type:"existingfile" help:"CSV with the columns code, level, parent, fr and, where known, en, iso, number, valid_from, valid_to."`
	Source string `help:"Where the list is from. Default: the file's name."`
	Report string `type:"path" help:"Where refused rows are listed. Default: a new file in the data directory."`
}

// Run adds or replaces areas of the installation's country.
func (c *importPlacesCmd) Run(ctx context.Context, s *Settings) error {
	return withCore(ctx, s, func(core *wire.Core) error {
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("import places: %w", err)
		}
		defer func() { _ = file.Close() }()
		if c.Source == "" {
			c.Source = filepath.Base(c.File)
		}
		areas, problems, err := starter.ReadAreas(filepath.Base(c.File), file, core.Directory.Present().Pack().Country, c.Source)
		if err != nil {
			return err
		}
		changed, err := core.Directory.Import(ctx, domain.System(), areas, nil)
		if err != nil {
			return err
		}
		fmt.Printf("%d areas read, %d new or changed, %d rows refused.\n", len(areas), changed, len(problems))
		rows := make([][]string, len(problems))
		for i, p := range problems {
			rows[i] = []string{p.File, fmt.Sprint(p.Line), p.Field, p.Reason}
		}
		return s.reportRefused(c.Report, "places", "file,line,field,reason", rows)
	})
}
