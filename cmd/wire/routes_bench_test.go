package wire_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
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

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/web/layout"
)

// How much the benchmark's country holds, and who asks at the same time.
const (
	benchPeople    = 20_000
	benchVacancies = 800
	benchClients   = 8
	benchPassword  = "un mot de passe long"
)

// BenchmarkRoutes asks the ten busiest routes over HTTP, eight clients at once,
// on a durable cluster with 20,000 people and 800 vacancies. It reports
// answers a second and the median and 99th percentile of the time to the last
// byte; any answer but the expected one fails.
func BenchmarkRoutes(b *testing.B) {
	t := newTown(b)
	for _, route := range t.routes() {
		b.Run(route.name, func(b *testing.B) { t.measure(b, route) })
	}
}

// town is a served program with its population, and who is signed in.
type town struct {
	*wire.Server
	url       string
	desk, her *http.Client // a counsellor's, a jobseeker's
	files     []string     // case files of the counsellor
	people    []string     // whose files those are
	vacancies []string     // published
}

// route is a page or an operation and how to ask for the n-th time.
type route struct {
	name   string
	client *http.Client
	status int
	ask    func(n int) (*http.Request, error)
}

func newTown(b *testing.B) *town {
	b.Helper()
	ctx := context.Background()
	raw := domaintest.DurableDatabase(b)
	core, err := wire.NewCore(ctx, raw.AppURL, wire.Options{Store: store.Options{Keys: domaintest.Keys(), MaxOpen: 24}})
	need(b, err)
	b.Cleanup(func() { _ = core.Close() })
	need(b, core.LoadStarter(ctx))
	t := &town{}
	counsellor := settle(b, core)
	_, err = core.Invent(ctx, wire.Invention{Seed: 1, People: benchPeople, Vacancies: benchVacancies})
	need(b, err)
	t.Server, err = wire.NewServer(ctx, core, wire.ServerOptions{
		IndexDir: b.TempDir(), Proxies: []string{"127.0.0.1"}, Log: slog.New(slog.DiscardHandler), Site: layout.Site{Operator: "Bench", HelpPhone: "+22380000000", Demo: true},
	})
	need(b, err)
	b.Cleanup(func() { _ = t.Server.Close() })
	front := httptest.NewServer(t.Handler)
	b.Cleanup(front.Close)
	t.url = front.URL
	_, err = raw.SQL.ExecContext(ctx, `ANALYZE`)
	need(b, err)
	need(b, t.Feed.Await(ctx))
	t.vacancies = texts(b, raw, `SELECT id::text FROM vacancies WHERE state IN ('published', 'partly_filled') ORDER BY id LIMIT 400`)
	t.population(b, raw, counsellor)
	return t
}

// settle opens two agencies and gives the counsellor who asks.
func settle(b *testing.B, core *wire.Core) identity.User {
	b.Helper()
	var users []identity.User
	for _, code := range []string{"BKO", "KAY"} {
		agency, err := core.Agencies.Save(b.Context(), domain.System(), identity.SaveAgency{
			Code: code, Name: "Agence " + code, PlaceCode: code, Serves: []string{code}, Demo: true,
		})
		need(b, err)
		for _, role := range []domain.Role{domain.RoleLead, domain.RoleCounsellor} {
			u, err := core.Accounts.Create(b.Context(), domain.System(), identity.NewUser{
				Role: role, Name: "Bench", Email: fmt.Sprintf("%s.%s@example.org", role, code), Password: benchPassword, AgencyID: agency.ID, Demo: true,
			})
			need(b, err)
			users = append(users, u)
		}
	}
	return users[1]
}

// population gives the counsellor fifty files and signs everybody in.
func (t *town) population(b *testing.B, raw domaintest.DB, counsellor identity.User) {
	b.Helper()
	waiting := texts(b, raw, `SELECT r.person_id::text FROM registrations r WHERE r.state = 'active' AND NOT EXISTS (SELECT 1 FROM case_files c WHERE c.person_id = r.person_id)
		AND r.agency_id = '`+string(counsellor.AgencyID)+`' ORDER BY 1 LIMIT 50`)
	for _, person := range waiting {
		file, err := t.Files.Take(b.Context(), counsellor.Actor(), domain.ID(person))
		need(b, err)
		t.files, t.people = append(t.files, string(file.ID)), append(t.people, person)
	}
	t.desk, t.her = client(), client()
	t.post(b, t.desk, "/sign-in", url.Values{"email": {counsellor.Email}, "password": {benchPassword}})
	t.registerAndEnter(b, raw)
}

// registerAndEnter makes a jobseeker with an account and signs her in by phone.
func (t *town) registerAndEnter(b *testing.B, raw domaintest.DB) {
	b.Helper()
	const phone = "70000001"
	_, err := raw.SQL.ExecContext(b.Context(), `UPDATE users SET phone_hash = NULL`) // an invented account may have the number
	need(b, err)
	t.register(b, phone)
	t.post(b, t.her, "/sign-in/phone", url.Values{"phone": {phone}})
	code := []string{domaintest.LastCode(b, t.DB, "+223"+phone)}
	body := t.post(b, t.her, "/sign-in/code", url.Values{"phone": {phone}, "code": code})
	ticket := regexp.MustCompile(`name="ticket" value="([^"]+)"`).FindStringSubmatch(body)
	if ticket == nil {
		b.Fatal("the jobseeker could not sign in")
	}
	t.post(b, t.her, "/sign-in/open", url.Values{"ticket": {ticket[1]}, "secret": {"Tonton Modibo"}})
}

func (t *town) routes() []route {
	get := func(path func(n int) string) func(int) (*http.Request, error) {
		return func(n int) (*http.Request, error) { return http.NewRequest(http.MethodGet, t.url+path(n), nil) }
	}
	fixed := func(path string) func(int) (*http.Request, error) { return get(func(int) string { return path }) }
	words := []string{"macon", "chauffeur", "couture", "gardien", "electricien", "commerce"}
	visitor := client()
	return []route{
		{"home", visitor, http.StatusOK, fixed("/")},
		{"vacancy_search", visitor, http.StatusOK, get(func(n int) string { return "/vacancies?q=" + words[n%len(words)] })},
		{"vacancy", visitor, http.StatusOK, get(func(n int) string { return "/vacancies/" + t.vacancies[n%len(t.vacancies)] })},
		{"type_ahead", visitor, http.StatusOK, get(func(n int) string { return "/api/v1/taxonomy/concepts?words=" + words[n%len(words)][:4] })},
		{"draft_by_api", visitor, http.StatusCreated, t.draft},
		{"my_matches", t.her, http.StatusOK, fixed("/me/vacancies")},
		{"my_day", t.desk, http.StatusOK, fixed("/counsellor")},
		{"caseload", t.desk, http.StatusOK, fixed("/counsellor/cases")},
		{"case_file", t.desk, http.StatusOK, get(func(n int) string { return "/counsellor/cases/" + t.files[n%len(t.files)] })},
		{"note", t.desk, http.StatusSeeOther, t.note},
		{"candidates", t.desk, http.StatusOK, get(func(n int) string { return "/counsellor/vacancies/" + t.vacancies[n%len(t.vacancies)] + "/matches" })},
	}
}

// note is the form of a note on a case file, each with a token of its own.
func (t *town) note(n int) (*http.Request, error) {
	values := url.Values{
		"_token": {fmt.Sprintf("bench-token-%012d-%d", n, time.Now().UnixNano())}, "visibility": {"file"}, "contact": {"call"},
		"body": {"A rappelé ; rendez-vous lundi au chantier."},
	}
	r, err := http.NewRequest(http.MethodPost, t.url+"/counsellor/cases/"+t.files[n%len(t.files)]+"/notes", strings.NewReader(values.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r, err
}

// draft is a first registration step by the API.
func (t *town) draft(n int) (*http.Request, error) {
	body := fmt.Sprintf(`{"given": "Awa", "family": "Coulibaly", "phones": [{"number": "7%07d"}], "residence": {"place": "BKO"}}`, n)
	r, err := http.NewRequest(http.MethodPost, t.url+"/api/v1/registrations/drafts", strings.NewReader(body))
	if err == nil {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", fmt.Sprintf("bench-%d-%d", n, time.Now().UnixNano()))
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)) // each visitor has a budget
	}
	return r, err
}

// measure asks b.N times, eight clients at once.
func (t *town) measure(b *testing.B, to route) {
	times := make([]time.Duration, b.N)
	var all sync.WaitGroup
	b.ResetTimer()
	for c := range benchClients {
		all.Go(func() {
			for n := c; n < b.N; n += benchClients {
				start := time.Now()
				if err := ask(to, n); err != nil {
					b.Error(err)
					return
				}
				times[n] = time.Since(start)
			}
		})
	}
	all.Wait()
	b.StopTimer()
	slices.SortFunc(times, cmp.Compare[time.Duration])
	ms := func(share float64) float64 { return float64(times[int(share*float64(b.N-1))].Microseconds()) / 1000 }
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
	b.ReportMetric(ms(0.5), "p50-ms")
	b.ReportMetric(ms(0.99), "p99-ms")
}

func ask(to route, n int) error {
	r, err := to.ask(n)
	if err != nil {
		return err
	}
	answer, err := to.client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != to.status {
		return fmt.Errorf("%s answered %d, want %d", to.name, answer.StatusCode, to.status)
	}
	return nil
}

// register makes the jobseeker who asks for vacancies that fit her.
func (t *town) register(b *testing.B, phone string) {
	b.Helper()
	users, err := t.Accounts.List(b.Context(), domain.System(), identity.UserFilter{Roles: []domain.Role{domain.RoleCounsellor}}, domain.Cursor{})
	need(b, err)
	desk := users.Items[0].Actor()
	made, err := t.Jobseekers.Create(b.Context(), desk, person.CreatePerson{
		KeepHere: true, Secret: "Tonton Modibo",
		Person: person.Person{
			Identity: person.Identity{Given: "Awa", Family: "Coulibaly", Sex: person.Female, Birth: person.BornIn(1998, false)},
			Contact: person.Contact{
				Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
				Phones: []person.Phone{{Number: "+223" + phone, Owner: person.OwnPhone}},
			},
			Skills:   []person.Skill{{Words: "monter un mur en briques", Evidence: person.Declared}, {Words: "poser du carrelage", Evidence: person.Declared}},
			Mobility: person.Mobility{Anywhere: true},
		},
		Consents: []person.GiveConsent{{Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByWriting}},
	})
	need(b, err)
	_, err = t.Registrations.Accept(b.Context(), desk, person.ChangeRegistration{PersonID: made.ID})
	need(b, err)
}

func (t *town) post(b *testing.B, c *http.Client, path string, values url.Values) string {
	b.Helper()
	answer, err := c.PostForm(t.url+path, values)
	need(b, err)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	need(b, err)
	return string(body)
}

// client keeps cookies and connections, and shows redirects instead of following them once somebody is signed in.
func client() *http.Client {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	return &http.Client{
		Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: benchClients},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func texts(b *testing.B, raw domaintest.DB, query string) []string {
	b.Helper()
	rows, err := raw.SQL.QueryContext(b.Context(), query)
	need(b, err)
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var text string
		need(b, rows.Scan(&text))
		out = append(out, text)
	}
	need(b, rows.Err())
	if len(out) == 0 {
		b.Fatalf("nothing found: %s", query)
	}
	return out
}

func need(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
