package identity

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/text"
)

// SignIn gives the account for an e-mail and a password. Every failure is the
// same Unauthenticated error, costs the same hash and leaves an entry in the
// audit trail; only who gave the right password of an account learns that it
// was handed over and has lapsed. The caller opens the session, or asks for the second factor.
func (s *Accounts) SignIn(ctx context.Context, actor domain.Actor, email, password string) (User, error) {
	const op = "identity.SignIn"
	var user User
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		user, err = s.d.Users.UserByEmail(ctx, tx, strings.TrimSpace(email))
		return err
	})
	if err != nil && domain.KindOf(err) != domain.KindNotFound {
		return User{}, err
	}
	ok, err := s.d.Passwords.Compare(ctx, password, user.PasswordHash)
	if err != nil {
		return User{}, err
	}
	ok = ok && !user.ID.IsZero() && user.MayAct()
	wrong := &domain.Error{Kind: domain.KindUnauthenticated, Op: op, Key: "error.sign_in"}
	if ok && user.PasswordHanded() && s.d.Clock.Now().After(user.PasswordUntil) { // said to who knows the password alone
		ok, wrong.Key = false, "error.password.lapsed"
	}
	if err := s.d.proved(ctx, actor, access.SessionPassword, user, ok, wrong); err != nil {
		return User{}, err
	}
	return user, nil
}

// proved writes into the audit trail whether somebody proved to be the
// account's holder, and gives wrong when not. An account nobody has leaves the
// same entry, about nobody.
func (d Deps) proved(ctx context.Context, actor domain.Actor, action access.Action, user User, ok bool, wrong error) error {
	who := actor
	if ok {
		who = user.Actor()
		who.RequestID = actor.RequestID
	}
	who.Once = domain.Once{}
	return d.Tx.InTx(ctx, who, func(tx domain.Tx) error {
		tx.Decided(domain.Decision{Action: string(action), Allowed: ok, Kind: "user", RecordID: user.ID, PersonID: user.PersonID})
		if !ok {
			return wrong
		}
		return nil
	})
}

// Opened notes that a session of the account was opened.
func (s *Accounts) Opened(ctx context.Context, actor domain.Actor, user User) error {
	return s.d.proved(ctx, actor, access.SessionOpen, user, true, nil)
}

// Closed notes that the actor signed out.
func (s *Accounts) Closed(ctx context.Context, actor domain.Actor) error {
	actor.Once = domain.Once{}
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		tx.Decided(domain.Decision{Action: string(access.SessionClose), Allowed: true, Kind: "user", RecordID: actor.UserID, PersonID: actor.PersonID})
		return nil
	})
}

// ActorFor builds the actor of a signed-in account as it stands now: a
// disabled account or an ended membership acts no more.
func (s *Accounts) ActorFor(ctx context.Context, userID domain.ID) (User, error) {
	var user User
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		user, err = s.d.Users.UserByID(ctx, tx, userID)
		return err
	})
	if err != nil {
		return User{}, err
	}
	if !user.MayAct() {
		return User{}, domain.Unauthenticated("identity.ActorFor")
	}
	return user, nil
}

// Proof is what somebody says to prove again who they are: the password (the
// second thing of a jobseeker), or a code of the second factor.
type Proof struct{ Password, Code string }

// StepUp checks the proof of somebody signed in. A wrong one is Invalid by
// field. The caller remembers for some minutes that it was right.
func (s *Factors) StepUp(ctx context.Context, actor domain.Actor, in Proof) error {
	const op = "identity.StepUp"
	var user User
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		user, err = s.d.Users.UserByID(ctx, tx, actor.UserID)
		return err
	})
	if err != nil {
		return err
	}
	field, key, ok := "password", "error.step_up.password", false
	if in.Code != "" {
		field, key = "code", "error.factor.code"
		ok, err = s.matches(ctx, user.ID, in.Code)
	} else {
		ok, err = s.d.Passwords.Compare(ctx, asTyped(user, in.Password), user.PasswordHash)
	}
	if err != nil {
		return err
	}
	err = s.d.proved(ctx, actor, access.SessionStepUp, user, ok, domain.Unauthenticated(op))
	if !ok && domain.KindOf(err) == domain.KindUnauthenticated {
		return domain.Invalid(op, domain.Field(field, key))
	}
	return err
}

// asTyped forgives a jobseeker's second thing its capitals, accents and
// spaces, as domain/person does where it is set and asked for.
func asTyped(u User, secret string) string {
	if u.Role == domain.RoleJobseeker {
		return strings.ReplaceAll(text.Fold(secret), " ", "")
	}
	return secret
}
