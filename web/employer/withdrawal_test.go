package employer_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web/programtest"
)

// agreed is somebody who agreed to be matched and to be named to the employer.
type agreed struct {
	id, application domain.ID
	name            string
}

// introduce makes n people who fit a vacancy, sent to its employer with their consent, each with a name of her own.
func (h house) introduce(t *testing.T, v employer.Vacancy, n int) []agreed {
	t.Helper()
	desk := h.Counsellor(t).Actor()
	out := make([]agreed, n)
	for i := range out {
		who := person.Person{Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.ByVisit,
		}, Mobility: person.Mobility{Anywhere: true}}
		mason(&who)
		who.Given, who.Family, who.Birth = "Awa", fmt.Sprintf("Xanthokeita%04d", i), person.BornIn(1990, false)
		made, err := h.Jobseekers.Create(t.Context(), desk, person.CreatePerson{Person: who, KeepHere: true, Consents: []person.GiveConsent{
			{Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByWriting},
		}})
		must(t, err)
		_, err = h.Registrations.Accept(t.Context(), desk, person.ChangeRegistration{PersonID: made.ID})
		must(t, err)
		a, err := h.Applications.Propose(t.Context(), desk, placement.Begin{PersonID: made.ID, VacancyID: v.ID})
		must(t, err)
		_, err = h.Applications.Consent(t.Context(), jobseeker(made.ID), placement.Answer{Act: placement.Act{ID: a.ID}})
		must(t, err)
		_, err = h.Applications.Send(t.Context(), desk, placement.Act{ID: a.ID})
		must(t, err)
		out[i] = agreed{made.ID, a.ID, who.Family}
	}
	return out
}

func jobseeker(id domain.ID) domain.Actor {
	return domain.Actor{Role: domain.RoleJobseeker, PersonID: id}
}

// watched serves the program and looks, after each write of an answer that names somebody, whether what the answer rests
// on is still standing in the database: a write after the commit of a withdrawal would find it ended.
type watched struct {
	*httptest.Server
	named   atomic.Int64                     // names written
	late    atomic.Int64                     // of them after the withdrawal
	writing func(path, written string) error // called before a write, to stop it there
}

func watch(t *testing.T, h house, people []agreed, standing func(path string, p agreed) bool) *watched {
	t.Helper()
	w := &watched{}
	w.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		h.Handler.ServeHTTP(&watchedWriter{ResponseWriter: out, after: func(body string) {
			for _, p := range people {
				if strings.Contains(body, p.name) {
					w.named.Add(1)
					if !standing(r.URL.Path, p) {
						w.late.Add(1)
					}
				}
			}
		}, before: func(body string) {
			if w.writing != nil {
				must(t, w.writing(r.URL.Path, body))
			}
		}}, r)
	}))
	t.Cleanup(w.Close)
	return w
}

type watchedWriter struct {
	http.ResponseWriter
	before, after func(body string)
}

func (w *watchedWriter) Write(b []byte) (int, error) {
	w.before(string(b))
	n, err := w.ResponseWriter.Write(b)
	w.after(string(b))
	return n, err
}

func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// count reads one number behind the program's back.
func (h house) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	must(t, h.SQL.QueryRowContext(context.WithoutCancel(t.Context()), query, args...).Scan(&n))
	return n
}

const (
	contactStands  = `SELECT count(*) FROM consents WHERE application_id = $1 AND withdrawn_at IS NULL`
	matchingStands = `SELECT count(*) FROM consents WHERE person_id = $1 AND purpose = 'matching' AND withdrawn_at IS NULL`
	// A withdrawal that waits for an answer under way.
	waitingFor = `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND NOT granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
)

// get reads a page with somebody's cookies and gives its body.
func get(t *testing.T, at string, cookies []*http.Cookie) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	must(t, err)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(r)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(body)
}

// until waits for a condition, not for a time.
func until(t *testing.T, what string, met func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !met() {
		select {
		case <-ctx.Done():
			t.Fatalf("%s never came", what)
		case <-tick.C:
		}
	}
}

// TestAWithdrawalWaitsForAnAnswerOnItsWay stops an employer's page and a counsellor's matches in the middle of being
// written: the withdrawal is not committed before the last byte has left, and the next answer names nobody.
func TestAWithdrawalWaitsForAnAnswerOnItsWay(t *testing.T) {
	h := signUp(t, programtest.Start(t), "BTP Sahel", "sanogo@exemple.ml")
	verify(t, h.Program, h.org.ID)
	v := h.publish(t, h.vacancy(t, "Maçon", 3))
	people := h.introduce(t, v, 2)
	h.Searchable(t, 1)
	until(t, "the index", func() bool {
		found, err := h.Matches.ForVacancy(t.Context(), domain.System(), v.ID, matching.Page{Size: 5})
		return err == nil && len(found.List) == len(people)
	})
	staff := h.Counsellor(t)
	cookies := map[string][]*http.Cookie{
		"/employer/candidates/":  h.Enter(t, h.email, programtest.Password),
		"/counsellor/vacancies/": h.Enter(t, staff.Email, programtest.Password),
		"/api/v1/vacancies/":     h.Enter(t, h.email, programtest.Password),
	}
	for name, test := range map[string]struct {
		who      agreed
		path     string
		as       string
		stands   string
		of       domain.ID
		withdraw func() error
	}{
		"the employer's page of a candidate": {people[0], "/employer/candidates/" + string(people[0].application), "/employer/candidates/", contactStands, people[0].application,
			func() error {
				return h.Applications.EndContact(t.Context(), jobseeker(people[0].id), people[0].application)
			}},
		"the candidates by the API": {people[1], "/api/v1/vacancies/" + string(v.ID) + "/candidates", "/api/v1/vacancies/", contactStands, people[1].application,
			func() error {
				return h.Consents.Withdraw(t.Context(), jobseeker(people[1].id), person.WithdrawConsent{PersonID: people[1].id, Purpose: person.ForSharing})
			}},
		"the counsellor's matches": {people[0], "/counsellor/vacancies/" + string(v.ID) + "/matches", "/counsellor/vacancies/", matchingStands, people[0].id,
			func() error {
				return h.Consents.Withdraw(t.Context(), jobseeker(people[0].id), person.WithdrawConsent{PersonID: people[0].id, Purpose: person.ForMatching})
			}},
	} {
		t.Run(name, func(t *testing.T) {
			gone := make(chan error, 1)
			var once sync.Once
			w := watch(t, h, people, func(_ string, p agreed) bool {
				return p.id != test.who.id || h.count(t, test.stands, string(test.of)) == 1
			})
			w.writing = func(path, written string) error {
				if path != test.path || !strings.Contains(written, test.who.name) {
					return nil
				}
				once.Do(func() {
					go func() { gone <- test.withdraw() }()
					until(t, "a withdrawal that waits", func() bool { return h.count(t, waitingFor) == 1 })
				})
				return nil
			}
			status, body := get(t, w.URL+test.path, cookies[test.as])
			if status != http.StatusOK || !strings.Contains(body, test.who.name) {
				t.Fatalf("status %d, and the name is missing", status)
			}
			must(t, <-gone)
			if w.named.Load() == 0 || w.late.Load() != 0 {
				t.Errorf("%d names written, %d of them after the withdrawal", w.named.Load(), w.late.Load())
			}
			if _, body = get(t, w.URL+test.path, cookies[test.as]); strings.Contains(body, test.who.name) {
				t.Error("the next answer still names her")
			}
		})
	}
}

// TestAHundredWithdrawalsRace: while an employer, its program's API and a counsellor read without a pause, a hundred people
// withdraw. No name is written after the withdrawal it rests on was committed.
func TestAHundredWithdrawalsRace(t *testing.T) {
	const hundred = 100
	h := signUp(t, programtest.Start(t), "BTP Sahel", "sanogo@exemple.ml")
	verify(t, h.Program, h.org.ID)
	v := h.publish(t, h.vacancy(t, "Maçon", 3))
	people := h.introduce(t, v, hundred)
	h.Searchable(t, 1)
	cookies, desk := h.Enter(t, h.email, programtest.Password), h.Enter(t, h.Counsellor(t).Email, programtest.Password)
	w := watch(t, h, people, func(path string, p agreed) bool {
		if strings.HasPrefix(path, "/counsellor") {
			return h.count(t, matchingStands, string(p.id)) == 1
		}
		return h.count(t, contactStands, string(p.application)) == 1
	})
	ended := make(chan struct{})
	var readers, writers sync.WaitGroup
	for _, reader := range []struct {
		path string
		as   []*http.Cookie
	}{
		{"/employer/vacancies/" + string(v.ID) + "/candidates", cookies}, {"/api/v1/vacancies/" + string(v.ID) + "/candidates?limit=100", cookies},
		{"/employer", cookies}, {"/counsellor/vacancies/" + string(v.ID) + "/matches", desk},
	} {
		readers.Go(func() {
			for {
				if status, _ := get(t, w.URL+reader.path, reader.as); status >= http.StatusInternalServerError {
					t.Errorf("%s: status %d", reader.path, status)
				}
				select {
				case <-ended:
					return
				default:
				}
			}
		})
	}
	for part := range 4 {
		writers.Go(func() {
			for i := part; i < hundred; i += 4 {
				for _, purpose := range []person.Purpose{person.ForMatching, person.ForSharing} {
					if err := h.Consents.Withdraw(t.Context(), jobseeker(people[i].id), person.WithdrawConsent{PersonID: people[i].id, Purpose: purpose}); err != nil {
						t.Errorf("withdrawing: %v", err)
					}
				}
			}
		})
	}
	writers.Wait()
	close(ended)
	readers.Wait()
	t.Logf("%d names written while a hundred people withdrew", w.named.Load())
	if w.named.Load() == 0 || w.late.Load() != 0 {
		t.Errorf("%d names written, %d of them after the withdrawal", w.named.Load(), w.late.Load())
	}
	for _, path := range []string{"/employer/vacancies/" + string(v.ID) + "/candidates", "/employer", "/api/v1/vacancies/" + string(v.ID) + "/candidates?limit=100"} {
		if _, body := get(t, h.URL+path, cookies); strings.Contains(body, "Xanthokeita") {
			t.Errorf("%s still names somebody", path)
		}
	}
	if left := h.count(t, `SELECT count(*) FROM applications WHERE state <> 'withdrawn'`); left != 0 {
		t.Errorf("%d applications were not taken back", left)
	}
}
