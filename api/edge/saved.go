package edge

import (
	"context"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
)

// vary is what every answer but a static file depends on: who asks, and in
// which language.
const vary = "Cookie, Accept-Language"

// saved loads the session before a request and writes it before the first byte
// of the answer. An answer whose session could not be written is not given:
// the problem is, and what the handler goes on to write is dropped.
func (e *Edge) saved(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", vary)
		token := ""
		if cookie, err := r.Cookie(e.sessions.Cookie.Name); err == nil {
			token = cookie.Value
		}
		ctx, err := e.sessions.Load(r.Context(), token)
		if err != nil {
			e.writeProblem(w, r, err)
			return
		}
		sw := &sessionWriter{ResponseWriter: w, edge: e, request: r.WithContext(ctx)}
		next.ServeHTTP(sw, sw.request)
		sw.begin()
	})
}

// sessionWriter is an answer before which the session is written.
type sessionWriter struct {
	http.ResponseWriter
	edge    *Edge
	request *http.Request
	begun   bool
	dropped bool // the session could not be written: the handler's answer is not given
}

// begin writes the session, once.
func (w *sessionWriter) begin() {
	if w.begun {
		return
	}
	w.begun = true
	err := w.edge.commit(w.request.Context(), w.ResponseWriter)
	if err == nil {
		return
	}
	w.dropped = true
	h := w.Header()
	id := h.Get("X-Request-Id")
	for _, name := range []string{"Content-Length", "Content-Disposition", "Set-Cookie", "Location", "ETag", "Clear-Site-Data"} {
		h.Del(name)
	}
	ctx := w.request.Context()
	if RequestIDFrom(ctx) == "" {
		ctx = context.WithValue(ctx, requestKey, id)
	}
	w.edge.writeProblem(w.ResponseWriter, w.request.WithContext(ctx), err)
}

// commit writes what the request changed of the session, and the cookie.
func (e *Edge) commit(ctx context.Context, w http.ResponseWriter) error {
	switch e.sessions.Status(ctx) {
	case scs.Modified:
		token, expiry, err := e.sessions.Commit(ctx)
		if err != nil {
			return err
		}
		e.sessions.WriteSessionCookie(ctx, w, token, expiry)
	case scs.Destroyed:
		e.sessions.WriteSessionCookie(ctx, w, "", time.Time{})
	}
	return nil
}

// Write implements http.ResponseWriter.
func (w *sessionWriter) Write(b []byte) (int, error) {
	if w.begin(); w.dropped {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// WriteHeader implements http.ResponseWriter.
func (w *sessionWriter) WriteHeader(code int) {
	if code >= http.StatusOK {
		w.begin()
	}
	if !w.dropped {
		w.ResponseWriter.WriteHeader(code)
	}
}

// Unwrap lets http.ResponseController reach what is below.
func (w *sessionWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
