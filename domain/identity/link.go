package identity

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Subject is what an identity provider calls somebody: the issuer's address
// and a name that never passes to somebody else. An e-mail address is neither.
type Subject struct{ Issuer, Name string }

// IsZero reports whether there is none.
func (s Subject) IsZero() bool { return s.Issuer == "" || s.Name == "" }

// Link says that a subject signs in to an account. Signing in never makes one:
// an administrator binds it, or an invitation is accepted with it.
type Link struct {
	Subject Subject
	UserID  domain.ID
	BoundBy domain.ID
	BoundAt time.Time
}

// LinkStore keeps links.
type LinkStore interface {
	InsertLink(ctx context.Context, tx domain.Tx, l Link) error
	LinkedUser(ctx context.Context, tx domain.Tx, s Subject) (domain.ID, error)
	LinksOf(ctx context.Context, tx domain.Tx, user domain.ID) ([]Link, error)
	DeleteLinks(ctx context.Context, tx domain.Tx, user domain.ID) error
}

// Links are the use-cases on links to identity providers.
type Links struct{ d Deps }

// NewLinks wires the use-cases.
func NewLinks(d Deps) *Links { return &Links{d: d} }

// SignIn gives the account a subject is bound to. The trail tells of a refusal
// as of a wrong password.
func (s *Links) SignIn(ctx context.Context, actor domain.Actor, subject Subject) (User, error) {
	const op = "identity.SignInLinked"
	var user User
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		id, err := s.d.Links.LinkedUser(ctx, tx, subject)
		if err != nil {
			return err
		}
		user, err = s.d.Users.UserByID(ctx, tx, id)
		return err
	})
	if err != nil && domain.KindOf(err) != domain.KindNotFound {
		return User{}, err
	}
	ok := err == nil && user.MayAct()
	wrong := &domain.Error{Kind: domain.KindUnauthenticated, Op: op, Key: "error.link.unknown"}
	if err := s.d.proved(ctx, actor, access.SessionProvider, user, ok, wrong); err != nil {
		return User{}, err
	}
	return user, nil
}

// Bind lets a subject sign in to an account of staff, in place of the one
// before of the same issuer.
func (s *Links) Bind(ctx context.Context, actor domain.Actor, user domain.ID, subject Subject) error {
	const op = "identity.Bind"
	return s.change(ctx, actor, user, func(tx domain.Tx, u User) error {
		var f domain.Fields
		f.Check(subject.Issuer != "", "issuer", "error.required")
		f.Check(subject.Name != "", "subject", "error.required")
		f.Check(u.Role.Staff(), "user", "error.choice")
		if err := f.Err(op); err != nil {
			return err
		}
		if err := s.d.Links.DeleteLinks(ctx, tx, user); err != nil {
			return err
		}
		return s.d.Links.InsertLink(ctx, tx, Link{Subject: subject, UserID: user, BoundBy: actor.UserID, BoundAt: s.d.Clock.Now()})
	})
}

// Unbind ends what lets an identity provider answer for an account, and the
// account's sessions.
func (s *Links) Unbind(ctx context.Context, actor domain.Actor, user domain.ID) error {
	return s.change(ctx, actor, user, func(tx domain.Tx, u User) error {
		if err := s.d.Links.DeleteLinks(ctx, tx, user); err != nil {
			return err
		}
		return s.d.shut(ctx, tx, u.ID)
	})
}

func (s *Links) change(ctx context.Context, actor domain.Actor, user domain.ID, do func(domain.Tx, User) error) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, user)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.LinkUpdate, access.Facts{RecordID: u.ID}); err != nil {
			return err
		}
		tx.Outcome("user", u.ID, u.Version)
		return do(tx, u)
	})
}
