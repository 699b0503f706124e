package employer

import (
	"context"
	"errors"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/identity"
)

// SignUp is what an employer says to open its own account.
type SignUp struct {
	Organisation OrganisationFields
	Name         string // of the person who signs up
	Email        string
	Phone        string
	Password     string
	Language     string
}

// SignedUp is what a sign-up made.
type SignedUp struct {
	Organisation Organisation
	User         identity.User
}

// SignUp makes an organisation, pending verification, and the account of its
// first member in one act. Fields of the account are named "account.…". A
// known e-mail address is Conflict.
func (s *Organisations) SignUp(ctx context.Context, actor domain.Actor, in SignUp) (SignedUp, error) {
	const op = "employer.SignUp"
	in.Organisation = in.Organisation.tidied()
	if in.Organisation.ContactName == "" {
		in.Organisation.ContactName = strings.TrimSpace(in.Name)
	}
	if in.Organisation.Phone == "" && in.Organisation.Email == "" {
		in.Organisation.Phone, in.Organisation.Email = in.Phone, strings.TrimSpace(in.Email)
	}
	if err := s.checkSignUp(op, in); err != nil {
		return SignedUp{}, err
	}
	hash, err := s.d.Passwords.Hash(ctx, in.Password)
	if err != nil {
		return SignedUp{}, err
	}
	var out SignedUp
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.OrganisationSignUp, access.Facts{}); err != nil {
			return err
		}
		o, err := s.insert(ctx, tx, in.Organisation, "")
		if err != nil {
			return err
		}
		u := identity.User{
			ID: s.d.IDs.New(), Role: domain.RoleEmployer, Name: strings.TrimSpace(in.Name), Email: strings.TrimSpace(in.Email),
			Phone: in.Phone, PasswordHash: hash, OrganisationID: o.ID, Language: in.Language, CreatedAt: o.CreatedAt, Version: 1,
		}
		if u.Language == "" {
			u.Language = "fr"
		}
		if err := s.d.Accounts.InsertUser(ctx, tx, u); err != nil {
			return err
		}
		tx.Outcome("organisation", o.ID, o.Version)
		out = SignedUp{Organisation: o, User: u}
		return nil
	})
	if err != nil {
		return SignedUp{}, err
	}
	return out, nil
}

// checkSignUp names every wrong field of the organisation and the account at once.
func (s *Organisations) checkSignUp(op string, in SignUp) error {
	var bad domain.Fields
	in.Organisation.check(&bad, s.d.Places)
	account := identity.NewUser{
		Role: domain.RoleEmployer, Name: in.Name, Email: strings.TrimSpace(in.Email), Phone: in.Phone, Password: in.Password,
	}
	var wrong *domain.Error
	if err := account.Check(op); errors.As(err, &wrong) {
		for _, f := range wrong.Fields {
			f.Name = "account." + f.Name
			bad = append(bad, f)
		}
	}
	bad.Check(in.Phone == "" || e164.MatchString(in.Phone), "account.phone", "error.phone")
	return bad.Err(op)
}
