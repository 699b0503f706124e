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
		if weight := d.sizes[f].weight; weight > 0 {
			said := s.shared[f].common / weight
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
		if s.shared[f].common > 0 {
			d.countStems(s, r, f)
		}
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
			x[coveredRelated] += d.rarity[n] / r.weight * d.nearestRelated(n, c.concept)
		}
	}
	d.lookAtWords(s, r, c)
	if slices.Contains(r.named, c.concept) {
		x[sameWords] = 1
	}
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

// lookAtWords compares the question's words with those of all names of a candidate.
func (d *dictionary) lookAtWords(s *scratch, r *reading, c *candidate) {
	x := &c.features
	total := float32(0)
	for i, w := range r.words {
		alike, nearest := s.alike[i], float32(0)
		for _, t := range d.wordsOf.of(c.concept) {
			nearest = max(nearest, alike[t])
		}
		x[coveredNearly] += nearest * w.length
		total += w.length
	}
	x[coveredNearly] /= max(total, 1e-6)
	for place, heads := range d.headsOf {
		for _, t := range heads.of(c.concept) {
			x[sameHead] = max(x[sameHead], s.alike[r.heads[place]][t])
		}
	}
}

// nearestRelated is how related the nearest word of a candidate's names is to a stem.
func (d *dictionary) nearestRelated(n, concept uint32) float32 {
	own := d.stemsOf.of(concept)
	for _, other := range d.related[n] { // the nearest first
		if slices.Contains(own, other.stem) {
			return other.share
		}
	}
	return 0
}
