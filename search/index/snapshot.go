package index

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/baara-platform/baara/domain"
)

// Snapshot is one state of the index: what is written meanwhile does not show. It is valid until the function it was given to returns.
//
// Bleve keeps documents in segments that never change but for a mark on deleted ones. Reading them directly, list by list, is several
// times faster than through Bleve's searchers, and what is derived from a segment can be kept as long as the segment ([Segment.Set]).
type Snapshot struct {
	Segments []*Segment
}

// Segment is a part of a snapshot. Its documents are numbered from 0 to Docs-1, deleted ones included.
type Segment struct {
	Docs    int
	id      uint64
	data    segment.Segment
	deleted *roaring.Bitmap
	kept    *keeper
	opened  map[string]segment.TermDictionary
}

func newSnapshot(r *scorch.IndexSnapshot, kept *keeper) *Snapshot {
	s := &Snapshot{}
	for _, part := range r.Segments() {
		s.Segments = append(s.Segments, &Segment{
			Docs: int(part.FullSize()), id: part.Id(), data: part.Segment(), deleted: part.Deleted(), kept: kept,
			opened: map[string]segment.TermDictionary{},
		})
	}
	kept.fit(s.Docs())
	return s
}

// Term is a term of a field and in how many documents it is, deleted ones included.
type Term struct {
	Text  string
	Count uint64
}

func (s *Segment) dictionary(field string) (segment.TermDictionary, error) {
	if d, ok := s.opened[field]; ok {
		return d, nil
	}
	d, err := s.data.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("index: dictionary of %s: %w", field, err)
	}
	s.opened[field] = d
	return d, nil
}

// Terms gives every term of a field, sorted.
func (s *Segment) Terms(field string) ([]Term, error) { return s.terms(field, "", nil) }

func (s *Segment) terms(field, prefix string, accept segment.Automaton) ([]Term, error) {
	d, err := s.dictionary(field)
	if err != nil {
		return nil, err
	}
	var from, to []byte
	if prefix != "" {
		from, to = []byte(prefix), after(prefix)
	}
	var out []Term
	it := d.AutomatonIterator(accept, from, to)
	for {
		e, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("index: dictionary of %s: %w", field, err)
		}
		if e == nil {
			return out, nil
		}
		out = append(out, Term{e.Term, e.Count})
	}
}

// after is the first word that sorts after all that begin with prefix; nil when there is none.
func after(prefix string) []byte {
	b := []byte(prefix)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < 0xff {
			b[i]++
			return b[:i+1]
		}
	}
	return nil
}

// Postings gives the documents that have a term, deleted ones included; nil when there are none. It must not be changed.
func (s *Segment) Postings(field, term string) (*roaring.Bitmap, error) {
	d, err := s.dictionary(field)
	if err != nil {
		return nil, err
	}
	list, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, fmt.Errorf("index: postings: %w", err)
	}
	it, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, nil // the list of nothing
	}
	if doc, single := it.DocNum1Hit(); single {
		return roaring.BitmapOf(uint32(doc)), nil
	}
	if b := it.ActualBitmap(); b != nil && !b.IsEmpty() {
		return b, nil
	}
	return nil, nil
}

// DocID gives the identifier of a document as it is stored; see [UnpackID].
func (s *Segment) DocID(doc uint32) (string, error) {
	id, err := s.data.DocID(uint64(doc))
	if err != nil {
		return "", fmt.Errorf("index: identifier: %w", err)
	}
	return string(id), nil
}

// Live takes the deleted documents out of a set.
func (s *Segment) Live(of Bits) {
	if s.deleted == nil {
		return
	}
	it := s.deleted.ManyIterator()
	var buffer [256]uint32
	for n := it.NextMany(buffer[:]); n > 0; n = it.NextMany(buffer[:]) {
		for _, doc := range buffer[:n] {
			of[doc>>6] &^= 1 << (doc & 63)
		}
	}
}

// Docs counts the documents, deleted ones included.
func (s *Snapshot) Docs() int {
	n := 0
	for _, seg := range s.Segments {
		n += seg.Docs
	}
	return n
}

// Count counts the documents that have a term, deleted ones included.
func (s *Snapshot) Count(field, term string) (uint64, error) {
	var n uint64
	for _, seg := range s.Segments {
		list, err := seg.Postings(field, term)
		if err != nil {
			return 0, err
		}
		if list != nil {
			n += list.GetCardinality()
		}
	}
	return n, nil
}

// Entry is a document as it is told by.
type Entry struct {
	Segment *Segment
	Doc     uint32
	ID      domain.ID
	Print   uint16 // see [Document.Print]
}

// Each calls visit with every document that is not deleted, in no order.
func (s *Snapshot) Each(visit func(Entry) error) error {
	for _, seg := range s.Segments {
		prints, err := seg.Prints()
		if err != nil {
			return err
		}
		all := NewBits(seg.Docs)
		all.Fill(seg.Docs)
		seg.Live(all)
		all.Each(func(doc uint32) {
			if err != nil {
				return
			}
			var stored string
			if stored, err = seg.DocID(doc); err == nil {
				err = visit(Entry{seg, doc, UnpackID(stored), prints[doc]})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
