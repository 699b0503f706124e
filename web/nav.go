package web

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/layout"
)

// navEntry is one entry of a role's navigation.
type navEntry struct{ key, path string }

// entries lists a role's navigation: at most five, the first is where the role starts.
func entries(role domain.Role) []navEntry {
	switch role {
	case domain.RoleJobseeker:
		return []navEntry{
			{"common.nav.home", "/me"}, {"common.nav.my_profile", "/me/profile"}, {"common.nav.my_matches", "/me/vacancies"},
			{"common.nav.my_applications", "/me/applications"}, {"common.nav.my_consents", "/me/consents"},
		}
	case domain.RoleEmployer:
		return []navEntry{
			{"common.nav.dashboard", "/employer"}, {"common.nav.our_vacancies", "/employer/vacancies"},
			{"common.nav.organisation", "/employer/organisation"},
		}
	case domain.RoleCounsellor, domain.RoleLead:
		return []navEntry{
			{"common.nav.today", "/counsellor"}, {"common.nav.intake", "/counsellor/intake"},
			{"common.nav.caseload", "/counsellor/cases"}, {"common.nav.offers", "/counsellor/vacancies"},
			{"common.nav.search", "/counsellor/search"},
		}
	case domain.RoleAdministrator:
		return []navEntry{
			{"common.nav.users", "/admin/users"}, {"common.nav.agencies", "/admin/agencies"}, {"common.nav.index", "/admin/index"},
			{"common.nav.messages", MessagesPath},
		}
	case domain.RoleDataProtection:
		return []navEntry{
			{"common.nav.home", "/protection"}, {"common.nav.trail", "/protection/trail"}, {"common.nav.checks", "/protection/checks"},
			{"common.nav.exports", "/protection/exports"},
		}
	case domain.RoleAnalyst:
		return []navEntry{{"common.nav.home", "/start"}, {"common.nav.vacancies", "/vacancies"}}
	}
	return []navEntry{
		{"common.nav.vacancies", "/vacancies"}, {"common.nav.register", "/register"}, {"common.nav.resume", "/resume"},
		{"common.nav.employers", "/employers"}, {"common.sign_in", SignInPath},
	}
}

// HomePath is where a role starts after signing in.
func HomePath(role domain.Role) string {
	if role == domain.RoleAnonymous || role == "" {
		return "/"
	}
	return entries(role)[0].path
}

// navigation marks the entry the page belongs to: the one named by the page, else the longest that begins its address.
func navigation(c *Context, named string) []layout.NavItem {
	list := entries(c.Actor.Role)
	path := c.Request.URL.Path
	current := named
	for _, e := range list {
		if named == "" && (path == e.path || strings.HasPrefix(path, e.path+"/")) && len(e.path) > len(current) {
			current = e.path
		}
	}
	out := make([]layout.NavItem, 0, len(list))
	for _, e := range list {
		out = append(out, layout.NavItem{Text: c.T(e.key), URL: e.path, Current: e.path == current})
	}
	return out
}
