package wire

import (
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

// indexer shows the index of a server to the use-cases.
type indexer struct {
	feed   *feed.Feed
	live   *index.Live
	engine *match.Matcher
}

// State joins what the feed and the directory know.
func (i indexer) State() (matchmaking.IndexState, error) {
	status := i.feed.Status()
	stats, err := i.live.Stats()
	matches, _ := i.engine.Timings()
	return matchmaking.IndexState{
		State: string(status.State), Serving: status.Serving, Written: status.Built, Lag: status.Lag,
		Documents: int(stats.Documents), Segments: stats.Segments, Bytes: stats.Bytes, Built: stats.Built,
		Median: matches.Quantile(0.5), Slowest: matches.Quantile(0.99),
	}, err
}

// Rebuild asks the feed.
func (i indexer) Rebuild() { i.feed.Rebuild() }
