package linker

import (
	"cmp"
	"math"
	"slices"
)

// alikeEnough is how alike a word must look to be taken for one of the question. Less only costs time.
const alikeEnough = 0.15

// looked is how many concepts are looked at closely: the best by words and letters alone.
const looked = 150

// gather finds the forms that have something in common with a reading.
func (d *dictionary) gather(s *scratch, r *reading) {
	for i := range r.words {
		d.gatherAlike(s, r, i)
	}
	for i, n := range r.stems {
		rarity := d.rarity[n]
		for _, f := range d.withStem.of(n) {
			s.met.add(f)
			s.forms[f].common += rarity
			s.forms[f].stems |= 1 << i
		}
		for _, other := range d.related[n] {
			s.related.add(other.stem)
		}
	}
	s.found = s.met.appendTo(s.found)
}

// gatherAlike finds the forms with words that look like one of the reading.
func (d *dictionary) gatherAlike(s *scratch, r *reading, i int) {
	w, products := &r.words[i], s.word(i, len(d.words.list))
	d.compare(s, w, products, len(r.words) > 1)
	for _, n := range s.touched {
		s.near.add(n)
		product := products[n]
		alike := d.alike(w, n, product)
		if alike < alikeEnough || w.open && alike < openEnough {
			continue
		}
		begins := w.open && r.goesOn && alike > 0.999
		for _, f := range d.withWord.of(n) {
			s.met.add(f)
			s.forms[f].product += product
			if begins {
				s.forms[f].common += unfinished * rarity(len(d.forms), 0)
			}
		}
	}
}

// alike is how alike a word of the question and one of the dictionary look, 0–1, by the product of their vectors.
func (d *dictionary) alike(w *spelt, n uint32, product float32) float32 {
	if w.open {
		return min(1, product/(w.length*w.length)) // the share of what was typed: it may go on to any length
	}
	return product / (w.length * d.words.lengths[n])
}

// compare multiplies the vector of a word with those of the dictionary's words.
func (d *dictionary) compare(s *scratch, w *spelt, products []float32, among bool) {
	touched := s.touched[:0]
	for _, g := range w.vector {
		weight := d.words.weight[g.group]
		more := g.count * weight * weight
		for _, n := range d.words.in.of(g.group) {
			if products[n] == 0 {
				touched = append(touched, n)
			}
			products[n] += more
		}
	}
	if w.open && len(w.vector) == 0 && among { // a letter has no group: all that begin with it
		d.words.beginning(w.word, func(n uint32) {
			products[n] = w.length * w.length
			touched = append(touched, n)
		})
	}
	s.touched = touched
}

// openEnough is the share of an unfinished word that a word must have.
const openEnough = 0.6

// likeness is how alike a form is to a reading by letters (cosine) and by words (Dice, rare words weigh more).
func (f *weighed) likeness(r *reading) (letters, words float32) {
	return f.product / (r.spelling * f.spelling), 2 * f.common / (r.weight + f.weight)
}

// candidate is a concept with what speaks for it.
type candidate struct {
	concept  uint32
	form     uint32 // its name that answers best
	features features
	said     float32 // the largest share of a name of it that was said
	score    float32
}

// candidates gives the concepts that deserve a close look, in no order.
func (s *scratch) candidates(r *reading, n int) []scored {
	last := scored{concept: math.MaxUint32}
	for i, n := range s.found { // those of a concept stand together
		f := &s.forms[n]
		letters, words := f.likeness(r)
		if c := f.concept; c != last.concept {
			if i > 0 {
				s.concepts = append(s.concepts, last)
			}
			last = scored{concept: c, from: uint32(i)}
		}
		last.score, last.to = max(last.score, letters+words), uint32(i+1)
	}
	if len(s.found) > 0 {
		s.concepts = append(s.concepts, last)
	}
	if len(s.concepts) <= n {
		return s.concepts
	}
	// Who is surely among the first n, and who surely is not, is not sorted: common words bring thousands.
	bar, above := nthBest(s.concepts, n)
	s.picked, s.edge = s.picked[:0], s.edge[:0]
	for _, c := range s.concepts {
		switch {
		case c.score >= above:
			s.picked = append(s.picked, c)
		case c.score >= bar:
			s.edge = append(s.edge, c)
		}
	}
	slices.SortFunc(s.edge, compareScored)
	s.picked = append(s.picked, s.edge[:n-len(s.picked)]...)
	return s.picked
}

func compareScored(a, b scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.concept, b.concept))
}

// nthBest gives a score that at least n candidates reach, and a higher one that fewer than n reach.
func nthBest(list []scored, n int) (bar, above float32) {
	const steps = 256 // scores are 0–2
	var counts [steps]int
	for i := range list {
		counts[min(int(list[i].score*steps/2), steps-1)]++
	}
	seen := 0
	above = float32(math.Inf(1))
	for i := steps - 1; i >= 0; i-- {
		bar = float32(i) * 2 / steps
		if seen += counts[i]; seen >= n {
			return bar, above
		}
		above = bar
	}
	return 0, above
}

// ownLanguage is what a name in the asker's language is worth more: enough to decide between equals.
const ownLanguage = 0.05

// rank gives the concepts for a question, best first.
func (d *dictionary) rank(w *weights, readings []reading, n int, lang string) []candidate {
	asked := langOf(lang)
	s := d.borrow()
	defer d.giveBack(s)
	out := s.candidate[:0]
	for i := range readings {
		r := &readings[i]
		d.gather(s, r)
		for _, one := range s.candidates(r, n) {
			c := candidate{concept: one.concept}
			d.look(s, r, one, &c)
			if i > 0 {
				if k := s.places[c.concept]; k > 0 {
					out[k-1].merge(&c)
					continue
				}
			}
			out = append(out, c)
			if len(readings) > 1 {
				s.places[c.concept] = int32(len(out))
			}
		}
		s.clear(r)
	}
	order := s.picked[:0]
	for i := range out {
		c := &out[i]
		if len(readings) > 1 {
			s.places[c.concept] = 0
		}
		c.score = w.score(&c.features)
		if lang != "" && d.sizes[c.form].lang == asked {
			c.score += ownLanguage
		}
		order = append(order, scored{concept: c.concept, score: c.score, from: uint32(i)})
	}
	slices.SortFunc(order, compareScored) // not the candidates themselves: they are large
	sorted := make([]candidate, len(out))
	for i := range order {
		sorted[i] = out[order[i].from]
	}
	s.picked, s.candidate = order, out
	return sorted
}

// merge keeps what is best of two readings.
func (c *candidate) merge(other *candidate) {
	if other.features[byBoth] > c.features[byBoth] {
		c.form = other.form
	}
	c.said = max(c.said, other.said)
	for i := range c.features {
		c.features[i] = max(c.features[i], other.features[i])
	}
}
