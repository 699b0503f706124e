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
type Linker struct{ current atomic.Pointer[loaded] }

// loaded is a dictionary by kind, with the answers given from it.
type loaded struct {
	dictionaries map[taxonomy.Kind]*dictionary
	answers      *cache
}

var _ taxonomy.Linker = (*Linker)(nil)

// New returns a linker without a dictionary.
func New() *Linker { return &Linker{} }

// Load reads a dictionary and answers from it from then on.
func (l *Linker) Load(ctx context.Context, labels Labels) error {
	builders := map[taxonomy.Kind]*builder{taxonomy.Occupation: newBuilder(), taxonomy.Skill: newBuilder()}
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
		g = d.guess(lang, words)
	}
	now.answers.put(key, g)
	return g, nil
}

// Suggest returns the likeliest concepts for words that may still be being typed, best first, at most limit.
func (l *Linker) Suggest(_ context.Context, kind taxonomy.Kind, lang, typed string, limit int) ([]taxonomy.Guess, error) {
	now := l.current.Load()
	if now == nil || now.dictionaries[kind] == nil {
		return nil, nil
	}
	d := now.dictionaries[kind]
	neutral := text.Neutral(typed)
	found := d.find(d.readTyped(typed, neutral), neutral, lang)
	out := make([]taxonomy.Guess, 0, min(limit, len(found)))
	for _, f := range found[:min(limit, len(found))] {
		out = append(out, d.answer(f))
	}
	return out, nil
}

// guess finds the best concept and lowers its score when another is as good.
func (d *dictionary) guess(lang, words string) taxonomy.Guess {
	neutral := text.Neutral(words)
	found := d.equal(neutral, lang) // nothing scores higher than the words themselves
	if len(found) == 0 {
		found = d.find(d.read(neutral), neutral, lang)
	}
	if len(found) == 0 {
		return taxonomy.Guess{}
	}
	g := d.answer(found[0])
	if len(found) > 1 && found[1].score == found[0].score && found[1].preferred == found[0].preferred {
		g.Score = min(g.Score, ambiguous)
	}
	return g
}

// ambiguous is the highest score of words that mean several things: below taxonomy.SureEnough, so that somebody is asked.
const ambiguous = taxonomy.SureEnough - 5

func (d *dictionary) answer(f found) taxonomy.Guess {
	c := d.concepts[f.concept]
	return taxonomy.Guess{ConceptID: c.id, ISCO: c.isco, Score: int(f.score)}
}
