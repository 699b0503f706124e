package matchmaking

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Indexer keeps the searchable copy of the records.
type Indexer interface {
	State() (IndexState, error)
	// Rebuild asks for a new copy beside the one that answers, and does not wait for it.
	Rebuild()
}

// IndexState is how the searchable copy is.
type IndexState struct {
	State     string // "starting", "rebuilding", "ready" or "failing"
	Serving   bool   // searches are answered
	Written   int    // records written by the rebuild under way
	Lag       time.Duration
	Documents int
	Segments  int
	Bytes     int64
	Built     time.Time // zero when unknown
	// Median and Slowest are times that half and 99 of 100 matches did not exceed since the program began, roughly; 0 before the first.
	Median, Slowest time.Duration
}

// Index is the use-cases on the searchable copy itself.
type Index struct {
	tx      domain.Transactor
	indexer Indexer
	policy  access.Policy
}

// NewIndex wires the use-cases.
func NewIndex(tx domain.Transactor, indexer Indexer, policy access.Policy) *Index {
	return &Index{tx: tx, indexer: indexer, policy: policy}
}

// State tells how the searchable copy is.
func (s *Index) State(ctx context.Context, actor domain.Actor) (IndexState, error) {
	if err := s.policy.Require(ctx, s.tx, actor, access.IndexRead, access.Facts{}); err != nil {
		return IndexState{}, err
	}
	return s.indexer.State()
}

// Rebuild makes a new copy while the present one answers. Asking while one is
// being made changes nothing, so that a repeat needs no memory of the first.
func (s *Index) Rebuild(ctx context.Context, actor domain.Actor) error {
	if err := s.policy.Require(ctx, s.tx, actor, access.IndexRebuild, access.Facts{}); err != nil {
		return err
	}
	s.indexer.Rebuild()
	return nil
}
