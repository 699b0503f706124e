package match

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/baara-platform/baara/search/index"
)

// anyOf lists the documents that meet any of the words.
func (s *scratch) anyOf(seg *index.Segment, words []word) error {
	s.lists = s.lists[:0]
	for i, w := range words {
		for _, way := range w {
			docs, err := way.docs(seg)
			if err != nil {
				return err
			}
			s.list(docs, i, way.points, false)
		}
	}
	return nil
}

// together lists the documents that meet all of the words, and none else: the rarest word first, so that of the lists of common ones hardly more
// is looked at than what the rare ones left.
func (s *scratch) together(seg *index.Segment, words []word) error {
	s.lists = s.lists[:0]
	type lists struct {
		byWay []*roaring.Bitmap
		docs  uint64
	}
	of := make([]lists, len(words))
	for i, w := range words {
		of[i].byWay = make([]*roaring.Bitmap, len(w))
		for n, way := range w {
			docs, err := way.docs(seg)
			if err != nil {
				return err
			}
			if docs != nil {
				of[i].byWay[n] = docs
				of[i].docs += docs.GetCardinality()
			}
		}
		if of[i].docs == 0 {
			return nil
		}
	}
	order := slices.Clone(of)
	slices.SortFunc(order, func(a, b lists) int { return cmp.Compare(a.docs, b.docs) })
	left := either(order[0].byWay)
	for _, o := range order[1:] {
		keep(o.byWay, left)
		left = either(o.byWay)
		if left.IsEmpty() {
			return nil
		}
	}
	for i, o := range of {
		keep(o.byWay, left)
		for n, docs := range o.byWay {
			s.list(docs, i, words[i][n].points, false)
		}
	}
	return nil
}

// keep leaves in each list what is also in left.
func keep(lists []*roaring.Bitmap, left *roaring.Bitmap) {
	for i, docs := range lists {
		if docs != nil {
			lists[i] = roaring.And(left, docs)
		}
	}
}

// either gives what is in any of the lists, which must not be changed: it may be one of them.
func either(lists []*roaring.Bitmap) *roaring.Bitmap {
	var out *roaring.Bitmap
	for _, docs := range lists {
		switch {
		case docs == nil:
		case out == nil:
			out = docs
		default:
			out = roaring.Or(out, docs)
		}
	}
	return out
}
