package edge

import (
	"context"
	"net/http"
	"net/url"
	"path"
)

// Before any route is looked for: a HEAD is a GET whose body nobody reads, and
// one page has one address.

// asGet hands a HEAD on as a GET. The server below leaves the body out.
func asGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.WithContext(context.WithValue(r.Context(), headKey, true))
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// methodOf is what was asked with, for the log.
func methodOf(r *http.Request) string {
	if head, _ := r.Context().Value(headKey).(bool); head {
		return http.MethodHead
	}
	return r.Method
}

// canonical leads a reader from an address with a slash at its end, or with
// slashes and dots too many, to the one without. It stays on this host: what
// begins with two slashes, or a backslash, is a path here and nothing else.
// Other methods are not led: who sends something to a wrong address is told.
func canonical(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.Path
		clean := path.Clean("/" + asked)
		if clean == asked || asked == "" || r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		to := url.URL{Path: clean, RawQuery: r.URL.RawQuery} // a backslash is escaped: browsers would read it as a slash
		w.Header().Set("Location", to.String())
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusPermanentRedirect)
	})
}
