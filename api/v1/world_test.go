package v1_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/store"
)

// world is the whole program over a database and an index of its own, with two
// agencies and their staff. Tests of the API share one, each with people and
// vacancies of its own: loading the taxonomy is what costs.
type world struct {
	server  *wire.Server
	url     string
	sql     *sql.DB // the owner's eyes
	doc     *huma.OpenAPI
	tally   *tally
	queries *counter
	serial  atomic.Int64
	closed  sync.Once

	bamako, kayes    string // agencies
	admin            caller
	awa, moussa, fia caller // counsellors and lead of Bamako
	binta            caller // counsellor of Kayes
	analyst          caller
	employer         caller // verified
	organisation     string
	visitor          caller
}

// newWorld starts it; change says what is not as in most tests.
func newWorld(t *testing.T, change ...func(*wire.ServerOptions)) *world {
	t.Helper()
	raw := domaintest.Database(t)
	w := &world{sql: raw.SQL, doc: v1.Describe(), queries: newCounter(t, raw.AppURL)}
	w.tally = newTally(w.doc)
	ctx := t.Context()
	core, err := wire.NewCore(ctx, w.queries.url, wire.Options{Store: store.Options{Keys: domaintest.Keys()}})
	must(t, err)
	t.Cleanup(func() { _ = core.Close() })
	must(t, core.LoadStarter(ctx))
	opt := wire.ServerOptions{
		IndexDir: t.TempDir(), Proxies: []string{"127.0.0.1"}, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	for _, c := range change {
		c(&opt)
	}
	w.server, err = wire.NewServer(ctx, core, opt)
	must(t, err)
	t.Cleanup(func() { w.close(t) })
	site := httptest.NewServer(w.server.Handler)
	t.Cleanup(site.Close)
	w.url = site.URL
	w.visitor = caller{w: w}
	w.admin = w.account(t, identity.NewUser{Role: domain.RoleAdministrator})
	w.offices(t)
	w.employ(t)
	return w
}

// offices opens the two agencies and hires their staff, by the API.
func (w *world) offices(t *testing.T) {
	t.Helper()
	open := func(code, place string) string {
		return w.admin.post(t, "/agencies", object{"code": code, "name": "Agence " + code, "place": place, "serves": []string{place}}).
			status(t, http.StatusCreated).text("id")
	}
	w.bamako, w.kayes = open("B01", "BKO"), open("K01", "KAY")
	staff := func(role domain.Role, agency string) caller {
		return w.account(t, identity.NewUser{Role: role, AgencyID: domain.ID(agency)})
	}
	w.awa, w.moussa, w.fia = staff(domain.RoleCounsellor, w.bamako), staff(domain.RoleCounsellor, w.bamako), staff(domain.RoleLead, w.bamako)
	w.binta, w.analyst = staff(domain.RoleCounsellor, w.kayes), staff(domain.RoleAnalyst, "")
}

// employ makes an employer that two members of staff have verified.
func (w *world) employ(t *testing.T) {
	t.Helper()
	made := w.awa.post(t, "/organisations", object{
		"kind": "company", "legal_name": "Chantiers du Fleuve SARL", "trade_name": "Chantiers du Fleuve", "place": "BKO", "phone": "+22320000001",
	}).status(t, http.StatusCreated)
	w.organisation = made.text("id")
	verified := w.awa.post(t, "/organisations/"+w.organisation+"/verify", nil, based(made)).status(t, http.StatusOK)
	w.binta.post(t, "/organisations/"+w.organisation+"/verify", nil, based(verified)).status(t, http.StatusOK)
	w.employer = w.account(t, identity.NewUser{Role: domain.RoleEmployer, OrganisationID: domain.ID(w.organisation)})
}

// account makes an account and gives its caller, with a token for all it may do.
func (w *world) account(t *testing.T, in identity.NewUser) caller {
	t.Helper()
	in.Name, in.Email, in.Password = "Test "+string(in.Role), fmt.Sprintf("%s%d@example.org", in.Role, w.next()), password
	u, err := w.server.Accounts.Create(t.Context(), domain.System(), in)
	must(t, err)
	return caller{w: w, user: u, token: w.tokenFor(t, u)}
}

const password = "a long password"

func (w *world) tokenFor(t *testing.T, u identity.User) string {
	t.Helper()
	var scopes []string
	for _, row := range access.Default().Rows() {
		if scope := row.Action.Noun() + ".*"; !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	_, secret, err := w.server.Tokens.Create(t.Context(), u.Actor(), identity.NewToken{Name: "test", Scopes: scopes, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	must(t, err)
	return secret
}

// close stops the server, once: the index is nobody's then.
func (w *world) close(t *testing.T) { w.closed.Do(func() { must(t, w.server.Close()) }) }

func (w *world) next() int64 { return w.serial.Add(1) }

// settle waits until everything that was written can be found.
func (w *world) settle(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	must(t, w.server.Feed.Await(ctx))
}

// concept finds an occupation or a skill by its words.
func (w *world) concept(t *testing.T, kind, words string) string {
	t.Helper()
	return w.visitor.get(t, "/taxonomy/concepts?kind="+kind+"&limit=1&words="+escape(words)).status(t, http.StatusOK).text("items.0.id")
}

// jobseeker is somebody registered at Bamako's agency with consent to be
// matched, and the account.
type jobseeker struct {
	caller
	id string
}

// registered makes a jobseeker of Bamako by assisted registration.
func (w *world) registered(t *testing.T, change object) jobseeker {
	t.Helper()
	n := w.next()
	in := object{
		"given": "Fanta", "family": fmt.Sprintf("Essai%d", n), "residence": object{"place": "BKO"}, "secret": "kalanso",
		"phones":     []object{{"number": fmt.Sprintf("70%06d", n)}},
		"experience": []object{{"title": "maçon", "from_year": 2018, "until_year": 2023}},
		"skills":     []object{{"words": "monter un mur en briques"}},
		"consents":   []object{{"purpose": "matching", "text_version": "2026-11-27", "mode": "written"}, {"purpose": "messages", "text_version": "2026-11-27", "mode": "written"}},
	}
	for name, value := range change {
		in[name] = value
	}
	id := w.awa.post(t, "/jobseekers", in).status(t, http.StatusCreated).text("id")
	u, err := w.server.Accounts.OfPerson(t.Context(), domain.ID(id))
	must(t, err)
	return jobseeker{caller: caller{w: w, user: u, token: w.tokenFor(t, u)}, id: id}
}

// taken makes a jobseeker whose file Awa owns, whichever agencies serve the place.
func (w *world) taken(t *testing.T) (jobseeker, string) {
	t.Helper()
	j := w.registered(t, object{"here": true})
	return j, w.awa.post(t, "/jobseekers/"+j.id+"/case", nil).status(t, http.StatusCreated).text("id")
}

// vacancy is what a mason's vacancy says.
func vacancy(change object) object {
	in := object{
		"title": "Maçon", "contract": "fixed_term", "place": "BKO", "posts": 1, "fee_free": true, "wage_min": 90000,
		"skills": []object{{"words": "monter un mur en briques"}},
	}
	for name, value := range change {
		in[name] = value
	}
	return in
}

// published makes a vacancy of the employer and shows it.
func (w *world) published(t *testing.T, change object) answer {
	t.Helper()
	draft := w.employer.post(t, "/vacancies", vacancy(change)).status(t, http.StatusCreated)
	out := w.employer.post(t, "/vacancies/"+draft.text("id")+"/submit", object{}, based(draft)).status(t, http.StatusOK)
	if out.text("state") != "published" {
		t.Fatalf("a verified employer's vacancy is %s", out.text("state"))
	}
	return out
}

// sent makes an application that the employer has in hand.
func (w *world) sent(t *testing.T, j jobseeker, vacancy string) answer {
	t.Helper()
	x := w.awa.post(t, "/applications/proposals", object{"person_id": j.id, "vacancy_id": vacancy}).status(t, http.StatusCreated)
	path := "/applications/" + x.text("id")
	x = j.post(t, path+"/consent", object{}, based(x)).status(t, http.StatusOK)
	return w.awa.post(t, path+"/send", object{}, based(x)).status(t, http.StatusOK)
}

// code reads what was sent to a phone last.
func (w *world) code(t *testing.T, phone string) string {
	t.Helper()
	return domaintest.LastCode(t, w.server.DB, phone)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
