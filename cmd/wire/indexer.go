package wire

import (
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// indexer shows the index of a server to the use-cases.
type indexer struct {
	feed *feed.Feed
	live *index.Live
}

// State joins what the feed and the directory know.
func (i indexer) State() (matchmaking.IndexState, error) {
	status := i.feed.Status()
	stats, err := i.live.Stats()
	return matchmaking.IndexState{
		State: string(status.State), Serving: status.Serving, Written: status.Built, Lag: status.Lag,
		Documents: int(stats.Documents), Bytes: stats.Bytes, Built: stats.Built,
	}, err
}

// Rebuild asks the feed.
func (i indexer) Rebuild() { i.feed.Rebuild() }
