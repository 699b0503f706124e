package match

import (
	"cmp"
	"fmt"
	"slices"
	"unsafe"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// winner is a document with its place.
type winner struct {
	doc  uint32
	rank matching.Rank
}

const winnerBytes = int(unsafe.Sizeof(winner{}))

// winners returns the first n documents in the order of matching.Rank. Waiting times are read, and lots drawn, only where points leave
// the order open.
func (x *execution) winners(n int, question domain.ID, day domain.Date) ([]winner, error) {
	all := x.contenders(n)
	if err := x.readSince(all); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b winner) int {
		return cmp.Or(a.rank.Compare(b.rank), cmp.Compare(a.doc, b.doc))
	})
	for from := 0; from < min(n, len(all)); {
		to := from + 1
		for to < len(all) && all[to].rank.Points == all[from].rank.Points && all[to].rank.Since == all[from].rank.Since {
			to++
		}
		if to-from > 1 {
			if err := x.drawLots(all[from:to], question, day); err != nil {
				return nil, err
			}
		}
		from = to
	}
	return all[:min(n, len(all))], nil
}

// contenders returns the touched documents that can be among the first n: those with at least the points of the n-th.
func (x *execution) contenders(n int) []winner {
	s := x.scratch
	most := int32(0)
	for _, doc := range s.touched {
		most = max(most, s.points[doc])
	}
	with := make([]int, most+1) // documents by points
	for _, doc := range s.touched {
		with[s.points[doc]]++
	}
	least, count := most, 0
	for ; least > 0; least-- {
		if count += with[least]; count >= n {
			break
		}
	}
	out := make([]winner, 0, count)
	for _, doc := range s.touched {
		if p := s.points[doc]; p >= least {
			out = append(out, winner{doc: doc, rank: matching.Rank{Points: int(p)}})
		}
	}
	return out
}

func (x *execution) readSince(all []winner) error {
	values, err := x.reader.DocValueReader([]string{index.FieldSince})
	if err != nil {
		return fmt.Errorf("match: waiting times: %w", err)
	}
	slices.SortFunc(all, func(a, b winner) int { return cmp.Compare(a.doc, b.doc) }) // doc values are read forwards
	var id bleveindex.IndexInternalID
	for i := range all {
		id = bleveindex.NewIndexInternalID(id, uint64(all[i].doc))
		err := values.VisitDocValues(id, func(_ string, term []byte) { all[i].rank.Since = string(term) })
		if err != nil {
			return fmt.Errorf("match: waiting times: %w", err)
		}
	}
	return nil
}

func (x *execution) drawLots(equals []winner, question domain.ID, day domain.Date) error {
	var id bleveindex.IndexInternalID
	for i := range equals {
		id = bleveindex.NewIndexInternalID(id, uint64(equals[i].doc))
		record, err := x.reader.ExternalID(id)
		if err != nil {
			return fmt.Errorf("match: lots: %w", err)
		}
		equals[i].rank.Lot = matching.Lot(index.UnpackID(record), question, day)
	}
	slices.SortFunc(equals, func(a, b winner) int { return a.rank.Compare(b.rank) })
	return nil
}
