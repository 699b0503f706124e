package seal_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

func TestAHintIsOneAccountsForAWhile(t *testing.T) {
	const record, mine, other domain.ID = "01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b", "01900000-0000-7000-8000-00000000000c"
	now := time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC)
	hints := seal.Hints{Box: seal.RandomBox()}
	given := hints.Give(record, mine, now.Add(time.Hour))
	if again := hints.Give(record, mine, now.Add(time.Hour)); again == given {
		t.Error("two hints of the same person can be told to be the same")
	}
	changed := "A" + given[1:]
	if changed == given {
		changed = "B" + given[1:]
	}
	for name, c := range map[string]struct {
		hints seal.Hints
		hint  string
		who   domain.ID
		at    time.Time
		want  domain.ID
	}{
		"the account it was given to": {hints, given, mine, now.Add(59 * time.Minute), record},
		"when it is over":             {hints, given, mine, now.Add(time.Hour), ""},
		"another account":             {hints, given, other, now, ""},
		"another key":                 {seal.Hints{Box: seal.RandomBox()}, given, mine, now, ""},
		"a letter changed":            {hints, changed, mine, now, ""},
		"no hint":                     {hints, "", mine, now, ""},
		"no letters of a hint":        {hints, "é", mine, now, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.hints.Take(c.hint, c.who, c.at)
			if got != c.want || (err == nil) != (c.want != "") || err != nil && domain.KindOf(err) != domain.KindNotFound {
				t.Errorf("got %q (%v), want %q", got, err, c.want)
			}
		})
	}
}
