package match_test

import (
	"log/slog"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

var today = domain.Date{Year: 2026, Month: 3, Day: 10}

// serving returns a matcher over a real index on disk that holds the documents, written in several batches so that there are several segments.
func serving(t testing.TB, docs ...index.Document) *match.Matcher {
	t.Helper()
	live, err := index.Open(t.TempDir(), slog.New(slog.DiscardHandler))
	must(t, err)
	g, err := live.Create()
	must(t, err)
	for len(docs) > 0 {
		n := min(len(docs), 40)
		must(t, g.Add(docs[:n]))
		docs = docs[n:]
	}
	must(t, g.Finish(matching.Position{Epoch: "test"}, domain.SystemClock().Now()))
	live.Serve(g)
	t.Cleanup(func() { must(t, live.Close()) })
	return match.New(live, matching.DefaultWeights())
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
