package identity

import (
	"context"
	"time"
)

// Rate is how often something may be tried: Burst times at once, and once more
// each Every.
type Rate struct {
	Every time.Duration
	Burst int
}

// BudgetStore counts tries by key, whatever happens to the server. Keys are
// hashes: neither addresses nor accounts are kept.
type BudgetStore interface {
	// Spend takes one from a key's budget, or gives how long to wait for the next.
	Spend(ctx context.Context, key string, rate Rate, now time.Time) (wait time.Duration, err error)
	// KnownDevice tells whether an account was signed in on a browser before.
	KnownDevice(ctx context.Context, device, account string, now time.Time) (bool, error)
	// NoteDevice remembers that an account was signed in on a browser.
	NoteDevice(ctx context.Context, device, account string, until time.Time) error
}
