package matching_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain/matching"
)

// TestPlanEqualsScore is the promise on which the engine rests: in both directions, answering the plan from a record's terms gives exactly
// what Score gives from the records themselves.
func TestPlanEqualsScore(t *testing.T) {
	w := matching.DefaultWeights()
	rapid.Check(t, func(t *rapid.T) {
		p, o := profiles().Draw(t, "profile"), openings().Draw(t, "opening")
		want, why := matching.Score(p, o, today, w)

		points, passes := matching.PlanCandidates(o, today, w).Evaluate(matching.ProfileTerms(p))
		if passes != why.Eligible() || passes && points != want {
			t.Fatalf("candidates: plan %d %v, score %d, missed %v", points, passes, want, why.Missed())
		}
		points, passes = matching.PlanOpenings(p, today, w).Evaluate(matching.OpeningTerms(o))
		if passes != why.Eligible() || passes && points != want {
			t.Fatalf("openings: plan %d %v, score %d, missed %v", points, passes, want, why.Missed())
		}
	})
}

// TestNearMissesMissExactlyOneCondition holds in both directions.
func TestNearMissesMissExactlyOneCondition(t *testing.T) {
	w := matching.DefaultWeights()
	rapid.Check(t, func(t *rapid.T) {
		p, o := profiles().Draw(t, "profile"), openings().Draw(t, "opening")
		want, why := matching.Score(p, o, today, w)
		missed := why.Missed()
		for _, c := range matching.Negotiable() {
			near := len(missed) == 1 && missed[0] == c
			plan, _ := matching.PlanCandidates(o, today, w).But(c)
			if points, passes := plan.Evaluate(matching.ProfileTerms(p)); passes != near || passes && points != want {
				t.Fatalf("candidates without %s: %d %v, score %d, missed %v", c, points, passes, want, missed)
			}
			plan, _ = matching.PlanOpenings(p, today, w).But(c)
			if points, passes := plan.Evaluate(matching.OpeningTerms(o)); passes != near || passes && points != want {
				t.Fatalf("openings without %s: %d %v, score %d, missed %v", c, points, passes, want, missed)
			}
		}
	})
}

func TestClosedVacancyAsksNothing(t *testing.T) {
	o := aVacancy()
	o.PostsLeft = 0
	if plan := matching.PlanCandidates(o, today, matching.DefaultWeights()); !plan.Never {
		t.Error("a vacancy without posts still looks for people")
	}
}

func TestPlanIsTheSameEveryTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := profiles().Draw(t, "profile")
		a, b := matching.PlanOpenings(p, today, matching.DefaultWeights()), matching.PlanOpenings(p, today, matching.DefaultWeights())
		if len(a.Groups) != len(b.Groups) {
			t.Fatal("groups differ")
		}
		for i := range a.Groups {
			for j, alt := range a.Groups[i].Alternatives {
				if b.Groups[i].Alternatives[j] != alt {
					t.Fatalf("group %d differs", i)
				}
			}
		}
	})
}
