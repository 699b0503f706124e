package wire_test

import (
	"net/http"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// bearer begins what a program comes with, where people have a session's cookie.
const bearer = "Bearer "

// program is an account of an employer's or an agency's that nobody signs in to,
// with a token for all that such programs are given.
func (s *service) program(t testing.TB, of identity.NewClient) *record {
	t.Helper()
	by := s.persona("administrator").actor()
	of.Name = s.fresh("Passerelle ")
	u, err := s.core.Clients.Create(t.Context(), by, of)
	need(t, err)
	made, secret, err := s.core.Clients.Issue(t.Context(), by, u.ID, identity.NewToken{Name: "passerelle", Scopes: s.core.Clients.Scopes(u), Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	need(t, err)
	r := newRecord()
	r.about, r.words["bearer"] = u, bearer+secret
	r.put("user", u.ID, u.Version)
	r.put("token", made.ID, 1)
	return r
}

// tokenOnPages opens, with a program's token, every page that is not for everybody.
func (m *matrix) tokenOnPages(t *testing.T) {
	tried := 0
	for _, r := range m.server.Site.Routes() {
		if r.Who.Public() {
			continue
		}
		tried++
		in := request{method: r.Method, path: parameter.ReplaceAllString(r.Path, string(nobody)), cookie: m.cookie(t, m.persona("program").user.ID)}
		if got := m.send(t, in); got.Code != http.StatusNotFound {
			t.Errorf("%s %s answers a token %d", r.Method, r.Path, got.Code)
		}
	}
	if tried < 100 {
		t.Errorf("only %d pages were tried", tried)
	}
}
