package rights

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// RuleKind is a kind of record that is kept for a time.
type RuleKind string

// The kinds of record.
const (
	KeepPeople     RuleKind = "people"      // whole records, once the registration is closed
	KeepQuarantine RuleKind = "quarantine"  // registrations that never left quarantine
	KeepMessages   RuleKind = "messages"    // what was sent
	KeepEmergency  RuleKind = "emergencies" // who opened what in an emergency; the trail keeps the act
	KeepTransfers  RuleKind = "transfers"   // requests between agencies that ended
	KeepRequests   RuleKind = "requests"    // what people asked of their data
	KeepDrafts     RuleKind = "drafts"      // forms nobody finished
	KeepSessions   RuleKind = "sessions"
	KeepCodes      RuleKind = "codes"
	KeepAnswers    RuleKind = "answers" // forms with mistakes, until they are corrected
	KeepShown      RuleKind = "shown"   // which employer was shown whom
	KeepTrail      RuleKind = "trail"
)

// Rule says how long a kind of record is kept. The words of its reason and
// from when it counts are messages: "rights.retention.KIND.reason", ".from".
type Rule struct {
	Kind    RuleKind
	Months  int // 0: see Days
	Days    int // 0: see Minutes
	Minutes int
	// Source says where the period comes from: the service's proposal, until
	// counsel has confirmed it, or the program's own security.
	Source Source
	// Alone is set where Baara removes by itself, every hour, without a report.
	Alone bool
	// Never is set where nothing is removed.
	Never bool
}

// Source says who decided a period.
type Source string

// The sources of periods.
const (
	Proposed Source = "proposed" // by the service; counsel has to confirm it
	Security Source = "security" // what a mechanism of the program needs
)

// Retention is how long each kind of record is kept. No law names these
// periods: law 2013-015 asks that data be kept no longer than the purpose
// needs, so each has its reason beside it.
func Retention() []Rule {
	return []Rule{
		{Kind: KeepPeople, Months: 60, Source: Proposed},
		{Kind: KeepQuarantine, Months: 3, Source: Proposed},
		{Kind: KeepMessages, Months: 6, Source: Proposed},
		{Kind: KeepEmergency, Months: 36, Source: Proposed},
		{Kind: KeepTransfers, Months: 36, Source: Proposed},
		{Kind: KeepRequests, Months: 60, Source: Proposed},
		{Kind: KeepDrafts, Days: 30, Source: Security, Alone: true},
		{Kind: KeepSessions, Days: 30, Source: Security, Alone: true},
		{Kind: KeepCodes, Days: 1, Source: Security, Alone: true},
		{Kind: KeepAnswers, Minutes: 15, Source: Security, Alone: true},
		{Kind: KeepShown, Days: 90, Source: Security, Alone: true},
		{Kind: KeepTrail, Source: Proposed, Never: true},
	}
}

// Before gives the day before which what a rule counts from lies, for what is
// due on a day.
func (r Rule) Before(today domain.Date) domain.Date {
	if r.Months > 0 {
		return today.AddMonths(-r.Months)
	}
	return today.AddDays(-r.Days)
}

// Whole reports whether a rule removes whole people.
func (r Rule) Whole() bool { return r.Kind == KeepPeople || r.Kind == KeepQuarantine }

// Due is how much a rule would remove.
type Due struct {
	Rows   int
	Held   int // more that are due and stay, because something holds them
	Oldest domain.Date
}

// Line is a rule with what it would remove now.
type Line struct {
	Rule
	Before domain.Date
	Due
}

// Keeping are the use-cases on how long records are kept.
type Keeping struct {
	d        Deps
	requests *Requests
}

// NewKeeping wires the use-cases.
func NewKeeping(d Deps) *Keeping { return &Keeping{d: d, requests: NewRequests(d)} }

// Report says what would be removed now, and removes nothing. Rules that Baara
// follows by itself are in it without a count.
func (s *Keeping) Report(ctx context.Context, actor domain.Actor) ([]Line, error) {
	var out []Line
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		return s.d.Policy.Authorise(tx, actor, access.RetentionRead, access.Facts{})
	})
	if err != nil {
		return nil, err
	}
	// Counts of all agencies: numbers, of records nobody is shown.
	err = s.d.Tx.View(ctx, actor.ByBaara(), func(tx domain.Tx) error {
		for _, rule := range Retention() {
			line := Line{Rule: rule, Before: rule.Before(s.d.today())}
			if !rule.Alone && !rule.Never {
				var err error
				if line.Due, err = s.d.Store.Due(ctx, tx, rule.Kind, s.start(line.Before), s.d.Clock.Now()); err != nil {
					return err
				}
			}
			out = append(out, line)
		}
		return nil
	})
	return out, err
}

// start is when a day begins where the service is.
func (s *Keeping) start(d domain.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, s.d.Rules.Zone)
}

// removeBatch is how many whole people one look gives; each is a transaction.
const removeBatch = 50

// Apply removes what is due and what nothing holds: whole people one
// transaction each, as an erasure does, other rows by kind. Whoever asks
// proved just before who they are: the edge sees to it. It says how much of
// each kind went.
func (s *Keeping) Apply(ctx context.Context, actor domain.Actor) (map[RuleKind]int, error) {
	gone := map[RuleKind]int{}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		tx.Outcome("retention", s.d.IDs.New(), 1)
		return s.d.Policy.Authorise(tx, actor, access.RetentionApply, access.Facts{})
	})
	if err != nil {
		return gone, err
	}
	baara := actor.ByBaara()
	baara.Once = domain.Once{}
	for _, rule := range Retention() {
		if rule.Alone || rule.Never {
			continue
		}
		before := s.start(rule.Before(s.d.today()))
		if rule.Whole() {
			if gone[rule.Kind], err = s.people(ctx, baara, rule.Kind, before); err != nil {
				return gone, err
			}
			continue
		}
		err := s.d.Tx.InTx(ctx, baara, func(tx domain.Tx) (err error) {
			gone[rule.Kind], err = s.d.Store.RemoveDue(ctx, tx, rule.Kind, before)
			return err
		})
		if err != nil {
			return gone, err
		}
	}
	return gone, nil
}

// people removes whole people, one transaction each.
func (s *Keeping) people(ctx context.Context, baara domain.Actor, kind RuleKind, before time.Time) (int, error) {
	n := 0
	for after := domain.ID(""); ; {
		var due []domain.ID
		err := s.d.Tx.View(ctx, baara, func(tx domain.Tx) (err error) {
			due, err = s.d.Store.DuePeople(ctx, tx, kind, before, s.d.Clock.Now(), after, removeBatch)
			return err
		})
		if err != nil || len(due) == 0 {
			return n, err
		}
		for _, person := range due {
			err := s.d.Tx.InTx(ctx, baara, func(tx domain.Tx) error {
				on := access.Facts{RecordID: person, PersonID: person}
				if err := s.d.Policy.AuthoriseFor(tx, baara, access.PersonErase, on, "retention: "+string(kind)); err != nil {
					return err
				}
				return s.requests.remove(ctx, tx, person)
			})
			if err != nil {
				return n, err
			}
			n++
		}
		after = due[len(due)-1]
	}
}
