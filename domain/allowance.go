package domain

import (
	"context"
	"time"
)

// Allowance counts what an account may do of a kind in a day, whatever happens
// to the server. A try counts also when what it tried is taken back.
type Allowance interface {
	// Spend takes one, or is TooMany and says when to come back. A day's worth
	// may be spent at once; it comes back bit by bit, over a day.
	Spend(ctx context.Context, what string, who ID, perDay int, now time.Time) error
}
