package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Enrolment is the secret of an app that is being set up. It is stored only
// once a code proved that the app has it; until then the session keeps it.
type Enrolment struct{ Secret, URL string }

// issuer is what apps show beside the account.
const issuer = "Baara"

// BeginTOTP makes the secret of a new app.
func (s *Factors) BeginTOTP(ctx context.Context, actor domain.Actor) (Enrolment, error) {
	var out Enrolment
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		user, err := s.d.Users.UserByID(ctx, tx, actor.UserID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.FactorUpdate, user.Facts()); err != nil {
			return err
		}
		account := user.Email
		if account == "" {
			account = user.Name
		}
		out.Secret, out.URL, err = s.d.Codes.New(issuer, account)
		return err
	})
	return out, err
}

// ConfirmTOTP stores an app whose code is right, in place of the one before.
// The first factor of an account comes with recovery codes, shown this once.
func (s *Factors) ConfirmTOTP(ctx context.Context, actor domain.Actor, secret, code, name string) ([]string, error) {
	const op = "identity.ConfirmTOTP"
	now := s.d.Clock.Now()
	step, ok := s.d.Codes.Step(secret, digits(code), now)
	if !ok {
		return nil, domain.Invalid(op, domain.Field("code", "error.factor.code"))
	}
	f := Factor{
		ID: s.d.IDs.New(), UserID: actor.UserID, Kind: FactorTOTP, Name: factorName(name, "TOTP"),
		Secret: s.d.Box.Seal([]byte(secret), sealUse(FactorTOTP, actor.UserID)), LastStep: step, CreatedAt: now, LastUsedAt: now,
	}
	return s.enrol(ctx, actor, f)
}

// enrol adds a factor, with recovery codes when it is the first.
func (s *Factors) enrol(ctx context.Context, actor domain.Actor, f Factor) ([]string, error) {
	const op = "identity.Enrol"
	var codes []string
	err := s.change(ctx, actor, access.FactorUpdate, actor.UserID, func(tx domain.Tx) error {
		before, err := s.d.Factors.FactorsOf(ctx, tx, actor.UserID)
		if err != nil {
			return err
		}
		if len(before) >= maxKeys && f.Kind == FactorKey {
			return domain.Conflict(op, "error.factor.many")
		}
		for _, old := range before {
			if f.Kind == FactorTOTP && old.Kind == FactorTOTP {
				if err := s.d.Factors.DeleteFactor(ctx, tx, actor.UserID, old.ID); err != nil {
					return err
				}
			}
		}
		if err := s.d.Factors.InsertFactor(ctx, tx, f); err != nil {
			return err
		}
		if len(before) > 0 {
			return nil
		}
		codes, err = s.recovery(ctx, tx, actor.UserID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// NewRecovery replaces the actor's recovery codes and gives them, this once.
func (s *Factors) NewRecovery(ctx context.Context, actor domain.Actor) ([]string, error) {
	const op = "identity.NewRecovery"
	var codes []string
	err := s.change(ctx, actor, access.FactorUpdate, actor.UserID, func(tx domain.Tx) error {
		found, err := s.d.Factors.FactorsOf(ctx, tx, actor.UserID)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return domain.Conflict(op, "error.factor.none")
		}
		codes, err = s.recovery(ctx, tx, actor.UserID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

func (s *Factors) recovery(ctx context.Context, tx domain.Tx, user domain.ID) ([]string, error) {
	codes, hashes := make([]string, recoveryCodes), make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = s.d.RecoveryCode()
		hashes[i] = s.recoveryHash(user, codes[i])
	}
	return codes, s.d.Factors.ReplaceRecovery(ctx, tx, user, hashes, s.d.Clock.Now())
}

// recoveryHash forgives how a code was typed. It holds 118 random bits, so a
// fast hash is enough; the user's id keeps equal codes apart.
func (s *Factors) recoveryHash(user domain.ID, code string) string {
	kept := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(code))
	return s.d.HashToken(string(user) + " " + kept)
}

// CheckSecond checks what somebody who gave the password gives next: a code of
// the app, or a recovery code, which is used up. A wrong one is Invalid. The
// trail tells both.
func (s *Factors) CheckSecond(ctx context.Context, actor domain.Actor, user User, code string) error {
	const op = "identity.CheckSecond"
	ok, err := s.matches(ctx, user.ID, code)
	if err != nil {
		return err
	}
	return s.second(ctx, actor, op, user, ok)
}

func (s *Factors) second(ctx context.Context, actor domain.Actor, op string, user User, ok bool) error {
	err := s.d.proved(ctx, actor, access.SessionSecond, user, ok, domain.Unauthenticated(op))
	if !ok && domain.KindOf(err) == domain.KindUnauthenticated {
		return domain.Invalid(op, domain.Field("code", "error.factor.code"))
	}
	return err
}

// matches uses a code up. The same code twice does not match the second time.
func (s *Factors) matches(ctx context.Context, user domain.ID, code string) (bool, error) {
	matched := false
	err := s.d.Tx.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		now := s.d.Clock.Now()
		found, err := s.d.Factors.FactorsOf(ctx, tx, user)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(found, func(f Factor) bool { return f.Kind == FactorTOTP }); i >= 0 {
			secret, err := s.d.Box.Open(found[i].Secret, sealUse(FactorTOTP, user))
			if err != nil {
				return err
			}
			if step, ok := s.d.Codes.Step(string(secret), digits(code), now); ok {
				matched, err = s.d.Factors.UseFactor(ctx, tx, found[i].ID, step, now)
				return err
			}
		}
		if len(found) > 0 {
			matched, err = s.d.Factors.UseRecovery(ctx, tx, user, s.recoveryHash(user, code), now)
		}
		return err
	})
	return matched, err
}

func sealUse(kind FactorKind, user domain.ID) string {
	return "factor " + string(kind) + " " + string(user)
}

// digits drops the spaces apps show inside a code.
func digits(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, code)
}
