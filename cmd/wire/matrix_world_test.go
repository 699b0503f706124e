package wire_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/web/layout"
)

// persona is somebody who stands in one certain way to the records the matrix
// is tried on; testdata/matrix.txt says how, in words.
type persona struct {
	name string
	user identity.User // the visitor's and the jobseeker's is empty: the latter's comes with the record
	role domain.Role
}

// actor is the persona as somebody who acts.
func (p persona) actor() domain.Actor { return p.user.Actor() }

// signsIn says whether the persona has an account and is somebody.
func (p persona) signsIn() bool {
	return p.role != domain.RoleAnonymous && p.role != domain.RoleAPIClient
}

// service is the whole program in this process over one database, with the
// personas at work in it.
type service struct {
	core   *wire.Core
	server *wire.Server
	url    string  // of the database
	sql    *sql.DB // eyes and hands that no rule binds
	serial *atomic.Int64

	bamako, kayes, segou domain.ID // agencies
	firm, rival          domain.ID // verified employers
	personas             []persona // in the order of the file
	standing             map[string]*record
	hash                 string // the password's
	cookies              map[domain.ID]string
	hints                seal.Hints // as the name register gives them
}

// newService fills a database with the personas, and serves under the policy;
// nil is the product's.
func newService(t testing.TB, policy *access.Policy) *service {
	t.Helper()
	ctx, raw, box := t.Context(), domaintest.Database(t), seal.RandomBox()
	core, err := wire.NewCore(ctx, raw.AppURL, wire.Options{Store: store.Options{Keys: domaintest.Keys()}, Policy: policy, Box: box})
	need(t, err)
	t.Cleanup(func() { _ = core.Close() })
	need(t, core.LoadStarter(ctx))
	need(t, core.DB.Installation().Set(ctx, store.DemoKey, "yes"))
	s := &service{core: core, url: raw.AppURL, sql: raw.SQL, serial: &atomic.Int64{}, standing: map[string]*record{}, cookies: map[domain.ID]string{}, hash: hashed(t), hints: seal.Hints{Box: box}}
	s.server = serve(t, core)
	s.people(t)
	return s
}

// serve puts pages and API over the use-cases.
func serve(t testing.TB, core *wire.Core) *wire.Server {
	t.Helper()
	server := serveQuietly(t, core)
	t.Cleanup(func() { _ = server.Close() })
	return server
}

// serveQuietly is serve for who closes the server.
func serveQuietly(t testing.TB, core *wire.Core) *wire.Server {
	t.Helper()
	server, err := wire.NewServer(t.Context(), core, wire.ServerOptions{
		IndexDir: t.TempDir(), Proxies: []string{"127.0.0.1"}, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
		EnforceSecond: true, Site: layout.Site{Operator: "Essai", Demo: true, Local: true},
	})
	need(t, err)
	return server
}

// people opens three agencies and two verified employers and gives everybody an account.
func (s *service) people(t testing.TB) {
	t.Helper()
	agency := func(code, place string) domain.ID {
		a, err := s.core.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{Code: code, Name: "Agence " + code, PlaceCode: place, Serves: []string{place}})
		need(t, err)
		return a.ID
	}
	s.bamako, s.kayes, s.segou = agency("BKO-1", "BKO"), agency("KAY-1", "KAY"), agency("SEG-1", "SEG")
	add := func(name string, u identity.User) persona {
		if u.Role != domain.RoleAnonymous && u.Role != domain.RoleJobseeker {
			u = s.account(t, u)
		}
		p := persona{name: name, user: u, role: u.Role}
		s.personas = append(s.personas, p)
		return p
	}
	add("visitor", identity.User{Role: domain.RoleAnonymous})
	add("jobseeker", identity.User{Role: domain.RoleJobseeker})
	referent := add("referent", identity.User{Role: domain.RoleCounsellor, AgencyID: s.bamako})
	add("colleague", identity.User{Role: domain.RoleCounsellor, AgencyID: s.bamako})
	guest := add("guest", identity.User{Role: domain.RoleCounsellor, AgencyID: s.segou})
	add("guest-lead", identity.User{Role: domain.RoleLead, AgencyID: s.segou})
	add("former", identity.User{Role: domain.RoleCounsellor, AgencyID: s.segou})
	add("elsewhere", identity.User{Role: domain.RoleCounsellor, AgencyID: s.kayes})
	add("lead", identity.User{Role: domain.RoleLead, AgencyID: s.bamako})
	add("lead-elsewhere", identity.User{Role: domain.RoleLead, AgencyID: s.kayes})
	add("analyst", identity.User{Role: domain.RoleAnalyst})
	add("administrator", identity.User{Role: domain.RoleAdministrator})
	add("data-protection", identity.User{Role: domain.RoleDataProtection})
	s.firm, s.rival = s.organisation(t, referent, guest), s.organisation(t, referent, guest)
	add("employer", identity.User{Role: domain.RoleEmployer, OrganisationID: s.firm})
	add("rival", identity.User{Role: domain.RoleEmployer, OrganisationID: s.rival})
	s.personas = append(s.personas, persona{name: "stranger", role: domain.RoleJobseeker, user: s.somebody(t, s.persona("elsewhere").actor()).jobseeker})
	for name, of := range map[string]identity.NewClient{"program": {OrganisationID: s.firm}, "bamako-program": {AgencyID: s.bamako}} {
		program := s.program(t, of)
		s.personas = append(s.personas, persona{name: name, role: domain.RoleAPIClient, user: program.about})
		s.cookies[program.about.ID] = program.words["bearer"]
	}
}

// renew has somebody sign in anew before the next request. A program has its token.
func (s *service) renew(p persona) {
	if p.role != domain.RoleAPIClient {
		delete(s.cookies, p.user.ID)
	}
}

// persona finds one by name.
func (s *service) persona(name string) persona {
	for _, p := range s.personas {
		if p.name == name {
			return p
		}
	}
	panic("no persona is called " + name)
}

func (s *service) next() int64 { return s.serial.Add(1) }

// account makes an account without the cost of a password.
func (s *service) account(t testing.TB, u identity.User) identity.User {
	t.Helper()
	n := s.next()
	u.ID, u.Name, u.Language, u.Version = s.core.IDs.New(), fmt.Sprintf("Essai %d", n), "fr", 1
	u.Email, u.CreatedAt = fmt.Sprintf("essai%d@example.org", n), time.Now().UTC().AddDate(0, -1, 0)
	u.PasswordHash = s.hash
	s.write(t, func(tx domain.Tx) error { return s.core.DB.Users().InsertUser(t.Context(), tx, u) })
	return u
}

// organisation is an employer of Bamako that two members of staff have verified.
func (s *service) organisation(t testing.TB, first, second persona) domain.ID {
	t.Helper()
	o, err := s.core.Organisations.Create(t.Context(), first.actor(), employer.OrganisationFields{
		Kind: employer.KindCompany, LegalName: fmt.Sprintf("Chantiers %d SARL", s.next()), PlaceCode: "BKO", Phone: "+22370000001",
	})
	need(t, err)
	for _, who := range []persona{first, second} {
		o, err = s.core.Organisations.Verify(t.Context(), who.actor(), employer.VerifyOrganisation{ID: o.ID, Version: o.Version})
		need(t, err)
	}
	return o.ID
}

func (s *service) write(t testing.TB, fn func(domain.Tx) error) {
	t.Helper()
	need(t, s.core.DB.InTx(t.Context(), domain.System(), fn))
}

func (s *service) exec(t testing.TB, statement string, args ...any) {
	t.Helper()
	_, err := s.sql.ExecContext(t.Context(), statement, args...)
	need(t, err)
}

// session signs somebody in who just said who they are, and gives the cookie.
func (s *service) session(t testing.TB, user domain.ID) (id domain.ID, cookie string) {
	t.Helper()
	return s.sessionOf(t, map[string]any{"user_id": string(user), "device": "", "stepped": time.Now().Unix()}, user)
}

func (s *service) sessionOf(t testing.TB, values map[string]any, user domain.ID) (id domain.ID, cookie string) {
	t.Helper()
	token, now := seal.Secret(), time.Now().UTC()
	data, err := scs.GobCodec{}.Encode(now.Add(time.Hour), values)
	need(t, err)
	id = s.core.IDs.New()
	need(t, s.core.DB.Sessions().SaveSession(context.WithoutCancel(t.Context()), identity.Session{
		ID: id, TokenHash: seal.HashToken(token), UserID: user, Data: data, CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(time.Hour),
	}))
	return id, "baara_session=" + token
}

// cookie is the standing session of an account; "" for nobody.
func (s *service) cookie(t testing.TB, user domain.ID) string {
	t.Helper()
	if user == "" {
		return ""
	}
	if s.cookies[user] == "" {
		_, s.cookies[user] = s.session(t, user)
	}
	return s.cookies[user]
}

// address gives every request one of its own, so that no visitor's budget is met.
func (s *service) address(r *http.Request) {
	n := s.next()
	r.Host, r.RemoteAddr = "127.0.0.1:8080", fmt.Sprintf("127.%d.%d.%d:9", n/62500%250, n/250%250, n%250)
}

// fresh makes a code name no other record has.
func (s *service) fresh(prefix string) string { return strings.ToLower(prefix) + fmt.Sprint(s.next()) }
