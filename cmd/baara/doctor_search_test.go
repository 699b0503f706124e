package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/search/feed"
)

func TestDifferencesAreSaid(t *testing.T) {
	for name, c := range map[string]struct {
		d      feed.Differences
		unwell bool
		says   []string
	}{
		"none":    {feed.Differences{Compared: 7, Behind: 2, Ended: 1}, false, []string{"7 records compared, 2 not", "1 people", "ok     index and database say the same"}},
		"missing": {feed.Differences{Missing: []domain.ID{"m1", "m2"}}, true, []string{"WRONG  2 searchable, but not in the index:", "m1", "m2", "reindex"}},
		"extra":   {feed.Differences{Extra: []domain.ID{"e1"}}, true, []string{"WRONG  1 in the index, but not searchable:", "e1"}},
		"stale":   {feed.Differences{Stale: []domain.ID{"s1"}}, true, []string{"WRONG  1 in the index otherwise than in the database:", "s1"}},
		"many":    {feed.Differences{Stale: make([]domain.ID, 5000)}, true, []string{"WRONG  5000 in the index"}},
	} {
		var out bytes.Buffer
		err := reportDifferences(&out, c.d)
		if errors.Is(err, errUnwell) != c.unwell {
			t.Errorf("%s: %v", name, err)
		}
		for _, s := range c.says {
			if !strings.Contains(out.String(), s) {
				t.Errorf("%s: %q is not said in\n%s", name, s, out.String())
			}
		}
		if n := strings.Count(out.String(), "\n"); n > 20 {
			t.Errorf("%s: %d lines", name, n)
		}
	}
}
