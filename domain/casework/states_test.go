package casework_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// The life of a case file as the service describes it: stage, what may be asked
// for, where it leads. "desk" is a counsellor or a lead; "hire" also the
// employer who confirms and Baara itself. Everything not listed is refused.
const caseLife = `
assessment plan     plan      desk
plan       activate active    desk
placed     activate active    desk
follow_up  activate active    desk
assessment place    placed    hire
plan       place    placed    hire
active     place    placed    hire
suspended  place    placed    hire
placed     follow   follow_up desk
assessment suspend  suspended desk
plan       suspend  suspended desk
active     suspend  suspended desk
placed     suspend  suspended desk
follow_up  suspend  suspended desk
suspended  resume   -         desk
assessment close    closed    desk
plan       close    closed    desk
active     close    closed    desk
placed     close    closed    desk
follow_up  close    closed    desk
suspended  close    closed    desk
closed     reopen   active    desk
`

func TestEveryStageTransitionAndRole(t *testing.T) {
	who := map[string][]domain.Role{
		"desk": {domain.RoleCounsellor, domain.RoleLead},
		"hire": {domain.RoleCounsellor, domain.RoleLead, domain.RoleEmployer, domain.RoleSystem},
	}
	type ask struct{ stage, name string }
	leads, may := map[ask]domain.State{}, map[ask]map[domain.Role]bool{}
	for _, line := range strings.Split(strings.TrimSpace(caseLife), "\n") {
		var a ask
		var to, group string
		if _, err := fmt.Sscan(line, &a.stage, &a.name, &to, &group); err != nil {
			t.Fatal(err)
		}
		leads[a], may[a] = domain.State(strings.TrimPrefix(to, "-")), map[domain.Role]bool{}
		for _, r := range who[group] {
			may[a][r] = true
		}
	}
	names := []string{"plan", "activate", "place", "follow", "suspend", "resume", "close", "reopen", "take", ""}
	stages := []string{"assessment", "plan", "active", "placed", "follow_up", "suspended", "closed", "nowhere"}
	given := map[string]string{domain.NeedReason: "left", domain.NeedUntil: "2027-01-01"}
	for _, stage := range stages {
		for _, name := range names {
			for _, role := range domain.AllRoles() {
				a := ask{stage, name}
				to, err := casework.Stages().Next(domain.State(stage), name, role, given)
				want, exists := leads[a]
				switch {
				case !exists && domain.KindOf(err) != domain.KindConflict:
					t.Errorf("%s %s by %s: got %v, want a conflict", stage, name, role, err)
				case exists && !may[a][role] && domain.KindOf(err) != domain.KindForbidden:
					t.Errorf("%s %s by %s: got %v, want forbidden", stage, name, role, err)
				case exists && may[a][role] && (err != nil || to != want):
					t.Errorf("%s %s by %s: got %q %v, want %q", stage, name, role, to, err, want)
				}
			}
		}
	}
}

func TestWhatATransitionNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		stage domain.State
		ask   string
		field string
	}{
		"suspending needs an end":    {casework.Active, casework.Suspend, "until"},
		"closing needs a reason":     {casework.Active, casework.Close, "reason"},
		"reopening needs its reason": {casework.Closed, casework.Reopen, "reason"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := casework.Stages().Next(c.stage, c.ask, domain.RoleCounsellor, nil)
			if domain.KindOf(err) != domain.KindInvalid || !strings.Contains(err.Error(), c.field+"=") {
				t.Fatalf("got %v, want field %s to be asked for", err, c.field)
			}
		})
	}
}
