package wire_test

import (
	"fmt"

	"github.com/baara-platform/baara/domain"
)

func accountPages() map[string]recipe {
	user := recipe{of: "account", id: "user", page: "/admin/users/{id}"}
	ended := user
	ended.of = "ended account"
	factors := user
	factors.of = "factor"
	program := recipe{of: "program", id: "user"}
	devices := user
	devices.blank, devices.body = true, id("session", "session")
	return map[string]recipe{
		"POST /admin/users/new": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"role": "counsellor", "name": "Issa", "email": s.fresh("issa") + "@example.org", "agency": s.bamako}
		}},
		"POST /admin/users/{id}/password": user,
		"POST /admin/users/{id}/end":      user,
		"POST /admin/users/{id}/reopen":   ended,
		"POST /admin/users/{id}/devices":  devices,
		"POST /admin/users/{id}/factors":  factors,
		"POST /admin/users/{id}/leave":    user,
		"GET /admin/users/export":         {of: "nothing"},
		"POST /admin/users/export": {of: "account", body: func(_ *service, r *record, _ persona) object {
			return object{"words": r.words["words"], "recipient": "ONEF"}
		}, mark: "email"},
		"GET /admin/users/new-program": {of: "nothing"},
		"POST /admin/users/new-program": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"name": "Passerelle", "agency": s.bamako}
		}},
		"GET /admin/users/{id}/tokens":               program,
		"POST /admin/users/{id}/tokens":              {of: "program", id: "user", body: types("name", "passerelle", "scopes", "vacancy.read", "days", "30", "recipient", "Service informatique")},
		"POST /admin/users/{id}/tokens/end":          {of: "program", id: "user", blank: true, body: id("token", "token")},
		"GET /admin/users/{id}/tokens [of a person]": {of: "account", id: "user"},
		"POST /admin/users/{id}/tokens [of a person]": {of: "account", id: "user", blank: true,
			body: types("name", "passerelle", "scopes", "vacancy.read", "days", "30")},
		"POST /admin/agencies/new": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"name": "Agence de Mopti", "code": s.fresh("M"), "place": "MOP", "regions": "MOP"}
		}},
		"GET /messages":      {of: "nothing"},
		"POST /account/edit": {of: "own account", body: types("name", "Essai", "language", "fr")},
		"POST /account/contact": {of: "own account", body: func(s *service, _ *record, p persona) object {
			if p.role == domain.RoleJobseeker {
				return object{"value": fmt.Sprintf("+22371%06d", s.next())}
			}
			return object{"value": s.fresh("neuf") + "@example.org"}
		}},
		"POST /account/contact/stop":                      {of: "own contact", blank: true, body: types("kind", "email")},
		"POST /account/devices":                           {of: "own session", blank: true, body: id("session", "session")},
		"POST /account/password":                          {of: "own account", body: types("old", password, "password", "cent-baobabs-verts", "again", "cent-baobabs-verts")},
		"POST /account/tokens":                            {of: "own account", body: types("name", "programme", "scopes", "vacancy.read", "days", "30", "recipient", "Service informatique")},
		"POST /account/tokens/{id}/end":                   {of: "own token", id: "token", blank: true},
		"POST /account/tokens/{id}/end [somebody else's]": {of: "token", id: "token", blank: true},
		"POST /account/security/confirm":                  {of: "own account", body: types("password", password)},
		"POST /account/security/app":                      {of: "own enrolment", blank: true, body: said("code")},
		"POST /account/security/key":                      {of: "own account", blank: true, body: types("response", "{}")},
		"POST /account/security/recovery":                 {of: "own factor", blank: true},
		"POST /account/security/remove":                   {of: "own factor", blank: true, body: id("factor", "factor")},
	}
}

func teamPages() map[string]recipe {
	member := recipe{of: "account", id: "user", page: "/team/members/{id}"}
	theirs := func(r recipe, of string) recipe {
		r.of = of
		return r
	}
	lead := recipe{of: "another lead", id: "user", blank: true, body: versioned("user")}
	return map[string]recipe{
		"GET /team":                         {of: "invitation", mark: "invitation"},
		"GET /team [of the employer]":       {of: "colleague's invitation", mark: "invitation"},
		"GET /team [the counsellor]":        {of: "account", mark: "email"},
		"GET /team [the employer's member]": {of: "member", mark: "email"},
		"POST /team/invite": {of: "nothing", body: func(s *service, _ *record, p persona) object {
			out := object{"name": "Kadia", "email": s.fresh("kadia") + "@example.org"}
			if p.role == domain.RoleAdministrator {
				out["role"], out["agency"] = "counsellor", s.bamako
			}
			return out
		}},
		"POST /team/revoke":                               {of: "invitation", blank: true, body: id("invitation", "invitation")},
		"POST /team/revoke [of the employer]":             {of: "colleague's invitation", blank: true, body: id("invitation", "invitation")},
		"GET /team/members/{id}":                          member,
		"GET /team/members/{id} [of the employer]":        theirs(member, "member"),
		"GET /team/members/{id} [a lead]":                 theirs(member, "another lead"),
		"POST /team/members/{id}/leave":                   member,
		"POST /team/members/{id}/leave [of the employer]": theirs(member, "member"),
		"POST /team/members/{id}/leave [a lead]":          lead,
		"POST /team/members/{id}/password":                member,
		"POST /team/members/{id}/password [a lead]":       lead,
	}
}

func protectionPages() map[string]recipe {
	return map[string]recipe{
		"GET /protection/trail/{chain}/{seq}": {of: "entry", with: map[string]string{"chain": "chain", "seq": "seq"}},
		"POST /protection/export": {of: "entry", body: func(_ *service, r *record, _ persona) object {
			return object{"about": r.ids["person"], "recipient": "ONEF"}
		}, mark: "hash"},
		"GET /protection/exports": {of: "export", mark: "export"},
	}
}
