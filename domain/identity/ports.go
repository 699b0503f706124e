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
	Roles          []domain.Role
	AgencyID       domain.ID // whose current members
	OrganisationID domain.ID // the same of an employer
	Words          string    // part of a name or of an e-mail address
	Ended          *bool     // only ended accounts, or only those that live
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
	// LiveTokens lists everybody's that may be used, newest first.
	LiveTokens(ctx context.Context, tx domain.Tx, now time.Time) ([]Token, error)
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

// FactorStore keeps second factors, sealed, and hashed recovery codes.
type FactorStore interface {
	InsertFactor(ctx context.Context, tx domain.Tx, f Factor) error
	FactorsOf(ctx context.Context, tx domain.Tx, user domain.ID) ([]Factor, error)
	DeleteFactor(ctx context.Context, tx domain.Tx, user, id domain.ID) error
	// UseFactor notes that a code of a period was used; false when that period or a later one was used before.
	UseFactor(ctx context.Context, tx domain.Tx, id domain.ID, step int64, now time.Time) (bool, error)
	// SaveFactor replaces the sealed secret of a key, which counts its uses.
	SaveFactor(ctx context.Context, tx domain.Tx, f Factor) error
	// ReplaceRecovery forgets a user's recovery codes and keeps new ones; none forgets them all.
	ReplaceRecovery(ctx context.Context, tx domain.Tx, user domain.ID, hashes []string, now time.Time) error
	// UseRecovery uses a code up; false when there is no such unused one.
	UseRecovery(ctx context.Context, tx domain.Tx, user domain.ID, hash string, now time.Time) (bool, error)
	RecoveryLeft(ctx context.Context, tx domain.Tx, user domain.ID) (int, error)
}

// OneTimePasswords are codes an app computes from a shared secret and the time (RFC 6238).
type OneTimePasswords interface {
	// New makes a secret and the otpauth address an app reads it from.
	New(issuer, account string) (secret, url string, err error)
	// Step gives the period whose code this is, of those that may be meant at that time.
	Step(secret, code string, at time.Time) (step int64, ok bool)
}

// Box seals secrets that must be read again under a key kept outside the
// database. What was sealed for one use opens for no other.
type Box interface {
	Seal(plain []byte, use string) []byte
	Open(sealed []byte, use string) ([]byte, error)
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx       domain.Transactor
	Users    UserStore
	Agencies AgencyStore
	Sessions SessionStore
	Tokens   TokenStore
	Factors  FactorStore

	Invitations InvitationStore
	Members     MemberStore
	Links       LinkStore
	Contacts    ContactStore
	Notices     Notices
	Exports     domain.Exports

	Passwords    Passwords
	Codes        OneTimePasswords
	Box          Box
	Keys         Keys
	Policy       access.Policy
	IDs          domain.IDs
	Clock        domain.Clock
	Secret       func() string // 256 random bits, URL-safe
	Phrase       func() string // a password somebody can copy from paper
	RecoveryCode func() string // stands in for a lost second factor
	HashToken    func(string) string
}
