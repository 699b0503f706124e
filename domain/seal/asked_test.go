package seal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

func TestWordsInAnAddressAreOneSessionsForAWhile(t *testing.T) {
	now := time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC)
	asked := seal.Asked{Box: seal.RandomBox()}
	const words = "Fatoumata Coulibaly ɲ"
	given := asked.Give(words, "mine", now.Add(time.Minute))
	if asked.Give(words, "mine", now.Add(time.Minute)) == given {
		t.Error("the same words twice can be told to be the same")
	}
	if len(asked.Give("Sy", "mine", now)) != len(given) {
		t.Error("short and long names can be told apart")
	}
	changed := "A" + given[1:]
	if changed == given {
		changed = "B" + given[1:]
	}
	for name, c := range map[string]struct {
		asked          seal.Asked
		given, session string
		at             time.Time
		want           string
	}{
		"the session that asked":   {asked, given, "mine", now.Add(59 * time.Second), words},
		"when it is over":          {asked, given, "mine", now.Add(time.Minute), ""},
		"another session":          {asked, given, "other", now, ""},
		"another key":              {seal.Asked{Box: seal.RandomBox()}, given, "mine", now, ""},
		"a letter changed":         {asked, changed, "mine", now, ""},
		"nothing":                  {asked, "", "mine", now, ""},
		"no letters of an address": {asked, "é", "mine", now, ""},
		"long words":               {asked, asked.Give(strings.Repeat("ɛ", 120), "mine", now.Add(time.Hour)), "mine", now, strings.Repeat("ɛ", 120)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.asked.Take(c.given, c.session, c.at)
			if got != c.want || (err == nil) != (c.want != "") || err != nil && domain.KindOf(err) != domain.KindNotFound {
				t.Errorf("got %q (%v), want %q", got, err, c.want)
			}
		})
	}
}
