package person

import (
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
)

// TestRegistrationStates walks every state, transition and role against what
// the service decided, written by hand.
func TestRegistrationStates(t *testing.T) {
	const nobody = ""
	// For each transition: where it leads from each state, and who may ask.
	want := map[string]struct {
		from map[domain.State]domain.State
		who  []domain.Role
	}{
		"submit": {map[domain.State]domain.State{"draft": "intake"}, []domain.Role{"anonymous", "counsellor", "lead"}},
		"part":   {map[domain.State]domain.State{"draft": "quarantine"}, []domain.Role{"anonymous"}},
		"clear":  {map[domain.State]domain.State{"quarantine": "intake"}, []domain.Role{"counsellor", "lead", "system"}},
		"import": {map[domain.State]domain.State{"draft": "active"}, []domain.Role{"system"}},
		"accept": {map[domain.State]domain.State{"quarantine": "active", "intake": "active"}, []domain.Role{"counsellor", "lead"}},
		"renew":  {map[domain.State]domain.State{"active": "active", "lapsed": "active"}, []domain.Role{"jobseeker", "counsellor", "lead"}},
		"lapse":  {map[domain.State]domain.State{"active": "lapsed"}, []domain.Role{"system"}},
		"close": {map[domain.State]domain.State{"quarantine": "closed", "intake": "closed", "active": "closed", "lapsed": "closed"},
			[]domain.Role{"counsellor", "lead", "system"}},
		"reopen": {map[domain.State]domain.State{"closed": "active"}, []domain.Role{"counsellor", "lead"}},
	}
	needsReason := []string{"close", "reopen"}
	machine := RegistrationStates()
	if len(machine.Transitions) != len(want) {
		t.Errorf("%d transitions, want %d", len(machine.Transitions), len(want))
	}
	for _, from := range []domain.State{"draft", "quarantine", "intake", "active", "lapsed", "closed"} {
		for name, w := range want {
			for _, role := range domain.AllRoles() {
				to := w.from[from]
				got, err := machine.Next(from, name, role, map[string]string{"reason": "job"})
				switch allowed := slices.Contains(w.who, role); {
				case to == nobody:
					if domain.KindOf(err) != domain.KindConflict {
						t.Errorf("%s from %s by %s: %v, want a conflict", name, from, role, err)
					}
				case !allowed:
					if domain.KindOf(err) != domain.KindForbidden {
						t.Errorf("%s from %s by %s: %v, want forbidden", name, from, role, err)
					}
				case err != nil || got != to:
					t.Errorf("%s from %s by %s leads to %q (%v), want %q", name, from, role, got, err, to)
				}
				if to == nobody || !slices.Contains(w.who, role) {
					continue
				}
				_, err = machine.Next(from, name, role, nil)
				if needs := domain.KindOf(err) == domain.KindInvalid; needs != slices.Contains(needsReason, name) {
					t.Errorf("%s from %s without a reason: %v", name, from, err)
				}
			}
		}
	}
}
