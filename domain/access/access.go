// Package access says who may do what: rows of (role, action, relation),
// default deny. Every transport reaches records through use-cases, and every
// use-case asks this package; there is no other place where permission is
// decided.
//
// A relation is how an actor stands to a record ("self", "referent", "same
// agency"). Each has one Go form, in Facts.Holds, one SQL form for lists, in
// domain/store, and one as row-level security, in the schema rls of the
// database; a property test keeps them equal.
package access

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// Action is a noun and a verb: "vacancy.publish". Reading a noun is "noun.read".
type Action string

// Noun is the part before the dot.
func (a Action) Noun() string {
	noun, _, _ := strings.Cut(string(a), ".")
	return noun
}

func (a Action) read() Action { return Action(a.Noun() + ".read") }

// Relation is how an actor stands to a record.
type Relation string

// The relations. Anyone holds for every record.
const (
	Anyone           Relation = "anyone"            // no relation needed
	Self             Relation = "self"              // the record is about the actor's own person
	Referent         Relation = "referent"          // the actor owns the case file
	SameAgency       Relation = "same_agency"       // the record belongs to the actor's agency
	SharedWith       Relation = "shared_with"       // shared with the actor, and the share has not ended
	SameOrganisation Relation = "same_organisation" // the record belongs to the actor's employer
	Published        Relation = "published"         // the record is public now
	OwnAccount       Relation = "own_account"       // the record is the actor's own account
	Author           Relation = "author"            // the actor wrote the record
	Emergency        Relation = "emergency"         // the actor opened the person's file in an emergency that has not ended
)

// Row permits one role one action on records in one relation.
type Row struct {
	Role     domain.Role
	Action   Action
	Relation Relation
}

// Facts is what a record tells about itself for the relations. A use-case
// fills what the record has; what stays empty relates to nobody.
type Facts struct {
	RecordID       domain.ID // for the audit trail; no relation looks at it
	PersonID       domain.ID
	AccountID      domain.ID
	OwnerID        domain.ID // the case file's referent
	AgencyID       domain.ID
	OrganisationID domain.ID
	AuthorID       domain.ID
	SharedWith     []domain.ID // users and agencies with a live share
	OpenedBy       []domain.ID // users with a live opening in an emergency
	Published      bool
	Merged         bool // another file stands for the person: this one is read, and nothing else is done to it
}

// Holds reports whether the actor stands in that relation to the record.
func (f Facts) Holds(actor domain.Actor, r Relation) bool {
	same := func(a, b domain.ID) bool { return a != "" && a == b }
	switch r {
	case Anyone:
		return true
	case Self:
		return same(f.PersonID, actor.PersonID)
	case Referent:
		return same(f.OwnerID, actor.UserID)
	case SameAgency:
		return same(f.AgencyID, actor.AgencyID)
	case SharedWith:
		return (actor.UserID != "" && slices.Contains(f.SharedWith, actor.UserID)) ||
			(actor.AgencyID != "" && slices.Contains(f.SharedWith, actor.AgencyID))
	case SameOrganisation:
		return same(f.OrganisationID, actor.OrganisationID)
	case Published:
		return f.Published
	case OwnAccount:
		return same(f.AccountID, actor.UserID)
	case Author:
		return same(f.AuthorID, actor.UserID)
	case Emergency:
		return actor.UserID != "" && slices.Contains(f.OpenedBy, actor.UserID)
	}
	return false
}

// Policy answers questions over a set of rows.
type Policy struct{ rows []Row }

// New makes a policy of rows. Baara's own is Default().
func New(rows []Row) Policy { return Policy{rows: slices.Clone(rows)} }

// Default is the policy of the product: the rows of every noun.
func Default() Policy {
	return New(slices.Concat(
		personRows(), documentRows(), accountRows(), employerRows(), caseworkRows(), placementRows(), referenceRows(), rightsRows(),
	))
}

// Rows gives a copy of the rows, for tests and the printed policy.
func (p Policy) Rows() []Row { return slices.Clone(p.rows) }

// Relations lists the relations that let this actor do the action: what a
// store turns into the WHERE clause of a list. Empty means nothing may show.
func (p Policy) Relations(actor domain.Actor, action Action) []Relation {
	if actor.Confined && !impersonal(action) {
		return nil
	}
	if actor.Scopes != nil && !slices.Contains(actor.Scopes, string(action)) &&
		!slices.Contains(actor.Scopes, action.Noun()+".*") {
		return nil
	}
	if actor.Role == domain.RoleSystem {
		return []Relation{Anyone}
	}
	var out []Relation
	for _, row := range p.rows {
		if row.Role == actor.Role && row.Action == action {
			out = append(out, row.Relation)
		}
	}
	return out
}

// Allows reports whether the actor may do the action to a record with these facts.
func (p Policy) Allows(actor domain.Actor, action Action, on Facts) bool {
	return len(p.held(actor, action, on)) > 0
}

// held lists the relations by which the actor may do the action.
func (p Policy) held(actor domain.Actor, action Action, on Facts) []Relation {
	if on.Merged && action != action.read() && action != PersonReadMigration {
		return nil
	}
	return slices.DeleteFunc(p.Relations(actor, action), func(r Relation) bool { return !on.Holds(actor, r) })
}

// Authorise is Check, and keeps the answer in the transaction for the audit
// trail: every use-case asks here, inside its transaction. What only an opening
// in an emergency allows says so in the trail.
func (p Policy) Authorise(tx domain.Tx, actor domain.Actor, action Action, on Facts) error {
	reason := ""
	if slices.Equal(p.held(actor, action, on), []Relation{Emergency}) {
		reason = string(Emergency)
	}
	return p.AuthoriseFor(tx, actor, action, on, reason)
}

// AuthoriseFor is Authorise for an act somebody gives a reason for, which the
// trail keeps.
func (p Policy) AuthoriseFor(tx domain.Tx, actor domain.Actor, action Action, on Facts, reason string) error {
	err := p.Check(actor, action, on)
	if recorded(actor, action, on) {
		tx.Decided(domain.Decision{
			Action: string(action), Allowed: err == nil, Kind: action.Noun(), RecordID: on.RecordID, PersonID: on.PersonID, Reason: reason,
		})
	}
	return err
}

// Require is Authorise for a use-case that asks before it has a transaction:
// one that first asks the index, or writes in many.
func (p Policy) Require(ctx context.Context, t domain.Transactor, actor domain.Actor, action Action, on Facts) error {
	return t.View(ctx, actor, func(tx domain.Tx) error { return p.Authorise(tx, actor, action, on) })
}

// Unseen answers for a record the database did not give: there is none, or
// row-level security hides it. The policy is asked with what is left to ask
// with, so that both answer alike, and leave a refusal in the audit trail
// alike. Other errors pass, and so does not-found where no relation is needed.
func (p Policy) Unseen(tx domain.Tx, actor domain.Actor, action Action, id domain.ID, err error) error {
	if domain.KindOf(err) != domain.KindNotFound {
		return err
	}
	ask := func() error { return p.Authorise(tx, actor, action, Facts{RecordID: id}) }
	if actor.Role == domain.RoleAnonymous { // who could fill the trail with records that never were
		ask = func() error { return p.Check(actor, action, Facts{}) }
	}
	if refused := ask(); refused != nil {
		return refused
	}
	return err
}

// Check is nil when the actor may act. Otherwise the refusal is Forbidden
// where the actor may read the record, Unauthenticated for a visitor without
// an account, and NotFound for everybody else: what is hidden answers like
// what does not exist.
func (p Policy) Check(actor domain.Actor, action Action, on Facts) error {
	op := "access." + string(action)
	if actor.Confined && !impersonal(action) {
		return p.confined(op, actor, action, on)
	}
	switch {
	case p.Allows(actor, action, on):
		return nil
	case action != action.read() && p.Allows(actor, action.read(), on):
		return domain.Forbidden(op)
	case actor.Role == domain.RoleAnonymous || actor.Role == "":
		return domain.Unauthenticated(op)
	}
	return domain.NotFound(op)
}
