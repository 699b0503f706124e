package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/baara-platform/baara/domain"
)

type pgxTx = pgx.Tx

// taskArgs names a periodic task.
type taskArgs struct {
	Name string `json:"name"`
}

// Kind names the job in the queue.
func (taskArgs) Kind() string { return "task" }

// InsertOpts keeps one pending job a task, however often the clock strikes.
func (taskArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 3, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

type taskWorker struct {
	river.WorkerDefaults[taskArgs]
	tasks map[string]Task
	log   *slog.Logger
}

func newTaskWorker(tasks []Task, log *slog.Logger) *taskWorker {
	w := &taskWorker{tasks: map[string]Task{}, log: log}
	for _, t := range tasks {
		w.tasks[t.Name] = t
	}
	return w
}

// Work does the task. One that this version does not know is dropped.
func (w *taskWorker) Work(ctx context.Context, job *river.Job[taskArgs]) error {
	task, ok := w.tasks[job.Args.Name]
	if !ok {
		return river.JobCancel(fmt.Errorf("jobs: no task %q", job.Args.Name))
	}
	n, err := task.Do(ctx)
	if err != nil {
		w.log.Error("task failed", "task", task.Name, "error", err.Error())
		return err
	}
	if n > 0 {
		w.log.Info("task done", "task", task.Name, "records", n)
	}
	return nil
}

// periodic schedules every task, a first time when the process starts.
func periodic(tasks []Task) []*river.PeriodicJob {
	jobs := make([]*river.PeriodicJob, len(tasks))
	for i, t := range tasks {
		jobs[i] = river.NewPeriodicJob(river.PeriodicInterval(t.Every),
			func() (river.JobArgs, *river.InsertOpts) { return taskArgs{Name: t.Name}, nil },
			&river.PeriodicJobOpts{RunOnStart: true})
	}
	return jobs
}

// sendWorker hands one message to its gateway.
type sendWorker struct {
	river.WorkerDefaults[domain.SendMessage]
	send func(ctx context.Context, message domain.ID) error
}

// Work sends the message. A message that is gone was dropped with its person.
func (w *sendWorker) Work(ctx context.Context, job *river.Job[domain.SendMessage]) error {
	err := w.send(ctx, job.Args.MessageID)
	if later := new(domain.Later); errors.As(err, &later) {
		return river.JobSnooze(later.After)
	}
	if domain.KindOf(err) == domain.KindNotFound {
		return river.JobCancel(err)
	}
	return err
}

// emptyWorker destroys a wrapping key after an erasure.
type emptyWorker struct {
	river.WorkerDefaults[domain.EmptyKey]
	empty func(ctx context.Context, wrapping string) error
}

// Work empties and destroys the key. One that is gone already is done.
func (w *emptyWorker) Work(ctx context.Context, job *river.Job[domain.EmptyKey]) error {
	return w.empty(ctx, job.Args.WrappingID)
}
