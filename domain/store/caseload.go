package store

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// caseColumns tells scopes where a file keeps what relations look at.
var caseColumns = columns{
	person: "case_files.person_id", owner: "case_files.owner_id", agency: "case_files.agency_id", sharedCase: "case_files.id",
}

// farDue stands in for "no action is due" in the order of a caseload.
const farDue = "9999-12-31"

// caseList joins files with the person's name, the owner's and the next action.
// Names are looked up in the list of columns, which PostgreSQL fills after the
// LIMIT: for the files of a page, not for all that were ordered.
func caseList(g *gorm.DB) *gorm.DB {
	const person = ` FROM persons p WHERE p.id = case_files.person_id)`
	return g.Table("case_files").
		Select(`case_files.*, ` + liveShares + `, ` + liveEmergencies("case_files.person_id") + ` AS opened, (SELECT p.reference` + person + ` AS reference, (SELECT p.sealed_names` + person + ` AS sealed_names,
			(SELECT p.residence_place` + person + ` AS place_code,
			coalesce((SELECT u.name FROM staff_names u WHERE u.id = case_files.owner_id), '') AS owner_name,
			a.sealed AS next_action, a.due_on AS next_due`).
		Joins(`LEFT JOIN LATERAL (SELECT sealed, due_on FROM plan_actions WHERE case_id = case_files.id AND state = 'open'
			ORDER BY due_on NULLS LAST, created_at, id LIMIT 1) a ON true`)
}

// Caseload implements casework.Store: the action due first leads, then the
// oldest file.
func (Cases) Caseload(ctx context.Context, t domain.Tx, q casework.CaseQuery) (domain.Listing[casework.CaseRow], error) {
	where, args := scope(q.Actor, q.Relations, caseColumns)
	list := filterCases(caseList(on(ctx, t)).Where(where, args...), q).
		Order("coalesce(a.due_on, '" + farDue + "'), case_files.id").Limit(q.Cursor.Size() + 1)
	if due, id, ok := strings.Cut(q.Cursor.After, "_"); ok {
		list = list.Where("(coalesce(a.due_on, '"+farDue+"'), case_files.id) > (?::date, ?::uuid)", due, id)
	}
	var rows []caseListRow
	if err := list.Find(&rows).Error; err != nil {
		return domain.Listing[casework.CaseRow]{}, fault("store.Caseload", err)
	}
	o, err := keysOfFiles(ctx, t, rows)
	if err != nil {
		return domain.Listing[casework.CaseRow]{}, err
	}
	out := listing(rows, q.Cursor, func(r caseListRow) casework.CaseRow { return r.toDomain(o) }, func(r caseListRow) string {
		if r.NextDue == nil {
			return farDue + "_" + r.File.ID
		}
		return r.NextDue.Format(time.DateOnly) + "_" + r.File.ID
	})
	return out, o.err
}

func filterCases(list *gorm.DB, q casework.CaseQuery) *gorm.DB {
	if q.Closed {
		list = list.Where("case_files.stage = 'closed'")
	} else {
		list = list.Where("case_files.stage <> 'closed'")
	}
	if q.Mine {
		list = list.Where("case_files.owner_id = ?", string(q.Actor.UserID))
	}
	if q.Stage != "" {
		list = list.Where("case_files.stage = ?", string(q.Stage))
	}
	if q.Overdue {
		list = list.Where("a.due_on < ?", q.Today.Time())
	}
	if q.Silent {
		list = list.Where("coalesce(case_files.last_contact_at, case_files.opened_at) < ?", q.SilentSince)
	}
	if q.PlaceIn != "" {
		list = list.Where(`EXISTS (SELECT 1 FROM persons p WHERE p.id = case_files.person_id AND p.residence_place IN (WITH RECURSIVE inside AS (
			SELECT code FROM places WHERE code = ? UNION SELECT c.code FROM places c JOIN inside ON c.parent_code = inside.code)
			SELECT code FROM inside))`, q.PlaceIn)
	}
	return list
}

type dayRow struct {
	Action      actionRow `gorm:"embedded"`
	Reference   string
	SealedNames sealed
	Whose       string // the person's; the action has the key of its file
}

// dayLimit bounds each list of a day: more than that nobody does in one.
const dayLimit = 50

// Day implements casework.Store with a fixed number of queries.
func (Cases) Day(ctx context.Context, t domain.Tx, owner, agency domain.ID, today domain.Date, silentSince time.Time) (casework.Day, error) {
	const op = "store.Day"
	var day casework.Day
	var due []dayRow
	err := on(ctx, t).Table("plan_actions").
		Select("plan_actions.*, p.reference, p.sealed_names, p.id AS whose, c.subject_id AS person_id").
		Joins("JOIN case_files c ON c.id = plan_actions.case_id AND c.owner_id = ? AND c.stage NOT IN ('closed','suspended')", string(owner)).
		Joins("JOIN persons p ON p.id = c.person_id").
		Where("plan_actions.state = 'open' AND plan_actions.due_on <= ?", today.Time()).
		Order("plan_actions.due_on, plan_actions.id").Limit(2 * dayLimit).Find(&due).Error
	if err != nil {
		return day, fault(op, err)
	}
	o, err := inside(ctx, t)(append(subjectsOf(due, func(r dayRow) domain.ID { return domain.ID(r.Whose) }),
		subjectsOf(due, func(r dayRow) domain.ID { return r.Action.subject() })...))
	if err != nil {
		return day, err
	}
	for _, r := range due {
		given, family := o.names(domain.ID(r.Whose), r.SealedNames)
		item := casework.DayAction{Action: r.Action.toDomain(o), Reference: r.Reference, Given: given, Family: family}
		if item.Action.DueOn.Before(today) {
			day.Overdue = append(day.Overdue, item)
		} else {
			day.Today = append(day.Today, item)
		}
	}
	var silent []caseListRow
	err = caseList(on(ctx, t)).
		Where("case_files.owner_id = ? AND case_files.stage NOT IN ('closed','suspended')", string(owner)).
		Where("coalesce(case_files.last_contact_at, case_files.opened_at) < ?", silentSince).
		Order("coalesce(case_files.last_contact_at, case_files.opened_at), case_files.id").Limit(dayLimit).Find(&silent).Error
	if err != nil {
		return day, fault(op, err)
	}
	if o.err != nil {
		return day, o.err
	}
	if o, err = keysOfFiles(ctx, t, silent); err != nil {
		return day, err
	}
	for _, r := range silent {
		day.Silent = append(day.Silent, r.toDomain(o))
	}
	if o.err != nil {
		return day, o.err
	}
	var counts struct{ Intake, Live int }
	err = on(ctx, t).Raw(`SELECT (SELECT count(*) FROM registrations WHERE agency_id = ? AND state = 'intake') AS intake,
		(SELECT count(*) FROM case_files WHERE owner_id = ? AND stage <> 'closed') AS live`,
		nullID(agency), string(owner)).Scan(&counts).Error
	day.Intake, day.Live = counts.Intake, counts.Live
	return day, fault(op, err)
}
