// Package jobs works off the queue: messages to be handed to their gateway,
// wrapping keys to be destroyed after an erasure, and the tasks that fall due
// by the clock. It decides nothing; each job calls a
// use-case and may be run twice without harm.
//
// Jobs are rows written in the transaction of the change that asked for them,
// so work exists exactly when the change does. A job that fails is tried again
// with growing pauses; one that keeps failing stays in the table for the
// operator. Periodic tasks run in one process of several: the queue elects it.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/baara-platform/baara/domain"
)

// Task is something to do by the clock. Do returns how many records it changed.
type Task struct {
	Name  string // stable: it is stored
	Every time.Duration
	Do    func(ctx context.Context) (int, error)
}

// Config is what the workers are wired with.
type Config struct {
	URL  string // the database, as the role of Baara's own acts
	Log  *slog.Logger
	Send func(ctx context.Context, message domain.ID) error
	// EmptyKey wraps the keys under a wrapping key again and destroys it.
	EmptyKey func(ctx context.Context, wrapping string) error
	Tasks    []Task
	Workers  int // at once; 0 means 4
}

// Workers are the running workers of one process.
type Workers struct {
	client *river.Client[pgxTx]
	pool   *pgxpool.Pool
}

// Start runs the workers until Stop.
func Start(ctx context.Context, c Config) (*Workers, error) {
	settings, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("jobs: database URL: %w", err)
	}
	if c.Workers == 0 {
		c.Workers = 4
	}
	settings.MaxConns = int32(c.Workers) + 4 // the queue itself fetches, listens and elects
	settings.ConnConfig.RuntimeParams["application_name"] = "baara-jobs"
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, fmt.Errorf("jobs: connect: %w", err)
	}
	registry := river.NewWorkers()
	river.AddWorker(registry, &sendWorker{send: c.Send})
	river.AddWorker(registry, &emptyWorker{empty: c.EmptyKey})
	river.AddWorker(registry, newTaskWorker(c.Tasks, c.Log))
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues:       map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: c.Workers}},
		Workers:      registry,
		PeriodicJobs: periodic(c.Tasks),
		Logger:       slog.New(quiet{c.Log.Handler()}),
		JobTimeout:   5 * time.Minute,
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("jobs: queue: %w", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		pool.Close()
		return nil, fmt.Errorf("jobs: start: %w", err)
	}
	return &Workers{client: client, pool: pool}, nil
}

// Stop lets running jobs finish until ctx ends, then cancels them; a cancelled
// job is tried again.
func (w *Workers) Stop(ctx context.Context) error {
	defer w.pool.Close()
	if err := w.client.Stop(ctx); err != nil {
		if cancelled := w.client.StopAndCancel(context.WithoutCancel(ctx)); cancelled != nil {
			return fmt.Errorf("jobs: stop: %w", cancelled)
		}
	}
	return nil
}
