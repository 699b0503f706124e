package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// Plans implements casework.PlanStore.
type Plans struct{}

// Plans keeps goals and actions.
func (d *DB) Plans() Plans { return Plans{} }

type goalRow struct {
	ID           string
	CaseID       string
	Sealed       sealed  // the words
	PersonID     *string `gorm:"->;-:migration"`
	OccupationID *string
	DueOn        *time.Time
	State        string
	CreatedBy    string
	CreatedAt    time.Time
	Version      int
}

func (goalRow) TableName() string { return "plan_goals" }

const (
	goalColumn   = "plan_goals.sealed"
	actionColumn = "plan_actions.sealed"
	// ofCase selects rows that hang on a file, with whose key opens them.
	ofCase = "*, rls.subject('case', case_id) AS person_id"
)

func (r goalRow) subject() domain.ID { return idOf(r.PersonID) }

func goalToRow(g casework.Goal, words sealed) goalRow {
	return goalRow{
		ID: string(g.ID), CaseID: string(g.CaseID), Sealed: words, OccupationID: nullID(g.OccupationID), DueOn: nullDate(g.DueOn),
		State: g.State, CreatedBy: string(g.CreatedBy), CreatedAt: g.CreatedAt, Version: g.Version,
	}
}

func (r goalRow) toDomain(o *opening) casework.Goal {
	return casework.Goal{
		ID: domain.ID(r.ID), CaseID: domain.ID(r.CaseID), Words: o.text(r.subject(), goalColumn, r.Sealed), OccupationID: idOf(r.OccupationID), DueOn: dateOf(r.DueOn),
		State: r.State, CreatedBy: domain.ID(r.CreatedBy), CreatedAt: r.CreatedAt.UTC(), Version: r.Version,
	}
}

type actionRow struct {
	ID        string
	CaseID    string
	GoalID    *string
	Sealed    sealed  // the words
	PersonID  *string `gorm:"->;-:migration"`
	Doer      string
	DueOn     *time.Time
	State     string
	DoneAt    *time.Time
	CreatedBy string
	CreatedAt time.Time
	Version   int
}

func (actionRow) TableName() string { return "plan_actions" }

func (r actionRow) subject() domain.ID { return idOf(r.PersonID) }

func actionToRow(a casework.Action, words sealed) actionRow {
	return actionRow{
		ID: string(a.ID), CaseID: string(a.CaseID), GoalID: nullID(a.GoalID), Sealed: words, Doer: a.Doer, DueOn: nullDate(a.DueOn),
		State: a.State, DoneAt: nullTime(a.DoneAt), CreatedBy: string(a.CreatedBy), CreatedAt: a.CreatedAt, Version: a.Version,
	}
}

func (r actionRow) toDomain(o *opening) casework.Action {
	return casework.Action{
		ID: domain.ID(r.ID), CaseID: domain.ID(r.CaseID), GoalID: idOf(r.GoalID), Words: o.text(r.subject(), actionColumn, r.Sealed), Doer: r.Doer, DueOn: dateOf(r.DueOn),
		State: r.State, DoneAt: timeOf(r.DoneAt), CreatedBy: domain.ID(r.CreatedBy), CreatedAt: r.CreatedAt.UTC(), Version: r.Version,
	}
}

// InsertGoal implements casework.PlanStore.
func (Plans) InsertGoal(ctx context.Context, t domain.Tx, g casework.Goal) error {
	words, err := sealBeside(ctx, t, "case", g.CaseID, goalColumn, g.Words)
	if err != nil {
		return err
	}
	row := goalToRow(g, words)
	return fault("store.InsertGoal", on(ctx, t).Omit("PersonID").Create(&row).Error)
}

// Goal implements casework.PlanStore.
func (Plans) Goal(ctx context.Context, t domain.Tx, id domain.ID) (casework.Goal, error) {
	var row goalRow
	if err := on(ctx, t).Select(ofCase).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return casework.Goal{}, fault("store.Goal", err)
	}
	o, err := openAll(ctx, t, []goalRow{row}, goalRow.subject)
	if err != nil {
		return casework.Goal{}, err
	}
	return row.toDomain(o), o.err
}

// SaveGoal implements casework.PlanStore.
func (Plans) SaveGoal(ctx context.Context, t domain.Tx, g casework.Goal) error {
	words, err := sealBeside(ctx, t, "case", g.CaseID, goalColumn, g.Words)
	if err != nil {
		return err
	}
	row := goalToRow(g, words)
	return touched("store.SaveGoal", on(ctx, t).Table("plan_goals").Where("id = ? AND version = ?", row.ID, g.Version).
		Updates(map[string]any{
			"sealed": row.Sealed, "occupation_id": row.OccupationID, "due_on": row.DueOn, "state": row.State,
			"version": gorm.Expr("version + 1"),
		}))
}

// InsertAction implements casework.PlanStore.
func (Plans) InsertAction(ctx context.Context, t domain.Tx, a casework.Action) error {
	words, err := sealBeside(ctx, t, "case", a.CaseID, actionColumn, a.Words)
	if err != nil {
		return err
	}
	row := actionToRow(a, words)
	return fault("store.InsertAction", on(ctx, t).Omit("PersonID").Create(&row).Error)
}

// Action implements casework.PlanStore.
func (Plans) Action(ctx context.Context, t domain.Tx, id domain.ID) (casework.Action, error) {
	var row actionRow
	if err := on(ctx, t).Select(ofCase).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return casework.Action{}, fault("store.Action", err)
	}
	o, err := openAll(ctx, t, []actionRow{row}, actionRow.subject)
	if err != nil {
		return casework.Action{}, err
	}
	return row.toDomain(o), o.err
}

// SaveAction implements casework.PlanStore.
func (Plans) SaveAction(ctx context.Context, t domain.Tx, a casework.Action) error {
	words, err := sealBeside(ctx, t, "case", a.CaseID, actionColumn, a.Words)
	if err != nil {
		return err
	}
	row := actionToRow(a, words)
	return touched("store.SaveAction", on(ctx, t).Table("plan_actions").Where("id = ? AND version = ?", row.ID, a.Version).
		Updates(map[string]any{
			"sealed": row.Sealed, "doer": row.Doer, "due_on": row.DueOn, "state": row.State, "done_at": row.DoneAt,
			"version": gorm.Expr("version + 1"),
		}))
}

// Plan gives a file's goals and actions: open ones first, the soonest leading.
func (Plans) Plan(ctx context.Context, t domain.Tx, caseID domain.ID) (casework.PlanOf, error) {
	const op = "store.Plan"
	var goals []goalRow
	if err := on(ctx, t).Select(ofCase).Where("case_id = ?", string(caseID)).
		Order("state <> 'open', due_on NULLS LAST, created_at, id").Find(&goals).Error; err != nil {
		return casework.PlanOf{}, fault(op, err)
	}
	var actions []actionRow
	if err := on(ctx, t).Select(ofCase).Where("case_id = ?", string(caseID)).
		Order("state <> 'open', due_on NULLS LAST, created_at, id").Find(&actions).Error; err != nil {
		return casework.PlanOf{}, fault(op, err)
	}
	var plan casework.PlanOf
	o, err := inside(ctx, t)(append(subjectsOf(goals, goalRow.subject), subjectsOf(actions, actionRow.subject)...))
	if err != nil {
		return plan, err
	}
	for _, g := range goals {
		plan.Goals = append(plan.Goals, g.toDomain(o))
	}
	for _, a := range actions {
		plan.Actions = append(plan.Actions, a.toDomain(o))
	}
	return plan, o.err
}

// forUpdate locks the rows of one table of a query.
func forUpdate(table string) clause.Locking {
	return clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: table}}
}
