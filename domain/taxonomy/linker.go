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
	Score     int       // 0–100
}

// Sure reports whether the guess may be stored as a link.
func (g Guess) Sure() bool { return !g.ConceptID.IsZero() && g.Score >= SureEnough }

// Linker turns words into a concept. Not to find one is a Guess with score 0,
// not an error.
type Linker interface {
	Link(ctx context.Context, kind Kind, lang, words string) (Guess, error)
}
