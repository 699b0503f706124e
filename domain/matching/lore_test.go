package matching_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// TestWhatWasReadOnceIsNotReadAgain, be it nothing; and what could not be read is.
func TestWhatWasReadOnceIsNotReadAgain(t *testing.T) {
	var lore matching.Lore
	stored := map[domain.ID][]string{"mason": {"maçon", "mason"}, "tiler": {"carreleur"}}
	var asked [][]domain.ID
	ask := func(ids ...domain.ID) (map[domain.ID][]string, error) {
		return lore.Labels.Of(ids, func(unknown []domain.ID) (map[domain.ID][]string, error) {
			asked = append(asked, unknown)
			out := map[domain.ID][]string{}
			for _, id := range unknown {
				if list, ok := stored[id]; ok {
					out[id] = list
				}
			}
			return out, nil
		})
	}
	_, err := lore.Labels.Of([]domain.ID{"mason"}, func([]domain.ID) (map[domain.ID][]string, error) { return nil, errors.New("away") })
	if err == nil {
		t.Error("what could not be read was given")
	}
	for _, c := range []struct{ ids, read []domain.ID }{
		{[]domain.ID{"nameless", "mason"}, []domain.ID{"mason", "nameless"}},
		{[]domain.ID{"tiler", "mason", "nameless"}, []domain.ID{"tiler"}},
		{[]domain.ID{"mason", "tiler"}, nil},
	} {
		want := map[domain.ID][]string{}
		for _, id := range c.ids {
			if list, ok := stored[id]; ok {
				want[id] = list
			}
		}
		got, err := ask(c.ids...)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("of %v: %v, %v, want %v", c.ids, got, err, want)
		}
		if last := asked[len(asked)-1]; !reflect.DeepEqual(last, c.read) {
			t.Errorf("of %v were read %v, want %v", c.ids, last, c.read)
		}
	}
}
