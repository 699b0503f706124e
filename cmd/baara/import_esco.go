package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/esco"
	"github.com/baara-platform/baara/domain/taxonomy"
)

type importESCOCmd struct {
	Paths   []string `arg:"" type:"existingpath" help:"Folders, zip archives or CSV files, in any mixture of languages."`
	Release string   `help:"Name of the release, where no path tells it: 1.2.0."`
	Report  string   `type:"path" help:"Where refused rows are listed. Default: a new file in the data directory."`
}

// Run reads the files and stores what they say.
func (c *importESCOCmd) Run(ctx context.Context, s *Settings) error {
	return withCore(ctx, s, func(core *wire.Core) error {
		start := time.Now()
		release, files, err := esco.Read(c.Paths, c.Release)
		if err != nil {
			return err
		}
		for _, f := range files {
			fmt.Printf("%-40s %-9s %7d rows\n", f.Name, f.Use, f.Rows)
		}
		bar := newProgress(os.Stderr, "ESCO "+release.Version)
		report, err := core.Importer.Import(ctx, domain.System(), release, func(done, total int) {
			bar.show(int64(done), int64(total), fmt.Sprintf("%d of %d", done, total))
		})
		if err != nil {
			return err
		}
		bar.end(fmt.Sprint(len(release.Concepts) + len(release.Relations)))
		c.tell(report, time.Since(start))
		return s.reportRefused(c.Report, "esco", "file,line,field,reason", refusals(report.Refused))
	})
}

func (c *importESCOCmd) tell(r taxonomy.Report, took time.Duration) {
	fmt.Printf("%d skills, %d occupations, %d relations resolved, %d rows refused.\n", r.Skills, r.Occupations, r.Relations(), len(r.Refused))
	for _, class := range []taxonomy.LinkClass{
		{From: taxonomy.Occupation, To: taxonomy.Skill}, {From: taxonomy.Skill, To: taxonomy.Skill},
		{From: taxonomy.Skill, To: taxonomy.Skill, Broader: true}, {From: taxonomy.Occupation, To: taxonomy.Occupation, Broader: true},
	} {
		if n := r.Links[class]; n > 0 {
			kind := "needs"
			if class.Broader {
				kind = "broader"
			}
			fmt.Printf("  %d %s–%s (%s)\n", n, class.From, class.To, kind)
		}
	}
	fmt.Printf("Concepts: %d new, %d met, %d changed, %d obsolete. Labels: %d saved, %d removed. Relations: %d saved, %d removed. %.1f s.\n",
		r.Added, r.Met, r.Updated, r.Retired, r.LabelsSaved, r.LabelsRemoved, r.LinksSaved, r.LinksRemoved, took.Seconds())
	if r.Changed() == 0 {
		fmt.Println("Everything was stored already: nothing changed.")
	}
	fmt.Println(esco.Attribution)
}

func refusals(list []taxonomy.Refusal) [][]string {
	rows := make([][]string, len(list))
	for i, r := range list {
		rows[i] = []string{r.File, fmt.Sprint(r.Line), r.Field, r.Reason}
	}
	return rows
}
