// Command baara is the whole platform in one binary: the server with its pages
// and API, and the commands of whoever operates it.
//
// Each subcommand has a file of its own; wiring stands in app.go. Nothing here
// decides anything: rules live in domain.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	_ "time/tzdata" // safe hours are those of the country somebody lives in, whatever this computer knows of clocks

	"github.com/alecthomas/kong"

	"github.com/baara-platform/baara/domain/seal"
)

// cli lists the commands. Every flag has a name in the environment and a
// default that works.
type cli struct {
	Settings

	Serve   serveCmd   `cmd:"" help:"Serve the pages and the API."`
	Migrate migrateCmd `cmd:"" help:"Bring the database to this version's schema."`
	Import  importCmd  `cmd:"" help:"Bring data in: ESCO, places, people, vacancies."`
	Seed    seedCmd    `cmd:"" help:"Add invented people, employers and vacancies."`
	Reindex reindexCmd `cmd:"" help:"Build the search index anew while no server runs."`
	User    userCmd    `cmd:"" help:"Create accounts for staff."`
	Keys    keysCmd    `cmd:"" help:"Look after the keys that open what is sealed in the database."`
	Audit   auditCmd   `cmd:"" help:"Prove who did and saw what."`

	Retention retentionCmd `cmd:"" help:"What is kept longer than its time: say it, and remove it."`
	Eval      evalCmd      `cmd:"" help:"Measure how good matching and linking are, on collections with known answers."`
	Bench     benchCmd     `cmd:"" help:"Measure the engine on invented people."`
	Doctor    doctorCmd    `cmd:"" help:"Look at the installation and say what is not as it must be."`

	Version kong.VersionFlag `help:"Print the version and the build, and leave."`
}

func main() {
	var c cli
	parser := kong.Must(&c,
		kong.Name("baara"),
		kong.Description("Job matching and labour insertion, from registration to placement."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Vars{"version": versionLine()},
	)
	run, err := parser.Parse(arguments(os.Args[1:]))
	parser.FatalIfErrorf(err)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	run.BindTo(ctx, (*context.Context)(nil))
	if err := run.Run(&c.Settings); err != nil {
		if errors.Is(err, context.Canceled) && ctx.Err() != nil {
			os.Exit(130)
		}
		fmt.Fprintln(os.Stderr, "baara:", err)
		os.Exit(status(err))
	}
}

// status is the exit status of a failed command. Keys that are lost and keys
// that are another's are told apart: what helps against one harms with the other.
func status(err error) int {
	switch {
	case errors.Is(err, seal.ErrKeysLost):
		return 3
	case errors.Is(err, seal.ErrKeysWrong), errors.Is(err, seal.ErrKeysElsewhere):
		return 4
	}
	return 1
}

// arguments has "baara help" and "baara help serve" say what --help does.
func arguments(given []string) []string {
	if len(given) > 0 && given[0] == "help" {
		return append(slices.Clone(given[1:]), "--help")
	}
	return given
}
