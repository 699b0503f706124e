package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

type retentionCmd struct {
	Report retentionReportCmd `cmd:"" help:"Say what is kept longer than its time, and remove nothing."`
	Apply  retentionApplyCmd  `cmd:"" help:"Remove what is kept longer than its time and what nothing holds."`
}

type retentionReportCmd struct{}

// Run prints a line a kind of record.
func (c *retentionReportCmd) Run(ctx context.Context, s *Settings) error {
	return withUseCases(ctx, s, func(core *wire.Core) error { return reportRetention(ctx, core) })
}

func reportRetention(ctx context.Context, core *wire.Core) error {
	lines, err := core.Keeping.Report(ctx, domain.System())
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(out, "kind\tkept\tsource\tdue\theld\toldest")
	for _, l := range lines {
		kept, due, held, oldest := fmt.Sprintf("%d months", l.Months), fmt.Sprint(l.Rows), fmt.Sprint(l.Held), l.Oldest.String()
		if l.Days > 0 {
			kept = fmt.Sprintf("%d days", l.Days)
		}
		if l.Minutes > 0 {
			kept = fmt.Sprintf("%d minutes", l.Minutes)
		}
		if l.Alone {
			due, held = "by itself", ""
		}
		if l.Never {
			kept, due, held = "for good", "never", ""
		}
		if l.Oldest.IsZero() {
			oldest = ""
		}
		_, _ = fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", l.Kind, kept, l.Source, due, held, oldest)
	}
	return out.Flush()
}

type retentionApplyCmd struct {
	Yes bool `help:"Remove. Without it nothing is."`
}

// Run removes what is due, with --yes.
func (c *retentionApplyCmd) Run(ctx context.Context, s *Settings) error {
	return withUseCases(ctx, s, func(core *wire.Core) error {
		if err := reportRetention(ctx, core); err != nil {
			return err
		}
		if !c.Yes {
			return errors.New("nothing was removed: give --yes to remove what is due, for ever")
		}
		gone, err := core.Keeping.Apply(ctx, domain.System())
		for _, rule := range rights.Retention() {
			if n := gone[rule.Kind]; n > 0 {
				fmt.Printf("removed %d of %s\n", n, rule.Kind)
			}
		}
		return err
	})
}
