package matching_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

func TestOrder(t *testing.T) {
	for name, c := range map[string]struct{ first, second matching.Rank }{
		"more points":        {matching.Rank{Points: 2, Since: "2026-02-01", Lot: 9}, matching.Rank{Points: 1, Since: "2020-01-01", Lot: 1}},
		"longer wait":        {matching.Rank{Points: 1, Since: "2025-12-31", Lot: 9}, matching.Rank{Points: 1, Since: "2026-01-01", Lot: 1}},
		"lot between equals": {matching.Rank{Points: 1, Since: "2026-01-01", Lot: 1}, matching.Rank{Points: 1, Since: "2026-01-01", Lot: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.first.Compare(c.second) >= 0 || c.second.Compare(c.first) <= 0 {
				t.Error("wrong way round")
			}
		})
	}
}

// TestLotFavoursNobody: over many vacancies, each of two equals comes first about half the time, whichever id is smaller.
func TestLotFavoursNobody(t *testing.T) {
	first := 0
	const vacancies = 2000
	for i := range vacancies {
		question := domain.ID(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)))
		if matching.Lot("p1", question, today) < matching.Lot("p2", question, today) {
			first++
		}
	}
	if first < vacancies*45/100 || first > vacancies*55/100 {
		t.Errorf("p1 came first %d times of %d", first, vacancies)
	}
}

func TestLotHoldsForTheDay(t *testing.T) {
	drawn := matching.Lot("p1", "o1", today)
	if again := matching.Lot("p1", "o1", today); again != drawn {
		t.Error("the lot changed between two pages")
	}
	if matching.Lot("p1", "o1", today) == matching.Lot("p1", "o1", today.AddDays(1)) {
		t.Error("the lot never changes")
	}
}
