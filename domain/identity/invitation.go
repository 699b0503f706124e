package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// invitationLife is how long a link works.
const invitationLife = 7 * 24 * time.Hour

// Invitation is an account to be. Its secret is shown once, to who invites,
// who hands it over; it works once and for a week.
type Invitation struct {
	ID             domain.ID
	SecretHash     string
	Role           domain.Role
	Name           string
	Email          string
	AgencyID       domain.ID
	OrganisationID domain.ID
	Until          domain.Date // last day of the membership, zero when open
	InvitedBy      domain.ID
	CreatedAt      time.Time
	ExpiresAt      time.Time
	AcceptedAt     time.Time
	AcceptedBy     domain.ID
	RevokedAt      time.Time
}

// Open reports whether the invitation can still be accepted.
func (i Invitation) Open(now time.Time) bool {
	return i.AcceptedAt.IsZero() && i.RevokedAt.IsZero() && now.Before(i.ExpiresAt)
}

func (i Invitation) facts() access.Facts {
	return access.Facts{RecordID: i.ID, AgencyID: i.AgencyID, OrganisationID: i.OrganisationID}
}

// InvitationStore keeps invitations by the hash of their secret.
type InvitationStore interface {
	InsertInvitation(ctx context.Context, tx domain.Tx, i Invitation) error
	InvitationByID(ctx context.Context, tx domain.Tx, id domain.ID) (Invitation, error)
	// InvitationBySecret reads an invitation, locked when it is to be accepted.
	InvitationBySecret(ctx context.Context, tx domain.Tx, hash string, lock bool) (Invitation, error)
	// OpenInvitations lists those that can be accepted, of an agency or an organisation; of all when both are empty.
	OpenInvitations(ctx context.Context, tx domain.Tx, agency, organisation domain.ID, now time.Time) ([]Invitation, error)
	SaveInvitation(ctx context.Context, tx domain.Tx, i Invitation) error
}

// Invitations are the use-cases on invitations.
type Invitations struct{ d Deps }

// NewInvitations wires the use-cases.
func NewInvitations(d Deps) *Invitations { return &Invitations{d: d} }

// NewInvitation asks for one. Leads and members of an employer invite to their
// own agency and organisation, whatever it says.
type NewInvitation struct {
	Role           domain.Role
	Name           string
	Email          string
	AgencyID       domain.ID
	OrganisationID domain.ID
	Until          domain.Date
}

// MayInvite lists the roles an actor may invite: administrators all who work
// with Baara, leads counsellors of their agency, an employer's member colleagues.
func MayInvite(actor domain.Actor) []domain.Role {
	switch actor.Role {
	case domain.RoleAdministrator, domain.RoleSystem:
		return slices.DeleteFunc(domain.PeopleRoles(), func(r domain.Role) bool { return r == domain.RoleJobseeker })
	case domain.RoleLead:
		return []domain.Role{domain.RoleCounsellor}
	case domain.RoleEmployer:
		return []domain.Role{domain.RoleEmployer}
	}
	return nil
}

// Create makes an invitation and gives its secret, this once. Whether somebody
// has an account with that address already is not told here, but to who
// accepts.
func (s *Invitations) Create(ctx context.Context, actor domain.Actor, in NewInvitation) (Invitation, string, error) {
	const op = "identity.Invite"
	switch actor.Role {
	case domain.RoleLead:
		in.AgencyID, in.OrganisationID = actor.AgencyID, ""
	case domain.RoleEmployer:
		in.AgencyID, in.OrganisationID = "", actor.OrganisationID
	}
	now := s.d.Clock.Now()
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Name) != "", "name", "error.required")
	f.Check(in.Email != "", "email", "error.required")
	f.Check(in.Email == "" || plausibleEmail(strings.TrimSpace(in.Email)), "email", "error.email")
	f.Check((in.Role == domain.RoleCounsellor || in.Role == domain.RoleLead) == (in.AgencyID != ""), "agency_id", "error.required")
	f.Check((in.Role == domain.RoleEmployer) == (in.OrganisationID != ""), "organisation_id", "error.required")
	f.Check(in.Until.IsZero() || !in.Until.Before(domain.DateOf(now)), "until", "error.date.order")
	secret := s.d.Secret()
	i := Invitation{
		ID: s.d.IDs.New(), SecretHash: s.d.HashToken(secret), Role: in.Role, Name: strings.TrimSpace(in.Name), Email: strings.TrimSpace(in.Email),
		AgencyID: in.AgencyID, OrganisationID: in.OrganisationID, Until: in.Until, InvitedBy: actor.UserID, CreatedAt: now, ExpiresAt: now.Add(invitationLife),
	}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.InvitationCreate, i.facts()); err != nil {
			return err
		}
		f.Check(slices.Contains(MayInvite(actor), in.Role), "role", "error.choice")
		if err := f.Err(op); err != nil {
			return err
		}
		if err := s.d.Invitations.InsertInvitation(ctx, tx, i); err != nil {
			return err
		}
		tx.Outcome("invitation", i.ID, 1)
		return nil
	})
	if err != nil {
		return Invitation{}, "", err
	}
	return i, secret, nil
}

// Get reads one invitation, without its secret.
func (s *Invitations) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Invitation, error) {
	var out Invitation
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		if out, err = s.d.Invitations.InvitationByID(ctx, tx, id); err != nil {
			return err
		}
		return s.d.Policy.Authorise(tx, actor, access.InvitationRead, out.facts())
	})
	return out, err
}

// List gives the invitations that can still be accepted: those of the actor's
// agency or organisation, an administrator's all.
func (s *Invitations) List(ctx context.Context, actor domain.Actor) ([]Invitation, error) {
	var out []Invitation
	agency, organisation := actor.AgencyID, actor.OrganisationID
	if actor.Role == domain.RoleAdministrator {
		agency, organisation = "", ""
	}
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		on := access.Facts{AgencyID: agency, OrganisationID: organisation}
		if err := s.d.Policy.Authorise(tx, actor, access.InvitationRead, on); err != nil {
			return err
		}
		var err error
		out, err = s.d.Invitations.OpenInvitations(ctx, tx, agency, organisation, s.d.Clock.Now())
		return err
	})
	return out, err
}

// Revoke makes an invitation useless.
func (s *Invitations) Revoke(ctx context.Context, actor domain.Actor, id domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		i, err := s.d.Invitations.InvitationByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.InvitationRevoke, i.facts()); err != nil {
			return err
		}
		if i.Open(s.d.Clock.Now()) {
			i.RevokedAt = s.d.Clock.Now()
			if err := s.d.Invitations.SaveInvitation(ctx, tx, i); err != nil {
				return err
			}
		}
		tx.Outcome("invitation", i.ID, 1)
		return nil
	})
}

// errInvitation is the one answer for an unknown, an expired, a revoked and a
// used invitation.
func errInvitation(op string) error {
	return &domain.Error{Kind: domain.KindNotFound, Op: op, Key: "error.invitation"}
}

// Read shows an invitation to who holds its secret.
func (s *Invitations) Read(ctx context.Context, secret string) (Invitation, error) {
	const op = "identity.ReadInvitation"
	var out Invitation
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		out, err = s.d.Invitations.InvitationBySecret(ctx, tx, s.d.HashToken(secret), false)
		return err
	})
	if domain.KindOf(err) == domain.KindNotFound || err == nil && !out.Open(s.d.Clock.Now()) {
		return Invitation{}, errInvitation(op)
	}
	return out, err
}

// Accept is how an invited person takes the account: with a password of their
// own, or with what their agency's identity provider calls them.
type Accept struct {
	Secret   string
	Name     string
	Password string
	Language string
	Subject  Subject // instead of a password
}

// Accept makes the account and its membership, and uses the secret up.
func (s *Invitations) Accept(ctx context.Context, actor domain.Actor, in Accept) (User, error) {
	const op = "identity.Accept"
	invited, err := s.Read(ctx, in.Secret)
	if err != nil {
		return User{}, err
	}
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Name) != "", "name", "error.required")
	hash := ""
	if in.Subject.IsZero() {
		CheckPassword(&f, "password", in.Password, invited.Email, in.Name)
	}
	if err := f.Err(op); err != nil {
		return User{}, err
	}
	if in.Subject.IsZero() {
		if hash, err = s.d.Passwords.Hash(ctx, in.Password); err != nil {
			return User{}, err
		}
	}
	system := domain.System() // nobody has an account yet
	system.RequestID, system.Once = actor.RequestID, actor.Once
	var u User
	err = s.d.Tx.InTx(ctx, system, func(tx domain.Tx) error {
		now := s.d.Clock.Now()
		i, err := s.d.Invitations.InvitationBySecret(ctx, tx, s.d.HashToken(in.Secret), true)
		if err != nil {
			return err
		}
		if !i.Open(now) {
			return errInvitation(op)
		}
		u = User{
			ID: s.d.IDs.New(), Role: i.Role, Name: strings.TrimSpace(in.Name), Email: i.Email, PasswordHash: hash, AgencyID: i.AgencyID,
			OrganisationID: i.OrganisationID, Language: in.Language, CreatedAt: now, Version: 1,
		}
		if u.Language == "" {
			u.Language = "fr"
		}
		if err := s.d.Users.InsertUser(ctx, tx, u); err != nil {
			return err
		}
		if !i.Until.IsZero() {
			if err := s.d.Members.LimitMembership(ctx, tx, u.ID, i.Until); err != nil {
				return err
			}
		}
		if !in.Subject.IsZero() {
			link := Link{Subject: in.Subject, UserID: u.ID, BoundBy: i.InvitedBy, BoundAt: now}
			if err := s.d.Links.InsertLink(ctx, tx, link); err != nil {
				return err
			}
		}
		i.AcceptedAt, i.AcceptedBy = now, u.ID
		if err := s.d.Invitations.SaveInvitation(ctx, tx, i); err != nil {
			return err
		}
		tx.Decided(domain.Decision{Action: string(access.InvitationAccept), Allowed: true, Kind: "user", RecordID: u.ID})
		tx.Outcome("user", u.ID, u.Version)
		return nil
	})
	if err != nil {
		return User{}, err
	}
	return u, nil
}
