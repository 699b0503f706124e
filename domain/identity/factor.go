package identity

import (
	"context"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// FactorKind is what somebody has beside the password.
type FactorKind string

// The kinds of second factors.
const (
	FactorTOTP FactorKind = "totp" // an app that computes codes
	FactorKey  FactorKind = "key"  // a hardware key, for those without a phone
)

// Factor is a second thing to sign in with. Secret is sealed.
type Factor struct {
	ID           domain.ID
	UserID       domain.ID
	Kind         FactorKind
	Name         string
	Secret       []byte
	CredentialID []byte // of a key
	LastStep     int64  // the newest period whose code was used
	CreatedAt    time.Time
	LastUsedAt   time.Time
}

// Bounds of second factors.
const (
	maxKeys       = 5
	recoveryCodes = 10
	maxFactorName = 60
)

// Factors are the use-cases on second factors. Enrolling, removing and
// replacing are for who said again who they are: the edge asks for it.
type Factors struct{ d Deps }

// NewFactors wires the use-cases.
func NewFactors(d Deps) *Factors { return &Factors{d: d} }

// Mine lists the actor's second factors and how many recovery codes are left.
func (s *Factors) Mine(ctx context.Context, actor domain.Actor) ([]Factor, int, error) {
	var out []Factor
	left := 0
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AccountRead, access.Facts{RecordID: actor.UserID, AccountID: actor.UserID}); err != nil {
			return err
		}
		var err error
		if out, err = s.d.Factors.FactorsOf(ctx, tx, actor.UserID); err != nil {
			return err
		}
		left, err = s.d.Factors.RecoveryLeft(ctx, tx, actor.UserID)
		return err
	})
	return out, left, err
}

// Kinds tells which second factors an account has, while its holder signs in.
func (s *Factors) Kinds(ctx context.Context, user domain.ID) (map[FactorKind]bool, error) {
	out := map[FactorKind]bool{}
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		found, err := s.d.Factors.FactorsOf(ctx, tx, user)
		for _, f := range found {
			out[f.Kind] = true
		}
		return err
	})
	return out, err
}

// Remove takes one of the actor's second factors away. With the last one the
// recovery codes go too.
func (s *Factors) Remove(ctx context.Context, actor domain.Actor, id domain.ID) error {
	return s.change(ctx, actor, access.FactorUpdate, actor.UserID, func(tx domain.Tx) error {
		if err := s.d.Factors.DeleteFactor(ctx, tx, actor.UserID, id); err != nil {
			return err
		}
		left, err := s.d.Factors.FactorsOf(ctx, tx, actor.UserID)
		if err != nil || len(left) > 0 {
			return err
		}
		return s.d.Factors.ReplaceRecovery(ctx, tx, actor.UserID, nil, s.d.Clock.Now())
	})
}

// Reset takes all second factors of an account away, for somebody who lost
// them, and ends its sessions and tokens: the next sign-in enrols anew where
// the installation asks for a second factor. Nobody resets their own.
func (s *Factors) Reset(ctx context.Context, actor domain.Actor, user domain.ID) error {
	const op = "identity.ResetFactors"
	if user == actor.UserID {
		return domain.Conflict(op, "error.factor.own")
	}
	return s.change(ctx, actor, access.FactorReset, user, func(tx domain.Tx) error {
		found, err := s.d.Factors.FactorsOf(ctx, tx, user)
		if err != nil {
			return err
		}
		for _, f := range found {
			if err := s.d.Factors.DeleteFactor(ctx, tx, user, f.ID); err != nil {
				return err
			}
		}
		if err := s.d.Factors.ReplaceRecovery(ctx, tx, user, nil, s.d.Clock.Now()); err != nil {
			return err
		}
		return s.d.shut(ctx, tx, user)
	})
}

// change runs an act on the factors of a user in one transaction.
func (s *Factors) change(ctx context.Context, actor domain.Actor, action access.Action, user domain.ID, do func(tx domain.Tx) error) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, user)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, action, u.Facts()); err != nil {
			return err
		}
		tx.Outcome("user", u.ID, u.Version)
		return do(tx)
	})
}

// factorName tidies what somebody calls a factor.
func factorName(typed, otherwise string) string {
	name := strings.TrimSpace(typed)
	if name == "" {
		return otherwise
	}
	if runes := []rune(name); len(runes) > maxFactorName {
		return string(runes[:maxFactorName])
	}
	return name
}
