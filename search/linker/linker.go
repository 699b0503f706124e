package linker

import (
	"context"
	"sync/atomic"

	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
)

// Labels walks over the labels of all active concepts.
type Labels func(ctx context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error

// Linker answers from the dictionary loaded last. Before the first Load it finds nothing. It is safe for concurrent use.
type Linker struct {
	current  atomic.Pointer[loaded]
	synonyms *synonyms
}

// loaded is a dictionary by kind, with the answers given from it.
type loaded struct {
	dictionaries map[taxonomy.Kind]*dictionary
	answers      *cache
}

var _ taxonomy.Linker = (*Linker)(nil)

// New returns a linker without a dictionary.
func New() *Linker { return &Linker{synonyms: readSynonyms(synonymList)} }

// Load reads a dictionary and answers from it from then on.
func (l *Linker) Load(ctx context.Context, labels Labels) error {
	builders := map[taxonomy.Kind]*builder{taxonomy.Occupation: newBuilder(l.synonyms), taxonomy.Skill: newBuilder(l.synonyms)}
	builders[taxonomy.Skill].alone = true
	err := labels(ctx, func(c taxonomy.Concept, label taxonomy.Label) error {
		if b := builders[c.Kind]; b != nil {
			b.add(c, label)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	next := &loaded{dictionaries: map[taxonomy.Kind]*dictionary{}, answers: newCache()}
	for kind, b := range builders {
		next.dictionaries[kind] = b.build()
	}
	l.current.Store(next)
	return nil
}

// Link returns the concept that words most likely mean. Words that mean several concepts equally well are not Sure.
func (l *Linker) Link(_ context.Context, kind taxonomy.Kind, lang, words string) (taxonomy.Guess, error) {
	now := l.current.Load()
	if now == nil {
		return taxonomy.Guess{}, nil
	}
	key := question{kind, lang, words}
	if g, ok := now.answers.get(key); ok {
		return g, nil
	}
	var g taxonomy.Guess
	if d := now.dictionaries[kind]; d != nil {
		g = d.guess(l.synonyms, lang, words)
	}
	now.answers.put(key, g)
	return g, nil
}

// Rank returns the likeliest concepts for words, best first, at most limit. The first is the one that Link gives.
func (l *Linker) Rank(_ context.Context, kind taxonomy.Kind, lang, words string, limit int) ([]taxonomy.Guess, error) {
	return l.rank(kind, lang, words, limit, false), nil
}

// Suggest is Rank for words that may still be being typed: the last one may go on.
func (l *Linker) Suggest(_ context.Context, kind taxonomy.Kind, lang, typed string, limit int) ([]taxonomy.Guess, error) {
	return l.rank(kind, lang, typed, limit, true), nil
}

func (l *Linker) rank(kind taxonomy.Kind, lang, words string, limit int, open bool) []taxonomy.Guess {
	now := l.current.Load()
	if now == nil || now.dictionaries[kind] == nil {
		return nil
	}
	return now.dictionaries[kind].answers(l.synonyms, lang, words, limit, open)
}

// guess answers with the best concept. Words that settle it as they stand need no closer look.
func (d *dictionary) guess(s *synonyms, lang, words string) taxonomy.Guess {
	if equal := d.equal(text.Neutral(clip(words)), lang); d.says(equal, 0) {
		return d.answer(equal[0], d.equalScore(equal))
	}
	if found := d.answers(s, lang, words, 1, false); len(found) > 0 {
		return found[0]
	}
	return taxonomy.Guess{}
}

// answers ranks concepts: those that the very words settle come first.
func (d *dictionary) answers(s *synonyms, lang, words string, limit int, open bool) []taxonomy.Guess {
	readings := d.read(s, words, open)
	if len(readings) == 0 {
		return nil
	}
	var out []taxonomy.Guess
	listed := map[uint32]bool{}
	equal := d.equal(readings[0].neutral, lang)
	for i, f := range equal {
		if d.says(equal, i) && len(out) < limit {
			score := ambiguous
			if i == 0 {
				score = d.equalScore(equal)
			}
			out = append(out, d.answer(f, score))
			listed[d.sizes[f].concept] = true
		}
	}
	found := d.rank(&fitted, readings, looked, lang)
	chances := chancesOf(found)
	for i := range found {
		c := &found[i]
		if len(out) >= limit {
			break
		}
		if listed[c.concept] || !c.worth() {
			continue
		}
		score := confidence(c, chances[i])
		switch {
		case len(equal) == 1 && c.features[sameWords] == 1 && len(out) == 0:
			score = scoreEqual
		case len(equal) > 0:
			score = min(score, ambiguous) // these words are also a name of another
		}
		out = append(out, d.answer(c.form, score))
	}
	return out
}

func (d *dictionary) answer(form uint32, score int) taxonomy.Guess {
	size := &d.sizes[form]
	c := &d.concepts[size.concept]
	return taxonomy.Guess{ConceptID: c.id, ISCO: c.isco, Matched: d.forms[form].text, Lang: size.lang.String(), Score: score}
}
