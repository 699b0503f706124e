package wire_test

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/web/layout"
)

// Ways in for which known and unknown accounts must answer alike. known and
// unknown give what is sent the nth time.
type way struct {
	name, path     string
	known, unknown func(n int) url.Values
	cookie         func(t testing.TB, g *gate, v url.Values) *http.Cookie // what a browser has from before; nil for nothing
}

const (
	staffEmail = "awa@exemple.ml"
	ownPhone   = "+22370000021"
)

func ways() []way {
	values := func(pairs ...string) func(int) url.Values {
		return func(int) url.Values {
			v := url.Values{}
			for i := 0; i+1 < len(pairs); i += 2 {
				v.Set(pairs[i], pairs[i+1])
			}
			return v
		}
	}
	stranger := func(n int) string { return fmt.Sprintf("+2237100%04d", n) }
	return []way{
		{"a password", "/sign-in", values("email", staffEmail, "password", "un mauvais mot de passe"), func(n int) url.Values {
			return url.Values{"email": {fmt.Sprintf("personne%d@exemple.ml", n)}, "password": {"un mauvais mot de passe"}}
		}, nil},
		{"a code to sign in", "/sign-in/phone", values("phone", ownPhone), func(n int) url.Values { return url.Values{"phone": {stranger(n)}} }, nil},
		{"a wrong code", "/sign-in/code", values("phone", ownPhone, "code", "482913"), func(n int) url.Values {
			return url.Values{"phone": {stranger(n)}, "code": {"482913"}}
		}, nil},
		{"a code to resume", "/resume", values("phone", ownPhone), func(n int) url.Values { return url.Values{"phone": {stranger(n)}} }, nil},
		{"an employer's sign-up", "/employers/sign-up", func(int) url.Values { return employerSignUp(staffEmail) }, func(int) url.Values {
			return employerSignUp(fmt.Sprintf("%x@exemple.ml", rand.Uint64())) // each is known after the first time
		}, nil},
		// The form was filled in before: what is asked is whether sending it tells that the phone has an account.
		{"a registration", "/register/check", values("phone", ownPhone), func(n int) url.Values { return url.Values{"phone": {stranger(n)}} }, filledIn},
	}
}

func employerSignUp(email string) url.Values {
	return url.Values{
		"kind": {"workshop"}, "legal_name": {"Atelier Diarra"}, "place": {"BKO"}, "account.name": {"Moussa Diarra"}, "account.phone": {"70 00 00 99"},
		"account.email": {email}, "account.password": {"vingt-deux-manguiers"},
	}
}

// filledIn is a form that names the phone of v and needs only to be sent.
func filledIn(t testing.TB, g *gate, v url.Values) *http.Cookie {
	t.Helper()
	token, _, err := g.core.Drafts.Start(t.Context(), domain.Anonymous(), "fr")
	if err != nil {
		t.Fatal(err)
	}
	_, err = g.core.Drafts.SaveStep(t.Context(), domain.Anonymous(), person.SaveStep{
		Token: token, Step: "check", Secret: "tonton modibo", Answers: person.Answers{
			Identity: person.Identity{Given: "Fanta", Family: "Keita", Birth: person.Birth{Precision: person.BirthYear, Year: 1994}},
			Contact: person.Contact{
				Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
				Phones: []person.Phone{{Number: v.Get("phone"), Owner: person.OwnPhone}},
			},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &http.Cookie{Name: "baara_draft", Value: token}
}

// gate is the program with a clock that every request moves on, so that
// budgets and waiting times are never what is measured.
type gate struct {
	url  string
	mu   sync.Mutex
	now  time.Time
	core *wire.Core
}

func newGate(t testing.TB) *gate {
	t.Helper()
	g := &gate{now: time.Now().UTC().Truncate(time.Microsecond)}
	clock := domain.ClockFunc(func() time.Time {
		g.mu.Lock()
		defer g.mu.Unlock()
		return g.now
	})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	g.core, err = wire.NewCore(t.Context(), domaintest.Database(t).AppURL, wire.Options{Store: store.Options{Keys: domaintest.Keys()}, Clock: clock})
	must(err)
	t.Cleanup(func() { _ = g.core.Close() })
	must(g.core.LoadStarter(t.Context()))
	server, err := wire.NewServer(t.Context(), g.core, wire.ServerOptions{
		IndexDir: t.TempDir(), Log: slog.New(slog.DiscardHandler), Site: layout.Site{Operator: "Essai"},
	})
	must(err)
	t.Cleanup(func() { _ = server.Close() })
	site := httptest.NewServer(server.Handler)
	t.Cleanup(site.Close)
	g.url = site.URL
	agency, err := g.core.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{Code: "B", Name: "Bamako", PlaceCode: "BKO", Serves: []string{"BKO"}})
	must(err)
	awa, err := g.core.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
		Role: domain.RoleCounsellor, Name: "Awa", Email: staffEmail, Password: "cent-baobabs-bleus", AgencyID: agency.ID,
	})
	must(err)
	_, err = g.core.Jobseekers.Create(t.Context(), awa.Actor(), person.CreatePerson{KeepHere: true, Secret: "tonton modibo", Person: person.Person{
		Identity: person.Identity{Given: "Fanta", Family: "Keita"},
		Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
			Phones: []person.Phone{{Number: ownPhone, Owner: person.OwnPhone}},
		},
	}})
	must(err)
	return g
}

// post sends a form after the waiting times are over and gives status, body
// and how long the answer took. What differs by request is masked.
func (g *gate) post(t testing.TB, w way, values url.Values) (string, time.Duration) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: http.DefaultTransport}
	if w.cookie != nil {
		at, err := url.Parse(g.url)
		if err != nil {
			t.Fatal(err)
		}
		jar.SetCookies(at, []*http.Cookie{w.cookie(t, g, values)})
	}
	path := w.path
	g.mu.Lock()
	g.now = g.now.Add(6 * time.Minute)
	g.mu.Unlock()
	start := time.Now()
	answer, err := client.PostForm(g.url+path, values)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	took := time.Since(start)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode >= http.StatusInternalServerError || answer.StatusCode == http.StatusTooManyRequests {
		t.Fatalf("%s answers %d: nothing is measured", path, answer.StatusCode)
	}
	text := strings.ReplaceAll(string(body), "&#43;", "+")
	for _, own := range values {
		text = strings.ReplaceAll(text, own[0], "…")
	}
	return fmt.Sprintf("%d %s", answer.StatusCode, masks.ReplaceAllString(text, "$1…")), took
}

var masks = regexp.MustCompile(`(nonce="|nonce-|name="_token" value="|data-work="|ML-20)[^"'<]*`)

// pairs asks both ways in turn and gives the times of each.
func (g *gate) pairs(t testing.TB, w way, n int) (known, unknown []time.Duration) {
	t.Helper()
	for i := range n {
		g.withinADay()
		var a, b string
		var ta, tb time.Duration
		if order := rand.IntN(2); order == 0 { // by turns, one of them would always meet the garbage of two hashes
			a, ta = g.post(t, w, w.known(i))
			b, tb = g.post(t, w, w.unknown(i))
		} else {
			b, tb = g.post(t, w, w.unknown(i))
			a, ta = g.post(t, w, w.known(i))
		}
		if a != b {
			t.Fatalf("%s: known and unknown answer differently: %s", w.name, cmp.Diff(strings.Split(a, "<"), strings.Split(b, "<")))
		}
		known, unknown = append(known, ta), append(unknown, tb)
	}
	return known, unknown
}

// withinADay moves the clock past a midnight that would come between the two of
// a pair: answers say on which day.
func (g *gate) withinADay() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if later := g.now.Add(15 * time.Minute); later.Day() != g.now.Day() {
		g.now = later
	}
}

func median(d []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[len(sorted)/2]
}

// Whether somebody has an account shows in neither status nor body nor time.
// Medians of pairs asked one right after the other stand on a busy machine too;
// leaving the hash out of an unknown account's answer, or the message of a
// code, moves them far beyond the bound.
func TestKnownAndUnknownAnswerAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of hashes")
	}
	g := newGate(t)
	for _, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			g.pairs(t, w, 5) // warm: plans, pages, connections
			for try := 1; ; try++ {
				apart, bound := g.apart(t, w)
				if apart.Abs() <= bound {
					return
				}
				if try == measurements {
					t.Fatalf("known and unknown are %s apart in the median, want within %s", apart, bound)
				}
			}
		})
	}
}

// measurements that must all find a difference: one of them may have met a busy moment.
const measurements = 3

// apart measures the median difference and gives what it may be at most.
func (g *gate) apart(t *testing.T, w way) (apart, bound time.Duration) {
	t.Helper()
	known, unknown := g.pairs(t, w, 61)
	usual := median(slices.Concat(known, unknown))
	apart = median(known) - median(unknown)
	t.Logf("known %s, unknown %s, apart %s", median(known), median(unknown), apart)
	return apart, usual/8 + 200*time.Microsecond
}

func BenchmarkKnownAndUnknown(b *testing.B) {
	g := newGate(b)
	for _, w := range ways() {
		for name, values := range map[string]func(int) url.Values{"known": w.known, "unknown": w.unknown} {
			b.Run(w.name+"/"+name, func(b *testing.B) {
				for i := range b.N {
					g.post(b, w, values(i))
				}
			})
		}
	}
}
