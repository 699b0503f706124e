package employer

import (
	"context"
	"errors"
	"strings"
	"time"

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
	Work         string // solution of a challenge posed for SignUpWork, "" for none
}

// SignUpWork is the purpose of a challenge solved for signing up.
const SignUpWork = "sign_up"

// VerifyDelay is how long an employer that signed up without proof of work
// waits before anybody can verify it.
const VerifyDelay = 24 * time.Hour

// SignedUp is what a sign-up made: nothing, where the address has an account.
// Whoever asked must not be told which.
type SignedUp struct {
	Organisation Organisation
	User         identity.User
}

// SignUpNote says that somebody asked for an employer's account with the
// address of an account there is.
type SignUpNote struct {
	ID           domain.ID
	UserID       domain.ID // whose address it is
	AgencyID     domain.ID // that would have called
	Organisation string
	Contact      string
	Phone        string
	At           time.Time
}

// SignUp makes an organisation, pending verification, and the account of its
// first member in one act. Fields of the account are named "account.…". Where
// the address has an account already it makes neither and leaves a note, which
// takes as long and answers alike: see cmd/wire/timing_test.go.
func (s *Organisations) SignUp(ctx context.Context, actor domain.Actor, in SignUp) (SignedUp, error) {
	const op = "employer.SignUp"
	in.Organisation = in.Organisation.tidied()
	in.Name, in.Email = strings.TrimSpace(in.Name), strings.TrimSpace(in.Email)
	if in.Organisation.ContactName == "" {
		in.Organisation.ContactName = in.Name
	}
	if in.Organisation.Phone == "" && in.Organisation.Email == "" {
		in.Organisation.Phone, in.Organisation.Email = in.Phone, in.Email
	}
	if err := s.checkSignUp(op, in); err != nil {
		return SignedUp{}, err
	}
	hash, err := s.d.Passwords.Hash(ctx, in.Password)
	if err != nil {
		return SignedUp{}, err
	}
	holder, err := s.holder(ctx, in.Email)
	if err != nil {
		return SignedUp{}, err
	}
	if holder.IsZero() {
		out, err := s.open(ctx, actor, in, hash)
		if domain.KindOf(err) != domain.KindConflict {
			return out, err
		}
		if holder, err = s.holder(ctx, in.Email); err != nil || holder.IsZero() { // somebody was faster
			return SignedUp{}, err
		}
	}
	return SignedUp{}, s.remember(ctx, actor, in, holder)
}

// holder gives the account of an address, "" for none: Baara's own look, since
// no visitor may.
func (s *Organisations) holder(ctx context.Context, email string) (domain.ID, error) {
	var u identity.User
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) (err error) {
		u, err = s.d.Accounts.UserByEmail(ctx, tx, email)
		return err
	})
	if domain.KindOf(err) == domain.KindNotFound {
		return "", nil
	}
	return u.ID, err
}

// open makes the organisation and the account.
func (s *Organisations) open(ctx context.Context, actor domain.Actor, in SignUp, hash string) (SignedUp, error) {
	var out SignedUp
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.OrganisationSignUp, access.Facts{}); err != nil {
			return err
		}
		proven, err := s.d.Work.Spend(ctx, tx, SignUpWork, in.Work)
		if err != nil {
			return err
		}
		o, err := s.insert(ctx, tx, in.Organisation, "", !proven)
		if err != nil {
			return err
		}
		u := identity.User{
			ID: s.d.IDs.New(), Role: domain.RoleEmployer, Name: in.Name, Email: in.Email,
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

// remember leaves a note, for who holds the address and for the agency that
// would have called. Visitors write no notes: it is Baara's own act.
func (s *Organisations) remember(ctx context.Context, actor domain.Actor, in SignUp, holder domain.ID) error {
	return s.d.Tx.InTx(ctx, actor.ByBaara(), func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.OrganisationSignUp, access.Facts{}); err != nil {
			return err
		}
		if _, err := s.d.Work.Spend(ctx, tx, SignUpWork, in.Work); err != nil {
			return err
		}
		agency, err := s.d.agencyFor(ctx, tx, in.Organisation.PlaceCode)
		if err != nil {
			return err
		}
		note := SignUpNote{
			ID: s.d.IDs.New(), UserID: holder, AgencyID: agency, Organisation: in.Organisation.LegalName, Contact: in.Name, Phone: in.Phone,
			At: s.d.Clock.Now(),
		}
		tx.Outcome("sign_up_note", note.ID, 1)
		return s.d.Notes.InsertSignUpNote(ctx, tx, note)
	})
}

// SignUpNotes lists, the newest first, who asked for an employer's account with
// the actor's own address.
func (s *Organisations) SignUpNotes(ctx context.Context, actor domain.Actor) ([]SignUpNote, error) {
	var out []SignUpNote
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AccountRead, access.Facts{AccountID: actor.UserID}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Notes.SignUpNotes(ctx, tx, actor.UserID)
		return err
	})
	return out, err
}

// checkSignUp names every wrong field of the organisation and the account at once.
func (s *Organisations) checkSignUp(op string, in SignUp) error {
	var bad domain.Fields
	in.Organisation.check(&bad, s.d.Places)
	account := identity.NewUser{
		Role: domain.RoleEmployer, Name: in.Name, Email: in.Email, Phone: in.Phone, Password: in.Password,
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
