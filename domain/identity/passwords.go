package identity

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// CreateStaff makes a staff account with a password nobody chose and gives
// that password, this once.
func (s *Accounts) CreateStaff(ctx context.Context, actor domain.Actor, in NewUser) (User, string, error) {
	const op = "identity.CreateStaff"
	if !in.Role.Staff() {
		return User{}, "", domain.Invalid(op, domain.Field("role", "error.choice"))
	}
	in.Password, in.Handed = s.d.Phrase(), true
	user, err := s.Create(ctx, actor, in)
	if err != nil {
		return User{}, "", err
	}
	return user, in.Password, nil
}

// ResetPassword gives an account a new password and gives that, this once.
// Whoever held the old one is out: sessions and API tokens end. One's own is
// changed with ChangePassword.
func (s *Accounts) ResetPassword(ctx context.Context, actor domain.Actor, id domain.ID, version int) (User, string, error) {
	const op = "identity.ResetPassword"
	if id == actor.UserID {
		return User{}, "", domain.Conflict(op, "error.account.own")
	}
	password := s.d.Phrase()
	hash, err := s.d.Passwords.Hash(ctx, password)
	if err != nil {
		return User{}, "", err
	}
	var user User
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if user, err = s.d.Users.UserByID(ctx, tx, id); err != nil {
			return err
		}
		if err := s.d.answersFor(tx, actor, access.AccountReset, user); err != nil {
			return err
		}
		switch {
		case version != user.Version:
			return domain.Stale(op)
		case user.PasswordHash == "": // signs in by phone
			return domain.Conflict(op, "error.account.no_password")
		}
		user.PasswordHash, user.PasswordUntil = hash, s.d.Clock.Now().Add(HandedLife)
		if err := s.shut(ctx, tx, user.ID); err != nil {
			return err
		}
		return s.save(ctx, tx, &user)
	})
	if err != nil {
		return User{}, "", err
	}
	return user, password, nil
}

// ChangePassword asks for the password before. Keep is the hash of the token
// of the session that asks: all others end.
type ChangePassword struct {
	Old, New string
	Keep     string
}

// ChangePassword gives the actor's own account another password.
func (s *Accounts) ChangePassword(ctx context.Context, actor domain.Actor, in ChangePassword) (User, error) {
	const op = "identity.ChangePassword"
	var before User
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		before, err = s.d.Users.UserByID(ctx, tx, actor.UserID)
		return err
	})
	if err != nil {
		return User{}, err
	}
	var bad domain.Fields
	if CheckPassword(&bad, "password", in.New, before.Name, before.Email); bad.Err(op) != nil {
		return User{}, bad.Err(op)
	}
	ok, err := s.d.Passwords.Compare(ctx, in.Old, before.PasswordHash)
	if err != nil {
		return User{}, err
	}
	hash, err := s.d.Passwords.Hash(ctx, in.New)
	if err != nil {
		return User{}, err
	}
	var user User
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error { // first: a form sent twice finds the old password gone
		if user, err = s.d.Users.UserByID(ctx, tx, actor.UserID); err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.AccountPassword, user.Facts()); err != nil {
			return err
		}
		switch {
		case !ok:
			return domain.Invalid(op, domain.Field("old", "error.password.wrong"))
		case user.PasswordHash != before.PasswordHash: // changed while this one was compared
			return domain.Stale(op)
		}
		user.PasswordHash, user.PasswordUntil = hash, time.Time{}
		if err := s.d.Sessions.KillSessionsOf(ctx, tx, user.ID, in.Keep, s.d.Clock.Now()); err != nil {
			return err
		}
		return s.save(ctx, tx, &user)
	})
	if err != nil {
		return User{}, err
	}
	return user, nil
}

// ChooseOwn replaces a password that was handed over, for its holder, who
// signed in with it just now; the caller has all other proofs. The handed one
// is Invalid as the new one, and so is a weak one.
func (s *Accounts) ChooseOwn(ctx context.Context, actor domain.Actor, password string) (User, error) {
	const op = "identity.ChooseOwn"
	var user User
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		user, err = s.d.Users.UserByID(ctx, tx, actor.UserID)
		return err
	})
	if err != nil {
		return User{}, err
	}
	var bad domain.Fields
	if CheckPassword(&bad, "password", password, user.Name, user.Email); bad.Err(op) != nil {
		return User{}, bad.Err(op)
	}
	same, err := s.d.Passwords.Compare(ctx, password, user.PasswordHash)
	if err != nil {
		return User{}, err
	}
	if same {
		return User{}, domain.Invalid(op, domain.Field("password", "error.password.same"))
	}
	hash, err := s.d.Passwords.Hash(ctx, password)
	if err != nil {
		return User{}, err
	}
	version := user.Version
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if user, err = s.d.Users.UserByID(ctx, tx, actor.UserID); err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.AccountPassword, user.Facts()); err != nil {
			return err
		}
		if version != user.Version || !user.PasswordHanded() { // replaced by somebody meanwhile
			return domain.Stale(op)
		}
		user.PasswordHash, user.PasswordUntil = hash, time.Time{}
		return s.save(ctx, tx, &user)
	})
	if err != nil {
		return User{}, err
	}
	return user, nil
}

// save writes the account in its next version.
func (s *Accounts) save(ctx context.Context, tx domain.Tx, u *User) error {
	if err := s.d.Users.SaveUser(ctx, tx, *u); err != nil {
		return err
	}
	u.Version++
	tx.Outcome("user", u.ID, u.Version)
	return nil
}
