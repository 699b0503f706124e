package main

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/web/layout"
)

// TestTheDemonstration makes the demonstration and looks at it as its counsellor.
func TestTheDemonstration(t *testing.T) {
	w := newWorld(t).withTaxonomy()
	w.now = time.Now() // sessions and placements of the database know this clock only
	demo, err := w.firstStart(w.ctx, true)
	w.must(err)
	if !demo {
		t.Error("the installation is not marked")
	}
	for _, table := range []string{"persons", "users", "agencies", "organisations", "vacancies", "case_files", "applications", "placements"} {
		if n := w.count(`SELECT count(*) FROM ` + table); n == 0 {
			t.Errorf("%s is empty", table)
		}
		if n := w.count(`SELECT count(*) FROM ` + table + ` WHERE NOT demo`); n > 0 {
			t.Errorf("%d of %s are not marked as invented", n, table)
		}
	}
	for what, query := range map[string]string{
		"stages of files":         `SELECT count(DISTINCT stage) - 4 FROM case_files`,
		"states of applications":  `SELECT count(DISTINCT state) - 5 FROM applications`,
		"people in the queue":     `SELECT count(*) FROM registrations r JOIN agencies a ON a.id = r.agency_id WHERE a.code = 'BKO' AND r.state = 'intake'`,
		"overdue actions":         `SELECT count(*) FROM plan_actions WHERE state = 'open' AND due_on < current_date`,
		"a vacancy to look at":    `SELECT count(*) FROM vacancies WHERE state = 'held'`,
		"an employer to verify":   `SELECT count(*) FROM organisations WHERE verification = 'pending'`,
		"a proposal to answer":    `SELECT count(*) FROM applications a JOIN users u ON u.person_id = a.person_id WHERE u.role = 'jobseeker' AND a.state = 'proposed'`,
		"candidates of employers": `SELECT count(*) FROM applications a JOIN vacancies v ON v.id = a.vacancy_id JOIN organisation_members m ON m.organisation_id = v.organisation_id WHERE a.sent_at IS NOT NULL`,
		"a candidate to answer":   `SELECT count(*) FROM applications a JOIN vacancies v ON v.id = a.vacancy_id JOIN organisation_members m ON m.organisation_id = v.organisation_id JOIN users u ON u.id = m.user_id WHERE u.email = 'employeur1@demo.invalid' AND a.state IN ('sent', 'seen', 'interview')`,
		"nothing in the future":   `SELECT 1 - count(*) FROM (SELECT at FROM application_history UNION ALL SELECT at FROM case_history UNION ALL SELECT at FROM registration_history) h WHERE at > now()`,
	} {
		if n := w.count(query); n < 1 {
			t.Errorf("%s: %d", what, n)
		}
	}
	roles := map[string]int{}
	for _, made := range w.made {
		roles[made.role]++
	}
	if roles["employer"] != 2 || roles["jobseeker"] != 1 || roles["counsellor"] != 2 {
		t.Errorf("accounts %v", roles)
	}
	w.everyVacancyMatches()
	w.jobseekerSignsIn()

	w.made = nil
	if demo, err = w.firstStart(w.ctx, true); err != nil || !demo || len(w.made) > 0 {
		t.Errorf("the second start: demo %v, %d accounts, %v", demo, len(w.made), err)
	}
}

// jobseekerSignsIn uses what the start printed: the phone, the code of the
// message that staff can read, and the word.
func (w *world) jobseekerSignsIn() {
	w.Helper()
	me := w.made[len(w.made)-1]
	w.must(w.core.Jobseekers.SendSignInCode(w.ctx, domain.Anonymous(), me.login))
	code := domaintest.LastCode(w, w.core.DB, me.login)
	ticket, err := w.core.Jobseekers.CheckSignInCode(w.ctx, domain.Anonymous(), me.login, code)
	w.must(err)
	id, err := w.core.Jobseekers.SignIn(w.ctx, domain.Anonymous(), ticket, me.password)
	w.must(err)
	user, err := w.core.Accounts.ActorFor(w.ctx, id)
	w.must(err)
	if user.Role != domain.RoleJobseeker || user.PersonID.IsZero() {
		w.Errorf("signed in as %+v", user)
	}
}

// everyVacancyMatches asks the real engine for the people of every open vacancy.
func (w *world) everyVacancyMatches() {
	w.Helper()
	server, err := wire.NewServer(w.ctx, w.core, wire.ServerOptions{IndexDir: w.TempDir(), Log: slog.New(slog.DiscardHandler), Site: layout.Site{}})
	w.must(err)
	defer func() { w.must(server.Close()) }()
	ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
	defer cancel()
	w.must(server.Feed.Await(ctx))
	rows, err := w.sql.QueryContext(w.ctx, `SELECT id::text, title FROM vacancies WHERE state IN ('published', 'partly_filled') AND demo`)
	w.must(err)
	defer func() { _ = rows.Close() }()
	vacancies := 0
	for rows.Next() {
		var id, title string
		w.must(rows.Scan(&id, &title))
		found, err := server.Matches.ForVacancy(w.ctx, domain.System(), domain.ID(id), matching.Page{Size: 5})
		w.must(err)
		if vacancies++; found.Total == 0 || len(found.List) == 0 {
			w.Errorf("nobody fits %q", title)
		}
	}
	w.must(rows.Err())
	if vacancies == 0 {
		w.Error("no vacancy is public")
	}
}

func TestSeedingAgainAddsNothing(t *testing.T) {
	w := newWorld(t).withTaxonomy()
	_, err := demoAgencies(w.ctx, w.core)
	w.must(err)
	in := wire.Invention{Seed: 4, People: 900, Vacancies: 40}
	first, err := w.core.Invent(w.ctx, in)
	w.must(err)
	again, err := w.core.Invent(w.ctx, in)
	w.must(err)
	if first.People.Added != 900 || first.Vacancies.Added != 40 || again.People.Same != 900 || again.Vacancies.Same != 40 {
		t.Errorf("first %+v, then %+v", first.People, again.People)
	}
	in.Seed = 5
	_, err = w.core.Invent(w.ctx, in)
	w.must(err)
	if n := w.count(`SELECT count(*) FROM persons WHERE demo AND entered_mode = 'seed'`); n != 1800 {
		t.Errorf("%d people after a second seed", n)
	}
	for what, query := range map[string]string{
		"sexes":         `SELECT count(DISTINCT sex) - 1 FROM persons`,
		"regions":       `SELECT count(DISTINCT residence_region) - 15 FROM persons`,
		"agencies":      `SELECT count(DISTINCT agency_id) - 1 FROM registrations`,
		"groups":        `SELECT count(*) FROM persons WHERE cardinality(population_groups) > 1`,
		"journeys":      `SELECT count(*) FROM migration_episodes`,
		"displacements": `SELECT count(*) FROM displacements`,
		"evidence":      `SELECT count(DISTINCT evidence) - 3 FROM person_skills`,
		"phones":        `SELECT count(*) FROM person_phones WHERE sealed_number IS NOT NULL`,
		"linked":        `SELECT count(*) FROM person_skills WHERE concept_id IS NOT NULL`,
	} {
		if n := w.count(query); n < 1 {
			t.Errorf("%s: %d", what, n)
		}
	}
	w.everyVacancyMatches()
}
