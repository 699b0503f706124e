package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
)

// Follow sends a request and, where it is a form whose answer waits at an address, reads the answer there as a browser
// does. It follows nothing else. do sends one request and follows nothing: http.DefaultTransport.RoundTrip.
func Follow(do func(*http.Request) (*http.Response, error), r *http.Request) (*http.Response, error) {
	answer, err := do(r)
	if err != nil || answer.StatusCode != http.StatusSeeOther {
		return answer, err
	}
	to, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || !to.Query().Has("again") {
		return answer, err
	}
	then, err := http.NewRequestWithContext(r.Context(), http.MethodGet, r.URL.ResolveReference(to).String(), nil)
	if err != nil {
		return nil, err
	}
	then.Host, then.Header, then.RemoteAddr = r.Host, r.Header.Clone(), r.RemoteAddr
	then.Header.Del("Content-Type")
	for _, c := range answer.Cookies() {
		then.AddCookie(c)
	}
	return do(then)
}

// Ask is Follow for a handler without a server.
func Ask(handler http.Handler, r *http.Request) *httptest.ResponseRecorder {
	var last *httptest.ResponseRecorder
	_, _ = Follow(func(r *http.Request) (*http.Response, error) { // a recorder never fails
		last = httptest.NewRecorder()
		r.RequestURI = r.URL.RequestURI()
		handler.ServeHTTP(last, r)
		return last.Result(), nil
	}, r)
	return last
}
