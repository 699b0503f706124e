package match

// bitset is a set of document numbers, one bit each; it grows as needed. Numbers beyond its end are not in it.
type bitset []uint64

func (b *bitset) put(doc uint32) {
	word := int(doc >> 6)
	if word >= len(*b) {
		*b = append(*b, make([]uint64, max(word+1, 2*len(*b))-len(*b))...)
	}
	(*b)[word] |= 1 << (doc & 63)
}

func (b *bitset) remove(doc uint32) {
	if word := int(doc >> 6); word < len(*b) {
		(*b)[word] &^= 1 << (doc & 63)
	}
}

func (b bitset) has(doc uint32) bool {
	word := int(doc >> 6)
	return word < len(b) && b[word]&(1<<(doc&63)) != 0
}

// and keeps what is also in other.
func (b *bitset) and(other bitset) {
	for i := range *b {
		if i < len(other) {
			(*b)[i] &= other[i]
		} else {
			(*b)[i] = 0
		}
	}
}

// andNot drops what is in other.
func (b *bitset) andNot(other bitset) {
	for i := range min(len(*b), len(other)) {
		(*b)[i] &^= other[i]
	}
}
