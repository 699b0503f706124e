package person_test

import (
	"slices"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

func TestRegistrationFromQueueToClosedAndBack(t *testing.T) {
	w := newWorld(t)
	p := w.aPerson().Waiting().At(w.bamako)
	w.stored(p)
	id := p.Person.ID
	ask := person.ChangeRegistration{PersonID: id}

	r, err := w.registrations.Accept(w.ctx, w.awa, ask)
	w.must(err)
	if r.State != person.Active || r.RenewBy != (domain.Date{Year: 2027, Month: time.May, Day: 24}) {
		t.Errorf("accepted: %+v, want active for six months", r)
	}
	_, err = w.registrations.Accept(w.ctx, w.awa, ask)
	refused(t, err, domain.KindConflict)

	w.sleep(200 * 24 * time.Hour)
	n, err := w.registrations.LapseDue(w.ctx, w.system)
	w.must(err)
	if n != 1 {
		t.Errorf("%d lapsed, want 1", n)
	}
	r, err = w.registrations.Renew(w.ctx, w.jobseeker(id), ask)
	w.must(err)
	if r.State != person.Active {
		t.Errorf("renewed: %+v, want active", r)
	}
	_, err = w.registrations.Close(w.ctx, w.awa, person.ChangeRegistration{PersonID: id, Reason: "bored"})
	refused(t, err, domain.KindInvalid)
	_, err = w.registrations.Close(w.ctx, w.awa, person.ChangeRegistration{PersonID: id, Reason: "job", Version: 1})
	refused(t, err, domain.KindStale)
	r, err = w.registrations.Close(w.ctx, w.awa, person.ChangeRegistration{PersonID: id, Reason: "job", Version: r.Version})
	w.must(err)
	if r.State != person.Closed || r.ClosedReason != "job" {
		t.Errorf("closed: %+v", r)
	}
	_, err = w.registrations.Reopen(w.ctx, w.awa, ask)
	refused(t, err, domain.KindInvalid)
	r, err = w.registrations.Reopen(w.ctx, w.lead, person.ChangeRegistration{PersonID: id, Reason: "the firm closed"})
	w.must(err)

	steps, err := w.registrations.Steps(w.ctx, w.awa, id)
	w.must(err)
	var names []string
	for _, s := range steps {
		names = append(names, s.Transition)
	}
	if want := []string{"submit", "accept", "lapse", "renew", "close", "reopen"}; !slices.Equal(names, want) {
		t.Errorf("history %v, want %v", names, want)
	}
	if last := steps[len(steps)-1]; last.ActorID != w.lead.UserID || last.Reason != "the firm closed" || r.Version != len(steps) {
		t.Errorf("last step %+v at version %d", last, r.Version)
	}
}

func TestRegistrationOfAnotherAgencyDoesNotExist(t *testing.T) {
	w := newWorld(t)
	p := w.aPerson().Waiting().At(w.bamako)
	w.stored(p)
	ask := person.ChangeRegistration{PersonID: p.Person.ID, Reason: "job"}
	acts := map[string]func(domain.Actor, person.ChangeRegistration) error{
		"accept": func(a domain.Actor, in person.ChangeRegistration) error {
			_, err := w.registrations.Accept(w.ctx, a, in)
			return err
		},
		"renew": func(a domain.Actor, in person.ChangeRegistration) error {
			_, err := w.registrations.Renew(w.ctx, a, in)
			return err
		},
		"close": func(a domain.Actor, in person.ChangeRegistration) error {
			_, err := w.registrations.Close(w.ctx, a, in)
			return err
		},
		"reopen": func(a domain.Actor, in person.ChangeRegistration) error {
			_, err := w.registrations.Reopen(w.ctx, a, in)
			return err
		},
		"read": func(a domain.Actor, in person.ChangeRegistration) error {
			_, err := w.registrations.Of(w.ctx, a, in.PersonID)
			return err
		},
	}
	for name, act := range acts {
		t.Run(name, func(t *testing.T) {
			refused(t, act(w.binta, ask), domain.KindNotFound)
			refused(t, act(w.binta, person.ChangeRegistration{PersonID: w.ids.New(), Reason: "job"}), domain.KindNotFound)
			refused(t, act(w.jobseeker(w.ids.New()), ask), domain.KindNotFound)
			refused(t, act(domain.Anonymous(), ask), domain.KindUnauthenticated)
		})
	}
	queue, err := w.registrations.Intake(w.ctx, w.binta, domain.Cursor{})
	w.must(err)
	if len(queue.Items) != 0 {
		t.Errorf("Kayes sees %d of Bamako's queue", len(queue.Items))
	}
	_, err = w.registrations.Intake(w.ctx, w.jobseeker(p.Person.ID), domain.Cursor{})
	refused(t, err, domain.KindNotFound)
}

func TestIntakeQueueComesInPages(t *testing.T) {
	w := newWorld(t)
	var all []person.Newcomer
	for range 7 {
		all = append(all, w.aPerson().Waiting().At(w.bamako))
	}
	w.stored(all...)
	seen := map[domain.ID]bool{}
	cursor := domain.Cursor{Limit: 3}
	for pages := 1; ; pages++ {
		page, err := w.registrations.Intake(w.ctx, w.awa, cursor)
		w.must(err)
		for _, item := range page.Items {
			seen[item.Registration.PersonID] = true
		}
		if cursor.After = page.Next; cursor.After == "" {
			if pages != 3 || len(seen) != 7 {
				t.Errorf("%d people on %d pages, want 7 on 3", len(seen), pages)
			}
			return
		}
	}
}
