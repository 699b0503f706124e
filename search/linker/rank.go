package linker

import (
	"cmp"
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
	for _, n := range r.stems {
		s.asked[n] = true
		for _, f := range d.withStem.of(n) {
			s.meet(f)
			s.shared[f].common += d.rarity[n]
		}
	}
}

func (s *scratch) meet(f uint32) {
	if s.shared[f] == (shared{}) {
		s.forms = append(s.forms, f)
	}
}

// gatherAlike finds the forms with words that look like one of the reading.
func (d *dictionary) gatherAlike(s *scratch, r *reading, i int) {
	w := &r.words[i]
	alike := s.word(i, len(d.words.list))
	for _, g := range w.vector {
		weight := d.words.weight[g.group]
		for _, n := range d.words.in.of(g.group) {
			if alike[n] == 0 {
				s.touched[i] = append(s.touched[i], n)
			}
			alike[n] += g.count * weight * weight
		}
	}
	if w.open && len(w.vector) == 0 && len(r.words) > 1 { // a letter has no group: all that begin with it
		d.words.beginning(w.word, func(n uint32) {
			alike[n] = w.length * w.length
			s.touched[i] = append(s.touched[i], n)
		})
	}
	for _, n := range s.touched[i] {
		product := alike[n]
		if w.open {
			alike[n] = min(1, product/(w.length*w.length)) // the share of what was typed: it may go on to any length
		} else {
			alike[n] = product / (w.length * d.words.lengths[n])
		}
		if alike[n] < alikeEnough || w.open && alike[n] < openEnough {
			continue
		}
		begins := w.open && r.goesOn && alike[n] > 0.999
		for _, f := range d.withWord.of(n) {
			s.meet(f)
			s.shared[f].product += product
			if begins {
				s.shared[f].common += unfinished * rarity(len(d.forms), 0)
			}
		}
	}
}

// openEnough is the share of an unfinished word that a word must have.
const openEnough = 0.6

// likeness is how alike a form is to a reading by letters (cosine) and by words (Dice, rare words weigh more).
func (d *dictionary) likeness(s *scratch, r *reading, f uint32) (letters, words float32) {
	has, of := &s.shared[f], &d.sizes[f]
	return has.product / (r.spelling * of.spelling), 2 * has.common / (r.weight + of.weight)
}

// candidate is a concept with what speaks for it.
type candidate struct {
	concept  uint32
	form     uint32 // its name that answers best
	features features
	said     float32 // the largest share of a name of it that was said
	score    float32
}

// candidates gives the concepts that deserve a close look.
func (d *dictionary) candidates(s *scratch, r *reading, n int) []scored {
	for _, f := range s.forms {
		letters, words := d.likeness(s, r, f)
		c := d.sizes[f].concept
		if s.best[c] == 0 {
			s.concepts = append(s.concepts, scored{concept: c})
		}
		s.best[c] = max(s.best[c], letters+words)
	}
	out := s.concepts
	for i := range out {
		out[i].score = s.best[out[i].concept]
	}
	if len(out) <= n {
		return out
	}
	// Who stands behind n others is not sorted: common words bring thousands.
	bar := nthBest(out, n)
	out = slices.DeleteFunc(slices.Clone(out), func(c scored) bool { return c.score < bar })
	slices.SortFunc(out, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.concept, b.concept)) })
	return out[:n]
}

// nthBest gives a score that at least n candidates reach, and few more.
func nthBest(list []scored, n int) float32 {
	const steps = 256 // scores are 0–2
	var counts [steps]int
	for i := range list {
		counts[min(int(list[i].score*steps/2), steps-1)]++
	}
	seen := 0
	for i := steps - 1; i >= 0; i-- {
		if seen += counts[i]; seen >= n {
			return float32(i) * 2 / steps
		}
	}
	return 0
}

func compareCandidates(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.concept, b.concept))
}

// ownLanguage is what a name in the asker's language is worth more: enough to decide between equals.
const ownLanguage = 0.05

// rank gives the concepts for a question, best first.
func (d *dictionary) rank(w *weights, readings []reading, n int, lang string) []candidate {
	var out []candidate
	at := map[uint32]int{}
	s := d.borrow()
	defer d.giveBack(s)
	for i := range readings {
		r := &readings[i]
		d.gather(s, r)
		for _, one := range d.candidates(s, r, n) {
			c := candidate{concept: one.concept}
			d.look(s, r, &c)
			if k, ok := at[c.concept]; ok {
				out[k].merge(&c)
			} else {
				at[c.concept] = len(out)
				out = append(out, c)
			}
		}
		s.clear(r)
	}
	for i := range out {
		c := &out[i]
		c.score = w.score(&c.features)
		if lang != "" && d.forms[c.form].language() == lang {
			c.score += ownLanguage
		}
	}
	slices.SortFunc(out, compareCandidates)
	return out
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
