package match

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// window is how many documents are counted at a time: their cells stay in the processor's cache while one list after the other is added to them.
const window = 1 << 14

// A cell counts one document: its points and the last group that gave it some (from 1).
//
//	points 32 bits | last group 32 bits
type cell = uint64

const (
	lastGroup = 1<<32 - 1
	onePoint  = 1 << 32
)

// list is documents that are worth the same, read in portions.
type list struct {
	documents roaring.ManyIntIterable
	group     cell
	worth     cell // of a document in it
	weak      bool // counts only for a document that has points already
	rest      []uint32
	buffer    [256]uint32
}

// scratch is the working memory of a run, kept between runs.
type scratch struct {
	cells   [window]cell
	touched []uint32
	allowed index.Bits
	found   index.Bits
	lists   []list
}

// counted is told of every document that passes and is in at least one list: what it is worth.
type counted func(doc uint32, points int)

// accumulate adds up, for the documents of a segment that may pass, what the first list of each group that they are in is worth. Groups come in order
// and the best lists first, so a document that a group has given points takes no more from it, and weak lists, which stand in the last
// group, find there what all others gave.
func (s *scratch) accumulate(ctx context.Context, seg *index.Segment, tell counted) error {
	for from := 0; from < seg.Docs && len(s.lists) > 0; from += window {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range s.lists {
			s.lists[i].addTo(s, uint32(from))
		}
		for _, at := range s.touched {
			c := s.cells[at]
			s.cells[at] = 0
			tell(uint32(from)+at, int(c>>32))
		}
		s.touched = s.touched[:0]
	}
	return nil
}

// terms lists the documents of each alternative of each group.
func (s *scratch) terms(seg *index.Segment, groups []matching.Group) error {
	s.lists = s.lists[:0]
	for i, g := range groups {
		for _, a := range g.Alternatives {
			documents, err := seg.Postings(a.Field, a.Term)
			if err != nil {
				return err
			}
			s.list(documents, i, a.Points, a.Weak)
		}
	}
	return nil
}

// list adds the documents of a group's next list; nil for none.
func (s *scratch) list(documents *roaring.Bitmap, group, points int, weak bool) {
	if documents == nil {
		return
	}
	if len(s.lists) == cap(s.lists) {
		s.lists = append(s.lists, list{})
	} else {
		s.lists = s.lists[:len(s.lists)+1]
	}
	l := &s.lists[len(s.lists)-1]
	l.documents, l.group, l.worth, l.weak, l.rest = documents.ManyIterator(), cell(group+1), cell(points)*onePoint, weak, nil
}

// addTo counts the list's documents of the window that begins at from.
func (l *list) addTo(s *scratch, from uint32) {
	for {
		if len(l.rest) == 0 {
			n := l.documents.NextMany(l.buffer[:])
			if n == 0 {
				return
			}
			l.rest = l.buffer[:n]
		}
		for i, doc := range l.rest {
			if doc-from >= window {
				l.rest = l.rest[i:]
				return
			}
			if s.allowed[doc>>6]&(1<<(doc&63)) == 0 {
				continue
			}
			at := doc - from
			c := s.cells[at]
			if c&lastGroup == l.group {
				continue
			}
			if c == 0 {
				if l.weak {
					continue
				}
				s.touched = append(s.touched, at)
			}
			s.cells[at] = c&^lastGroup + l.group + l.worth
		}
		l.rest = nil
	}
}

// prepare makes the set of allowed documents fit the segment and fills it.
func (s *scratch) prepare(seg *index.Segment, p matching.Plan) error {
	s.allowed = s.allowed.Emptied(seg.Docs)
	return allowed(seg, p, s.allowed)
}
