package identity

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Memberships say where an account works, from when and until when. They are
// kept when they end: who saw what in which role must stay explainable.

// MemberStore keeps memberships of agencies and organisations.
type MemberStore interface {
	// EndMembership ends a user's membership of today, at that moment.
	EndMembership(ctx context.Context, tx domain.Tx, user domain.ID, now time.Time) error
	// LimitMembership gives a user's open membership its last day.
	LimitMembership(ctx context.Context, tx domain.Tx, user domain.ID, until domain.Date) error
	// InsertMembership adds one of an agency.
	InsertMembership(ctx context.Context, tx domain.Tx, user, agency domain.ID, since, until domain.Date) error
}

// Members are the use-cases on memberships.
type Members struct{ d Deps }

// NewMembers wires the use-cases.
func NewMembers(d Deps) *Members { return &Members{d: d} }

// Leave ends a membership, and with it at once every session and token of the
// account. Administrators end anybody's, a lead a counsellor's of the own
// agency, an employer's member a colleague's; nobody their own.
func (s *Members) Leave(ctx context.Context, actor domain.Actor, user domain.ID) error {
	const op = "identity.Leave"
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, user)
		if err != nil {
			return err
		}
		if err := s.authorise(tx, actor, u); err != nil {
			return err
		}
		switch {
		case u.ID == actor.UserID:
			return domain.Conflict(op, "error.member.own")
		case u.AgencyID == "" && u.OrganisationID == "":
			return domain.Conflict(op, "error.member.none")
		}
		if err := s.d.Members.EndMembership(ctx, tx, u.ID, s.d.Clock.Now()); err != nil {
			return err
		}
		tx.Outcome("user", u.ID, u.Version)
		return s.d.shut(ctx, tx, u.ID)
	})
}

func (s *Members) authorise(tx domain.Tx, actor domain.Actor, u User) error {
	on := access.Facts{RecordID: u.ID, AgencyID: u.AgencyID, OrganisationID: u.OrganisationID}
	if actor.Role == domain.RoleLead && u.Role != domain.RoleCounsellor {
		on.AgencyID = "" // a lead answers for counsellors
	}
	return s.d.Policy.Authorise(tx, actor, access.MemberUpdate, on)
}

// Join is a membership of an agency from a day on; Until may be open.
type Join struct {
	UserID, AgencyID domain.ID
	Since, Until     domain.Date
}

// Join moves a member of staff to an agency: the membership before ends.
func (s *Members) Join(ctx context.Context, actor domain.Actor, in Join) error {
	const op = "identity.Join"
	now := s.d.Clock.Now()
	today := domain.DateOf(now)
	if in.Since.IsZero() {
		in.Since = today
	}
	var f domain.Fields
	f.Check(in.AgencyID != "", "agency_id", "error.required")
	f.Check(in.Until.IsZero() || !in.Until.Before(in.Since), "until", "error.date.order")
	f.Check(!in.Since.Before(today), "since", "error.date.order")
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, in.UserID)
		if err != nil {
			return err
		}
		if err := s.authorise(tx, actor, User{ID: u.ID, Role: u.Role}); err != nil { // of no agency: for administrators
			return err
		}
		f.Check(u.Role == domain.RoleCounsellor || u.Role == domain.RoleLead, "user", "error.choice")
		if err := f.Err(op); err != nil {
			return err
		}
		if u.AgencyID != "" {
			if err := s.d.Members.EndMembership(ctx, tx, u.ID, now); err != nil {
				return err
			}
		}
		tx.Outcome("user", u.ID, u.Version)
		return s.d.Members.InsertMembership(ctx, tx, u.ID, in.AgencyID, in.Since, in.Until)
	})
}
