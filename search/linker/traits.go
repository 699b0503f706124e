package linker

// traits are what a concept is looked at closely by, of all its forms, each once and in order.
type traits struct {
	forms int         // how many
	words []uint32    // of all forms
	stems []uint32    // likewise
	heads [2][]uint32 // in languages where the head stands first, and where it stands last
}

// learnTraits puts the traits of each concept into one run of memory: how many forms, words, stems and first heads there are, then these
// and the last heads. Concepts come in any order, so each run is fetched from far; there is one to fetch instead of five.
func (d *dictionary) learnTraits(stemsOf postings) {
	wordsOf := d.ofConcepts(d.tokensOf)
	var headsOf [2]postings
	for place := range headsOf {
		headsOf[place] = d.ofConcepts(func(f uint32) []uint32 { return d.headOf(f, place) })
	}
	sizes := len(wordsOf.has) + len(stemsOf.has) + len(headsOf[0].has) + len(headsOf[1].has)
	p := postings{make([]uint32, 1, len(d.concepts)+1), make([]uint32, 0, sizes+4*len(d.concepts))}
	for c := range d.concepts {
		c := uint32(c)
		words, stems, first, last := wordsOf.of(c), stemsOf.of(c), headsOf[0].of(c), headsOf[1].of(c)
		p.has = append(p.has, uint32(d.formCount(c)), uint32(len(words)), uint32(len(stems)), uint32(len(first)))
		for _, list := range [][]uint32{words, stems, first, last} {
			p.has = append(p.has, list...)
		}
		p.first = append(p.first, uint32(len(p.has)))
	}
	d.traits = p
}

func (d *dictionary) traitsOf(c uint32) traits {
	run := d.traits.of(c)
	words := 4 + run[1]
	stems := words + run[2]
	first := stems + run[3]
	return traits{int(run[0]), run[4:words], run[words:stems], [2][]uint32{run[stems:first], run[first:]}}
}
