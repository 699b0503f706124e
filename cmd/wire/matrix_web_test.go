package wire_test

import (
	"maps"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
)

// webRecipe is how a page is tried: by its address, and as webRecipes say
// where that does not tell.
func webRecipe(name string) recipe {
	if how, special := webRecipes()[name]; special {
		return how
	}
	route, _, _ := strings.Cut(name, " [")
	_, path, _ := strings.Cut(route, " ")
	return byAddress(path)
}

// byAddress tells from the beginning of an address what it is about.
func byAddress(path string) recipe {
	for _, known := range []struct{ prefix, of, id string }{
		{"/register", "own draft form", ""},
		{"/me/applications/{id}", "proposed", "application"},
		{"/me/vacancies/{id}", "published", "vacancy"},
		{"/vacancies/{id}", "published", "vacancy"},
		{"/employer/vacancies/{id}", "published", "vacancy"},
		{"/employer/candidates/{id}", "sent", "application"},
		{"/counsellor/intake/{id}", "waiting", "person"},
		{"/counsellor/cases/{id}", "file", "case"},
		{"/counsellor/people/{id}", "file", "person"},
		{"/counsellor/vacancies/{id}", "published", "vacancy"},
		{"/counsellor/applications/{id}", "sent", "application"},
		{"/counsellor/placements/{id}", "planned", "placement"},
		{"/counsellor/employers/{id}", "organisation", "organisation"},
		{"/admin/users/{id}", "account", "user"},
		{"/admin/agencies/{id}", "agency", "agency"},
		{"/me", "own file", ""},
		{"/account", "own account", ""},
	} {
		if strings.HasPrefix(path, known.prefix) {
			return recipe{of: known.of, id: known.id}
		}
	}
	return recipe{of: "nothing"}
}

// types is a form whose record does not matter; what it does not name comes from the page.
func types(pairs ...string) func(*service, *record, persona) object {
	out := object{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return says(out)
}

// on are the fields of a date.
func on(name string, d domain.Date) []string {
	parts := strings.Split(d.String(), "-")
	return []string{name + "-year", parts[0], name + "-month", strings.TrimLeft(parts[1], "0"), name + "-day", strings.TrimLeft(parts[2], "0")}
}

func webRecipes() map[string]recipe {
	out := map[string]recipe{}
	for _, part := range []map[string]recipe{publicPages(), ownPages(), employerPages(), filePages(), personPages(), offerPages(), accountPages(), teamPages(), protectionPages(), betweenPages(), watchPages(), mergePages(), rightsPages()} {
		maps.Copy(out, part)
	}
	return out
}

// publicPages are the form of registration, a page for a step, and the ways in.
func publicPages() map[string]recipe {
	out := map[string]recipe{
		"POST /register":           {of: "own draft form", page: "/register?back=1", body: types("who", "self")},
		"POST /register/forget":    {of: "own draft form", blank: true},
		"POST /register/meant":     {of: "own draft form", body: types("wishes.0", "words")},
		"POST /register/schooling": {of: "own draft form", body: types("isced", "3")},
		"POST /register/languages": {of: "own draft form", body: types("languages", "bm")},
		"GET /register/done":       {of: "sent form"},
		"POST /resume":             {of: "file", blank: true, body: said("phone")},
		"POST /resume/code":        {of: "resume code", blank: true, body: said("phone", "code")},
		"POST /resume/open":        {of: "resume ticket", blank: true, body: said("ticket", "secret")},
		"POST /employers/sign-up": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"kind": "company", "legal_name": s.fresh("Inscrite "), "place": "BKO", "phone": "70000004", "account.name": "Sékou", "account.phone": "70000004",
				"account.email": s.fresh("sekou") + "@example.org", "password": "cent-baobabs-verts", "account.password": "cent-baobabs-verts"}
		}},
		"POST /sign-in": {of: "own password", blank: true, body: func(_ *service, r *record, _ persona) object {
			return object{"email": r.words["email"], "password": password}
		}},
		"POST /sign-in/phone":          {of: "own phone", blank: true, body: said("phone")},
		"POST /sign-in/code":           {of: "own code", blank: true, body: said("phone", "code")},
		"POST /sign-in/open":           {of: "own ticket", blank: true, body: said("ticket", "secret")},
		"POST /sign-out":               {of: "own account", blank: true},
		"GET /sign-in/second":          {of: "half session"},
		"POST /sign-in/second":         {of: "half session", blank: true, body: said("code")},
		"POST /sign-in/second/key":     {of: "half session", blank: true, body: types("response", "{}")},
		"GET /sign-in/second/app":      {of: "half session without"},
		"POST /sign-in/second/app":     {of: "half session without", blank: true, body: said("code")},
		"GET /sign-in/second/new-key":  {of: "half session without"},
		"POST /sign-in/second/new-key": {of: "half session without", blank: true, body: types("response", "{}")},
		"GET /sign-in/password":        {of: "handed password"},
		"POST /sign-in/password":       {of: "handed password", blank: true, body: types("password", "cent-baobabs-verts", "again", "cent-baobabs-verts")},
		"POST /invitation": {of: "own invitation", blank: true, body: func(_ *service, r *record, _ persona) object {
			return object{"code": r.words["secret"], "name": "Kadia", "password": "cent-baobabs-verts", "again": "cent-baobabs-verts"}
		}},
	}
	return out
}

// said are form values that the record holds.
func said(names ...string) func(*service, *record, persona) object {
	return func(_ *service, r *record, _ persona) object {
		out := object{}
		for _, name := range names {
			out[name] = r.words[name]
		}
		return out
	}
}

// ownPages are a jobseeker's.
func ownPages() map[string]recipe {
	return map[string]recipe{
		"POST /me/profile/schooling":  {of: "own file", body: types("isced", "3")},
		"POST /me/profile/languages":  {of: "own file", body: types("languages", "bm")},
		"POST /me/renew":              {of: "own file", blank: true, body: versioned("registration")},
		"POST /me/profile/meant":      {of: "own file", blank: true, body: versioned("person", "wishes.0", "words")},
		"POST /me/vacancies/{id}":     {of: "published file", id: "vacancy", blank: true},
		"GET /me/vacancies/{id}":      {of: "published file", id: "vacancy"},
		"GET /me/applications":        {of: "proposed", mark: "application"},
		"POST /me/applications/{id}":  {of: "proposed", id: "application", page: "/me/applications", body: types("act", "accept")},
		"GET /me/consents/{id}":       {of: "file", id: "consent"},
		"POST /me/consents/{id}/send": {of: "file", id: "consent", blank: true},
		"POST /me/consents":           {of: "own file", blank: true, body: types("purpose", "matching", "act", "end")},
		"POST /me/devices":            {of: "own session", blank: true, body: id("session", "session")},
	}
}

// id is a form value that names something of the record.
func id(name, kind string) func(*service, *record, persona) object {
	return func(_ *service, r *record, _ persona) object { return object{name: r.ids[kind]} }
}

func employerPages() map[string]recipe {
	today := domain.DateOf(time.Now())
	vacancy := func(of string) recipe { return recipe{of: of, id: "vacancy", page: "/employer/vacancies/{id}"} }
	step := map[string]string{"step": "conditions"}
	candidate := recipe{of: "sent", id: "application", page: "/employer/candidates/{id}"}
	typed := func(r recipe, pairs ...string) recipe {
		r.page, r.body = "", types(pairs...)
		return r
	}
	return map[string]recipe{
		"GET /employer/vacancies":                   {of: "published", mark: "vacancy"},
		"POST /employer/vacancies/new":              {of: "nothing", body: types("title", "Maçon", "posts", "2")},
		"POST /employer/organisation/edit":          {of: "nothing"},
		"GET /employer/vacancies/{id}/edit/{step}":  {of: "draft", id: "vacancy", with: step},
		"POST /employer/vacancies/{id}/edit/{step}": {of: "draft", id: "vacancy", with: step},
		"GET /employer/vacancies/{id}/check":        {of: "draft", id: "vacancy"},
		"POST /employer/vacancies/{id}/check":       {of: "draft", id: "vacancy", body: types("fee_free", "yes")},
		"POST /employer/vacancies/{id}/suspend":     vacancy("published"),
		"POST /employer/vacancies/{id}/resume":      vacancy("suspended"),
		"POST /employer/vacancies/{id}/elsewhere":   vacancy("published"),
		"POST /employer/vacancies/{id}/confirm":     blank(vacancy("published")),
		"POST /employer/vacancies/{id}/renew":       typed(vacancy("published"), on("open_until", today.AddMonths(2))...),
		"POST /employer/vacancies/{id}/posts":       typed(vacancy("published"), "posts", "4"),
		"POST /employer/vacancies/{id}/withdraw":    typed(vacancy("published"), "reason", "Budget"),
		"GET /employer/vacancies/{id}/close":        {of: "hired beside", id: "vacancy"},
		"POST /employer/vacancies/{id}/close":       {of: "hired beside", id: "vacancy", blank: true, body: id("applications", "application")},
		"POST /employer/candidates/{id}/seen":       blank(candidate),
		"POST /employer/candidates/{id}/offer":      blank(candidate),
		"POST /employer/candidates/{id}/interview":  typed(candidate, on("on", today.AddDays(2))...),
		"POST /employer/candidates/{id}/refuse":     typed(candidate, "why", "skills"),
		"POST /employer/candidates/{id}/hire":       typed(candidate, on("starts_on", today.AddDays(7))...),
	}
}

// blank is a form that is sent without its page: a button with the version alone.
func blank(r recipe) recipe {
	r.blank, r.body = true, versioned(r.id)
	return r
}

// versioned is the version a button names.
func versioned(kind string, pairs ...string) func(*service, *record, persona) object {
	return func(_ *service, r *record, _ persona) object {
		out := object{"version": r.versions[kind]}
		for i := 0; i+1 < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
		return out
	}
}

func filePages() map[string]recipe {
	file := recipe{of: "file", id: "case", page: "/counsellor/cases/{id}"}
	with := func(name, kind string, pairs ...string) recipe {
		r := file
		r.with, r.blank, r.body = map[string]string{name: kind}, true, versioned(kind, pairs...)
		return r
	}
	typed := func(pairs ...string) recipe {
		r := file
		r.page, r.body = "", types(pairs...)
		return r
	}
	sends := func(pairs ...string) recipe {
		r := file
		r.body = types(pairs...)
		return r
	}
	note := typed("body", "Corrigé")
	note.with = map[string]string{"note": "file note"}
	share := typed("days", "7", "reason", "Formation")
	share.body = func(s *service, _ *record, _ persona) object {
		return object{"with": "u" + string(s.persona("elsewhere").user.ID), "days": "7", "reason": "Formation"}
	}
	assign := file
	assign.page, assign.body = "", func(s *service, _ *record, _ persona) object { return object{"owner": s.persona("colleague").user.ID} }
	return map[string]recipe{
		"GET /counsellor/intake":                         {of: "waiting", mark: "person"},
		"POST /counsellor/intake/{id}/take":              {of: "waiting", id: "person", blank: true},
		"GET /counsellor/cases":                          {of: "file", mark: "case"},
		"GET /counsellor/cases [the agency's]":           {of: "file", mark: "case", query: "whose=agency"},
		"POST /counsellor/cases/{id}/notes":              sends("body", "Vue ce matin", "visibility", "file", "contact", "none"),
		"GET /counsellor/cases/{id}/notes/{note}":        note,
		"POST /counsellor/cases/{id}/notes/{note}":       note,
		"POST /counsellor/cases/{id}/goals":              sends("words", "Trouver un chantier"),
		"POST /counsellor/cases/{id}/actions":            sends("action.words", "Appeler", "action.doer", "counsellor"),
		"POST /counsellor/cases/{id}/actions/{action}":   with("action", "action", "state", "done"),
		"POST /counsellor/cases/{id}/goals/{goal}":       with("goal", "goal", "state", "reached"),
		"POST /counsellor/cases/{id}/stage":              typed("transition", "plan"),
		"POST /counsellor/cases/{id}/referent":           assign,
		"POST /counsellor/cases/{id}/share":              share,
		"POST /counsellor/cases/{id}/shares/{share}/end": with("share", "share"),
		"POST /counsellor/cases/{id}/needs":              typed("barriers", "housing"),
		"POST /counsellor/search":                        {of: "file", body: func(_ *service, r *record, _ persona) object { return object{"words": r.words["name"]} }},
		"GET /counsellor/cases/export":                   {of: "nothing"},
		"POST /counsellor/cases/export":                  {of: "closed file", body: types("stage", "closed", "recipient", "ONEF"), mark: "reference"}, // few are
	}
}

func personPages() map[string]recipe {
	who := recipe{of: "file", id: "person"}
	with := func(name, value string, pairs ...string) recipe {
		r := who
		r.with = map[string]string{name: value}
		if len(pairs) > 0 {
			r.body = types(pairs...)
		}
		return r
	}
	return map[string]recipe{
		"POST /counsellor/register": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"given": "Hawa", "family": spelt(s.next()), "residence.place": "BKO", "sex": "female", "agency": "here", "birth.date-year": "1990", "birth.date-precision": "year"}
		}},
		"POST /counsellor/people/{id}/registration":                  {of: "file", id: "person", blank: true, body: versioned("registration", "change", "renew")},
		"GET /counsellor/people/{id}/edit/{part}":                    with("part", "identity"),
		"POST /counsellor/people/{id}/edit/{part}":                   with("part", "identity", "family", "Changée"),
		"GET /counsellor/people/{id}/consents/{consent}":             with("consent", "consent"),
		"POST /counsellor/people/{id}/consents":                      {of: "file", id: "person", body: types("purposes", "follow_up", "mode", "written")},
		"POST /counsellor/people/{id}/consents/{consent}/send":       {of: "file", id: "person", with: map[string]string{"consent": "consent"}, blank: true},
		"POST /counsellor/people/{id}/consents/withdraw":             {of: "file", id: "person", blank: true, body: types("purpose", "matching")},
		"GET /counsellor/people/{id}/journey/episodes/{entry}":       with("entry", "episode"),
		"POST /counsellor/people/{id}/journey/episodes/{entry}":      with("entry", "episode", "country", "DZA"),
		"GET /counsellor/people/{id}/journey/displacements/{entry}":  with("entry", "displacement"),
		"POST /counsellor/people/{id}/journey/displacements/{entry}": with("entry", "displacement", "origin_place", "MOP"),
		"POST /counsellor/people/{id}/vacancies":                     {of: "published file", id: "person", blank: true, body: id("vacancy", "vacancy")},
	}
}

func offerPages() map[string]recipe {
	today := domain.DateOf(time.Now())
	vacancy := func(of string, pairs ...string) recipe { return recipe{of: of, id: "vacancy", body: types(pairs...)} }
	button := func(of, id string) recipe { return blank(recipe{of: of, id: id}) }
	application := func(of string, pairs ...string) recipe {
		return recipe{of: of, id: "application", body: types(pairs...)}
	}
	placement := func(of string, pairs ...string) recipe { return recipe{of: of, id: "placement", body: types(pairs...)} }
	return map[string]recipe{
		"POST /counsellor/vacancies/new":              {of: "nothing", body: types("source", "radio", "client_name", "Forge", "title", "Soudeur", "posts", "1", "contract", "fixed_term", "place", "BKO", "fee_free", "yes")},
		"GET /counsellor/vacancies/{id}/review":       {of: "held", id: "vacancy"},
		"POST /counsellor/vacancies/{id}/review":      vacancy("held", "decision", "publish", "reason", "Rien à payer"),
		"GET /counsellor/vacancies/{id}/edit":         {of: "draft", id: "vacancy"},
		"POST /counsellor/vacancies/{id}/edit":        vacancy("draft", "title", "Maçon finisseur"),
		"POST /counsellor/vacancies/{id}/propose":     {of: "published file", id: "vacancy", blank: true, body: id("person", "person")},
		"GET /counsellor/vacancies/{id}/applications": {of: "sent", id: "vacancy", mark: "application"},
		"GET /counsellor/vacancies/{id}/close":        {of: "hired beside", id: "vacancy"},
		"POST /counsellor/vacancies/{id}/close":       {of: "hired beside", id: "vacancy", blank: true, body: id("applications", "application")},
		"POST /counsellor/vacancies/{id}/resume":      button("suspended", "vacancy"),
		"POST /counsellor/vacancies/{id}/confirm":     button("published", "vacancy"),
		"POST /counsellor/vacancies/{id}/elsewhere":   button("published", "vacancy"),
		"POST /counsellor/vacancies/{id}/suspend":     vacancy("published", "reason", "Pluies"),
		"POST /counsellor/vacancies/{id}/renew":       vacancy("published", on("open_until", today.AddMonths(2))...),
		"POST /counsellor/vacancies/{id}/posts":       vacancy("published", "posts", "4"),
		"POST /counsellor/vacancies/{id}/withdraw":    vacancy("published", "reason", "Budget"),

		"GET /counsellor/applications":                 {of: "sent", mark: "application"},
		"POST /counsellor/applications/{id}/answer":    {of: "proposed", id: "application", page: "/counsellor/applications/{id}", body: types("answer", "yes", "mode", "oral", "words", "Elle-même")},
		"POST /counsellor/applications/{id}/send":      button("consented", "application"),
		"POST /counsellor/applications/{id}/see":       button("sent", "application"),
		"POST /counsellor/applications/{id}/offer":     button("sent", "application"),
		"POST /counsellor/applications/{id}/hire":      application("sent", on("starts_on", today.AddDays(7))...),
		"POST /counsellor/applications/{id}/interview": application("sent", on("on", today.AddDays(2))...),
		"POST /counsellor/applications/{id}/refuse":    application("sent", "why", "skills"),
		"GET /counsellor/applications/{id}/decline":    {of: "offered", id: "application"},
		"POST /counsellor/applications/{id}/decline":   application("offered", "words", "Trop loin"),
		"POST /counsellor/applications/{id}/withdraw":  application("sent", "words", "Partie"),
		"GET /counsellor/placements":                   {of: "planned", mark: "placement"},
		"POST /counsellor/placements/{id}/start":       placement("planned", on("on", today)...),
		"POST /counsellor/placements/{id}/no-start":    placement("planned", "reason", "Malade"),
		"GET /counsellor/placements/{id}/end":          {of: "started", id: "placement"},
		"POST /counsellor/placements/{id}/end":         placement("started", append(on("on", today), "reason", "fin")...),
		"GET /counsellor/placements/{id}/convert":      {of: "started", id: "placement"},
		"POST /counsellor/placements/{id}/convert":     placement("started", append(on("on", today), "kind", "permanent")...),

		"POST /counsellor/employers/new":         {of: "nothing", body: types("kind", "company", "legal_name", "Forge SARL", "phone", "70000005", "place", "BKO")},
		"POST /counsellor/employers/{id}/verify": button("pending", "organisation"),
		"GET /counsellor/employers/{id}/refuse":  {of: "pending", id: "organisation"},
		"POST /counsellor/employers/{id}/refuse": {of: "pending", id: "organisation", body: types("reason", "Adresse inconnue")},
	}
}
