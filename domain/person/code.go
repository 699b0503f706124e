package person

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Rules of one-time codes.
const (
	codeDigits   = 6
	codeLife     = 10 * time.Minute
	codeInterval = time.Minute // between two sends to one phone
	maxTries     = 5           // of a code, and of the second thing after it
)

// CodePurpose says what a code opens.
type CodePurpose string

// The purposes.
const (
	CodeSignIn CodePurpose = "sign_in"
	CodeResume CodePurpose = "resume"
)

// Code is a one-time code sent to a phone. One is stored for unknown phones
// too, and never sent, so that trying it costs and answers the same.
type Code struct {
	ID        domain.ID
	Phone     string
	Purpose   CodePurpose
	Hash      string
	Tries     int
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time
}

// Ticket proves that a code was right, while the second thing is asked for.
type Ticket struct {
	Hash      string
	Phone     string
	Purpose   CodePurpose
	Tries     int
	ExpiresAt time.Time
	UsedAt    time.Time
}
