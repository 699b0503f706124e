package edge

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"github.com/baara-platform/baara/domain"
)

// UploadTime is what a request that brings a file may take: 5 MB at 200 kbit/s.
const UploadTime = 4 * time.Minute

// bound limits the body and the time of every request.
func (e *Edge) bound(c *gin.Context) {
	most, length := e.config.MaxBody, e.config.Timeout
	if e.config.Upload != nil {
		if large := e.config.Upload(c.Request); large > 0 {
			most, length = large, UploadTime
			_ = http.NewResponseController(c.Writer).SetReadDeadline(time.Now().Add(length))
			_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(length))
		}
	}
	if c.Request.ContentLength > most {
		e.RefuseStatus(c, http.StatusRequestEntityTooLarge)
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most)
	ctx, cancel := context.WithTimeout(c.Request.Context(), length)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// Budget lets each key do so many things an interval, in memory of this
// process. It stands before the counters in the database and keeps a flood from
// reaching them.
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
	taken := entry.limiter.ReserveN(now, 1)
	if wait := taken.DelayFrom(now); wait > 0 {
		taken.CancelAt(now)
		return tooMany(wait)
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
