package index

import (
	"errors"
	"fmt"
	"testing"
)

func TestSetsAreKeptWithinBounds(t *testing.T) {
	k := newKeeper()
	seg := &Segment{Docs: 1 << 20, id: 1, kept: k}
	made := 0
	set := func(name string) {
		t.Helper()
		b, err := seg.Set(name, func(b Bits) error { made++; b.Put(7); return nil })
		must(t, err)
		if b.Count() != 1 || !b.Has(7) {
			t.Fatalf("%s holds %d", name, b.Count())
		}
	}
	set("often")
	for n := range 2000 { // four times what there is room for
		set(fmt.Sprint("once ", n))
		set("often")
	}
	if made != 2001 {
		t.Errorf("%d sets were made, 2001 are different: what is asked for again and again must stay", made)
	}
	bytes := 0
	for _, half := range []map[keepKey]kept{k.newer, k.older} {
		for _, v := range half {
			bytes += v.bytes
		}
	}
	if bytes > leastKept || bytes < leastKept/4 {
		t.Errorf("%d bytes are kept", bytes)
	}
	if _, err := seg.Set("failing", func(Bits) error { return errors.New("unreadable") }); err == nil {
		t.Error("a set that could not be made was given")
	}
	k.fit(100 << 20)
	if k.most != 100<<20*keptPerDoc {
		t.Errorf("room for %d bytes", k.most)
	}
}

func TestBits(t *testing.T) {
	b := NewBits(130)
	b.Fill(130)
	if b.Count() != 130 {
		t.Errorf("full it holds %d of 130", b.Count())
	}
	other := NewBits(130)
	for _, doc := range []uint32{0, 63, 64, 129} {
		other.Put(doc)
	}
	if b.CountAnd(other) != 4 {
		t.Errorf("%d in both", b.CountAnd(other))
	}
	b.And(other)
	var docs []uint32
	b.Each(func(doc uint32) { docs = append(docs, doc) })
	if fmt.Sprint(docs) != "[0 63 64 129]" {
		t.Errorf("left are %v", docs)
	}
}
