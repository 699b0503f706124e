package wire_test

import (
	"maps"
	"time"

	"github.com/baara-platform/baara/domain"
)

type object = map[string]any

// recipe says how a route is tried: on which kind of record, and with what
// that is valid for whoever may.
type recipe struct {
	of    string            // kind of record, see kinds
	id    string            // what {id} is of it
	with  map[string]string // what other parts of the address are: of the record, or as they stand
	base  string            // whose version If-Match names; "" means that of id
	body  func(*service, *record, persona) object
	query string
	mark  string // a list is expected to show this of the record: an identifier or a word
	page  string // a page with the form that is sent; "" means the form's own address
	blank bool   // the form is sent without looking for it on a page
}

// says is a body that does not depend on the record.
func says(body object) func(*service, *record, persona) object {
	return func(*service, *record, persona) object { return body }
}

// apiRecipes are those of the API, without its prefix.
func apiRecipes() map[string]recipe {
	none, reason := says(object{}), says(object{"reason": "Dit au téléphone"})
	out := map[string]recipe{}
	for _, part := range []map[string]recipe{
		referenceRecipes(), peopleRecipes(none, reason), caseRecipes(), employerRecipes(none, reason), placementRecipes(none, reason), accountRecipes(), auditRecipes(),
		betweenRecipes(), watchRecipes(), rightsRecipes(), mergeRecipes(),
	} {
		maps.Copy(out, part)
	}
	return out
}

func referenceRecipes() map[string]recipe {
	concept := recipe{of: "concept", id: "concept"}
	return map[string]recipe{
		"GET /agencies": {of: "agency", mark: "agency"}, "GET /agencies/{id}": {of: "agency", id: "agency"},
		"POST /agencies": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"code": s.fresh("N"), "name": "Agence", "place": "MOP", "serves": []string{"MOP"}}
		}},
		"PUT /agencies/{id}": {of: "agency", id: "agency", body: func(_ *service, r *record, _ persona) object {
			return object{"code": r.words["code"], "name": "Agence de Gao", "place": "GAO", "serves": []string{"GAO"}}
		}},
		"GET /reference/classifications/{name}": {of: "nothing", with: map[string]string{"name": "isco"}},
		"GET /reference/consent-texts":          {of: "nothing"}, "GET /reference/countries": {of: "nothing"}, "GET /reference/country-groups": {of: "nothing"},
		"GET /reference/enumerations": {of: "nothing"}, "GET /reference/languages": {of: "nothing"}, "GET /reference/licences": {of: "nothing"},
		"GET /reference/places": {of: "nothing"}, "GET /reference/places/{code}": {of: "nothing", with: map[string]string{"code": "BKO"}},
		"GET /taxonomy/concepts":      {of: "nothing", query: "kind=skill&words=mur"},
		"GET /taxonomy/concepts/{id}": concept, "GET /taxonomy/concepts/{id}/related": concept, "GET /taxonomy/releases": {of: "nothing"},
		"GET /taxonomy/link":         {of: "nothing", query: "kind=skill&words=mur"},
		"POST /registrations/drafts": {of: "nothing", body: says(object{"given": "Awa"})},
		"POST /registrations": {of: "own draft form", body: func(_ *service, r *record, _ persona) object {
			return object{"draft": r.words["draft"]}
		}},
	}
}

func peopleRecipes(none, reason func(*service, *record, persona) object) map[string]recipe {
	out := map[string]recipe{
		"POST /jobseekers": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"given": "Hawa", "family": s.fresh("Nouvelle"), "residence": object{"place": "BKO"}}
		}},
		"POST /jobseekers/find": {of: "file", body: func(_ *service, r *record, _ persona) object { return object{"words": r.words["name"]} }, mark: "person"},
		"POST /jobseekers/duplicates": {of: "file", body: func(_ *service, r *record, _ persona) object {
			return object{"given": "Fanta", "family": r.words["name"]}
		}},
		"GET /jobseekers/search":                            {of: "nothing", query: "words=mur"},
		"GET /jobseekers/{id}":                              {of: "file", id: "person"},
		"GET /jobseekers/{id} [closed]":                     {of: "closed file", id: "person"},
		"GET /jobseekers/{id}/card":                         {of: "file", id: "person"},
		"GET /jobseekers/{id}/case":                         {of: "file", id: "person"},
		"POST /jobseekers/{id}/case":                        {of: "person", id: "person"},
		"GET /jobseekers/{id}/consents":                     {of: "file", id: "person"},
		"POST /jobseekers/{id}/consents":                    {of: "file", id: "person", body: consent},
		"DELETE /jobseekers/{id}/consents/{purpose}":        {of: "file", id: "person", with: map[string]string{"purpose": "matching"}},
		"GET /jobseekers/{id}/matches":                      {of: "file", id: "person"},
		"GET /jobseekers/{id}/matches/{vacancy}":            {of: "published file", id: "person", with: map[string]string{"vacancy": "vacancy"}},
		"GET /jobseekers/{id}/near-matches":                 {of: "file", id: "person"},
		"GET /jobseekers/{id}/ways":                         {of: "file", id: "person"},
		"GET /jobseekers/{id}/migration":                    {of: "file", id: "person"},
		"GET /jobseekers/{id}/migration [closed]":           {of: "closed file", id: "person"},
		"GET /jobseekers/{id}/registration":                 {of: "file", id: "person"},
		"GET /jobseekers/{id}/registration/history":         {of: "file", id: "person"},
		"POST /jobseekers/{id}/registration/accept":         {of: "waiting", id: "person", base: "registration", body: none},
		"POST /jobseekers/{id}/registration/close":          {of: "file", id: "person", base: "registration", body: says(object{"reason": "job"})},
		"POST /jobseekers/{id}/registration/renew":          {of: "file", id: "person", base: "registration", body: none},
		"POST /jobseekers/{id}/registration/renew [closed]": {of: "closed person", id: "person", base: "registration", body: none},
		"POST /jobseekers/{id}/registration/reopen":         {of: "closed registration", id: "person", base: "registration", body: reason},
		"POST /jobseekers/{id}/skills":                      {of: "file", id: "person", body: says(object{"words": "lire un plan"})},
		"DELETE /jobseekers/{id}/skills/{position}":         {of: "file", id: "person", with: map[string]string{"position": "0"}},
		"PUT /jobseekers/{id}/skills":                       {of: "file", id: "person", body: says(object{"skills": []object{{"words": "souder"}}})},
		"PUT /jobseekers/{id}/skills [closed]":              {of: "closed file", id: "person", body: says(object{"skills": []object{{"words": "souder"}}})},
	}
	for part, body := range map[string]object{
		"contact": {"residence": object{"place": "BKO"}, "language": "fr"}, "education": {"isced": 3}, "experience": {"experience": []object{{"title": "maçon"}}},
		"identity": {"given": "Fanta", "family": "Changée"}, "languages": {"languages": []object{{"code": "bm", "speaking": "native"}}},
		"licences": {"licences": []object{}}, "migration": {"episodes": []object{{"country": "DZA"}}, "displacements": []object{}},
		"mobility": {"mobility": object{"anywhere": true}}, "population": {"worked_abroad": "yes", "groups": []string{}}, "wishes": {"wishes": []object{{"words": "maçonne"}}},
	} {
		out["PUT /jobseekers/{id}/"+part] = recipe{of: "file", id: "person", body: says(body)}
	}
	return out
}

// consent is the person's own click, or what a counsellor wrote down.
func consent(_ *service, _ *record, p persona) object {
	mode := "written"
	if p.role == domain.RoleJobseeker {
		mode = "click"
	}
	return object{"purpose": "follow_up", "text_version": "2026-11-27", "mode": mode}
}

func caseRecipes() map[string]recipe {
	goal := says(object{"words": "Trouver un chantier"})
	action := says(object{"words": "Appeler", "doer": "counsellor"})
	share := func(s *service, _ *record, _ persona) object {
		return object{"user_id": s.persona("elsewhere").user.ID, "reason": "Formation", "until": time.Now().Add(48 * time.Hour).UTC().Format(time.RFC3339)}
	}
	out := map[string]recipe{
		"GET /cases":                                                  {of: "file", mark: "case"},
		"GET /cases [closed]":                                         {of: "closed file", mark: "case", query: "closed=true"},
		"GET /cases/{id}":                                             {of: "file", id: "case"},
		"POST /cases/{id}/actions":                                    {of: "file", id: "case", body: action},
		"POST /cases/{id}/actions/{item}/settle":                      {of: "file", id: "case", base: "action", with: map[string]string{"item": "action"}, body: says(object{"state": "done"})},
		"POST /cases/{id}/assign":                                     {of: "file", id: "case", body: func(s *service, _ *record, _ persona) object { return object{"owner": s.persona("colleague").user.ID} }},
		"PUT /cases/{id}/barriers":                                    {of: "file", id: "case", body: says(object{"barriers": []object{{"kind": "childcare"}}})},
		"POST /cases/{id}/goals":                                      {of: "file", id: "case", body: goal},
		"POST /cases/{id}/goals/{item}/settle":                        {of: "file", id: "case", base: "goal", with: map[string]string{"item": "goal"}, body: says(object{"state": "reached"})},
		"GET /cases/{id}/history":                                     {of: "file", id: "case"},
		"POST /cases/{id}/move":                                       {of: "file", id: "case", body: says(object{"transition": "plan"})},
		"POST /cases/{id}/move [reopening]":                           {of: "closed file", id: "case", body: says(object{"transition": "reopen", "reason": "De retour"})},
		"GET /cases/{id}/notes":                                       {of: "file", id: "case", mark: "file note"},
		"GET /cases/{id}/notes [the team's]":                          {of: "file", id: "case", mark: "team note"},
		"GET /cases/{id}/notes [the author's]":                        {of: "file", id: "case", mark: "author note"},
		"GET /cases/{id}/notes [the guest's own]":                     {of: "file", id: "case", mark: "guest note"},
		"GET /cases/{id}/notes [away, the team's]":                    {of: "away file", id: "case", mark: "team note"},
		"GET /cases/{id}/notes [lead away, the team's]":               {of: "lead away file", id: "case", mark: "team note"},
		"POST /cases/{id}/notes":                                      {of: "file", id: "case", body: says(object{"body": "Vue ce matin", "visibility": "file"})},
		"GET /cases/{id}/plan":                                        {of: "file", id: "case"},
		"GET /cases/{id}/shares":                                      {of: "file", id: "case"},
		"POST /cases/{id}/shares":                                     {of: "file", id: "case", body: share},
		"DELETE /cases/{id}/shares/{share} [given by the guest lead]": {of: "given file", id: "case", with: map[string]string{"share": "share"}},
		"DELETE /cases/{id}/shares/{share}":                           {of: "file", id: "case", with: map[string]string{"share": "share"}},
		"GET /desk/colleagues":                                        {of: "nothing"},
		"GET /desk/day":                                               {of: "nothing"},
		"GET /intake":                                                 {of: "waiting", mark: "person"},
	}
	for _, act := range []string{"POST /cases/{id}/actions", "POST /cases/{id}/goals", "POST /cases/{id}/notes", "POST /cases/{id}/assign", "POST /cases/{id}/shares",
		"PUT /cases/{id}/barriers", "POST /cases/{id}/move", "GET /cases/{id}", "GET /cases/{id}/plan"} {
		closed := out[act]
		closed.of = "closed file"
		out[act+" [closed]"] = closed
	}
	return out
}

func employerRecipes(none, reason func(*service, *record, persona) object) map[string]recipe {
	offer := object{"title": "Maçon", "contract": "fixed_term", "place": "BKO", "posts": 2, "fee_free": true, "wage_min": 90000}
	with := func(more object) object {
		out := maps.Clone(offer)
		maps.Copy(out, more)
		return out
	}
	firm := func(_ *service, r *record, _ persona) object {
		name := r.words["name"] // another one would have to be verified again
		if name == "" {
			name = "Chantiers SARL"
		}
		return object{"kind": "company", "legal_name": name, "place": "BKO", "phone": "+22370000001"}
	}
	return map[string]recipe{
		"GET /organisations":              {of: "organisation", mark: "organisation"},
		"POST /organisations":             {of: "nothing", body: firm},
		"POST /organisations/sign-up":     {of: "nothing", body: signUp},
		"GET /organisations/{id}":         {of: "organisation", id: "organisation"},
		"PUT /organisations/{id}":         {of: "organisation", id: "organisation", body: firm},
		"POST /organisations/{id}/refuse": {of: "pending", id: "organisation", body: reason},
		"POST /organisations/{id}/verify": {of: "pending", id: "organisation"},
		"GET /vacancies":                  {of: "draft", mark: "vacancy"},
		"GET /vacancies [published]":      {of: "published", mark: "vacancy"},
		"POST /vacancies": {of: "nothing", body: func(s *service, _ *record, p persona) object {
			if p.user.OrganisationID != "" {
				return offer
			}
			return with(object{"organisation": s.firm})
		}},
		"POST /vacancies [another employer's]":       {of: "nothing", body: func(s *service, _ *record, _ persona) object { return with(object{"organisation": s.rival}) }},
		"POST /vacancies/recorded":                   {of: "nothing", body: says(with(object{"source": "radio", "client_name": "Forge"}))},
		"GET /vacancies/search":                      {of: "published", query: "words=mur"},
		"GET /vacancies/{id}":                        {of: "draft", id: "vacancy"},
		"GET /vacancies/{id} [published]":            {of: "published", id: "vacancy"},
		"GET /vacancies/{id} [withdrawn]":            {of: "withdrawn", id: "vacancy"},
		"GET /vacancies/{id} [the rival's]":          {of: "rival's", id: "vacancy"},
		"PUT /vacancies/{id} [the rival's]":          {of: "rival's", id: "vacancy", body: says(offer)},
		"POST /vacancies/{id}/submit [the rival's]":  {of: "rival's", id: "vacancy", body: none},
		"PUT /vacancies/{id}":                        {of: "draft", id: "vacancy", body: says(offer)},
		"PUT /vacancies/{id} [withdrawn]":            {of: "withdrawn", id: "vacancy", body: says(offer)},
		"POST /vacancies/{id}/applications/close":    {of: "sent", id: "vacancy", body: closeOthers},
		"GET /vacancies/{id}/candidates":             {of: "sent", id: "vacancy", mark: "application"},
		"GET /vacancies/{id}/candidates [not asked]": {of: "proposed", id: "vacancy", mark: "application"},
		"POST /vacancies/{id}/fill-elsewhere":        {of: "published", id: "vacancy", body: none},
		"GET /vacancies/{id}/history":                {of: "published", id: "vacancy"},
		"POST /vacancies/{id}/hold":                  {of: "submitted", id: "vacancy", body: reason},
		"GET /vacancies/{id}/job-posting":            {of: "published", id: "vacancy"},
		"GET /vacancies/{id}/matches":                {of: "published", id: "vacancy"},
		"GET /vacancies/{id}/near-matches":           {of: "published", id: "vacancy"},
		"POST /vacancies/{id}/publish":               {of: "held", id: "vacancy", body: reason},
		"POST /vacancies/{id}/raise-posts":           {of: "published", id: "vacancy", body: says(object{"posts": 4})},
		"POST /vacancies/{id}/renew": {of: "published", id: "vacancy", body: func(*service, *record, persona) object {
			return object{"open_until": domain.DateOf(time.Now()).AddMonths(2).String()}
		}},
		"POST /vacancies/{id}/resume":   {of: "suspended", id: "vacancy", body: none},
		"POST /vacancies/{id}/return":   {of: "held", id: "vacancy", body: reason},
		"POST /vacancies/{id}/submit":   {of: "draft", id: "vacancy", body: none},
		"POST /vacancies/{id}/suspend":  {of: "published", id: "vacancy", body: none},
		"POST /vacancies/{id}/withdraw": {of: "published", id: "vacancy", body: reason},
	}
}

func closeOthers(_ *service, r *record, _ persona) object {
	return object{"applications": []any{r.ids["application"]}, "reason": "Poste pourvu"}
}

func signUp(s *service, _ *record, _ persona) object {
	return object{
		"organisation": object{"kind": "company", "legal_name": s.fresh("Inscrite "), "place": "BKO", "phone": "+22370000003"},
		"account":      object{"name": "Sékou", "email": s.fresh("sekou") + "@example.org", "password": "cent-baobabs-bleus"},
	}
}

func placementRecipes(none, reason func(*service, *record, persona) object) map[string]recipe {
	today := domain.DateOf(time.Now())
	hire := func(*service, *record, persona) object { return object{"starts_on": today.AddDays(7).String()} }
	answer := func(_ *service, _ *record, p persona) object {
		if p.role == domain.RoleJobseeker {
			return object{}
		}
		return object{"mode": "oral"}
	}
	out := map[string]recipe{
		"GET /applications":            {of: "sent", mark: "application"},
		"GET /applications [proposed]": {of: "proposed", mark: "application"},
		"POST /applications":           {of: "published file", body: func(_ *service, r *record, _ persona) object { return object{"vacancy_id": r.ids["vacancy"]} }},
		"POST /applications/proposals": {of: "published file", body: func(_ *service, r *record, _ persona) object {
			return object{"person_id": r.ids["person"], "vacancy_id": r.ids["vacancy"]}
		}},
		"GET /applications/{id}":                 {of: "sent", id: "application"},
		"GET /applications/{id} [proposed]":      {of: "proposed", id: "application"},
		"GET /applications/{id} [refused]":       {of: "refused", id: "application"},
		"POST /applications/{id}/consent":        {of: "proposed", id: "application", body: answer},
		"POST /applications/{id}/decline":        {of: "proposed", id: "application", body: none},
		"GET /applications/{id}/history":         {of: "sent", id: "application"},
		"POST /applications/{id}/refuse":         {of: "sent", id: "application", body: says(object{"reason": "skills"})},
		"POST /applications/{id}/hire":           {of: "sent", id: "application", body: hire},
		"POST /applications/{id}/hire [refused]": {of: "refused", id: "application", body: hire},
		"POST /applications/{id}/send":           {of: "consented", id: "application", body: none},
		"POST /applications/{id}/withdraw":       {of: "sent", id: "application", body: none},
		"GET /placements":                        {of: "planned", mark: "placement"},
		"GET /placements/{id}":                   {of: "planned", id: "placement"},
		"GET /placements/{id} [ended]":           {of: "ended", id: "placement"},
		"GET /placements/{id}/history":           {of: "planned", id: "placement"},
		"POST /placements/{id}/start":            {of: "planned", id: "placement", body: none},
		"POST /placements/{id}/start [ended]":    {of: "ended", id: "placement", body: none},
		"POST /placements/{id}/no-start":         {of: "planned", id: "placement", body: reason},
		"POST /placements/{id}/end":              {of: "started", id: "placement", body: says(object{"on": today.String(), "reason": "fin"})},
		"POST /placements/{id}/convert":          {of: "started", id: "placement", body: says(object{"on": today.String(), "kind": "permanent"})},
	}
	for _, act := range []string{"see", "interview", "offer"} {
		out["POST /applications/{id}/"+act] = recipe{of: "sent", id: "application", body: none}
	}
	return out
}

func accountRecipes() map[string]recipe {
	invite := func(s *service, _ *record, p persona) object {
		out := object{"role": "counsellor", "name": "Kadia", "email": s.fresh("kadia") + "@example.org", "agency_id": s.bamako}
		if p.role == domain.RoleEmployer {
			out["role"] = "employer"
			delete(out, "agency_id")
		}
		return out
	}
	own := func(_ *service, r *record, p persona) object { return object{"name": "Essai", "language": "fr"} }
	return map[string]recipe{
		"GET /factors": {of: "nothing"}, "POST /factors/totp": {of: "nothing"},
		"POST /factors/totp/confirm":             {of: "own enrolment", body: func(_ *service, r *record, _ persona) object { return object{"code": r.words["code"]} }},
		"POST /factors/recovery":                 {of: "own factor"},
		"DELETE /factors/{id}":                   {of: "own factor", id: "factor"},
		"DELETE /factors/{id} [somebody else's]": {of: "factor", id: "factor"},
		"GET /invitations":                       {of: "invitation", mark: "invitation"}, "GET /invitations [of the employer]": {of: "colleague's invitation", mark: "invitation"},
		"POST /invitations": {of: "nothing", body: invite},
		"POST /invitations/accept": {of: "invitation", body: func(_ *service, r *record, _ persona) object {
			return object{"secret": r.words["secret"], "name": "Kadia", "password": "cent-baobabs-bleus"}
		}},
		"DELETE /invitations/{id}":                   {of: "invitation", id: "invitation"},
		"DELETE /invitations/{id} [of the employer]": {of: "colleague's invitation", id: "invitation"},
		"DELETE /sessions":                           {of: "own session"},
		"GET /sessions":                              {of: "nothing"},
		"POST /sessions": {of: "password", body: func(_ *service, r *record, _ persona) object {
			return object{"email": r.words["email"], "password": password}
		}},
		"POST /sessions/codes": {of: "file", body: func(_ *service, r *record, _ persona) object { return object{"phone": r.words["phone"]} }},
		"POST /sessions/tickets": {of: "code", body: func(_ *service, r *record, _ persona) object {
			return object{"phone": r.words["phone"], "code": r.words["code"]}
		}},
		"POST /sessions/phone": {of: "ticket", body: func(_ *service, r *record, _ persona) object {
			return object{"ticket": r.words["ticket"], "secret": r.words["secret"]}
		}},
		"POST /sessions/second":       {of: "half session", body: func(_ *service, r *record, _ persona) object { return object{"code": r.words["code"]} }},
		"POST /sessions/step-up":      {of: "own password", body: says(object{"password": password})},
		"DELETE /sessions/{id}":       {of: "session", id: "session"},
		"DELETE /sessions/{id} [own]": {of: "own session", id: "session"},
		"GET /tokens":                 {of: "nothing"},
		"POST /tokens":                {of: "nothing", body: says(object{"name": "programme", "scopes": []string{"vacancy.read"}, "days": 1, "recipient": "Service informatique"})},
		"GET /tokens/{id}":            {of: "token", id: "token"},
		"GET /tokens/{id} [own]":      {of: "own token", id: "token"},
		"DELETE /tokens/{id}":         {of: "token", id: "token"},
		"DELETE /tokens/{id} [own]":   {of: "own token", id: "token"},
		"GET /users":                  {of: "nothing"},
		"POST /users": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"role": "counsellor", "name": "Issa", "email": s.fresh("issa") + "@example.org", "password": "cent-baobabs-bleus", "agency_id": s.bamako}
		}},
		"GET /users/me":          {of: "nothing"},
		"GET /users/me/contacts": {of: "nothing"},
		"POST /users/me/contacts": {of: "nothing", body: func(s *service, _ *record, _ persona) object {
			return object{"kind": "email", "value": s.fresh("neuf") + "@example.org"}
		}},
		"DELETE /users/me/contacts/{kind}": {of: "own contact", with: map[string]string{"kind": "email"}},
		"GET /users/{id}":                  {of: "account", id: "user"},
		"GET /users/{id} [own]":            {of: "own account", id: "user"},
		"PATCH /users/{id}":                {of: "account", id: "user", body: own},
		"PATCH /users/{id} [own]":          {of: "own account", id: "user", body: own},
		"PATCH /users/{id} [ending it]":    {of: "account", id: "user", body: says(object{"disabled": true})},
		"DELETE /users/{id}/factors":       {of: "factor", id: "user"},
		"PUT /users/{id}/identity": {of: "account", id: "user", body: func(s *service, _ *record, _ persona) object {
			return object{"issuer": "https://id.example.org", "subject": s.fresh("sujet")}
		}},
		"DELETE /users/{id}/identity":                     {of: "account", id: "user"},
		"DELETE /users/{id}/membership":                   {of: "account", id: "user"},
		"DELETE /users/{id}/membership [of the employer]": {of: "member", id: "user"},
		"PUT /users/{id}/membership":                      {of: "account", id: "user", body: func(s *service, _ *record, _ persona) object { return object{"agency_id": s.kayes} }},
	}
}

// auditRecipes ask about one person's entries, where the trail of a whole run would be too long.
func auditRecipes() map[string]recipe {
	return map[string]recipe{
		"GET /audit":               {of: "nothing"},
		"GET /audit/{chain}/{seq}": {of: "entry", with: map[string]string{"chain": "chain", "seq": "seq"}},
		"GET /audit/checks":        {of: "nothing"},
		"GET /audit/exports":       {of: "export", mark: "export"},
		"POST /audit/exports": {of: "entry", body: func(_ *service, r *record, _ persona) object {
			return object{"about": r.ids["person"], "recipient": "ONEF"}
		}, mark: "hash"},
	}
}
