package index

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// Bits is a set of the documents of a segment, one bit each, always as long as the segment.
type Bits []uint64

// NewBits returns an empty set for so many documents.
func NewBits(docs int) Bits { return make(Bits, (docs+63)/64) }

// Emptied returns an empty set for so many documents, in the memory of b where that is enough.
func (b Bits) Emptied(docs int) Bits {
	n := (docs + 63) / 64
	if cap(b) < n {
		return make(Bits, n)
	}
	b = b[:n]
	clear(b)
	return b
}

// Has reports whether a document is in the set.
func (b Bits) Has(doc uint32) bool { return b[doc>>6]&(1<<(doc&63)) != 0 }

// Put adds a document.
func (b Bits) Put(doc uint32) { b[doc>>6] |= 1 << (doc & 63) }

// Fill puts all of so many documents in.
func (b Bits) Fill(docs int) {
	for i := range b {
		b[i] = ^uint64(0)
	}
	if rest := docs & 63; rest > 0 {
		b[len(b)-1] = 1<<rest - 1
	}
}

// And keeps what is also in other.
func (b Bits) And(other Bits) {
	other = other[:len(b)]
	for i := range b {
		b[i] &= other[i]
	}
}

// AndNot drops what is in other.
func (b Bits) AndNot(other Bits) {
	other = other[:len(b)]
	for i := range b {
		b[i] &^= other[i]
	}
}

// Add puts the documents of a list in.
func (b Bits) Add(list *roaring.Bitmap) {
	b.each(list, func(doc uint32) { b[doc>>6] |= 1 << (doc & 63) })
}

// Remove takes the documents of a list out.
func (b Bits) Remove(list *roaring.Bitmap) {
	b.each(list, func(doc uint32) { b[doc>>6] &^= 1 << (doc & 63) })
}

func (b Bits) each(list *roaring.Bitmap, do func(doc uint32)) {
	if list == nil {
		return
	}
	it := list.ManyIterator()
	var buffer [256]uint32
	for n := it.NextMany(buffer[:]); n > 0; n = it.NextMany(buffer[:]) {
		for _, doc := range buffer[:n] {
			do(doc)
		}
	}
}

// Count counts the documents.
func (b Bits) Count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// CountAnd counts the documents that are also in other.
func (b Bits) CountAnd(other Bits) int {
	n := 0
	other = other[:len(b)]
	for i, word := range b {
		n += bits.OnesCount64(word & other[i])
	}
	return n
}

// CountAmong counts how many of the documents are in the set.
func (b Bits) CountAmong(docs []uint32) int {
	n := 0
	for _, doc := range docs {
		n += int(b[doc>>6] >> (doc & 63) & 1)
	}
	return n
}

// Each calls visit with the documents, in order.
func (b Bits) Each(visit func(doc uint32)) {
	for i, word := range b {
		for word != 0 {
			visit(uint32(i<<6 | bits.TrailingZeros64(word)))
			word &= word - 1
		}
	}
}
