package placement

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/employer"
)

// Hire says that somebody gets the post. Employers confirm with it as well;
// a hire straight after sending is normal.
type Hire struct {
	Act
	StartsOn   domain.Date
	EndsOn     domain.Date
	Kind       employer.ContractKind // "" means the vacancy's
	Wage       int64
	WagePeriod employer.WagePeriod
}

// HireResult is what a hire changed and what it leaves to decide.
type HireResult struct {
	Application Application
	Placement   Placement
	Vacancy     employer.Vacancy
	// Others are the vacancy's other live applications that the actor may
	// close; nothing happens to them by itself. See CloseOthers.
	Others []ApplicationRow
}

// Hire fills a post in one transaction: vacancy, application, placement and
// case file. Of two who hire for the last post one succeeds, the other gets
// Conflict with employer.ErrFull.
func (s *Applications) Hire(ctx context.Context, actor domain.Actor, in Hire) (HireResult, error) {
	const op = "placement.Hire"
	var out HireResult
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		seen, err := s.read(ctx, tx, actor, in.ID)
		if err != nil {
			return err
		}
		v, err := s.d.Vacancies.VacancyForUpdate(ctx, tx, seen.VacancyID) // before the application: see the package comment
		if err != nil {
			return err
		}
		a, err := s.d.Applications.ApplicationForUpdate(ctx, tx, in.ID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.ApplicationRespond, a.Facts()); err != nil {
			return err
		}
		if in.Version != 0 && in.Version != a.Version {
			return domain.Stale(op)
		}
		from := a.State
		if err := s.d.move(&a, actor.Role, "hire", in.Reason); err != nil {
			return err
		}
		p := s.planned(a, v, in)
		if err := checkHire(op, p); err != nil {
			return err
		}
		if err := s.d.fillPost(ctx, tx, actor, &v); err != nil {
			return err
		}
		if err := s.d.save(ctx, tx, actor, &a, "hire", from); err != nil {
			return err
		}
		if err := s.d.insert(ctx, tx, actor, p, "hire"); err != nil {
			return err
		}
		if err := s.d.placeCase(ctx, tx, actor, a.PersonID); err != nil {
			return err
		}
		tx.Outcome("application", a.ID, a.Version)
		out = HireResult{Application: a, Placement: p, Vacancy: v}
		return nil
	})
	if err == nil {
		out.Others, err = s.others(ctx, actor, out.Vacancy.ID) // after the commit: what is held waits for no row of this act
	}
	if err != nil {
		return HireResult{}, err
	}
	return out, nil
}

// planned is the placement a hire makes.
func (s *Applications) planned(a Application, v employer.Vacancy, in Hire) Placement {
	p := Placement{
		ID: s.d.IDs.New(), ApplicationID: a.ID, PersonID: a.PersonID, VacancyID: v.ID, OrganisationID: v.OrganisationID,
		AgencyID: a.AgencyID, Kind: in.Kind, Channel: ChannelService, State: PlacementStates().Initial,
		StartsOn: in.StartsOn, EndsOn: in.EndsOn, Wage: in.Wage, WagePeriod: in.WagePeriod,
		CreatedAt: s.d.Clock.Now(), Demo: a.Demo, Version: 1, Standing: a.Standing,
	}
	if a.Origin == OriginApplied {
		p.Channel = ChannelDirect
	}
	if p.Kind == "" {
		p.Kind = v.Contract
	}
	if p.WagePeriod == "" {
		p.WagePeriod = employer.PerMonth
	}
	return p
}

func checkHire(op string, p Placement) error {
	var bad domain.Fields
	bad.Check(slices.Contains(employer.ContractKinds(), p.Kind), "kind", "error.choice")
	bad.Check(!p.StartsOn.IsZero(), "starts_on", "error.required")
	bad.Check(p.EndsOn.IsZero() || !p.EndsOn.Before(p.StartsOn), "ends_on", "error.date.order")
	bad.Check(p.Wage >= 0, "wage", "error.amount")
	bad.Check(slices.Contains(employer.WagePeriods(), p.WagePeriod), "wage_period", "error.choice")
	return bad.Err(op)
}

// fillPost takes a post of a locked vacancy.
func (d Deps) fillPost(ctx context.Context, tx domain.Tx, actor domain.Actor, v *employer.Vacancy) error {
	from := v.State
	name, err := v.FillPost(actor.Role)
	if err != nil {
		return err
	}
	return d.saveVacancy(ctx, tx, actor, v, name, from)
}

// saveVacancy writes a vacancy whose posts changed; name "" means that its
// state did not.
func (d Deps) saveVacancy(ctx context.Context, tx domain.Tx, actor domain.Actor, v *employer.Vacancy, name string, from domain.State) error {
	v.UpdatedAt = d.Clock.Now()
	if err := d.Vacancies.SaveVacancy(ctx, tx, *v); err != nil {
		return err
	}
	v.Version++
	if name == "" {
		return nil
	}
	step := domain.StepBy(actor, d.IDs.New(), v.ID, v.UpdatedAt)
	step.Transition, step.From, step.To = name, from, v.State
	return d.Histories.Vacancy.Append(ctx, tx, step)
}

// insert writes a new placement with the step that made it.
func (d Deps) insert(ctx context.Context, tx domain.Tx, actor domain.Actor, p Placement, name string) error {
	if err := d.Placements.InsertPlacement(ctx, tx, p); err != nil {
		return err
	}
	step := domain.StepBy(actor, d.IDs.New(), p.ID, p.CreatedAt)
	step.Transition, step.To = name, p.State
	return d.Histories.Placement.Append(ctx, tx, step)
}

// placeCase moves the person's open file to "placed" from an earlier stage.
// Somebody without a file is hired just as well.
func (d Deps) placeCase(ctx context.Context, tx domain.Tx, actor domain.Actor, person domain.ID) error {
	c, err := d.Cases.LiveCaseOf(ctx, tx, person)
	if domain.KindOf(err) == domain.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if c.Stage == casework.Placed || c.Stage == casework.FollowUp {
		return nil
	}
	return d.shiftCase(ctx, tx, actor, c, casework.Place)
}

func (d Deps) shiftCase(ctx context.Context, tx domain.Tx, actor domain.Actor, c casework.CaseFile, name string) error {
	now := d.Clock.Now()
	told, err := casework.Shift(&c, actor.Role, name, "", domain.Date{}, now)
	if err != nil {
		return err
	}
	if err := d.Cases.SaveCase(ctx, tx, c); err != nil {
		return err
	}
	step := domain.StepBy(actor, d.IDs.New(), c.ID, now)
	step.Transition, step.From, step.To = told.Transition, told.From, told.To
	return d.Histories.Case.Append(ctx, tx, step)
}

// others are the vacancy's live applications the actor may close.
func (s *Applications) others(ctx context.Context, actor domain.Actor, vacancy domain.ID) ([]ApplicationRow, error) {
	list := func() (found domain.Listing[ApplicationRow], err error) {
		err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
			found, err = s.d.Applications.Applications(ctx, tx, ApplicationQuery{
				Actor: actor, Relations: s.d.Policy.Relations(actor, access.ApplicationRespond), Cursor: domain.Cursor{Limit: domain.MaxLimit},
				ApplicationFilter: ApplicationFilter{VacancyID: vacancy, States: LiveStates()},
			})
			return err
		})
		return found, err
	}
	found, err := list()
	if err != nil || !actor.ForEmployer() || len(found.Items) == 0 {
		return found.Items, err
	}
	people := make([]domain.ID, len(found.Items))
	for i, row := range found.Items {
		people[i] = row.Application.PersonID
	}
	if err := domain.Hold(ctx, s.d.Holds, people); err != nil {
		return nil, err
	}
	found, err = list() // as it is now that they are held
	for i := range found.Items {
		found.Items[i].PersonReference = "" // who knows people by pseudonym and name, not by the service's reference
	}
	return found.Items, err
}
