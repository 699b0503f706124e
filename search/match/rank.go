package match

import (
	"cmp"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// ranked puts the first n in the order of matching.Rank: more points, then the longest waiting, then the lot. Lots are drawn only where the rest
// leaves the order open.
func (s *selection) ranked(question domain.ID, day domain.Date) ([]Hit, error) {
	return s.order(func(a, b entry) int {
		if a.key != b.key {
			return b.key - a.key
		}
		return int(a.since) - int(b.since)
	},
		func(id domain.ID) uint64 { return matching.Lot(id, question, day) })
}

// newest puts the first n in the order of lists: by key, then the newest, then by identifier, so that pages do not overlap.
func (s *selection) newest() ([]Hit, error) {
	return s.order(func(a, b entry) int {
		if a.key != b.key {
			return b.key - a.key
		}
		return int(b.since) - int(a.since)
	},
		func(domain.ID) uint64 { return 0 })
}

// order sorts the entries and gives the first n; equals are put in the order of their lots, then of their identifiers.
func (s *selection) order(compare func(a, b entry) int, lot func(domain.ID) uint64) ([]Hit, error) {
	s.drop()
	all := s.entries
	slices.SortFunc(all, compare)
	n := min(s.n, len(all))
	hits := make([]Hit, 0, n)
	for from := 0; from < n; {
		to := from + 1
		for to < len(all) && compare(all[from], all[to]) == 0 {
			to++
		}
		equals, err := draw(all[from:to], lot)
		if err != nil {
			return nil, err
		}
		hits = append(hits, equals...)
		from = to
	}
	return hits[:n], nil
}

func draw(equals []entry, lot func(domain.ID) uint64) ([]Hit, error) {
	type drawn struct {
		Hit
		stored string
		lot    uint64
	}
	out := make([]drawn, len(equals))
	for i, e := range equals {
		stored, err := e.segment.DocID(e.doc)
		if err != nil {
			return nil, err
		}
		id := index.UnpackID(stored)
		out[i] = drawn{Hit: Hit{ID: id, Points: e.key}, stored: stored, lot: 0}
		if len(equals) > 1 {
			out[i].lot = lot(id)
		}
	}
	slices.SortFunc(out, func(a, b drawn) int { return cmp.Or(cmp.Compare(a.lot, b.lot), cmp.Compare(a.stored, b.stored)) })
	hits := make([]Hit, len(out))
	for i, d := range out {
		hits[i] = d.Hit
	}
	return hits, nil
}

// sinceDays gives the day since when each document of a segment waits, counted from 1970; 0 where none is known, which sorts first.
func sinceDays(seg *index.Segment) ([]uint16, error) {
	return seg.Column("since", func(days []uint16) error {
		terms, err := seg.Terms(index.FieldSince)
		if err != nil {
			return err
		}
		for _, t := range terms {
			day, err := time.Parse(time.DateOnly, t.Text)
			if err != nil {
				continue
			}
			list, err := seg.Postings(index.FieldSince, t.Text)
			if err != nil {
				return err
			}
			n := uint16(max(0, day.Unix()/86400))
			for it := list.Iterator(); it.HasNext(); {
				days[it.Next()] = n
			}
		}
		return nil
	})
}
