package feed

import (
	"context"
	"fmt"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// Differences is where an index and its database do not say the same.
type Differences struct {
	Compared int // records searchable in the database
	Behind   int // records that changed since the index read the feed, which are not compared
	// Missing are searchable and not in the index, Extra the other way round, Stale differ in what they say.
	Missing, Extra, Stale []domain.ID
	// Ended is how many people in the index have ended their consent by the passing of days: no question finds them.
	Ended int
}

// Any reports whether there are differences.
func (d Differences) Any() bool { return len(d.Missing)+len(d.Extra)+len(d.Stale) > 0 }

// Compare reads everything searchable from the database and compares it with an index that has read the feed up to a position. Progress may be nil.
func Compare(ctx context.Context, source Source, at matching.Position, state *index.Snapshot, today domain.Date, progress func(done int)) (Differences, error) {
	c := comparison{ctx: ctx, source: source, indexed: map[domain.ID]uint16{}, ended: map[domain.ID]bool{}, progress: progress}
	if err := c.read(state, today); err != nil {
		return Differences{}, err
	}
	if err := c.database(); err != nil {
		return Differences{}, err
	}
	// Read last: whatever changed while the database was read is among them.
	moved, err := c.changedSince(at)
	if err != nil {
		return Differences{}, err
	}
	return c.differences(moved), nil
}

type comparison struct {
	ctx      context.Context
	source   Source
	indexed  map[domain.ID]uint16 // what the database does not have is left
	ended    map[domain.ID]bool
	out      Differences
	progress func(done int)
}

func (c *comparison) read(state *index.Snapshot, today domain.Date) error {
	consent := matching.ConsentFilters(today)[0]
	ended := map[*index.Segment]index.Bits{}
	for _, seg := range state.Segments {
		terms, err := seg.Terms(consent.Field)
		if err != nil {
			return err
		}
		ended[seg] = index.NewBits(seg.Docs)
		for _, t := range terms {
			if t.Text >= consent.Min {
				break // they are sorted
			}
			list, err := seg.Postings(consent.Field, t.Text)
			if err != nil {
				return err
			}
			ended[seg].Add(list)
		}
	}
	return state.Each(func(e index.Entry) error {
		if _, twice := c.indexed[e.ID]; twice {
			return fmt.Errorf("feed: %s is in the index twice", e.ID)
		}
		c.indexed[e.ID] = e.Print
		if ended[e.Segment].Has(e.Doc) {
			c.ended[e.ID] = true
		}
		return nil
	})
}

func (c *comparison) database() error {
	f := Feed{source: c.source}
	var stems index.Stems
	compare := func(docs []index.Document, err error) error {
		for _, d := range docs {
			c.out.Compared++
			print, ok := c.indexed[d.ID()]
			delete(c.indexed, d.ID())
			switch {
			case !ok:
				c.out.Missing = append(c.out.Missing, d.ID())
			case print != d.Print():
				c.out.Stale = append(c.out.Stale, d.ID())
			}
		}
		if c.progress != nil {
			c.progress(c.out.Compared)
		}
		return err
	}
	err := f.each(c.ctx, c.source.PeopleAfter, func(ids []domain.ID) error { return compare(f.people(c.ctx, ids, &stems)) })
	if err != nil {
		return err
	}
	return f.each(c.ctx, c.source.VacanciesAfter, func(ids []domain.ID) error { return compare(f.vacancies(c.ctx, ids)) })
}

// changedSince waits for changes that a running transaction may still overtake: what they changed is visible already.
func (c *comparison) changedSince(at matching.Position) (map[domain.ID]bool, error) {
	moved := map[domain.ID]bool{}
	for {
		ch, err := c.source.Changes(c.ctx, at, batch)
		if err != nil {
			return nil, err
		}
		if ch.Lost {
			return nil, fmt.Errorf("feed: the index is older than the changes that are kept, or of another state of the database: it must be rebuilt")
		}
		for _, one := range ch.List {
			moved[one.ID] = true
		}
		at = ch.Next
		if ch.More {
			continue
		}
		if !ch.Waiting {
			return moved, nil
		}
		select {
		case <-c.ctx.Done():
			return nil, c.ctx.Err()
		case <-time.After(overtaken):
		}
	}
}

func (c *comparison) differences(moved map[domain.ID]bool) Differences {
	out := c.out
	out.Behind = len(moved)
	out.Missing, out.Stale = without(out.Missing, moved), without(out.Stale, moved)
	for id := range c.indexed {
		switch {
		case moved[id]:
		case c.ended[id]:
			out.Ended++
		default:
			out.Extra = append(out.Extra, id)
		}
	}
	return out
}

func without(ids []domain.ID, moved map[domain.ID]bool) []domain.ID {
	var out []domain.ID
	for _, id := range ids {
		if !moved[id] {
			out = append(out, id)
		}
	}
	return out
}
