package rights

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

// Requests are the use-cases on what people ask for.
type Requests struct{ d Deps }

// NewRequests wires the use-cases.
func NewRequests(d Deps) *Requests { return &Requests{d: d} }

// Days is how many days an answer may take.
func (s *Requests) Days() int { return s.d.Rules.Due }

// WaitDays is how long an erasure asked for from an account waits, in days.
func (s *Requests) WaitDays() int { return int(s.d.Rules.Wait.Hours()) / 24 }

// Today is the day deadlines are counted by.
func (s *Requests) Today() domain.Date { return s.d.today() }

// Ask is what somebody asks for.
type Ask struct {
	PersonID domain.ID // for staff; jobseekers speak for themselves
	Kind     Kind
	Purpose  string // of an objection
	Words    string // required for a correction, and from staff always: what the person said
}

// requestPrefix begins the reference of every request.
const requestPrefix = "DR"

// Make records a request. An objection acts at once: statistics leave the
// person out, a consent ends; a refusal takes the former back. An erasure
// asked for from an account waits before anything is removed, and the person
// is told on the phone, so that who stole a phone does not erase its owner.
func (s *Requests) Make(ctx context.Context, actor domain.Actor, in Ask) (Request, error) {
	const op = "rights.Make"
	in.Words = strings.TrimSpace(in.Words)
	if actor.Role == domain.RoleJobseeker {
		in.PersonID = actor.PersonID
	}
	var out Request
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, actor, access.RequestMake, in.PersonID)
		if err != nil {
			return err
		}
		facts.RecordID = "" // the outcome's
		if err := s.d.Policy.Authorise(tx, actor, access.RequestMake, facts); err != nil {
			return err
		}
		if err := in.check(op, actor); err != nil {
			return err
		}
		if out, err = s.new(ctx, tx, actor, in); err != nil {
			return err
		}
		if err := s.d.Store.InsertRequest(ctx, tx, out); err != nil {
			return err
		}
		step := domain.StepBy(actor, s.d.IDs.New(), out.ID, out.CreatedAt)
		step.Transition, step.To = Make, out.State
		if err := s.d.History.Append(ctx, tx, step); err != nil {
			return err
		}
		tx.Outcome("rights_request", out.ID, out.Version)
		return s.act(ctx, tx, actor, out)
	})
	if err != nil {
		return Request{}, err
	}
	return out, nil
}

func (in Ask) check(op string, actor domain.Actor) error {
	var bad domain.Fields
	bad.Check(slices.Contains(Kinds(), in.Kind), "kind", "error.choice")
	bad.Check((in.Kind == Objection) == (in.Purpose != ""), "purpose", "error.rights.purpose")
	bad.Check(in.Purpose == "" || slices.Contains(Purposes(), in.Purpose), "purpose", "error.choice")
	bad.Check(in.Words != "" || in.Kind != Rectification && actor.Role == domain.RoleJobseeker, "words", "error.required")
	bad.Check(len([]rune(in.Words)) <= MaxWords, "words", "error.too_long", "Max", MaxWords)
	return bad.Err(op)
}

func (s *Requests) new(ctx context.Context, tx domain.Tx, actor domain.Actor, in Ask) (Request, error) {
	registration, err := s.d.Registrations.Registration(ctx, tx, in.PersonID)
	if err != nil {
		return Request{}, err
	}
	number, err := s.d.Store.RequestReference(ctx, tx)
	if err != nil {
		return Request{}, err
	}
	now := s.d.Clock.Now()
	r := Request{
		ID: s.d.IDs.New(), Reference: domain.Reference(requestPrefix, now.Year(), number), Kind: in.Kind, Purpose: in.Purpose, Words: in.Words,
		PersonID: in.PersonID, AgencyID: registration.AgencyID, Mode: ByCounter, MadeBy: actor.UserID, State: Received,
		DueOn: s.d.today().AddDays(s.d.Rules.Due), CreatedAt: now, UpdatedAt: now, Version: 1,
	}
	if actor.Role == domain.RoleJobseeker {
		r.Mode = BySelf
		if r.Kind == Erasure {
			r.WaitsUntil = now.Add(s.d.Rules.Wait)
		}
	}
	return r, nil
}

// act does what a request does by being made.
func (s *Requests) act(ctx context.Context, tx domain.Tx, actor domain.Actor, r Request) error {
	switch {
	case r.Kind == Objection && r.Purpose == Statistics:
		return s.d.Store.Object(ctx, tx, r.PersonID, r.ID, r.CreatedAt)
	case r.Kind == Objection:
		return s.d.Withdrawals.WithdrawIn(ctx, tx, actor, person.WithdrawConsent{PersonID: r.PersonID, Purpose: person.Purpose(r.Purpose)})
	case r.Kind == Erasure && r.Mode == BySelf && s.d.Outbox != nil:
		p, err := s.d.People.Get(ctx, tx, r.PersonID)
		if err != nil {
			return err
		}
		return s.d.Outbox.Notify(ctx, tx, p, "sms.erasure", map[string]string{
			"Reference": r.Reference, "Date": domain.DateOf(r.WaitsUntil.In(s.d.Rules.Zone)).String(),
		})
	}
	return nil
}

// Filter narrows a list of requests; the zero value gives the open ones, the
// nearest due first.
type Filter struct {
	PersonID domain.ID
	Kinds    []Kind
	States   []domain.State
	Closed   bool // those that were answered, the newest first
	Overdue  bool
}

// Query asks for a page of requests.
type Query struct {
	Actor     domain.Actor
	Relations []access.Relation
	Filter
	Today  domain.Date
	Cursor domain.Cursor
}

// List gives the requests the actor may see.
func (s *Requests) List(ctx context.Context, actor domain.Actor, filter Filter, cursor domain.Cursor) (domain.Listing[Row], error) {
	var out domain.Listing[Row]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.RequestRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.RequestRead, access.Facts{})
		}
		var err error
		out, err = s.d.Store.Requests(ctx, tx, Query{Actor: actor, Relations: relations, Filter: filter, Today: s.d.today(), Cursor: cursor})
		return err
	})
	return out, err
}

// Told is a request with how it came to its state, and what holds an erasure.
type Told struct {
	Row
	Steps []domain.Step
	Holds []Hold
}

// Get reads one.
func (s *Requests) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Told, error) {
	var out Told
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		row, err := s.d.Store.Request(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.RequestRead, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.RequestRead, row.Request.Facts()); err != nil {
			return err
		}
		out.Row = row
		out.Steps, err = s.d.History.Of(ctx, tx, id)
		return err
	})
	if err != nil || out.Request.Kind != Erasure || !out.Request.Open() || actor.Role == domain.RoleJobseeker {
		return out, err
	}
	// What holds somebody may lie where the actor does not look: only that it does is told.
	err = s.d.Tx.View(ctx, actor.ByBaara(), func(tx domain.Tx) error {
		out.Holds, err = s.d.Store.Holds(ctx, tx, out.Request.PersonID, id, s.d.Clock.Now())
		return err
	})
	return out, err
}
