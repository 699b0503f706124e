package domain

import (
	"context"
	"errors"
)

// Tx is an open transaction. Only use-cases open one; ports take it as an
// argument so that one act can span several contexts.
type Tx interface {
	// Outcome names the record the act made or changed. It is stored beside
	// the request's idempotency key, so that a repeat finds it again.
	Outcome(kind string, id ID, version int)
	// Decided keeps an answer of the policy. What was allowed is audited in the
	// transaction of the act, what was refused in one of its own.
	Decided(d Decision)
}

// Transactor opens transactions on behalf of an actor. The actor's identity is
// set inside the database transaction, where row-level rules can see it.
type Transactor interface {
	// InTx runs fn in a read-write transaction and commits when fn returns nil.
	// With actor.Once set, a repeat of a finished act does not run fn: it
	// returns a *Replay; the same key with another payload is Invalid; the
	// same key still in flight is Conflict. One request calls InTx once.
	InTx(ctx context.Context, actor Actor, fn func(tx Tx) error) error
	// View runs fn in a read-only transaction with one snapshot.
	View(ctx context.Context, actor Actor, fn func(tx Tx) error) error
}

// Replay tells that the request was carried out before. The caller reads the
// record again with the use-case that reads it, which authorises again.
type Replay struct {
	RecordKind string
	ID         ID
	Version    int
}

// Error names the replayed record's kind.
func (r *Replay) Error() string { return "already done: " + r.RecordKind }

// Replayed gives the record of an earlier, identical request.
func Replayed(err error) (ID, bool) {
	var r *Replay
	if errors.As(err, &r) {
		return r.ID, true
	}
	return "", false
}
