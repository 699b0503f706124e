package domain

import (
	"context"
	"time"
)

// JobArgs is work to be done after the commit: its kind and, as its JSON form,
// what it needs. It holds identifiers, never personal data.
type JobArgs interface{ Kind() string }

// Jobs puts work into the queue in the transaction of the change: the work
// exists exactly when the change does.
type Jobs interface {
	Enqueue(ctx context.Context, tx Tx, args JobArgs, notBefore time.Time) error
}

// SendMessage asks for one stored message to be handed to its gateway.
type SendMessage struct {
	MessageID ID `json:"message_id"`
}

// Kind names the job in the queue.
func (SendMessage) Kind() string { return "send_message" }

// Later says that work is not to be done before some time has passed. It is no
// failure: the queue comes back.
type Later struct{ After time.Duration }

// Error implements error.
func (l *Later) Error() string { return "not before " + l.After.String() + " from now" }

// EmptyKey asks for a retired wrapping key to be emptied and destroyed: its
// subjects' keys are wrapped again under another first.
type EmptyKey struct {
	WrappingID string `json:"wrapping_id"`
}

// Kind names the job in the queue.
func (EmptyKey) Kind() string { return "empty_key" }
