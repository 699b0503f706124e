package programtest

import (
	"net/http"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/webtest"
)

// StaffAt makes an account of the service at an agency.
func (p *Program) StaffAt(t *testing.T, role domain.Role, agency domain.ID, name string) identity.User {
	t.Helper()
	u, err := p.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
		Role: role, Name: name, Email: "agent-" + string(p.IDs.New()) + "@exemple.ml", Password: Password, AgencyID: agency,
	})
	must(t, err)
	return u
}

// StaffCookies are those of an account that signed in by password as a browser does.
func (p *Program) StaffCookies(t *testing.T, u identity.User) []*http.Cookie {
	t.Helper()
	cookies := p.Enter(t, u.Email, Password)
	if len(cookies) == 0 {
		t.Fatal("the account could not sign in")
	}
	return cookies
}

// StaffTab opens a tab in which an account is signed in.
func (p *Program) StaffTab(t *testing.T, b *webtest.Browser, u identity.User, view webtest.View) *webtest.Tab {
	t.Helper()
	return p.Tab(t, b, view, p.StaffCookies(t, u))
}
