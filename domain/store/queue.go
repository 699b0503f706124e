package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"github.com/baara-platform/baara/domain"
)

// Queue inserts jobs in the transaction of the change. It implements
// domain.Jobs; the workers live in domain/jobs.
type Queue struct{ client *river.Client[*sql.Tx] }

// Queue opens the inserting side of the job queue.
func (d *DB) Queue() (*Queue, error) {
	client, err := river.NewClient(riverdatabasesql.New(d.people.sql), &river.Config{})
	if err != nil {
		return nil, fmt.Errorf("store: job queue: %w", err)
	}
	return &Queue{client: client}, nil
}

// Enqueue implements domain.Jobs. A zero notBefore means now.
func (q *Queue) Enqueue(ctx context.Context, t domain.Tx, args domain.JobArgs, notBefore time.Time) error {
	inner, err := sqlTx(t)
	if err != nil {
		return err
	}
	if _, err := q.client.InsertTx(ctx, inner, args, &river.InsertOpts{ScheduledAt: notBefore}); err != nil {
		return fault("store.Enqueue", err)
	}
	return nil
}
