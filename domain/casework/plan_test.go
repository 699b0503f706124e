package casework_test

import (
	"context"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

func TestAGoalWithItsFirstActionIsOneAct(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	today := domain.DateOf(d.now)
	goal, err := d.files.AddGoal(ctx, d.awa, casework.AddGoal{
		CaseID: c.ID, Words: " Devenir couturière ", DueOn: today.AddMonths(6),
		First: casework.AddAction{Words: "Appeler le centre", Doer: casework.ByCounsellor, DueOn: today.AddDays(7)},
	})
	if err != nil {
		t.Fatal(err)
	}
	late, err := d.files.AddAction(ctx, d.awa, casework.AddAction{CaseID: c.ID, Words: "Refaire la carte", Doer: casework.ByJobseeker, DueOn: today.AddDays(-3)})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := d.files.Plan(ctx, d.binta, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Goals) != 1 || plan.Goals[0].Words != "Devenir couturière" || len(plan.Actions) != 2 || plan.Actions[1].GoalID != goal.ID {
		t.Errorf("plan %+v", plan)
	}
	if next, ok := plan.Next(); !ok || next.ID != late.ID {
		t.Errorf("next is %q, want the action that is late", next.Words)
	}
	day, err := d.files.MyDay(ctx, d.awa)
	if err != nil || len(day.Overdue) != 1 || day.Overdue[0].Action.ID != late.ID || len(day.Today) != 0 || day.Live != 1 {
		t.Errorf("my day %+v (%v)", day, err)
	}
	if _, err := d.files.Settle(ctx, d.awa, casework.SettleAction{ID: late.ID, Version: 1, State: casework.Done}); err != nil {
		t.Fatal(err)
	}
	if day, _ = d.files.MyDay(ctx, d.awa); len(day.Overdue) != 0 {
		t.Error("a done action is still overdue")
	}
	_, err = d.files.Settle(ctx, d.awa, casework.SettleAction{ID: late.ID, Version: 1, State: casework.Open})
	refused(t, err, domain.KindStale)
	_, err = d.files.AddGoal(ctx, d.binta, casework.AddGoal{CaseID: c.ID, Words: "x"})
	refused(t, err, domain.KindForbidden)
	_, err = d.files.AddGoal(ctx, d.awa, casework.AddGoal{CaseID: c.ID, Words: "  "})
	refused(t, err, domain.KindInvalid)
}

func TestWhoReadsWhichNote(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	for _, visibility := range []string{casework.VisibleFile, casework.VisibleTeam, casework.VisibleAuthor} {
		if _, err := d.files.WriteNote(ctx, d.awa, casework.WriteNote{CaseID: c.ID, Visibility: visibility, Body: visibility}); err != nil {
			t.Fatal(err)
		}
	}
	for name, who := range map[string]struct {
		actor domain.Actor
		want  []string
	}{
		"the author reads all":           {d.awa, []string{"author", "file", "team"}},
		"the lead reads all":             {d.lead, []string{"author", "file", "team"}},
		"a colleague does not read hers": {d.binta, []string{"file", "team"}},
		"the person reads none":          {domain.Actor{Role: domain.RoleJobseeker, UserID: d.ids.New(), PersonID: c.PersonID}, nil},
	} {
		notes, err := d.files.Notes(ctx, who.actor, c.ID)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, n := range notes {
			got = append(got, n.Body)
		}
		slices.Sort(got)
		if !slices.Equal(got, who.want) {
			t.Errorf("%s: got %v, want %v", name, got, who.want)
		}
	}
	_, err := d.files.Notes(ctx, d.elsewhere, c.ID)
	refused(t, err, domain.KindNotFound)
}

func TestANoteIsAmendedNotChanged(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	first, err := d.files.WriteNote(ctx, d.awa, casework.WriteNote{CaseID: c.ID, Visibility: casework.VisibleTeam, Contact: "call", Body: "Rendez-vous le 3"})
	if err != nil {
		t.Fatal(err)
	}
	amended, err := d.files.WriteNote(ctx, d.awa, casework.WriteNote{CaseID: c.ID, Body: "Non : le 5", Amends: first.ID, Visibility: casework.VisibleFile})
	if err != nil {
		t.Fatal(err)
	}
	if amended.Visibility != casework.VisibleTeam {
		t.Errorf("the amendment is visible to %s, want team as what it amends", amended.Visibility)
	}
	notes, err := d.files.Notes(ctx, d.awa, c.ID)
	if err != nil || len(notes) != 2 || notes[0].Amends != first.ID || notes[1].Body != "Rendez-vous le 3" {
		t.Errorf("notes %+v (%v)", notes, err)
	}
	file, err := d.files.Get(ctx, d.awa, c.ID)
	if err != nil || !file.LastContactAt.Equal(d.now) {
		t.Errorf("a call was noted, last contact is %v (%v)", file.LastContactAt, err)
	}
	other := d.opened()
	_, err = d.files.WriteNote(ctx, d.awa, casework.WriteNote{CaseID: other.ID, Body: "x", Amends: first.ID})
	refused(t, err, domain.KindNotFound)
}

func TestTheCaseloadShowsWhatNeedsAttentionFirst(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	today := domain.DateOf(d.now)
	var due []domain.ID
	for _, days := range []int{9, -2, 4} {
		c := d.opened()
		if _, err := d.files.AddAction(ctx, d.awa, casework.AddAction{CaseID: c.ID, Words: "x", Doer: casework.ByJobseeker, DueOn: today.AddDays(days)}); err != nil {
			t.Fatal(err)
		}
		due = append(due, c.ID)
	}
	without := d.opened()
	want := []domain.ID{due[1], due[2], due[0], without.ID}
	var got []domain.ID
	cursor := domain.Cursor{Limit: 3}
	for {
		page, err := d.files.Caseload(ctx, d.awa, casework.CaseFilter{Mine: true}, cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Items {
			got = append(got, row.File.ID)
		}
		if page.Next == "" {
			break
		}
		cursor.After = page.Next
	}
	if !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	count := func(actor domain.Actor, f casework.CaseFilter) int {
		page, err := d.files.Caseload(ctx, actor, f, domain.Cursor{})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Items)
	}
	if n := count(d.awa, casework.CaseFilter{Overdue: true}); n != 1 {
		t.Errorf("%d overdue, want 1", n)
	}
	if n := count(d.binta, casework.CaseFilter{Mine: true}); n != 0 {
		t.Errorf("a colleague owns %d files, want 0", n)
	}
	if n := count(d.elsewhere, casework.CaseFilter{}); n != 0 {
		t.Errorf("another agency sees %d files, want 0", n)
	}
	if n := count(d.lead, casework.CaseFilter{Stage: casework.Assessment, PlaceIn: "BKO"}); n != 4 {
		t.Errorf("the lead sees %d files in assessment in Bamako, want 4", n)
	}
	d.now = d.now.AddDate(0, 0, casework.SilentDays+1)
	if n := count(d.awa, casework.CaseFilter{Silent: true}); n != 4 {
		t.Errorf("%d silent files, want 4", n)
	}
}
