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

// List gives who works in the actor's agency, or for the actor's employer.
func (s *Members) List(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[User], error) {
	living := false
	filter := UserFilter{Ended: &living, AgencyID: actor.AgencyID, OrganisationID: actor.OrganisationID}
	if actor.AgencyID == "" && actor.OrganisationID == "" { // who belongs nowhere has no colleagues here
		return domain.Listing[User]{}, domain.NotFound("identity.Members")
	}
	var out domain.Listing[User]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		on := access.Facts{AgencyID: actor.AgencyID, OrganisationID: actor.OrganisationID}
		if err := s.d.Policy.Authorise(tx, actor, access.MemberRead, on); err != nil {
			return err
		}
		var err error
		out, err = s.d.Users.Users(ctx, tx, filter, cursor)
		return err
	})
	return out, err
}

// Get reads one of them.
func (s *Members) Get(ctx context.Context, actor domain.Actor, id domain.ID) (User, error) {
	var out User
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.MemberRead, id, err)
		}
		on := access.Facts{RecordID: u.ID, AgencyID: u.AgencyID, OrganisationID: u.OrganisationID}
		if err := s.d.Policy.Authorise(tx, actor, access.MemberRead, on); err != nil {
			return err
		}
		out = u
		return nil
	})
	return out, err
}

// MayManage reports whether the actor answers for that member: may end the
// membership, and as a lead hand over a new password. Nobody for themselves.
func (s *Members) MayManage(actor domain.Actor, u User) bool {
	return u.ID != actor.UserID && s.d.Policy.Allows(actor, access.MemberUpdate, memberFacts(actor, u))
}

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
	return s.d.answersFor(tx, actor, access.MemberUpdate, u)
}

// answersFor asks for an act of who answers for a member. Colleagues whom the
// actor sees and does not answer for, as a lead another lead, are Forbidden: to
// hide somebody from who has just read of them would be no answer.
func (d Deps) answersFor(tx domain.Tx, actor domain.Actor, action access.Action, u User) error {
	err := d.Policy.Authorise(tx, actor, action, memberFacts(actor, u))
	seen := access.Facts{RecordID: u.ID, AgencyID: u.AgencyID, OrganisationID: u.OrganisationID}
	if domain.KindOf(err) == domain.KindNotFound && d.Policy.Allows(actor, access.MemberRead, seen) {
		return domain.Forbidden("identity." + string(action))
	}
	return err
}

// memberFacts are an account's for who answers for it: a lead does for
// counsellors, not for other leads.
func memberFacts(actor domain.Actor, u User) access.Facts {
	on := access.Facts{RecordID: u.ID, AccountID: u.ID, AgencyID: u.AgencyID, OrganisationID: u.OrganisationID}
	if actor.Role == domain.RoleLead && u.Role != domain.RoleCounsellor {
		on.AgencyID = ""
	}
	return on
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
