package watch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/watch"
)

func TestAComplaintHidesTheVacancyAndHoldsItsEmployer(t *testing.T) {
	w := newWatched(t)
	open := func() (n int) {
		list, err := w.vacancies.List(w.Ctx, domain.Anonymous(), employer.VacancyFilter{View: employer.ViewPublic}, domain.Cursor{})
		w.Must(err)
		return len(list.Items)
	}
	if open() != 1 {
		t.Fatal("the vacancy is not public to begin with")
	}
	c := w.complain(w.her, "He asked for 50 000 francs")
	if v := w.stored(); v.State != employer.Suspended || v.Reason != employer.HeldComplaint || open() != 0 {
		t.Errorf("the vacancy is %s for %q, %d are public", v.State, v.Reason, open())
	}
	if n := w.Count(`SELECT count(*) FROM search_changes WHERE record_id = $1`, string(w.vacancy.ID)); n != 2 { // made, hidden
		t.Errorf("%d changes for the index, want 2", n)
	}
	steps, err := w.vacancies.History(w.Ctx, w.employer, w.vacancy.ID)
	if err != nil || len(steps) != 1 || steps[0].ActorID != "" || steps[0].ActorRole != domain.RoleSystem || steps[0].Reason != employer.HeldComplaint {
		t.Errorf("the employer reads in the history %+v (%v)", steps, err)
	}
	for name, act := range map[string]func() error{
		"resumes": func() error {
			_, err := w.vacancies.Resume(w.Ctx, w.employer, employer.VacancyAct{ID: w.vacancy.ID})
			return err
		},
		"a counsellor resumes": func() error {
			_, err := w.vacancies.Resume(w.Ctx, w.Awa, employer.VacancyAct{ID: w.vacancy.ID})
			return err
		},
		"renews": func() error {
			_, err := w.vacancies.Renew(w.Ctx, w.employer, employer.RenewVacancy{VacancyAct: employer.VacancyAct{ID: w.vacancy.ID}})
			return err
		},
	} {
		domaintest.Refused(t, name, act(), domain.KindConflict)
	}
	if n := w.Count(`SELECT count(*) FROM employer_names WHERE id = $1 AND verification = 'stopped'`, string(w.firm.ID)); n != 1 {
		t.Error("the employer is not stopped")
	}
	_, err = w.complaints.Decide(w.Ctx, w.Lead, watch.Decide{ID: c.ID, Version: c.Version, Reason: "We called both: a misunderstanding"})
	w.Must(err)
	if v := w.stored(); v.State != employer.Published || v.Reason != "" || open() != 1 {
		t.Errorf("after the decision the vacancy is %s for %q", v.State, v.Reason)
	}
	if n := w.Count(`SELECT count(*) FROM employer_names WHERE verification = 'verified'`); n != 1 {
		t.Error("the employer is still stopped")
	}
}

func TestAFoundedComplaintEndsTheVacancyAndTheVerification(t *testing.T) {
	w := newWatched(t)
	other := domaintest.AVacancy(w.IDs, w.firm).Titled("Soudeur").Vacancy()
	w.Write(func(tx domain.Tx) error { return w.DB.Vacancies().InsertVacancy(w.Ctx, tx, other) })
	c := w.complain(w.her, "")
	_, err := w.complaints.Decide(w.Ctx, w.Awa, watch.Decide{ID: c.ID, Founded: true})
	domaintest.Refused(t, "without a reason", err, domain.KindInvalid)
	for name, actor := range map[string]domain.Actor{"another agency": w.Binta, "the employer": w.employer} {
		_, err := w.complaints.Decide(w.Ctx, actor, watch.Decide{ID: c.ID, Founded: true, Reason: "x"})
		domaintest.Refused(t, name, err, domain.KindNotFound)
	}
	_, err = w.complaints.Decide(w.Ctx, w.her, watch.Decide{ID: c.ID, Reason: "x"})
	domaintest.Refused(t, "the person", err, domain.KindForbidden)
	_, err = w.complaints.Decide(w.Ctx, w.Awa, watch.Decide{ID: c.ID, Version: c.Version, Founded: true, Reason: "Three people say the same"})
	w.Must(err)
	if v := w.stored(); v.State != employer.Withdrawn {
		t.Errorf("the vacancy is %s, want withdrawn", v.State)
	}
	if n := w.Count(`SELECT count(*) FROM vacancies WHERE id = $1 AND state = 'suspended' AND reason = 'complaint'`, string(other.ID)); n != 1 {
		t.Error("what else the employer offers is still shown")
	}
	if n := w.Count(`SELECT count(*) FROM organisations WHERE verification = 'refused' AND refusal = 'complaint' AND second_by IS NULL`); n != 1 {
		t.Error("the employer is still verified")
	}
	_, err = w.vacancies.Resume(w.Ctx, w.employer, employer.VacancyAct{ID: other.ID})
	domaintest.Refused(t, "the employer shows the other again", err, domain.KindConflict)
	if _, err = w.vacancies.Resume(w.Ctx, w.Awa, employer.VacancyAct{ID: other.ID}); err != nil {
		t.Errorf("a counsellor who read it shows the other again: %v", err)
	}
	_, err = w.complaints.Decide(w.Ctx, w.Lead, watch.Decide{ID: c.ID, Reason: "again"})
	domaintest.Refused(t, "a second decision", err, domain.KindConflict)
}

func TestOnePersonComplainsOnceOfAVacancy(t *testing.T) {
	w := newWatched(t)
	first := w.complain(w.her, "He asked for money")
	again := w.complain(w.her, "He called me at night")
	if again.ID != first.ID || again.Words != "He asked for money\n\nHe called me at night" || w.Count(`SELECT count(*) FROM complaints`) != 1 {
		t.Errorf("again made %+v", again)
	}
	second := w.complain(w.jobseekerWhoApplied(), "Me too") // somebody else's is another
	_, err := w.complaints.Decide(w.Ctx, w.Awa, watch.Decide{ID: first.ID, Reason: "No"})
	w.Must(err)
	if v := w.stored(); v.State != employer.Suspended {
		t.Errorf("with another complaint open the vacancy is %s", v.State)
	}
	_, err = w.complaints.Decide(w.Ctx, w.Awa, watch.Decide{ID: second.ID, Reason: "No"})
	w.Must(err)
	third := w.complain(w.her, "Still")
	if third.State != watch.Open || third.Stops || w.stored().State != employer.Published {
		t.Errorf("what was found unfounded stops again: %+v, the vacancy is %s", third, w.stored().State)
	}
	if n := w.Count(`SELECT count(*) FROM employer_names WHERE verification = 'verified'`); n != 1 {
		t.Error("what was found unfounded stops the employer again")
	}
	_, err = w.complaints.Make(w.Ctx, w.her, watch.Complain{VacancyID: w.vacancy.ID, Kind: "pay"})
	domaintest.Refused(t, "a fourth time that day", err, domain.KindTooMany)
	w.Pass(24 * time.Hour)
	w.complain(w.her, "The day after")
}

// jobseekerWhoApplied is somebody with an application for the vacancy, who may
// complain also when it is hidden.
func (w *watched) jobseekerWhoApplied() domain.Actor {
	w.T.Helper()
	who := w.jobseeker()
	_, err := w.SQL.ExecContext(w.Ctx, `INSERT INTO applications (id, person_id, vacancy_id, agency_id, origin, state, created_at, state_since)
		VALUES ($1, $2, $3, $4, 'applied', 'applied', now(), now())`, string(w.IDs.New()), string(who.PersonID), string(w.vacancy.ID), string(w.Bamako))
	w.Must(err)
	return who
}

func TestWhoMayComplainAndRead(t *testing.T) {
	w := newWatched(t)
	make := func(a domain.Actor, kind watch.Kind, words string) error {
		_, err := w.complaints.Make(w.Ctx, a, watch.Complain{VacancyID: w.vacancy.ID, Kind: kind, Words: words})
		return err
	}
	domaintest.Refused(t, "a visitor", make(domain.Anonymous(), "money", ""), domain.KindUnauthenticated)
	domaintest.Refused(t, "an employer", make(w.employer, "money", ""), domain.KindNotFound)
	domaintest.Refused(t, "a kind nobody knows", make(w.her, "rain", ""), domain.KindInvalid)
	domaintest.Refused(t, "something else without words", make(w.her, watch.Other, " "), domain.KindInvalid)
	domaintest.Refused(t, "too many words", make(w.her, "pay", strings.Repeat("é", watch.MaxWords+1)), domain.KindInvalid)
	c := w.complain(w.her, "CANARY-COMPLAINT")
	domaintest.Refused(t, "a stranger, of what is hidden by now", make(w.jobseeker(), "money", ""), domain.KindNotFound)
	w.Must(make(w.Binta, "papers", "Somebody came to the office")) // on behalf of somebody, from another agency
	for name, c := range map[string]struct {
		actor domain.Actor
		want  int
	}{
		"the person": {w.her, 1}, "another person": {w.jobseeker(), 0}, "a counsellor of Bamako": {w.Awa, 2}, "who recorded one": {w.Binta, 1},
		"the lead": {w.Lead, 2},
	} {
		list, err := w.complaints.List(w.Ctx, c.actor, watch.Filter{}, domain.Cursor{})
		if err != nil || len(list.Items) != c.want {
			t.Errorf("%s sees %d complaints, want %d (%v)", name, len(list.Items), c.want, err)
		}
	}
	_, err := w.complaints.Get(w.Ctx, w.employer, c.ID)
	domaintest.Refused(t, "the employer", err, domain.KindNotFound)
	row, err := w.complaints.Get(w.Ctx, w.Awa, c.ID)
	if err != nil || row.Given != "Awa" || row.VacancyTitle != w.vacancy.Title || row.EmployerName != w.firm.Name() {
		t.Errorf("a counsellor reads %+v (%v)", row, err)
	}
	if n := w.Count(`SELECT count(*) FROM audit_entries WHERE action = 'complaint.make' AND actor_id = $1 AND allowed`, string(w.her.UserID)); n != 1 {
		t.Errorf("%d entries of the complaint in the trail", n)
	}
	var places int
	w.Must(w.SQL.QueryRow(`SELECT count(*) FROM (SELECT v::text FROM vacancies v UNION ALL SELECT h::text FROM vacancy_history h UNION ALL SELECT o::text FROM organisations o
		UNION ALL SELECT a::text FROM audit_entries a UNION ALL SELECT m::text FROM messages m UNION ALL SELECT s::text FROM search_changes s) x(t) WHERE t LIKE '%CANARY%'`).Scan(&places))
	if places != 0 {
		t.Errorf("the words are in %d rows beside the complaint", places)
	}
}

// Only the desk decides, whatever the state; who complained may always say more.
func TestEveryComplaintStateTransitionAndRole(t *testing.T) {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead}
	may := map[string][]domain.Role{watch.Repeat: append(slices.Clone(desk), domain.RoleJobseeker), watch.Dismiss: desk, watch.Uphold: desk}
	leads := map[string]map[domain.State]domain.State{
		watch.Repeat:  {watch.Open: watch.Open, watch.Unfounded: watch.Open, watch.Founded: watch.Open},
		watch.Dismiss: {watch.Open: watch.Unfounded}, watch.Uphold: {watch.Open: watch.Founded},
	}
	for name, to := range leads {
		for _, state := range []domain.State{watch.Open, watch.Unfounded, watch.Founded} {
			for _, role := range domain.AllRoles() {
				got, err := watch.States().Next(state, name, role, map[string]string{domain.NeedReason: "x"})
				want, exists := to[state]
				switch {
				case !exists && domain.KindOf(err) != domain.KindConflict, exists && !slices.Contains(may[name], role) && domain.KindOf(err) != domain.KindForbidden,
					exists && slices.Contains(may[name], role) && (err != nil || got != want):
					t.Errorf("%s from %s by %s: %q, %v", name, state, role, got, err)
				}
			}
		}
	}
	for _, row := range access.Default().Rows() {
		if row.Action == access.ComplaintDecide && !slices.Contains(desk, row.Role) {
			t.Errorf("%s decides", row.Role)
		}
	}
}
