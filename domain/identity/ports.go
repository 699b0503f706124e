package identity

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// UserStore keeps accounts. Lookups by e-mail and phone compare folded forms.
type UserStore interface {
	InsertUser(ctx context.Context, tx domain.Tx, u User) error
	UserByID(ctx context.Context, tx domain.Tx, id domain.ID) (User, error)
	UserByEmail(ctx context.Context, tx domain.Tx, email string) (User, error)
	UserByPerson(ctx context.Context, tx domain.Tx, person domain.ID) (User, error)
	SaveUser(ctx context.Context, tx domain.Tx, u User) error
	Users(ctx context.Context, tx domain.Tx, filter UserFilter, cursor domain.Cursor) (domain.Listing[User], error)
}

// UserFilter narrows a list of accounts; the zero value narrows nothing.
type UserFilter struct {
	Roles    []domain.Role
	AgencyID domain.ID // whose current members
	Words    string    // part of a name or of an e-mail address
	Ended    *bool     // only ended accounts, or only those that live
}

// AgencyStore keeps agencies and the places they serve.
type AgencyStore interface {
	InsertAgency(ctx context.Context, tx domain.Tx, a Agency) error
	SaveAgency(ctx context.Context, tx domain.Tx, a Agency) error
	AgencyByID(ctx context.Context, tx domain.Tx, id domain.ID) (Agency, error)
	Agencies(ctx context.Context, tx domain.Tx) ([]Agency, error)
}

// SessionStore keeps sessions by the hash of their token.
type SessionStore interface {
	SaveSession(ctx context.Context, s Session) error
	LiveSession(ctx context.Context, tokenHash string, now time.Time) (Session, error)
	EndSession(ctx context.Context, tokenHash string) error
	SessionsOf(ctx context.Context, tx domain.Tx, user domain.ID, now time.Time) ([]Session, error)
	SessionByID(ctx context.Context, tx domain.Tx, id domain.ID) (Session, error)
	KillSession(ctx context.Context, tx domain.Tx, id domain.ID, now time.Time) error
	// KillSessionsOf ends all of a user's sessions but the one whose token has the hash keep.
	KillSessionsOf(ctx context.Context, tx domain.Tx, user domain.ID, keep string, now time.Time) error
}

// TokenStore keeps API tokens by hash.
type TokenStore interface {
	InsertToken(ctx context.Context, tx domain.Tx, t Token) error
	TokenByID(ctx context.Context, tx domain.Tx, id domain.ID) (Token, error)
	TokensOf(ctx context.Context, tx domain.Tx, user domain.ID) ([]Token, error)
	UseToken(ctx context.Context, tx domain.Tx, hash string, now time.Time) (Token, error)
	RevokeToken(ctx context.Context, tx domain.Tx, id domain.ID, now time.Time) error
	RevokeTokensOf(ctx context.Context, tx domain.Tx, user domain.ID, now time.Time) error
}

// Passwords hashes and compares. Compare takes the same time for a missing
// hash (""), so that unknown accounts are not told apart.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	Compare(ctx context.Context, password, hash string) (bool, error)
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx        domain.Transactor
	Users     UserStore
	Agencies  AgencyStore
	Sessions  SessionStore
	Tokens    TokenStore
	Passwords Passwords
	Policy    access.Policy
	IDs       domain.IDs
	Clock     domain.Clock
	Secret    func() string // 256 random bits, URL-safe
	Phrase    func() string // a password somebody can copy from paper
	HashToken func(string) string
}
