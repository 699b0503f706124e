package wire_test

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/programtest"
)

// door asks a running program, following nothing.
type door struct {
	*programtest.Program
	cookies map[domain.Role][]*http.Cookie
}

func (d door) ask(t *testing.T, method, path string, as domain.Role) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, d.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range d.cookies[as] {
		r.AddCookie(c)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

// address is one address of the program, read by somebody who may.
type address struct {
	path string
	as   domain.Role
	page bool
}

// routes lists the addresses of the router that are read and have no
// parameters: every page, and every operation of the API.
func (d door) routes() []address {
	var out []address
	for _, r := range d.Site.Routes() {
		if r.Method != http.MethodGet || strings.Contains(r.Path, "{") {
			continue
		}
		as := domain.RoleAnonymous
		for _, role := range []domain.Role{domain.RoleCounsellor, domain.RoleAdministrator, domain.RoleDataProtection, domain.RoleLead} {
			if !r.Who.Public() && as == domain.RoleAnonymous && r.Who.Admits(role) {
				as = role
			}
		}
		out = append(out, address{r.Path, as, true})
	}
	for path, item := range v1.Describe().Paths {
		if item.Get != nil && !strings.Contains(path, "{") {
			out = append(out, address{path, domain.RoleAdministrator, false})
		}
	}
	return append(out, address{"/docs", domain.RoleAnonymous, false}, address{"/openapi.json", domain.RoleAnonymous, false}, address{"/healthz", domain.RoleAnonymous, false})
}

// What holds of every address of the router, whatever it is about.
func TestEveryAddress(t *testing.T) {
	t.Parallel()
	d := door{programtest.Start(t), map[domain.Role][]*http.Cookie{}}
	for _, role := range []domain.Role{domain.RoleCounsellor, domain.RoleAdministrator, domain.RoleDataProtection, domain.RoleLead} {
		d.cookies[role] = d.StaffCookies(t, d.Staff(t, role))
	}
	list := d.routes()
	if len(list) < 80 {
		t.Fatalf("only %d addresses", len(list))
	}
	for _, r := range list {
		t.Run(strings.TrimPrefix(r.path, "/"), func(t *testing.T) {
			read, body := d.ask(t, http.MethodGet, r.path, r.as)
			head, none := d.ask(t, http.MethodHead, r.path, r.as)
			if head.StatusCode != read.StatusCode || none != "" {
				t.Errorf("HEAD answers %d with %d bytes, GET %d", head.StatusCode, len(none), read.StatusCode)
			}
			for _, name := range []string{"Content-Type", "Cache-Control", "Location", "Vary"} {
				if head.Header.Get(name) != read.Header.Get(name) {
					t.Errorf("HEAD says %s %q, GET %q", name, head.Header.Get(name), read.Header.Get(name))
				}
			}
			headers(t, r, read)
			if read.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%d: %s", read.StatusCode, body)
			}
			if r.path == "/" {
				return
			}
			slash, _ := d.ask(t, http.MethodGet, r.path+"/?q=1", r.as)
			if slash.StatusCode != http.StatusPermanentRedirect || slash.Header.Get("Location") != r.path+"?q=1" {
				t.Errorf("with a slash: %d to %q", slash.StatusCode, slash.Header.Get("Location"))
			}
			if sent, _ := d.ask(t, http.MethodPost, r.path+"/", r.as); sent.StatusCode != http.StatusNotFound {
				t.Errorf("sent to with a slash: %d", sent.StatusCode)
			}
			wrong, _ := d.ask(t, "PROPFIND", r.path, r.as)
			if allow := strings.Split(wrong.Header.Get("Allow"), ", "); wrong.StatusCode != http.StatusMethodNotAllowed || !slices.Contains(allow, http.MethodGet) {
				t.Errorf("a method it lacks: %d, allowed %q", wrong.StatusCode, allow)
			}
		})
	}
}

// headers are the ones every answer carries, each once.
func headers(t *testing.T, r address, got *http.Response) {
	t.Helper()
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
	} {
		if values := got.Header.Values(name); len(values) != 1 || values[0] != want {
			t.Errorf("%s: %q", name, values)
		}
	}
	csp := got.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none';") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") || !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Errorf("policy: %s", csp)
	}
	if vary := got.Header.Values("Vary"); len(vary) != 1 {
		t.Errorf("Vary: %q", vary)
	}
	signedIn := r.as != domain.RoleAnonymous
	if cache := got.Header.Get("Cache-Control"); signedIn && !strings.Contains(cache, "no-store") || strings.Contains(cache, "public") {
		t.Errorf("Cache-Control: %q", cache)
	}
	if to, err := url.Parse(got.Header.Get("Location")); err != nil || to.Host != "" {
		t.Errorf("leads elsewhere: %s", got.Header.Get("Location"))
	}
}
