package linker

import (
	"cmp"
	"hash/maphash"
	"math"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
)

// dictionary holds the names of one kind of concept in flat arrays: words and stems are numbers, forms are runs of them. It is never changed
// after it was built.
type dictionary struct {
	concepts []concept
	forms    []form   // of a concept one after the other
	sizes    []size   // of forms
	tokens   []uint32 // words of all forms, in order
	meanings []uint32 // stems of all forms, synonyms as one, sorted within a form

	words    vocabulary
	stems    map[string]uint32
	rarity   []float32   // of stems: logarithm of how many forms there are for one that has it
	withStem postings    // forms by stem
	withWord postings    // forms by word
	traits   postings    // by concept: see traits.go
	groups   set         // concepts that are groups of occupations, not one
	related  [][]related // by stem
	exact    []filed     // forms by the hash of their neutral words, sorted
	seed     maphash.Seed
	near     neighbours       // of words
	alone    bool             // whether any name that only one concept has means that concept, not only its preferred name
	grammar  map[lang]grammar // by language
	pool     pool
}

type concept struct {
	id   domain.ID
	isco string
	from uint32 // into forms; the next concept's from ends it
}

// form is one way to write a name: gender aside, one of the alternatives that a label joins by a stroke.
type form struct {
	text    string // as it was written
	token   uint32 // into tokens; the next form's ends it
	meaning uint32 // into meanings, likewise
}

// size is what every form that is met is weighed by: apart from the rest, so that much of it fits near the processor.
type size struct {
	concept   uint32
	spelling  float32 // length of its vector of letter groups
	weight    float32 // sum of the rarity of its stems
	lang      lang
	preferred bool
}

// lang is the code of a language.
type lang [3]byte

func langOf(code string) (l lang) {
	copy(l[:], code)
	return l
}

func (l lang) String() string { return strings.TrimRight(string(l[:]), "\x00") }

// grammar is what the labels of a language show of it.
type grammar struct{ headLast bool }

func (d *dictionary) formsOf(c uint32) []form { return d.forms[d.concepts[c].from:][:d.formCount(c)] }

func (d *dictionary) formCount(c uint32) int {
	to := uint32(len(d.forms))
	if int(c)+1 < len(d.concepts) {
		to = d.concepts[c+1].from
	}
	return int(to - d.concepts[c].from)
}

func (d *dictionary) tokensOf(f uint32) []uint32 {
	to := uint32(len(d.tokens))
	if int(f)+1 < len(d.forms) {
		to = d.forms[f+1].token
	}
	return d.tokens[d.forms[f].token:to]
}

func (d *dictionary) meaningsOf(f uint32) []uint32 {
	to := uint32(len(d.meanings))
	if int(f)+1 < len(d.forms) {
		to = d.forms[f+1].meaning
	}
	return d.meanings[d.forms[f].meaning:to]
}

// builder gathers labels.
type builder struct {
	*dictionary
	concept  map[domain.ID]uint32
	isGroup  []bool
	written  []written
	synonyms *synonyms
}

// written is a form before it is sorted in.
type written struct {
	concept       uint32
	text, neutral string
	lang          lang
	preferred     bool
}

func newBuilder(s *synonyms) *builder {
	return &builder{
		dictionary: &dictionary{stems: map[string]uint32{}, seed: maphash.MakeSeed(), grammar: map[lang]grammar{}},
		concept:    map[domain.ID]uint32{}, synonyms: s,
	}
}

func (b *builder) add(c taxonomy.Concept, l taxonomy.Label) {
	list := writings(l.Text)
	n, ok := b.concept[c.ID]
	if !ok && len(list) == 0 {
		return
	}
	if !ok {
		n = uint32(len(b.concepts))
		b.concept[c.ID] = n
		b.concepts = append(b.concepts, concept{id: c.ID, isco: c.ISCO})
		b.isGroup = append(b.isGroup, strings.Contains(c.URI, groupMark))
	}
	w := written{concept: n, text: l.Text, lang: langOf(l.Lang), preferred: l.Preferred}
	for _, w.neutral = range list {
		b.written = append(b.written, w)
	}
}

// groupMark is in the address of a group of ISCO-08 that ESCO publishes beside its occupations.
const groupMark = "/esco/isco/"

func (b *builder) build() *dictionary {
	d := b.dictionary
	slices.SortStableFunc(b.written, func(x, y written) int { return cmp.Compare(x.concept, y.concept) })
	seen := map[string]bool{}
	for i, w := range b.written {
		if i == 0 || w.concept != b.written[i-1].concept {
			clear(seen)
			d.concepts[w.concept].from = uint32(len(d.forms))
		}
		key := string(w.lang[:]) + w.neutral
		if !seen[key] {
			seen[key] = true
			b.addForm(w)
		}
	}
	b.measure()
	return d
}

func (b *builder) addForm(w written) {
	d := b.dictionary
	number := uint32(len(d.forms))
	f := form{
		text: w.text, token: uint32(len(d.tokens)), meaning: uint32(len(d.meanings)),
	}
	words := contentWords(w.neutral)
	for _, word := range words {
		d.tokens = append(d.tokens, d.words.number(word))
	}
	for _, stem := range b.synonyms.meanings(words) {
		s, ok := d.stems[stem]
		if !ok {
			s = uint32(len(d.stems))
			d.stems[stem] = s
		}
		d.meanings = append(d.meanings, s)
	}
	slices.Sort(d.meanings[f.meaning:])
	d.meanings = append(d.meanings[:f.meaning], slices.Compact(d.meanings[f.meaning:])...)
	d.forms = append(d.forms, f)
	d.sizes = append(d.sizes, size{concept: w.concept, lang: w.lang, preferred: w.preferred})
	d.exact = append(d.exact, filed{maphash.String(d.seed, w.neutral), number})
}

// contentWords are the words of a neutral writing but its stop words. None stands at the end of a name, so the word there is none of them:
// "modèle d", "technicien du son"; and "it" is a trade.
func contentWords(neutral string) []string {
	words := strings.Fields(neutral)
	out := make([]string, 0, len(words))
	for i, w := range words {
		if !text.IsStopWord(w) || w == "it" || i == len(words)-1 {
			out = append(out, w)
		}
	}
	return out
}

// measure counts what the scores need once all forms are there.
func (b *builder) measure() {
	d := b.dictionary
	d.withStem = newPostings(len(d.stems), len(d.forms), func(f int) []uint32 { return d.meaningsOf(uint32(f)) })
	d.withWord = newPostings(len(d.words.list), len(d.forms), func(f int) []uint32 { return d.tokensOf(uint32(f)) })
	d.rarity = make([]float32, len(d.stems))
	for s := range d.rarity {
		d.rarity[s] = rarity(len(d.forms), len(d.withStem.of(uint32(s))))
	}
	d.words.measure(len(d.forms), func(w uint32) int { return len(d.withWord.of(w)) })
	var v vector
	for n := range d.sizes {
		for _, s := range d.meaningsOf(uint32(n)) {
			d.sizes[n].weight += d.rarity[s]
		}
		d.sizes[n].spelling = d.words.length(d.tokensOf(uint32(n)), &v)
	}
	sortFiled(d.exact)
	d.near = newNeighbours(d.words.list, d.seed)
	d.learnGrammar()
	d.groups = newSet(len(d.concepts))
	for c, is := range b.isGroup {
		if is {
			d.groups.add(uint32(c))
		}
	}
	stems := d.ofConcepts(d.meaningsOf)
	d.learnRelated(stems)
	d.learnTraits(stems)
	b.concept, b.isGroup, b.written = nil, nil, nil
}

// rarity is the weight of a stem that so many of all forms have; of one that none has, it is that of the rarest.
func rarity(forms, with int) float32 {
	return float32(math.Log(1 + float64(forms)/float64(max(1, with))))
}

// ofConcepts lists by concept what its forms have, each once and in order.
func (d *dictionary) ofConcepts(of func(form uint32) []uint32) postings {
	p := postings{first: make([]uint32, len(d.concepts)+1)}
	for c := range d.concepts {
		for i := range d.formsOf(uint32(c)) {
			p.has = append(p.has, of(d.concepts[c].from+uint32(i))...)
		}
		own := p.has[p.first[c]:]
		slices.Sort(own)
		p.has = p.has[:int(p.first[c])+len(slices.Compact(own))]
		p.first[c+1] = uint32(len(p.has))
	}
	p.has = slices.Clip(p.has)
	return p
}

// headOf gives the head of a form when it stands at the place: 0 first, 1 last.
func (d *dictionary) headOf(f uint32, place int) []uint32 {
	t := d.tokensOf(f)
	switch last := d.grammar[d.sizes[f].lang].headLast; {
	case len(t) == 0 || last != (place == 1):
		return nil
	case last:
		return t[len(t)-1:]
	}
	return t[:1]
}

// learnGrammar finds where the head of a name stands in each language: names begin ("technicien de maintenance") or end ("maintenance
// technician") with one of few words there, and with one of many at their other end.
func (d *dictionary) learnGrammar() {
	type ends struct{ first, last map[uint32]int }
	byLang := map[lang]ends{}
	for n := range d.forms {
		t := d.tokensOf(uint32(n))
		if len(t) < 2 {
			continue
		}
		e, ok := byLang[d.sizes[n].lang]
		if !ok {
			e = ends{map[uint32]int{}, map[uint32]int{}}
			byLang[d.sizes[n].lang] = e
		}
		e.first[t[0]]++
		e.last[t[len(t)-1]]++
	}
	for lang, e := range byLang {
		d.grammar[lang] = grammar{headLast: entropy(e.last) < entropy(e.first)}
	}
}

func entropy(counts map[uint32]int) float64 {
	// In a fixed order: sums of fractions depend on it.
	list := make([]int, 0, len(counts))
	total := 0
	for _, n := range counts {
		list = append(list, n)
		total += n
	}
	slices.Sort(list)
	h := 0.0
	for _, n := range list {
		p := float64(n) / float64(total)
		h -= p * math.Log(p)
	}
	return h
}

// postings lists numbers by number: for each thing, who has it.
type postings struct{ first, has []uint32 }

func (p postings) of(n uint32) []uint32 { return p.has[p.first[n]:p.first[n+1]] }

func newPostings(things, owners int, of func(owner int) []uint32) postings {
	p := postings{first: make([]uint32, things+1)}
	for o := range owners {
		for _, t := range of(o) {
			p.first[t+1]++
		}
	}
	for t := range things {
		p.first[t+1] += p.first[t]
	}
	next := slices.Clone(p.first)
	p.has = make([]uint32, p.first[things])
	for o := range owners {
		for _, t := range of(o) {
			p.has[next[t]] = uint32(o)
			next[t]++
		}
	}
	return p
}
