package identity

import (
	"context"
	"errors"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Site is the address a key signs for, as the browser knows it.
type Site struct{ Host, Origin string }

// Keys speaks to hardware keys through the browser. Options are what the
// browser is asked, as JSON; kept is what must come back unchanged; stored are
// the credentials of the account. A wrong answer is Invalid on "response".
type Keys interface {
	BeginRegistration(site Site, user User, stored [][]byte) (options, kept []byte, err error)
	FinishRegistration(site Site, user User, stored [][]byte, kept, response []byte) (id, credential []byte, err error)
	BeginUse(site Site, user User, stored [][]byte) (options, kept []byte, err error)
	FinishUse(site Site, user User, stored [][]byte, kept, response []byte) (id, credential []byte, err error)
}

// keysOf reads an account with its keys' credentials.
func (s *Factors) keysOf(ctx context.Context, tx domain.Tx, id domain.ID) (User, []Factor, [][]byte, error) {
	user, err := s.d.Users.UserByID(ctx, tx, id)
	if err != nil {
		return User{}, nil, nil, err
	}
	found, err := s.d.Factors.FactorsOf(ctx, tx, id)
	if err != nil {
		return User{}, nil, nil, err
	}
	var keys []Factor
	var stored [][]byte
	for _, f := range found {
		if f.Kind != FactorKey {
			continue
		}
		credential, err := s.d.Box.Open(f.Secret, sealUse(FactorKey, id))
		if err != nil {
			return User{}, nil, nil, err
		}
		keys, stored = append(keys, f), append(stored, credential)
	}
	return user, keys, stored, nil
}

// BeginKey gives what the browser is asked to register a key of the actor's.
func (s *Factors) BeginKey(ctx context.Context, actor domain.Actor, site Site) (options, kept []byte, err error) {
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		user, _, stored, err := s.keysOf(ctx, tx, actor.UserID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.FactorUpdate, user.Facts()); err != nil {
			return err
		}
		options, kept, err = s.d.Keys.BeginRegistration(site, user, stored)
		return err
	})
	return options, kept, err
}

// FinishKey stores a key. The first factor of an account comes with recovery
// codes, shown this once.
func (s *Factors) FinishKey(ctx context.Context, actor domain.Actor, site Site, kept, response []byte, name string) ([]string, error) {
	var user User
	var stored [][]byte
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		user, _, stored, err = s.keysOf(ctx, tx, actor.UserID)
		return err
	})
	if err != nil {
		return nil, err
	}
	id, credential, err := s.d.Keys.FinishRegistration(site, user, stored, kept, response)
	if err != nil {
		return nil, err
	}
	return s.enrol(ctx, actor, Factor{
		ID: s.d.IDs.New(), UserID: user.ID, Kind: FactorKey, Name: factorName(name, "WebAuthn"), CredentialID: id,
		Secret: s.d.Box.Seal(credential, sealUse(FactorKey, user.ID)), CreatedAt: s.d.Clock.Now(),
	})
}

// BeginSecondKey gives what the browser is asked while somebody signs in.
func (s *Factors) BeginSecondKey(ctx context.Context, user User, site Site) (options, kept []byte, err error) {
	err = s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		_, _, stored, err := s.keysOf(ctx, tx, user.ID)
		if err != nil {
			return err
		}
		options, kept, err = s.d.Keys.BeginUse(site, user, stored)
		return err
	})
	return options, kept, err
}

// CheckSecondKey checks a key's answer after the password. The trail tells
// whether it was right.
func (s *Factors) CheckSecondKey(ctx context.Context, actor domain.Actor, user User, site Site, kept, response []byte) error {
	const op = "identity.CheckSecondKey"
	var wrong *domain.Error
	err := s.d.Tx.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		_, keys, stored, err := s.keysOf(ctx, tx, user.ID)
		if err != nil {
			return err
		}
		id, credential, err := s.d.Keys.FinishUse(site, user, stored, kept, response)
		if errors.As(err, &wrong) && wrong.Kind == domain.KindInvalid {
			return nil
		}
		if err != nil {
			return err
		}
		for _, f := range keys {
			if string(f.CredentialID) == string(id) {
				f.Secret, f.LastUsedAt = s.d.Box.Seal(credential, sealUse(FactorKey, user.ID)), s.d.Clock.Now()
				return s.d.Factors.SaveFactor(ctx, tx, f)
			}
		}
		return domain.NotFound(op)
	})
	if err != nil {
		return err
	}
	err = s.d.proved(ctx, actor, access.SessionSecond, user, wrong == nil, domain.Unauthenticated(op))
	if wrong != nil && domain.KindOf(err) == domain.KindUnauthenticated {
		return wrong
	}
	return err
}
