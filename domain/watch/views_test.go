package watch_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/watch"
)

func TestAnEmployerIsShownSoManyPeopleADay(t *testing.T) {
	w := newWatched(t)
	people := w.people(12)
	w.Must(w.views.Show(w.Ctx, w.employer, people[:3]))
	w.Must(w.views.Show(w.Ctx, w.employer, people[:3])) // the same again costs nothing
	w.Must(w.views.Show(w.Ctx, w.employer, []domain.ID{people[3], people[4], people[3]}))
	if n := w.Count(`SELECT shown FROM view_days`); n != 5 {
		t.Errorf("%d people are counted, want 5", n)
	}
	if n := w.Count(`SELECT count(*) FROM audit_entries WHERE action = 'organisation.alert' AND record_id = $1`, string(w.firm.ID)); n != 1 {
		t.Errorf("%d alerts in the trail, want 1", n)
	}
	err := w.views.Show(w.Ctx, w.employer, people[5:8])
	domaintest.Refused(t, "the seventh and eighth", err, domain.KindTooMany)
	var many *domain.Error
	if !errors.As(err, &many) || many.After != 14*time.Hour { // it is ten o'clock
		t.Errorf("come back in %v, want 14 hours", err)
	}
	w.Must(w.views.Show(w.Ctx, w.employer, people[:5]))
	domaintest.Refused(t, "a sixth after the stop", w.views.Show(w.Ctx, w.employer, people[5:6]), domain.KindTooMany)
	if n := w.Count(`SELECT count(*) FROM candidate_views`); n != 5 {
		t.Errorf("%d people are kept as shown, want 5: a refused page shows nobody", n)
	}
	if n := w.Count(`SELECT count(*) FROM audit_entries WHERE NOT allowed AND actor_id = $1`, string(w.employer.UserID)); n != 2 {
		t.Errorf("%d refusals in the trail, want 2", n)
	}
	for _, reader := range []domain.Actor{w.Awa, w.her} {
		w.Must(w.views.Show(w.Ctx, reader, people))
	}
	w.Pass(14 * time.Hour)
	w.Must(w.views.Show(w.Ctx, w.employer, people[5:11]))
}

// Requests at once count one after the other: however they meet, no more people
// are shown than the limit.
func TestRequestsAtOnceDoNotPassTheLimit(t *testing.T) {
	w := newWatched(t)
	people := w.people(24)
	var group sync.WaitGroup
	results := make([]error, len(people)/2)
	for i := range results {
		group.Go(func() { results[i] = w.views.Show(w.Ctx, w.employer, people[2*i:2*i+2]) })
	}
	group.Wait()
	shown := 0
	for _, err := range results {
		switch domain.KindOf(err) {
		case domain.KindTooMany:
		default:
			w.Must(err)
			shown += 2
		}
	}
	if n := w.Count(`SELECT count(*) FROM candidate_views`); shown != limits.Stop || n != shown {
		t.Errorf("%d people were shown and %d are kept, want %d", shown, n, limits.Stop)
	}
}

func TestALeadLetsAnEmployerSeeMoreForAWhile(t *testing.T) {
	w := newWatched(t)
	people := w.people(20)
	until := domain.DateOf(w.Now).AddDays(7)
	raise := watch.RaiseViews{OrganisationID: w.firm.ID, Daily: 12, Until: until, Reason: "Group hiring of forty masons"}
	for name, c := range map[string]struct {
		actor domain.Actor
		want  domain.Kind
	}{"a counsellor": {w.Awa, domain.KindForbidden}, "the employer": {w.employer, domain.KindForbidden}, "a jobseeker": {w.her, domain.KindNotFound}} {
		_, err := w.views.Raise(w.Ctx, c.actor, raise)
		domaintest.Refused(t, name, err, c.want)
	}
	for name, change := range map[string]func(*watch.RaiseViews){
		"no reason":       func(r *watch.RaiseViews) { r.Reason = " " },
		"no end":          func(r *watch.RaiseViews) { r.Until = domain.Date{} },
		"an end far away": func(r *watch.RaiseViews) { r.Until = until.AddDays(200) },
		"no more than it": func(r *watch.RaiseViews) { r.Daily = limits.Stop },
	} {
		bad := raise
		change(&bad)
		_, err := w.views.Raise(w.Ctx, w.Lead, bad)
		domaintest.Refused(t, name, err, domain.KindInvalid)
	}
	_, err := w.views.Raise(w.Ctx, w.Lead, raise)
	w.Must(err)
	domaintest.Refused(t, "thirteen", w.views.Show(w.Ctx, w.employer, people[:13]), domain.KindTooMany)
	domaintest.Refused(t, "one after the stop", w.views.Show(w.Ctx, w.employer, people[:1]), domain.KindTooMany)
	w.Pass(time.Minute)
	_, err = w.views.Raise(w.Ctx, w.Lead, raise)
	w.Must(err)
	w.Must(w.views.Show(w.Ctx, w.employer, people[:12]))
	domaintest.Refused(t, "the thirteenth", w.views.Show(w.Ctx, w.employer, people[12:13]), domain.KindTooMany)
	w.Pass(8 * 24 * time.Hour)
	domaintest.Refused(t, "twelve after the end", w.views.Show(w.Ctx, w.employer, people[:12]), domain.KindTooMany)
}

func TestItsAgencyIsToldOfAnAlert(t *testing.T) {
	w := newWatched(t)
	w.Must(w.views.Show(w.Ctx, w.employer, w.people(4)))
	for name, c := range map[string]struct {
		actor domain.Actor
		want  int
	}{"a counsellor of Bamako": {w.Awa, 1}, "its lead": {w.Lead, 1}, "Kayes": {w.Binta, 0}} {
		alerts, err := w.views.Alerts(w.Ctx, c.actor)
		if err != nil || len(alerts) != c.want {
			t.Errorf("%s sees %d alerts, want %d (%v)", name, len(alerts), c.want, err)
		}
	}
	_, err := w.views.Of(w.Ctx, w.employer, w.firm.ID)
	domaintest.Refused(t, "the employer", err, domain.KindForbidden)
	w.Must(w.views.Note(w.Ctx, w.Awa, w.firm.ID))
	if alerts, err := w.views.Alerts(w.Ctx, w.Lead); err != nil || len(alerts) != 0 {
		t.Errorf("%d alerts after somebody looked (%v)", len(alerts), err)
	}
	standing, err := w.views.Of(w.Ctx, w.Lead, w.firm.ID)
	if err != nil || standing.Today.Shown != 4 || standing.Today.NotedBy != w.Awa.UserID || len(standing.Alerts) != 1 {
		t.Errorf("the lead sees %+v (%v)", standing, err)
	}
}
