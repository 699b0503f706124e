package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestWhatComesFromThisComputer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		remote, host string
		want         bool
	}{
		"IPv4":                       {"127.0.0.1:4242", "127.0.0.1:8080", true},
		"IPv6":                       {"[::1]:4242", "[::1]:8080", true},
		"IPv6 without a port":        {"[::1]:4242", "[::1]", true},
		"by name":                    {"127.0.0.1:4242", "localhost", true},
		"another computer":           {"192.0.2.7:4242", "127.0.0.1:8080", false},
		"a name that points here":    {"127.0.0.1:4242", "localhost.evil.example", false},
		"an address in a name":       {"127.0.0.1:4242", "127.0.0.1.evil.example:8080", false},
		"no host":                    {"127.0.0.1:4242", "", false},
		"not an address":             {"@", "localhost", false},
		"the network's own address":  {"192.168.1.4:4242", "192.168.1.4:8080", false},
		"unspecified is not oneself": {"0.0.0.0:4242", "localhost", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr, r.Host = test.remote, test.host
		if got := fromThisComputer(r); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
