package casework

import (
	"context"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// MoveFile asks for one transition of a file by its name.
type MoveFile struct {
	ID         domain.ID
	Version    int
	Transition string
	Reason     string      // for Close one of CloseReasons; else in words
	Until      domain.Date // for Suspend
}

// Move changes a file's stage. An unknown or impossible transition is
// Conflict, a missing reason or date is Invalid.
func (s *Files) Move(ctx context.Context, actor domain.Actor, in MoveFile) (CaseFile, error) {
	return s.change(ctx, actor, access.CaseStage, in.ID, in.Version, func(_ context.Context, _ domain.Tx, c *CaseFile) (domain.Step, error) {
		return Shift(c, actor.Role, in.Transition, in.Reason, in.Until, s.d.Clock.Now())
	})
}

// Shift applies one transition to a file in memory and tells the step. Hiring
// uses it too, so that a file has one set of rules.
func Shift(c *CaseFile, role domain.Role, name, reason string, until domain.Date, now time.Time) (domain.Step, error) {
	const op = "casework.Shift"
	to, err := Stages().Next(c.Stage, name, role, map[string]string{domain.NeedReason: reason, domain.NeedUntil: until.String()})
	if err != nil {
		return domain.Step{}, err
	}
	step := domain.Step{Transition: name, From: c.Stage, Reason: reason}
	switch name {
	case Suspend:
		if !domain.DateOf(now).Before(until) {
			return domain.Step{}, domain.Invalid(op, domain.Field("until", "error.date.past"))
		}
		c.SuspendedFrom, c.SuspendedUntil = c.Stage, until
	case Resume:
		to = c.SuspendedFrom
	case Close:
		if !slices.Contains(CloseReasons(), reason) {
			return domain.Step{}, domain.Invalid(op, domain.Field("reason", "error.choice"))
		}
		c.CloseReason, c.ClosedAt = reason, now
	case Reopen:
		c.CloseReason, c.ClosedAt = "", time.Time{}
	}
	if name != Suspend {
		c.SuspendedFrom, c.SuspendedUntil = "", domain.Date{}
	}
	c.Stage, step.To = to, to
	return step, nil
}

// SaveBarriers replaces a file's needs.
type SaveBarriers struct {
	ID       domain.ID
	Version  int
	Barriers []Barrier
}

// SetBarriers records what stands in the way, as needs.
func (s *Files) SetBarriers(ctx context.Context, actor domain.Actor, in SaveBarriers) (CaseFile, error) {
	const op = "casework.SetBarriers"
	var f domain.Fields
	seen := map[string]bool{}
	for _, b := range in.Barriers {
		f.Check(slices.Contains(BarrierKinds(), b.Kind) && !seen[b.Kind], "barriers", "error.choice")
		f.Check(len([]rune(b.Detail)) <= 500, "barriers", "error.too_long", "Max", 500)
		seen[b.Kind] = true
	}
	if err := f.Err(op); err != nil {
		return CaseFile{}, err
	}
	return s.change(ctx, actor, access.CasePlan, in.ID, in.Version, func(_ context.Context, _ domain.Tx, c *CaseFile) (domain.Step, error) {
		c.Barriers = in.Barriers
		return domain.Step{Transition: "barriers", From: c.Stage, To: c.Stage}, nil
	})
}
