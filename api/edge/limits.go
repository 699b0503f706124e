package edge

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// bound limits the body and the time of every request.
func (e *Edge) bound(c *gin.Context) {
	if c.Request.ContentLength > e.config.MaxBody {
		e.RefuseStatus(c, http.StatusRequestEntityTooLarge)
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, e.config.MaxBody)
	ctx, cancel := context.WithTimeout(c.Request.Context(), e.config.Timeout)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// Budget lets each key do so many things an interval, in memory of this
// process: for sign-in, registration and codes, by address.
type Budget struct {
	mu    sync.Mutex
	keys  map[string]*budgetEntry
	every time.Duration
	burst int
	clock domain.Clock
}

type budgetEntry struct {
	limiter *rate.Limiter
	seen    time.Time
}

// maxBudgetKeys bounds the memory; beyond it, idle keys are forgotten first.
const maxBudgetKeys = 50_000

// NewBudget allows burst things at once and one more each interval.
func NewBudget(clock domain.Clock, every time.Duration, burst int) *Budget {
	return &Budget{keys: map[string]*budgetEntry{}, every: every, burst: burst, clock: clock}
}

// Spend takes one from the key's budget, or is TooMany.
func (b *Budget) Spend(key string) error {
	now := b.clock.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	entry, ok := b.keys[key]
	if !ok {
		if len(b.keys) >= maxBudgetKeys {
			b.forgetIdle(now)
		}
		entry = &budgetEntry{limiter: rate.NewLimiter(rate.Every(b.every), b.burst)}
		b.keys[key] = entry
	}
	entry.seen = now
	if !entry.limiter.AllowN(now, 1) {
		return domain.TooMany("edge.Budget", "error.too_many")
	}
	return nil
}

// forgetIdle drops keys whose budget has filled up again; if none has, all of
// them, which is the only fair answer to a flood of keys.
func (b *Budget) forgetIdle(now time.Time) {
	full := b.every * time.Duration(b.burst)
	for key, entry := range b.keys {
		if now.Sub(entry.seen) > full {
			delete(b.keys, key)
		}
	}
	if len(b.keys) >= maxBudgetKeys {
		clear(b.keys)
	}
}

// SpendSignIn counts one try to sign in: by address, and by what account was
// tried, whether it exists or not.
func (e *Edge) SpendSignIn(ctx context.Context, account string) error {
	if err := e.byAddress.Spend(addressFrom(ctx)); err != nil {
		return err
	}
	return e.byAccount.Spend(seal.HashToken(strings.ToLower(strings.TrimSpace(account))))
}

// SpendPublic counts one unsafe act of a visitor, by address. A whole
// registration day behind one address of an agency must fit.
func (e *Edge) SpendPublic(ctx context.Context) error { return e.byAddress.Spend(addressFrom(ctx)) }
