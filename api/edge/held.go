package edge

import (
	"net/http"
	"time"

	"github.com/baara-platform/baara/domain"
)

// heldTime is how long an answer that rests on somebody's consent may take to
// leave: whoever withdraws meanwhile waits for it, see domain.Holds.
const heldTime = 10 * time.Second

// held lets go of the people an answer was held for when its last byte has been
// handed to the network, and not before.
func (e *Edge) held(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := http.NewResponseController(w)
		ctx, sending := domain.BeginSending(r.Context(), func() {
			_ = out.SetWriteDeadline(time.Now().Add(heldTime)) // what has no connection has no slow reader
		})
		defer sending.End() // also when a handler panics
		next.ServeHTTP(w, r.WithContext(ctx))
		if sending.Holding() {
			_ = out.Flush()
			_ = out.SetWriteDeadline(time.Time{})
		}
	})
}
