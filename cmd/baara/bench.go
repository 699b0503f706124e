package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/cmd/bench"
)

type benchCmd struct {
	Match benchMatchCmd `cmd:"" help:"Match invented people with this engine, with PostgreSQL and with arrays in memory."`
}

type benchMatchCmd struct {
	Profiles  int    `required:"" help:"How many people, 1 to 16,000,000."`
	Questions int    `default:"500" help:"How many questions are timed and compared with brute force."`
	Seconds   int    `default:"20" help:"How long clients ask while nothing, and then while people change; 0 leaves it out."`
	Seed      uint64 `default:"1" help:"Which people: the same number gives the same again."`
	Postgres  bool   `default:"true" negatable:"" help:"Ask PostgreSQL too."`
	JSON      bool   `name:"json" help:"Print one JSON object and nothing else."`
	Keep      string `type:"path" help:"Build index and cluster in this directory and leave them there: the next run with the same people uses them again. Default: among the temporary files, and removed."`
	MemoryOf  string `hidden:"" help:"Answer from this index and print the memory that takes."`
}

// mostInvented bounds the numbers from which ids are made.
const mostInvented = 16_000_000

// Run measures. Nothing of the installation is read or changed: index and
// cluster are made for the run, and removed unless they are to be kept.
func (c *benchMatchCmd) Run(ctx context.Context) (err error) {
	if c.Profiles < 1 || c.Profiles > mostInvented || c.Questions < 1 {
		return fmt.Errorf("--profiles must be 1 to %d, --questions at least 1", mostInvented)
	}
	world := bench.NewWorld(c.Seed, c.Profiles)
	if c.MemoryOf != "" {
		mb, err := bench.Alone(ctx, world, c.MemoryOf, c.Questions)
		fmt.Printf("%.1f\n", mb)
		return err
	}
	dir := c.Keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "baara-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	say := func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
	report, err := bench.Match(ctx, world, bench.Options{
		Dir: dir, Questions: c.Questions, Seconds: c.Seconds, Postgres: c.Postgres, Say: say, Alone: c.alone,
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	return out.Encode(report)
}

// alone measures memory in a process that holds nothing but the index.
func (c *benchMatchCmd) alone(ctx context.Context, index string) (float64, error) {
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, program, "bench", "match", "--profiles", strconv.Itoa(c.Profiles), "--questions", strconv.Itoa(c.Questions),
		"--seed", strconv.FormatUint(c.Seed, 10), "--memory-of", index)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("bench: memory: %w", err)
	}
	return strconv.ParseFloat(strings.TrimSpace(string(said)), 64)
}
