package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain/store"
)

type seedCmd struct {
	People    int    `required:"" help:"How many people."`
	Vacancies int    `default:"-1" help:"How many vacancies. Default: one for 25 people."`
	Seed      uint64 `default:"1" help:"Which people: the same number gives the same again."`
}

// mostSeeded bounds a seed: phone numbers are given once.
const mostSeeded = 900_000

// Run adds invented people, employers and vacancies. An installation without
// accounts gets the demonstration first, so that somebody can look at them.
func (c *seedCmd) Run(ctx context.Context, s *Settings) error {
	if c.People < 1 || c.People > mostSeeded {
		return fmt.Errorf("--people must be 1 to %d", mostSeeded)
	}
	if c.Vacancies < 0 {
		c.Vacancies = max(1, c.People/25)
	}
	return withCore(ctx, s, func(core *wire.Core) error {
		marked, err := core.DB.Installation().Get(ctx, store.DemoKey)
		if err != nil {
			return err
		}
		first := opening{core: core}
		if _, err := first.firstStart(ctx, true); err != nil {
			return err
		}
		if _, err := demoAgencies(ctx, core); err != nil {
			return err
		}
		start := time.Now()
		bar := newProgress(os.Stderr, "seed")
		whole := int64(c.People + c.Vacancies)
		done := int64(0)
		invented, err := core.Invent(ctx, wire.Invention{
			Seed: c.Seed, People: c.People, Vacancies: c.Vacancies,
			Done: func(rows int) { done = max(done, int64(rows)); bar.show(done, whole, fmt.Sprintf("%d rows", rows)) },
		})
		if err != nil {
			return err
		}
		bar.end("done")
		took := time.Since(start).Seconds()
		p, v := invented.People, invented.Vacancies
		fmt.Printf("Seed %d: %d people (%d new), %d vacancies (%d new), %d employers. All are invented and say so. %.1f s, %.0f people a second.\n",
			c.Seed, p.Read, p.Added, v.Read, v.Added, len(invented.Employers), took, float64(p.Read)/took)
		if marked != "yes" && len(first.made) == 0 {
			fmt.Println("A server that is running shows the demonstration mark on its pages once it is started again.")
		}
		if len(first.made) > 0 {
			first.announce(os.Stdout)
		}
		return nil
	})
}
