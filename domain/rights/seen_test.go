package rights_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/rights"
)

func TestThePersonSeesWhoSawTheRecordAndWhy(t *testing.T) {
	k := newKit(t)
	taken := domain.DateOf(k.Now).String()
	k.Pass(time.Now().UTC().Sub(k.Now)) // emergencies count by the database's clock too
	read := domain.DateOf(k.Now).String()
	for _, actor := range []domain.Actor{k.Awa, k.Awa, k.Moussa, k.Lead} {
		_, err := k.people.Get(k.Ctx, actor, k.her.PersonID)
		k.Must(err)
		k.Pass(time.Millisecond)
	}
	_, err := k.people.Get(k.Ctx, k.Binta, k.her.PersonID)
	domaintest.Refused(t, "a counsellor of another agency", err, domain.KindNotFound)
	_, err = k.emergency.Open(k.Ctx, k.Binta, casework.OpenFile{Hint: string(k.her.PersonID), Kind: "danger", Reason: "Menacée, elle a appelé d’ici"})
	k.Must(err)
	opened := domain.DateOf(k.Now).String()
	k.Pass(time.Millisecond)
	_, err = k.people.Get(k.Ctx, k.Binta, k.her.PersonID)
	k.Must(err)
	after := domain.DateOf(k.Now).String()

	found, err := k.seen.Seen(k.Ctx, k.her, k.her.PersonID, domain.Cursor{})
	k.Must(err)
	type line struct {
		Day, Role, Agency, Action, Reason string
		Times, People                     int
	}
	var got []line
	for _, l := range found.Items {
		got = append(got, line{l.Day.String(), string(l.Role), l.Agency, l.Action, l.Reason, l.Times, l.People})
	}
	want := []line{
		{after, "counsellor", "Agence KAY", "person.read", "emergency", 1, 1},
		{opened, "counsellor", "Agence KAY", "emergency.open", "danger: Menacée, elle a appelé d’ici", 1, 1},
		{read, "lead", "Agence BKO", "person.read", "", 1, 1},
		{read, "counsellor", "Agence BKO", "person.read", "", 3, 2},
		{taken, "counsellor", "Agence BKO", "case.take", "", 1, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what she sees (-want +got):\n%s", diff)
	}
}

func TestWhoSawSomebodyIsThePersonsOwn(t *testing.T) {
	k := newKit(t)
	for name, actor := range map[string]domain.Actor{
		"another jobseeker": k.stranger, "her counsellor": k.Awa, "the lead": k.Lead, "the administrator": k.Administrator, "the officer": k.officer,
	} {
		_, err := k.seen.Seen(k.Ctx, actor, k.her.PersonID, domain.Cursor{})
		domaintest.Refused(t, name, err, domain.KindNotFound)
	}
	_, err := k.seen.Seen(k.Ctx, k.her, "01900000-0000-7000-8000-00000000dead", domain.Cursor{})
	domaintest.Refused(t, "nobody", err, domain.KindNotFound)
	_, err = k.seen.Seen(k.Ctx, k.her, k.her.PersonID, domain.Cursor{})
	k.Must(err)
	if n := k.Count(`SELECT count(*) FROM audit_entries WHERE action = 'rights.seen' AND allowed AND actor_id = $1 AND person_id = $2`, string(k.her.UserID), string(k.her.PersonID)); n != 1 {
		t.Errorf("her reading is %d entries of the trail, want 1", n)
	}
	if n := k.Count(`SELECT count(*) FROM audit_entries WHERE action = 'rights.seen' AND NOT allowed AND person_id = $1`, string(k.her.PersonID)); n != 5 {
		t.Errorf("%d refusals are in the trail, want 5", n)
	}
}

func TestALongListOfWhoSawItPages(t *testing.T) {
	k := newKit(t)
	for range 7 {
		k.Pass(24 * time.Hour)
		_, err := k.people.Get(k.Ctx, k.Awa, k.her.PersonID)
		k.Must(err)
	}
	seen, pages := map[rights.Look]int{}, 0
	var few, many int
	for cursor := (domain.Cursor{Limit: 3}); ; pages++ {
		var found domain.Listing[rights.Look]
		few = k.Queries(func() {
			var err error
			found, err = k.seen.Seen(k.Ctx, k.her, k.her.PersonID, cursor)
			k.Must(err)
		})
		for _, l := range found.Items {
			seen[l]++
		}
		if cursor.After = found.Next; found.Next == "" {
			break
		}
	}
	if len(seen) != 8 || pages != 2 { // seven days, and the day the file was taken
		t.Errorf("%d lines on %d pages, want 8 on 3", len(seen), pages+1)
	}
	many = k.Queries(func() { _, _ = k.seen.Seen(k.Ctx, k.her, k.her.PersonID, domain.Cursor{Limit: 50}) })
	if few != many {
		t.Errorf("%d statements for a short list, %d for a long one", few, many)
	}
	_, err := k.seen.Seen(k.Ctx, k.her, k.her.PersonID, domain.Cursor{After: "nonsense"})
	domaintest.Refused(t, "a mark that is none", err, domain.KindInvalid)
}
