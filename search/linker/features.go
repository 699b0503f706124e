package linker

import "slices"

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

// look works the features of a candidate out.
func (d *dictionary) look(s *scratch, r *reading, c *candidate) {
	x := &c.features
	forms := d.formsOf(c.concept)
	first := d.concepts[c.concept].from
	s.counts = append(s.counts[:0], make([]float32, len(r.stems))...)
	nearest := [mostWords]float32{}
	three := [3]float32{}
	best := float32(-1)
	for i := range forms {
		f := first + uint32(i)
		letters, words := d.likeness(s, r, f)
		both := (letters + words) / 2
		if both > best {
			best, c.form = both, f
		}
		x[byLetters], x[byWords], x[byBoth] = max(x[byLetters], letters), max(x[byWords], words), max(x[byBoth], both)
		x[ofAll] += both / float32(len(forms))
		if forms[i].preferred {
			x[ofPreferred] = max(x[ofPreferred], both)
			if words >= 0.999 {
				x[samePreferred] = 1
			}
		}
		if forms[i].weight > 0 {
			said := s.common[f] / forms[i].weight
			c.said = max(c.said, said)
			x[contained] = max(x[contained], both*said)
		}
		if both > three[2] {
			three[2] = both
			slices.SortFunc(three[:], descending)
		}
		if s.common[f] > 0 {
			d.countStems(s, r, f)
		}
		d.lookAtWords(s, r, f, &nearest, x)
	}
	x[ofThree] = (three[0] + three[1] + three[2]) / 3
	if len(forms) < 3 {
		x[ofThree] = three[0]
	}
	for i, n := range r.stems {
		if s.counts[i] > 0 {
			x[covered] += d.rarity[n] / r.weight
			x[coveredRelated] += d.rarity[n] / r.weight
			x[repeated] += d.rarity[n] / r.weight * s.counts[i] / (s.counts[i] + 1.2)
		}
	}
	for i, n := range r.stems {
		if s.counts[i] == 0 {
			x[coveredRelated] += d.rarity[n] / r.weight * d.nearestRelated(n, first, forms)
		}
	}
	total := float32(0)
	for i, w := range r.words {
		x[coveredNearly] += nearest[i] * w.length
		total += w.length
	}
	x[coveredNearly] /= max(total, 1e-6)
	d.named(r.neutral, func(f uint32) {
		if d.forms[f].concept == c.concept {
			x[sameWords] = 1
		}
	})
	if d.concepts[c.concept].group {
		x[isGroup] = 1
	}
}

func (d *dictionary) countStems(s *scratch, r *reading, f uint32) {
	for _, n := range d.meaningsOf(f) {
		if s.asked[n] {
			s.counts[slices.Index(r.stems, n)]++
		}
	}
}

func (d *dictionary) lookAtWords(s *scratch, r *reading, f uint32, nearest *[mostWords]float32, x *features) {
	tokens := d.tokensOf(f)
	for i := range r.words {
		alike := s.alike[i]
		for _, t := range tokens {
			nearest[i] = max(nearest[i], alike[t])
		}
	}
	head, place := tokens[0], r.heads[0]
	if d.grammar[d.forms[f].lang].headLast {
		head, place = tokens[len(tokens)-1], r.heads[1]
	}
	x[sameHead] = max(x[sameHead], s.alike[place][head])
}

func descending(a, b float32) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

func (d *dictionary) nearestRelated(n, first uint32, forms []form) float32 {
	best := float32(0)
	for _, other := range d.related[n] {
		if other.share <= best {
			break
		}
		for i := range forms {
			if slices.Contains(d.meaningsOf(first+uint32(i)), other.stem) {
				best = other.share
				break
			}
		}
	}
	return best
}
