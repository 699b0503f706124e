package index

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
)

// Print is a fingerprint of all that a document says. Two that differ have the same one time in 65,536: enough to find an index that does not follow.
func (d Document) Print() uint16 {
	h := fnv.New32a()
	for _, field := range slices.Sorted(maps.Keys(d.terms)) {
		h.Write([]byte(field))
		h.Write([]byte{0})
		for _, t := range slices.Sorted(slices.Values(d.terms[field])) {
			h.Write([]byte(t))
			h.Write([]byte{0})
		}
	}
	sum := h.Sum32()
	return uint16(sum ^ sum>>16)
}

// printTerms writes a fingerprint as two terms of a byte each: lists of many documents take less room than many lists of few.
func printTerms(p uint16) []string {
	return []string{fmt.Sprintf("a%02x", p>>8), fmt.Sprintf("b%02x", p&0xff)}
}

// Prints gives the fingerprint of each document of a segment.
func (s *Segment) Prints() ([]uint16, error) {
	terms, err := s.Terms(FieldPrint)
	if err != nil {
		return nil, err
	}
	prints := make([]uint16, s.Docs)
	for _, t := range terms {
		half, err := strconv.ParseUint(t.Text[1:], 16, 8)
		if err != nil {
			return nil, fmt.Errorf("index: fingerprint %q: %w", t.Text, err)
		}
		if t.Text[0] == 'a' {
			half <<= 8
		}
		list, err := s.Postings(FieldPrint, t.Text)
		if err != nil {
			return nil, err
		}
		for it := list.Iterator(); it.HasNext(); {
			prints[it.Next()] |= uint16(half)
		}
	}
	return prints, nil
}
