package linker

import (
	"cmp"
	"hash/maphash"
	"slices"

	"github.com/baara-platform/baara/domain/taxonomy"
)

// filed is a form under the hash of its neutral words.
type filed struct {
	hash uint64
	form uint32
}

func sortFiled(list []filed) {
	slices.SortFunc(list, func(a, b filed) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.form, b.form)) })
}

// named calls visit with the forms that are the very words.
func (d *dictionary) named(neutral string, visit func(form uint32)) {
	hash := maphash.String(d.seed, neutral)
	i, _ := slices.BinarySearchFunc(d.exact, hash, func(f filed, h uint64) int { return cmp.Compare(f.hash, h) })
	for ; i < len(d.exact) && d.exact[i].hash == hash; i++ {
		visit(d.exact[i].form)
	}
}

// equal returns a form of each concept that has the very words as a name. Occupations come before groups of them, preferred names
// before others, names in the asker's language before others.
func (d *dictionary) equal(neutral, lang string) []uint32 {
	var out []uint32
	d.named(neutral, func(f uint32) {
		i := slices.IndexFunc(out, func(o uint32) bool { return d.sizes[o].concept == d.sizes[f].concept })
		switch {
		case i < 0:
			out = append(out, f)
		case d.compareEqual(f, out[i], lang) < 0:
			out[i] = f
		}
	})
	slices.SortStableFunc(out, func(a, b uint32) int { return d.compareEqual(a, b, lang) })
	return out
}

func (d *dictionary) compareEqual(a, b uint32, lang string) int {
	x, y, asked := &d.sizes[a], &d.sizes[b], langOf(lang)
	return cmp.Or(
		first(!d.groups.has(x.concept), !d.groups.has(y.concept)), first(x.preferred, y.preferred),
		first(x.lang == asked, y.lang == asked),
	)
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// Scores of names that were found as they stand, and of names whose words mean the same.
const (
	scoreEqual   = 100
	scoreMeaning = 95
	// ambiguous is the highest score of words that mean several things: below taxonomy.SureEnough, so that somebody is asked.
	ambiguous = taxonomy.SureEnough - 5
)

// isNameOf reports whether a form is the preferred name of something that is no group.
func (d *dictionary) isNameOf(f uint32) bool {
	return d.sizes[f].preferred && !d.groups.has(d.sizes[f].concept)
}

// says reports whether a form of equal ones settles what is meant: it is the preferred name of something that is no group. Another name settles
// it too where nothing else has it and the dictionary says so: other names of skills mean the skill, while other names of occupations are
// often those of a wider one.
func (d *dictionary) says(equal []uint32, i int) bool {
	return i < len(equal) && (d.isNameOf(equal[i]) || d.alone && len(equal) == 1)
}

// equalScore is that of the first of equal names, which is not sure when the next is as good.
func (d *dictionary) equalScore(equal []uint32) int {
	if len(equal) > 1 && d.isNameOf(equal[1]) {
		return ambiguous
	}
	return scoreEqual
}
