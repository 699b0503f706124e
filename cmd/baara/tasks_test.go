package main

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// deskWorld has an agency, a counsellor, three vacancies published on day 0 and
// three people who may be matched.
type deskWorld struct {
	*world
	desk      domain.Actor
	people    []domain.ID
	vacancies map[string]employer.Vacancy
}

func newDeskWorld(t *testing.T) *deskWorld {
	w := &deskWorld{world: newWorld(t), vacancies: map[string]employer.Vacancy{}}
	w.on(0)
	agencies, err := demoAgencies(w.ctx, w.core)
	w.must(err)
	users, err := w.createAccounts(w.ctx, []identity.NewUser{
		{Role: domain.RoleCounsellor, Name: "Awa", Email: "awa@example.org", AgencyID: agencies["BKO"]},
	})
	w.must(err)
	w.desk = users[0].Actor()
	for _, name := range []string{"Moussa", "Binta", "Adama"} {
		p, err := w.core.Jobseekers.Create(w.ctx, w.desk, person.CreatePerson{KeepHere: true, Person: person.Person{
			Identity: person.Identity{Given: name, Family: "Keïta", Birth: person.BornIn(1990, false), Sex: person.Female},
			Contact:  person.Contact{Residence: person.Residence{Place: "BKO"}},
		}, Consents: []person.GiveConsent{{Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByWriting}}})
		w.must(err)
		_, err = w.core.Registrations.Accept(w.ctx, w.desk, person.ChangeRegistration{PersonID: p.ID})
		w.must(err)
		w.people = append(w.people, p.ID)
	}
	for name, until := range map[string]int{"ten days": 10, "no date": 0, "confirmed": 0} {
		in := employer.VacancyFields{
			Title: name, ClientName: "Atelier", PlaceCode: "BKO", Posts: 5, Contract: employer.ContractFixedTerm, FeeFree: true,
		}
		if until > 0 {
			in.OpenUntil = domain.DateOf(w.now).AddDays(until)
		}
		v, err := w.core.Vacancies.Record(w.ctx, w.desk, employer.RecordVacancy{Source: employer.SourcePhone, Fields: in})
		w.must(err)
		w.vacancies[name] = v
	}
	return w
}

func TestVacanciesExpireByDateAndWithoutConfirmation(t *testing.T) {
	w := newDeskWorld(t)
	state := func(name string) domain.State {
		v, err := w.core.Vacancies.Get(w.ctx, w.desk, w.vacancies[name].ID)
		w.must(err)
		return v.State
	}
	w.on(10) // the last day counts
	if n := w.task("expire-vacancies"); n != 0 {
		t.Errorf("%d expired on the last day", n)
	}
	w.on(11)
	if n := w.task("expire-vacancies"); n != 1 || state("ten days") != employer.Expired {
		t.Errorf("%d expired a day later, the dated one is %s", n, state("ten days"))
	}
	w.on(80)
	v, err := w.core.Vacancies.Get(w.ctx, w.desk, w.vacancies["confirmed"].ID)
	w.must(err)
	_, err = w.core.Vacancies.Renew(w.ctx, w.desk, employer.RenewVacancy{VacancyAct: employer.VacancyAct{ID: v.ID, Version: v.Version}})
	w.must(err)
	w.on(90)
	if n := w.task("expire-vacancies"); n != 0 {
		t.Errorf("%d expired after 90 days", n)
	}
	w.on(91)
	if n := w.task("expire-vacancies"); n != 1 || state("no date") != employer.Expired || state("confirmed") != employer.Published {
		t.Errorf("%d expired after 91 days: %s, and the confirmed one %s", n, state("no date"), state("confirmed"))
	}
	if n := w.task("expire-vacancies"); n != 0 {
		t.Errorf("%d expired again", n)
	}
}

func TestSilenceEnds(t *testing.T) {
	w := newDeskWorld(t)
	vacancy := w.vacancies["no date"].ID
	apps := w.core.Applications
	begin := func(who int) placement.Application {
		a, err := apps.Propose(w.ctx, w.desk, placement.Begin{PersonID: w.people[who], VacancyID: vacancy})
		w.must(err)
		return a
	}
	silent, sent, answered := begin(0), begin(1), begin(2)
	for _, a := range []placement.Application{sent, answered} {
		_, err := apps.Consent(w.ctx, w.desk, placement.Answer{Act: placement.Act{ID: a.ID}, Mode: person.ByWord})
		w.must(err)
		_, err = apps.Send(w.ctx, w.desk, placement.Act{ID: a.ID})
		w.must(err)
	}
	_, err := apps.Refuse(w.ctx, w.desk, placement.Refuse{Act: placement.Act{ID: answered.ID}, Why: "skills"})
	w.must(err)
	get := func(a placement.Application) placement.Application {
		now, err := apps.Get(w.ctx, w.desk, a.ID)
		w.must(err)
		return now
	}
	w.on(14)
	if n := w.task("end-silence"); n != 0 {
		t.Errorf("%d changed after 14 days", n)
	}
	w.on(16)
	if n := w.task("end-silence"); n != 2 || get(silent).State != placement.Expired || get(sent).State != placement.Sent || get(sent).ChasedAt.IsZero() {
		t.Errorf("after 16 days %d changed: proposal %s, sent one %s, chased %v", n, get(silent).State, get(sent).State, get(sent).ChasedAt)
	}
	w.on(59)
	if n := w.task("end-silence"); n != 0 {
		t.Errorf("%d changed after 59 days: an employer is reminded once", n)
	}
	w.on(61)
	if n := w.task("end-silence"); n != 1 || get(sent).State != placement.Unanswered || get(answered).State != placement.Refused {
		t.Errorf("after 61 days %d changed: %s, and the answered one %s", n, get(sent).State, get(answered).State)
	}
}

// TestNobodyIsProposedWhileAway: "absent until" silences proposals, and ends by
// its date.
func TestNobodyIsProposedWhileAway(t *testing.T) {
	w := newDeskWorld(t)
	p, err := w.core.Jobseekers.Get(w.ctx, w.desk, w.people[0])
	w.must(err)
	mobility := p.Mobility
	mobility.AbsentUntil = domain.DateOf(w.now).AddDays(20)
	_, err = w.core.Jobseekers.Update(w.ctx, w.desk, person.UpdatePerson{ID: p.ID, Version: p.Version, Mobility: &mobility})
	w.must(err)
	propose := func() error {
		_, err := w.core.Applications.Propose(w.ctx, w.desk, placement.Begin{PersonID: p.ID, VacancyID: w.vacancies["no date"].ID})
		return err
	}
	w.on(19)
	if err := propose(); domain.KindOf(err) != domain.KindConflict {
		t.Errorf("proposed while away: %v", err)
	}
	w.on(20)
	w.must(propose())
}

func TestRegistrationsLapse(t *testing.T) {
	w := newDeskWorld(t)
	w.on(120)
	_, err := w.core.Registrations.Renew(w.ctx, w.desk, person.ChangeRegistration{PersonID: w.people[0]})
	w.must(err)
	w.on(185) // six months and a day after the first two
	if n := w.task("lapse-registrations"); n != 2 {
		t.Errorf("%d lapsed, want 2", n)
	}
	if n := w.count(`SELECT count(*) FROM registrations WHERE state = 'active'`); n != 1 {
		t.Errorf("%d are active, want the renewed one", n)
	}
}

func TestRequestsArePruned(t *testing.T) {
	w := newWorld(t)
	session := func(key string, expires time.Time) {
		_, err := w.sql.Exec(`INSERT INTO sessions (token_hash, id, data, created_at, last_seen_at, expires_at)
			VALUES ($1, gen_random_uuid(), '', $2, $2, $2)`, key, expires)
		w.must(err)
	}
	repeat := func(key string, at time.Time) {
		_, err := w.sql.Exec(`INSERT INTO idempotency (scope, key, payload_hash, record_kind, record_id, version, created_at)
			VALUES ('s', $1, '', 'person', gen_random_uuid(), 1, $2)`, key, at)
		w.must(err)
	}
	code := func(expires time.Time) {
		_, err := w.sql.Exec(`INSERT INTO one_time_codes (id, phone_hash, purpose, code_hash, created_at, expires_at)
			VALUES (gen_random_uuid(), 'h', 'sign_in', '', $1::timestamptz - interval '10 minutes', $1)`, expires)
		w.must(err)
	}
	draft := func(key string, expires time.Time) {
		_, err := w.sql.Exec(`INSERT INTO registration_drafts (id, token_hash, lang, created_at, updated_at, expires_at)
			VALUES (gen_random_uuid(), $1, 'fr', $2, $2, $2)`, key, expires)
		w.must(err)
	}
	ago := func(days int) time.Time { return w.now.AddDate(0, 0, -days) }
	session("old", ago(31))
	session("kept", ago(29))
	repeat("old", ago(31))
	repeat("kept", ago(29))
	code(ago(2))
	code(ago(0))
	draft("old", ago(1))
	draft("kept", ago(-1))
	if n := w.task("prune-requests"); n != 4 {
		t.Errorf("%d rows went, want 4", n)
	}
	for table, kept := range map[string]int{"sessions": 1, "idempotency": 1, "one_time_codes": 1, "registration_drafts": 1} {
		if n := w.count(`SELECT count(*) FROM ` + table); n != kept {
			t.Errorf("%s keeps %d rows", table, n)
		}
	}
}
