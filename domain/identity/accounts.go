package identity

import (
	"context"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Password length bounds, in runes. The upper one bounds the work of hashing.
const (
	MinPassword = 10
	MaxPassword = 200
)

// HandedLife is how long a password opens an account that somebody else made
// and handed over: time to meet, too short to become habit.
const HandedLife = 7 * 24 * time.Hour

// Accounts are the use-cases on users.
type Accounts struct{ d Deps }

// NewAccounts wires the use-cases.
func NewAccounts(d Deps) *Accounts { return &Accounts{d: d} }

// NewUser is what creating an account needs. Password may be empty for
// accounts that sign in by phone.
type NewUser struct {
	Role           domain.Role
	Name           string
	Email          string
	Phone          string
	Password       string
	Handed         bool // somebody else made the password and hands it over
	Language       string
	PersonID       domain.ID
	AgencyID       domain.ID
	OrganisationID domain.ID
	Demo           bool
}

// Create makes an account. Wrong input is Invalid by field; a known e-mail is
// Conflict.
func (s *Accounts) Create(ctx context.Context, actor domain.Actor, in NewUser) (User, error) {
	const op = "identity.Create"
	hash := ""
	if err := in.Check(op); err != nil {
		return User{}, err
	}
	if in.Password != "" {
		var err error
		if hash, err = s.d.Passwords.Hash(ctx, in.Password); err != nil {
			return User{}, err
		}
	}
	u := User{
		ID: s.d.IDs.New(), Role: in.Role, Name: strings.TrimSpace(in.Name), Email: strings.TrimSpace(in.Email),
		Phone: in.Phone, PasswordHash: hash, PersonID: in.PersonID, AgencyID: in.AgencyID,
		OrganisationID: in.OrganisationID, Language: in.Language, CreatedAt: s.d.Clock.Now(), Demo: in.Demo, Version: 1,
	}
	if in.Handed {
		u.PasswordUntil = u.CreatedAt.Add(HandedLife)
	}
	if u.Language == "" {
		u.Language = "fr"
	}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AccountCreate, u.Facts()); err != nil {
			return err
		}
		if err := s.d.Users.InsertUser(ctx, tx, u); err != nil {
			return err
		}
		tx.Outcome("user", u.ID, u.Version)
		return nil
	})
	return u, err
}

// Check says by field what is wrong with a new account.
func (in NewUser) Check(op string) error {
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Name) != "", "name", "error.required")
	f.Check(in.Email == "" || plausibleEmail(in.Email), "email", "error.email")
	f.Check(in.Role.Staff() || in.Role == domain.RoleEmployer || in.Role == domain.RoleJobseeker, "role", "error.choice")
	if in.Role.Staff() || in.Role == domain.RoleEmployer {
		f.Check(in.Email != "", "email", "error.required")
		CheckPassword(&f, "password", in.Password, in.Email, in.Name)
	}
	if in.Role == domain.RoleCounsellor || in.Role == domain.RoleLead {
		f.Check(in.AgencyID != "", "agency", "error.required")
	}
	return f.Err(op)
}

func plausibleEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && len(s) <= 254 && !strings.ContainsAny(s, " \t\r\n<>,;") && strings.Contains(s[at:], ".")
}

// OfPerson gives the account of a jobseeker's record, for signing in by phone.
func (s *Accounts) OfPerson(ctx context.Context, person domain.ID) (User, error) {
	var user User
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		user, err = s.d.Users.UserByPerson(ctx, tx, person)
		return err
	})
	return user, err
}

// Get reads one account.
func (s *Accounts) Get(ctx context.Context, actor domain.Actor, id domain.ID) (User, error) {
	var user User
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		if user, err = s.d.Users.UserByID(ctx, tx, id); err != nil {
			return s.d.Policy.Unseen(tx, actor, access.AccountRead, id, err)
		}
		return s.d.Policy.Authorise(tx, actor, access.AccountRead, user.Facts())
	})
	if err != nil {
		return User{}, err
	}
	return user, nil
}

// List gives accounts in the order they were made, to who may read every account.
func (s *Accounts) List(ctx context.Context, actor domain.Actor, filter UserFilter, cursor domain.Cursor) (domain.Listing[User], error) {
	var out domain.Listing[User]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AccountRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Users.Users(ctx, tx, filter, cursor)
		return err
	})
	return out, err
}

// UpdateUser changes what an account holder may change; nil leaves a field.
type UpdateUser struct {
	ID       domain.ID
	Version  int
	Name     *string
	Language *string
	Disabled *bool
}

// Update changes an account. Disabling is an act of its own in the policy; it
// ends the account's sessions and tokens too, so that opening it again brings
// none of them back. Nobody disables their own account: somebody able to open
// it again always remains.
func (s *Accounts) Update(ctx context.Context, actor domain.Actor, in UpdateUser) (User, error) {
	const op = "identity.Update"
	var user User
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		var err error
		if user, err = s.d.Users.UserByID(ctx, tx, in.ID); err != nil {
			return s.d.Policy.Unseen(tx, actor, access.AccountUpdate, in.ID, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.AccountUpdate, user.Facts()); err != nil {
			return err
		}
		if in.Version != user.Version {
			return domain.Stale(op)
		}
		if in.Disabled != nil {
			if err := s.d.Policy.Authorise(tx, actor, access.AccountDisable, user.Facts()); err != nil {
				return err
			}
			user.DisabledAt = time.Time{}
			if *in.Disabled {
				if user.ID == actor.UserID {
					return domain.Conflict(op, "error.account.own")
				}
				user.DisabledAt = s.d.Clock.Now()
				if err := s.shut(ctx, tx, user.ID); err != nil {
					return err
				}
			}
		}
		if in.Name != nil {
			if strings.TrimSpace(*in.Name) == "" {
				return domain.Invalid(op, domain.Field("name", "error.required"))
			}
			user.Name = strings.TrimSpace(*in.Name)
		}
		if in.Language != nil {
			user.Language = *in.Language
		}
		return s.save(ctx, tx, &user)
	})
	if err != nil {
		return User{}, err
	}
	return user, nil
}

// shut ends everything that lets somebody act for the account.
func (s *Accounts) shut(ctx context.Context, tx domain.Tx, user domain.ID) error {
	return s.d.shut(ctx, tx, user)
}

func (d Deps) shut(ctx context.Context, tx domain.Tx, user domain.ID) error {
	now := d.Clock.Now()
	if err := d.Sessions.KillSessionsOf(ctx, tx, user, "", now); err != nil {
		return err
	}
	return d.Tokens.RevokeTokensOf(ctx, tx, user, now)
}
