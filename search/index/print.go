package index

import (
	"fmt"
	"strconv"
)

// Print is a fingerprint of all that a document says. Two that differ have the same one time in 65,536: enough to find an index that does not follow.
// Terms are added up, each mixed by itself, since they come in no order.
func (d Document) Print() uint16 {
	var sum uint64
	for field, terms := range d.terms {
		of := fnv(fnvStart, field) * fnvPrime // as for a zero byte between the two
		for _, t := range terms {
			sum += mix(fnv(of, t))
		}
	}
	return uint16(sum >> 48) // its upper bits
}

// The 64-bit FNV-1a hash, without the allocations of hash/fnv.
const (
	fnvStart = 14695981039346656037
	fnvPrime = 1099511628211
)

func fnv(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// mix is the finaliser of SplitMix64: FNV leaves neighbouring inputs close in the high bits.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
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
