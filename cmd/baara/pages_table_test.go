package main

import (
	"net/http"

	"github.com/baara-platform/baara/domain"
)

// place says where a page with parameters is, or what is special about one
// without.
type place struct {
	// values is a query of the demonstration's database: a row for each page to
	// look at, a column for each parameter of the address, in order.
	values string
	// as is who looks, where it is not the first role that may.
	as domain.Role
	// leads is where the address leads, with a reason, where it shows no page of
	// its own.
	leads, because string
	// status is the answer without a page, with a reason; 200 when it is 0.
	status int
	// works is set where the page carries the script of the proof of work.
	works bool
}

// What most pages are about: records of Bamako, where the demonstration's
// counsellor, lead and first employer are.
const (
	atBamako   = `JOIN agencies a ON a.id = f.agency_id AND a.code = 'BKO' WHERE f.owner_id = (SELECT id FROM users WHERE email = 'conseil.bamako@demo.invalid')`
	aFile      = `SELECT f.id FROM case_files f ` + atBamako + ` AND f.stage = 'active' ORDER BY f.id LIMIT 1`
	aPerson    = `SELECT f.person_id FROM case_files f ` + atBamako + ` AND f.stage = 'active' ORDER BY f.id LIMIT 1`
	aVacancy   = `SELECT v.id FROM vacancies v JOIN applications p ON p.vacancy_id = v.id JOIN agencies a ON a.id = v.agency_id WHERE a.code = 'BKO' AND v.state = 'published' ORDER BY v.id LIMIT 1`
	anAnswer   = `SELECT p.id FROM applications p JOIN agencies a ON a.id = p.agency_id WHERE a.code = 'BKO' AND p.state IN ('sent', 'seen', 'interview') ORDER BY p.id LIMIT 1`
	aJob       = `SELECT j.id FROM placements j WHERE j.state = 'started' ORDER BY j.id LIMIT 1`
	aPair      = `SELECT b.person_id, a.person_id FROM person_phones a JOIN person_phones b ON b.number_hash = a.number_hash AND b.person_id < a.person_id JOIN registrations r ON r.person_id = a.person_id AND r.state <> 'closed' ORDER BY a.person_id DESC LIMIT 1`
	anEmployer = `SELECT id FROM organisations ORDER BY reference LIMIT 1`
)

// ours restricts a query to the employers of the demonstration's accounts.
const ours = `JOIN organisation_members m ON m.organisation_id = v.organisation_id JOIN users u ON u.id = m.user_id AND u.email = 'employeur1@demo.invalid'`

const (
	ourVacancy   = `SELECT v.id FROM vacancies v ` + ours + ` WHERE v.state = 'published' ORDER BY v.id LIMIT 1`
	ourDraft     = `SELECT v.id FROM vacancies v ` + ours + ` WHERE v.state = 'draft' ORDER BY v.id LIMIT 1`
	ourCandidate = `SELECT p.id FROM applications p JOIN vacancies v ON v.id = p.vacancy_id ` + ours + ` WHERE p.state IN ('sent', 'seen', 'interview') ORDER BY p.id LIMIT 1`
)

// places knows every address that is not a page by itself. A route with
// parameters that is missing here fails the test, and so does an entry no
// route uses.
func places() map[string]place {
	return map[string]place{
		"/sign-in/second":         {leads: "/sign-in", because: "nobody has given a password yet"},
		"/sign-in/second/app":     {leads: "/sign-in", because: "nobody has given a password yet"},
		"/sign-in/password":       {leads: "/sign-in", because: "nobody has given a password yet"},
		"/sign-in/second/new-key": {leads: "/sign-in", because: "nobody has given a password yet"},
		"/sign-in/agency":         {status: http.StatusNotFound, because: "the demonstration has no agency's provider"},
		"/sign-in/agency/back":    {status: http.StatusNotFound, because: "the demonstration has no agency's provider"},
		"/register/done":          {leads: "/register", because: "the receipt is there once a form was sent"},
		"/taxonomy/suggest":       {because: "answers the form's script, not a reader"},
		"/register/work":          {because: "answers the form's script, not a reader"},
		"/employers/sign-up":      {works: true},
		"/employers/work":         {because: "answers the form's script, not a reader"},
		"/vacancies/{id}":         {values: aVacancy},

		"/me/profile/meant":  {leads: "/me/profile/trades", because: "there are no words of which to ask what they mean"},
		"/me/vacancies/{id}": {values: `SELECT p.vacancy_id FROM applications p JOIN users u ON u.person_id = p.person_id WHERE u.role = 'jobseeker' AND p.state = 'proposed'`},

		"/me/consents/{id}": {values: `SELECT c.id FROM consents c JOIN users u ON u.person_id = c.person_id JOIN applications p ON p.person_id = c.person_id WHERE u.role = 'jobseeker' AND p.state = 'proposed' ORDER BY c.id LIMIT 1`},

		"/me/vacancies/{id}/complaint": {values: `SELECT p.vacancy_id FROM applications p JOIN users u ON u.person_id = p.person_id WHERE u.role = 'jobseeker' AND p.state = 'proposed'`},

		"/employer/vacancies/{id}":             {values: `SELECT v.id FROM vacancies v ` + ours},
		"/employer/vacancies/{id}/edit/{step}": {values: `SELECT id, step FROM (` + ourDraft + `) v, unnest(ARRAY['work', 'occupation', 'skills', 'conditions', 'profile', 'publication']) step`},
		"/employer/vacancies/{id}/check":       {values: ourDraft},
		"/employer/vacancies/{id}/renew":       {values: ourVacancy},
		"/employer/vacancies/{id}/posts":       {values: ourVacancy},
		"/employer/vacancies/{id}/withdraw":    {values: ourVacancy},
		"/employer/vacancies/{id}/matches":     {values: ourVacancy},
		"/employer/vacancies/{id}/candidates":  {values: ourVacancy},
		"/employer/vacancies/{id}/close":       {values: ourVacancy},
		"/employer/candidates/{id}":            {values: ourCandidate},
		"/employer/candidates/{id}/interview":  {values: ourCandidate},
		"/employer/candidates/{id}/refuse":     {values: ourCandidate},
		"/employer/candidates/{id}/hire":       {values: ourCandidate},

		"/counsellor/cases/{id}":                                {values: `SELECT DISTINCT ON (f.stage) f.id FROM case_files f ` + atBamako + ` ORDER BY f.stage, f.id`},
		"/counsellor/cases/{id}/notes/{note}":                   {values: `SELECT n.case_id, n.id FROM notes n JOIN (` + aFile + `) f ON f.id = n.case_id ORDER BY n.at LIMIT 1`},
		"/counsellor/cases/{id}/stage":                          {values: aFile},
		"/counsellor/cases/{id}/referent":                       {values: aFile, as: domain.RoleLead},
		"/counsellor/cases/{id}/share":                          {values: aFile},
		"/counsellor/cases/{id}/needs":                          {values: aFile},
		"/counsellor/cases/{id}/history":                        {values: aFile},
		"/counsellor/cases/{id}/summary":                        {values: aFile},
		"/counsellor/people/{id}":                               {values: aPerson},
		"/counsellor/people/{id}/edit/{part}":                   {values: `SELECT id, part FROM (` + aPerson + `) p (id), unnest(ARRAY['identity', 'contact', 'proof', 'availability', 'birth', 'home', 'around', 'trades', 'skills', 'experience', 'schooling', 'languages', 'groups']) part`},
		"/counsellor/people/{id}/consents":                      {values: aPerson},
		"/counsellor/people/{id}/consents/{consent}":            {values: `SELECT c.person_id, c.id FROM consents c JOIN case_files f ON f.person_id = c.person_id ` + atBamako + ` ORDER BY c.id LIMIT 1`},
		"/counsellor/people/{id}/journey":                       {values: `SELECT e.person_id FROM migration_episodes e JOIN case_files f ON f.person_id = e.person_id ` + atBamako + ` ORDER BY e.id LIMIT 1`},
		"/counsellor/people/{id}/journey/episodes/{entry}":      {values: `SELECT e.person_id, e.id FROM migration_episodes e JOIN case_files f ON f.person_id = e.person_id ` + atBamako + ` ORDER BY e.id LIMIT 1`},
		"/counsellor/people/{id}/journey/displacements/{entry}": {values: `SELECT e.person_id, e.id FROM displacements e JOIN case_files f ON f.person_id = e.person_id ` + atBamako + ` ORDER BY e.id LIMIT 1`},
		"/counsellor/people/{id}/vacancies":                     {values: aPerson},

		"/counsellor/people/{id}/documents":            {values: aPerson},
		"/counsellor/people/{id}/documents/{document}": {values: `SELECT p.id, p.id FROM (` + aPerson + `) p (id)`, status: http.StatusNotFound, because: "sends a file; the demonstration has none"},
		"/me/documents/{document}":                     {values: `SELECT id FROM persons LIMIT 1`, status: http.StatusNotFound, because: "sends a file; the demonstration has none"},
		"/counsellor/people/{id}/duplicates":           {values: aPerson, as: domain.RoleLead},
		"/counsellor/people/{id}/merge/{other}":        {values: aPair, as: domain.RoleLead},
		"/counsellor/merges/{id}":                      {values: `SELECT id FROM merges`, as: domain.RoleLead},

		"/counsellor/people/{id}/transfer": {values: aPerson},
		"/counsellor/transfers/{id}":       {values: `SELECT t.id FROM transfers t JOIN agencies a ON a.id = t.from_agency_id AND a.code = 'BKO'`},
		"/counsellor/transfers/ask":        {status: http.StatusNotFound, because: "a search leads there, with a hint of whom it is about"},
		"/counsellor/emergencies/open":     {status: http.StatusNotFound, because: "a search leads there, with a hint of whom it is about"},

		"/counsellor/people/{id}/rights": {values: aPerson},
		"/counsellor/people/{id}/copy":   {values: aPerson},
		"/requests/{id}":                 {values: `SELECT gen_random_uuid()`, status: http.StatusNotFound, because: "nobody asks about her data in the demonstration"},

		"/counsellor/vacancies/{id}":              {values: aVacancy},
		"/counsellor/vacancies/{id}/edit":         {values: aVacancy},
		"/counsellor/vacancies/{id}/review":       {values: `SELECT id FROM vacancies WHERE state = 'held'`},
		"/counsellor/vacancies/{id}/matches":      {values: aVacancy},
		"/counsellor/vacancies/{id}/applications": {values: aVacancy},
		"/counsellor/vacancies/{id}/close":        {values: aVacancy},
		"/counsellor/vacancies/{id}/history":      {values: aVacancy},
		"/counsellor/vacancies/{id}/suspend":      {values: aVacancy},
		"/counsellor/vacancies/{id}/renew":        {values: aVacancy},
		"/counsellor/vacancies/{id}/posts":        {values: aVacancy},
		"/counsellor/vacancies/{id}/withdraw":     {values: aVacancy},
		"/counsellor/vacancies/{id}/complaint":    {values: aVacancy},
		"/counsellor/complaints/{id}":             {values: `SELECT gen_random_uuid()`, status: http.StatusNotFound, because: "nobody complains in the demonstration"},
		"/counsellor/employers/{id}/views": {
			values: `SELECT o.id FROM organisations o JOIN agencies a ON a.id = o.agency_id AND a.code = 'BKO' ORDER BY o.reference LIMIT 1`, as: domain.RoleLead,
		},

		"/counsellor/applications/{id}":           {values: anAnswer},
		"/counsellor/applications/{id}/hire":      {values: anAnswer},
		"/counsellor/applications/{id}/interview": {values: anAnswer},
		"/counsellor/applications/{id}/refuse":    {values: anAnswer},
		"/counsellor/applications/{id}/decline":   {values: anAnswer},
		"/counsellor/applications/{id}/withdraw":  {values: anAnswer},
		"/counsellor/placements/{id}":             {values: aJob},
		"/counsellor/placements/{id}/start":       {values: aJob},
		"/counsellor/placements/{id}/no-start":    {values: aJob},
		"/counsellor/placements/{id}/end":         {values: aJob},
		"/counsellor/placements/{id}/convert":     {values: aJob},
		"/counsellor/employers/{id}":              {values: anEmployer},
		"/counsellor/employers/{id}/refuse":       {values: `SELECT id FROM organisations WHERE verification = 'pending' LIMIT 1`},
		"/counsellor/employers/{id}/edit":         {values: anEmployer},

		"/admin/users/{id}/tokens": {
			values: `SELECT id FROM users WHERE role = 'counsellor' ORDER BY id LIMIT 1`, status: http.StatusNotFound, because: "the demonstration has no program",
		},
		"/team/members/{id}": {values: `SELECT id FROM users WHERE email = 'conseil.bamako@demo.invalid'`, as: domain.RoleLead},

		"/counsellor/cases/export":        {as: domain.RoleLead},
		"/protection/trail/{chain}/{seq}": {values: `SELECT chain, seq FROM audit_entries ORDER BY at LIMIT 1`},

		"/admin/users/{id}":    {values: `SELECT id FROM users WHERE role = 'counsellor' ORDER BY id LIMIT 1`},
		"/admin/agencies/{id}": {values: `SELECT id FROM agencies WHERE code = 'BKO'`},
	}
}
