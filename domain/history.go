package domain

import (
	"context"
	"time"
)

// History keeps the changes of state of one noun: append and read, never
// change. Append comes after the record itself is written.
type History interface {
	Append(ctx context.Context, tx Tx, step Step) error
	Of(ctx context.Context, tx Tx, record ID) ([]Step, error)
}

// StepBy is the step an actor makes now; the caller adds what changed.
func StepBy(actor Actor, id, record ID, at time.Time) Step {
	return Step{ID: id, RecordID: record, ActorID: actor.UserID, ActorRole: actor.Role, At: at}
}
