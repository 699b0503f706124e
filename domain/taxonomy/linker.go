package taxonomy

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// SureEnough is the score from which a guess is stored as a link. Below it the
// words are kept as typed and, where somebody is there to answer, asked about.
const SureEnough = 60

// Guess is the concept some words most likely mean.
type Guess struct {
	ConceptID domain.ID // "" when nothing was found
	ISCO      string    // of an occupation
	Matched   string    // the name that answered
	Lang      string    // the language of that name
	Score     int       // 0–100
}

// Sure reports whether the guess may be stored as a link.
func (g Guess) Sure() bool { return !g.ConceptID.IsZero() && g.Score >= SureEnough }

// Linker turns words into a concept. Not to find one is a Guess with score 0,
// not an error.
type Linker interface {
	Link(ctx context.Context, kind Kind, lang, words string) (Guess, error)
}

// Ranker finds the concepts that words may mean, best first, at most limit.
// What resembles none of them gives an empty list.
type Ranker interface {
	// Rank reads finished words. Its first answer is the one Link gives.
	Rank(ctx context.Context, kind Kind, lang, words string, limit int) ([]Guess, error)
	// Suggest reads words that are still being typed: the last one may go on.
	Suggest(ctx context.Context, kind Kind, lang, typed string, limit int) ([]Guess, error)
}
