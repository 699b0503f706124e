package watch

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Purpose is what a challenge is solved for. A solution counts for no other.
type Purpose string

// The purposes.
const (
	ForRegistration Purpose = "register"
	ForSignUp       Purpose = "sign_up"
)

// Purposes lists them.
func Purposes() []Purpose { return []Purpose{ForRegistration, ForSignUp} }

// Challenge is a number to find: the one below Most whose decimal digits after
// the salt hash to Hash.
type Challenge struct {
	Algorithm string
	Hash      string // hex
	Salt      string
	Signature string
	Most      int64
	ExpiresAt time.Time
}

// Solved names a challenge that was solved.
type Solved struct {
	Mark      string
	ExpiresAt time.Time
}

// Puzzles poses challenges and checks solutions.
type Puzzles interface {
	Pose(purpose Purpose) (Challenge, error)
	Check(purpose Purpose, solution string) (Solved, bool)
}

// SpentStore remembers what was solved.
type SpentStore interface {
	// Spend is false for a challenge that was spent before.
	Spend(ctx context.Context, tx domain.Tx, s Solved) (bool, error)
}

// Work asks visitors for a proof of work.
type Work struct {
	puzzles Puzzles
	spent   SpentStore
}

// NewWork wires the use-cases.
func NewWork(puzzles Puzzles, spent SpentStore) *Work { return &Work{puzzles, spent} }

// Pose gives a new challenge. Nothing is kept of it.
func (w *Work) Pose(purpose Purpose) (Challenge, error) { return w.puzzles.Pose(purpose) }

// Spend uses a solution up in the transaction of the act it is for, so that an
// act taken back gives it back. Without one it is false; one that is wrong, for
// another purpose, too late or spent is Invalid.
func (w *Work) Spend(ctx context.Context, tx domain.Tx, purpose, solution string) (bool, error) {
	if solution == "" {
		return false, nil
	}
	solved, ok := w.puzzles.Check(Purpose(purpose), solution)
	if ok {
		var err error
		if ok, err = w.spent.Spend(ctx, tx, solved); err != nil {
			return false, err
		}
	}
	if !ok {
		return false, domain.Invalid("watch.Spend", domain.Field(WorkField, "error.work"))
	}
	return true, nil
}

// WorkField names the solution in errors.
const WorkField = "work"
