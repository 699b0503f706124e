package matching_test

import (
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// TestWhatTrainingOpensMost: a welder's course opens two of three vacancies by itself, bookkeeping none.
func TestWhatTrainingOpensMost(t *testing.T) {
	her := aPerson().was("mason", 60).can("lay bricks", "mix mortar").Profile
	var whys []matching.Explanation
	for _, needs := range [][]string{
		{"lay bricks", "weld"}, {"mix mortar", "weld"}, {"lay bricks", "keep books", "file taxes"}, {"lay bricks"},
		{"lay bricks", "read plans"}, // the work she did speaks for it: nothing to learn first
	} {
		_, why := matching.Score(her, vacancyFor("mason", 0, needs...), today, matching.DefaultWeights())
		whys = append(whys, why)
	}
	got := matching.Gaps(whys, matching.DefaultWeights())
	if len(got) != 3 || got[0].Concept != "weld" || got[0].Opens != 2 || got[0].Helps != 0 || got[0].Points != 2*225 {
		t.Fatalf("first %+v", got)
	}
	for _, g := range got[1:] {
		if g.Opens != 0 || g.Helps != 1 || g.Points != 150 {
			t.Errorf("one of two that are missing: %+v", g)
		}
	}
}

// TestOccupationsToTurnTo: the nearest by the share of what they demand; not those held, nor those that demand too little to say anything.
func TestOccupationsToTurnTo(t *testing.T) {
	her := aPerson().was("mason", 60).Profile
	all := []matching.Prospect{
		{Occupation: "mason", Has: 4, Of: 4}, {Occupation: "tiler", Has: 3, Of: 5}, {Occupation: "plasterer", Has: 4, Of: 6},
		{Occupation: "scaffolder", Has: 1, Of: 1}, {Occupation: "surveyor", Has: 1, Of: 9},
	}
	var got []domain.ID
	for _, p := range matching.Prospects(her, all, 10) {
		got = append(got, p.Occupation)
	}
	if want := []domain.ID{"plasterer", "tiler"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if first := matching.Prospects(her, all, 1); len(first) != 1 || first[0].Occupation != "plasterer" {
		t.Errorf("the first is %v", first)
	}
}
