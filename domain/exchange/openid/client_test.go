package openid

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
)

func TestWhereMayBeAsked(t *testing.T) {
	for address, want := range map[string][2]bool{ // of an issuer elsewhere, of one on this computer
		"203.0.113.7:443": {true, true}, "10.1.2.3:443": {true, true}, "192.168.1.1:443": {true, true}, "[2001:db8::1]:443": {true, true},
		"127.0.0.1:443": {false, true}, "127.8.9.10:80": {false, true}, "[::1]:443": {false, true}, "[::ffff:127.0.0.1]:443": {false, true},
		"169.254.169.254:80": {false, false}, "[fe80::1]:443": {false, false}, "[::ffff:169.254.169.254]:80": {false, false},
		"0.0.0.0:80": {false, false}, "[::]:80": {false, false}, "224.0.0.1:80": {false, false}, "255.255.255.255:80": {false, false}, "nowhere": {false, false},
	} {
		for i, local := range []bool{false, true} {
			if got := permitted(address, local) == nil; got != want[i] {
				t.Errorf("%s, issuer on this computer %v: asked %v", address, local, got)
			}
		}
	}
}

// A provider that leads elsewhere, says too much, or names an address of the
// cloud's is Unavailable, and nothing else is asked.
func TestADishonestProvider(t *testing.T) {
	asked := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer elsewhere.Close()
	var answer http.HandlerFunc
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) }))
	defer provider.Close()
	for name, c := range map[string]http.HandlerFunc{
		"a redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) },
		"without end": func(w http.ResponseWriter, _ *http.Request) {
			for range 64 {
				_, _ = fmt.Fprint(w, strings.Repeat(" ", 64<<10))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			answer = c
			_, _, err := New(Config{Issuer: provider.URL}).Begin(t.Context())
			if domain.KindOf(err) != domain.KindUnavailable || asked > 0 {
				t.Errorf("%v, asked elsewhere %d times", err, asked)
			}
		})
	}
	client := newClient("https://id.example.org")
	for _, address := range []string{"http://id.example.org/", "https://127.0.0.1:1/", "https://169.254.169.254/latest/meta-data"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := client.Do(r)
		if err == nil {
			_ = got.Body.Close()
		}
		if !errors.Is(err, errAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
