package linker

import (
	"hash/maphash"
	"math"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
)

// dictionary holds the labels of one kind of concept in flat arrays: words are numbers, labels are runs of numbers. It is never changed
// after it was built.
type dictionary struct {
	concepts []concept
	labels   []label
	words    []uint32 // of all labels, one after the other, sorted within a label
	stems    map[string]uint32
	names    []string  // of stems, by number
	rarity   []float32 // of stems: logarithm of how many labels there are for one that has it
	first    []uint32  // of stems: where their labels begin in has; one longer than stems
	has      []uint32  // labels by stem
	exact    []form    // labels by the hash of their neutral words, sorted
	sorted   []uint32  // stems in alphabetical order, for prefixes
	near     neighbours
	seed     maphash.Seed
}

type concept struct {
	id   domain.ID
	isco string
}

type label struct {
	concept   uint32
	from      uint32 // into words; the next label's from ends it
	weight    float32
	lang      [3]byte
	preferred bool
}

// wordsOf returns the stems of a label.
func (d *dictionary) wordsOf(n uint32) []uint32 {
	to := uint32(len(d.words))
	if int(n)+1 < len(d.labels) {
		to = d.labels[n+1].from
	}
	return d.words[d.labels[n].from:to]
}

func (d *dictionary) labelsWith(stem uint32) []uint32 { return d.has[d.first[stem]:d.first[stem+1]] }

// builder gathers labels.
type builder struct {
	*dictionary
	concept map[domain.ID]uint32
}

func newBuilder() *builder {
	return &builder{
		dictionary: &dictionary{stems: map[string]uint32{}, seed: maphash.MakeSeed()},
		concept:    map[domain.ID]uint32{},
	}
}

func (b *builder) add(c taxonomy.Concept, l taxonomy.Label) {
	neutral := text.Neutral(l.Text)
	if neutral == "" {
		return
	}
	n, ok := b.concept[c.ID]
	if !ok {
		n = uint32(len(b.concepts))
		b.concept[c.ID] = n
		b.concepts = append(b.concepts, concept{c.ID, c.ISCO})
	}
	number := uint32(len(b.labels))
	entry := label{concept: n, from: uint32(len(b.words)), preferred: l.Preferred}
	copy(entry.lang[:], l.Lang)
	b.labels = append(b.labels, entry)
	for _, stem := range distinct(text.NeutralStems(neutral)) {
		s, ok := b.stems[stem]
		if !ok {
			s = uint32(len(b.names))
			b.stems[stem] = s
			b.names = append(b.names, stem)
		}
		b.words = append(b.words, s)
	}
	slices.Sort(b.words[entry.from:])
	b.exact = append(b.exact, form{maphash.String(b.seed, neutral), number})
}

func (b *builder) build() *dictionary {
	d := b.dictionary
	d.first = make([]uint32, len(d.names)+1)
	for _, s := range d.words {
		d.first[s+1]++
	}
	d.rarity = make([]float32, len(d.names))
	for s := range d.names {
		d.rarity[s] = rarity(len(d.labels), int(d.first[s+1]))
		d.first[s+1] += d.first[s]
	}
	next := slices.Clone(d.first)
	d.has = make([]uint32, len(d.words))
	for n := range d.labels {
		for _, s := range d.wordsOf(uint32(n)) {
			d.has[next[s]] = uint32(n)
			next[s]++
			d.labels[n].weight += d.rarity[s]
		}
	}
	d.sorted = make([]uint32, len(d.names))
	for i := range d.sorted {
		d.sorted[i] = uint32(i)
	}
	slices.SortFunc(d.sorted, func(a, b uint32) int { return strings.Compare(d.names[a], d.names[b]) })
	sortForms(d.exact)
	d.near = newNeighbours(d.names, d.seed)
	return d
}

// rarity is the weight of a stem that so many of all labels have; of one that none has, it is that of the rarest.
func rarity(labels, with int) float32 {
	return float32(math.Log(1 + float64(labels)/float64(max(1, with))))
}

func distinct(stems []string) []string {
	slices.Sort(stems)
	return slices.Compact(stems)
}
