package linker

import (
	"math/bits"
	"slices"
)

// The features of a concept for a question. All are 0–1; names of one language are as good as those of another.
const (
	byLetters      = iota // its name most alike by letters
	byWords               // its name with most words in common
	byBoth                // the mean of these two for one name
	ofPreferred           // the same of its preferred name alone
	ofThree               // the mean of the same over its three best names
	ofAll                 // the mean of the same over all its names
	covered               // the share of the question's words that its names have between them
	coveredNearly         // the same, by letters: the likest word of any name
	repeated              // the same as covered, but a word counts more the more names have it
	coveredRelated        // the same as covered, but a related word of its names counts by how related
	contained             // the best name's share that the question has, times byBoth
	sameHead              // how alike the heads are
	sameWords             // the question is one of its names
	samePreferred         // … is its preferred name
	isGroup               // it is a group of occupations
	featureCount
)

// featureNames are the features by their places.
func featureNames() [featureCount]string {
	return [featureCount]string{
		"byLetters", "byWords", "byBoth", "ofPreferred", "ofThree", "ofAll", "covered", "coveredNearly",
		"repeated", "coveredRelated", "contained", "sameHead", "sameWords", "samePreferred", "isGroup",
	}
}

type features [featureCount]float32

// look works the features of a candidate out. Its names that have nothing in common with the question add nothing.
func (d *dictionary) look(s *scratch, r *reading, one scored, c *candidate) {
	x := &c.features
	t := d.traitsOf(c.concept)
	forms := float32(t.forms)
	var counts [mostWords]float32 // by stem of the question
	three := [3]float32{}
	best := float32(-1)
	for _, n := range s.found[one.from:one.to] {
		f := &s.forms[n]
		letters, words := f.likeness(r)
		both := (letters + words) / 2
		if both > best {
			best, c.form = both, n
		}
		x[byLetters], x[byWords], x[byBoth] = max(x[byLetters], letters), max(x[byWords], words), max(x[byBoth], both)
		x[ofAll] += both / forms
		if f.preferred {
			x[ofPreferred] = max(x[ofPreferred], both)
			if words >= 0.999 {
				x[samePreferred] = 1
			}
		}
		if f.weight > 0 {
			said := f.common / f.weight
			c.said = max(c.said, said)
			x[contained] = max(x[contained], both*said)
		}
		switch { // the best first
		case both > three[0]:
			three = [3]float32{both, three[0], three[1]}
		case both > three[1]:
			three = [3]float32{three[0], both, three[1]}
		case both > three[2]:
			three[2] = both
		}
		for stems := f.stems; stems != 0; stems &= stems - 1 {
			counts[bits.TrailingZeros16(stems)]++
		}
	}
	x[ofThree] = (three[0] + three[1] + three[2]) / 3
	if forms < 3 {
		x[ofThree] = three[0]
	}
	for i, n := range r.stems {
		if counts[i] > 0 {
			x[covered] += d.rarity[n] / r.weight
			x[coveredRelated] += d.rarity[n] / r.weight
			x[repeated] += d.rarity[n] / r.weight * counts[i] / (counts[i] + 1.2)
		}
	}
	d.lookAtRelated(s, r, c, t.stems, &counts)
	d.lookAtWords(s, r, c, &t)
	if slices.Contains(r.named, c.concept) {
		x[sameWords] = 1
	}
	if d.groups.has(c.concept) {
		x[isGroup] = 1
	}
}

// lookAtRelated adds the stems of the question that no name has, by how related the nearest word of the candidate's names is.
func (d *dictionary) lookAtRelated(s *scratch, r *reading, c *candidate, stems []uint32, counts *[mostWords]float32) {
	own := s.own[:0]
	for _, t := range stems {
		if s.related.has(t) {
			own = append(own, t)
		}
	}
	s.own = own
	if len(own) == 0 {
		return
	}
	for i, n := range r.stems {
		if counts[i] == 0 {
			c.features[coveredRelated] += d.rarity[n] / r.weight * d.nearestRelated(n, own)
		}
	}
}

// nearestRelated is how related the nearest of some stems is to another.
func (d *dictionary) nearestRelated(n uint32, stems []uint32) float32 {
	for _, other := range d.related[n] { // the nearest first
		if slices.Contains(stems, other.stem) {
			return other.share
		}
	}
	return 0
}

// lookAtWords compares the question's words with those of all names of a candidate.
func (d *dictionary) lookAtWords(s *scratch, r *reading, c *candidate, t *traits) {
	x := &c.features
	var nearest [mostWords]float32
	for _, n := range t.words {
		if !s.near.has(n) {
			continue
		}
		for i := range r.words {
			if product := s.products[i][n]; product > 0 {
				nearest[i] = max(nearest[i], d.alike(&r.words[i], n, product))
			}
		}
	}
	total := float32(0)
	for i := range r.words {
		x[coveredNearly] += nearest[i] * r.words[i].length
		total += r.words[i].length
	}
	x[coveredNearly] /= max(total, 1e-6)
	for place, heads := range t.heads {
		for _, n := range heads {
			if s.near.has(n) {
				i := r.heads[place]
				x[sameHead] = max(x[sameHead], d.alike(&r.words[i], n, s.products[i][n]))
			}
		}
	}
}
