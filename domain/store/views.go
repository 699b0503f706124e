package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/watch"
)

// Views implements watch.ViewStore.
type Views struct{}

// Views keeps whom organisations were shown.
func (d *DB) Views() Views { return Views{} }

type viewDayRow struct {
	ID             string
	OrganisationID string
	Day            time.Time
	Shown          int
	AlertedAt      *time.Time
	StoppedAt      *time.Time
	NotedBy        *string
	NotedAt        *time.Time
}

func (r viewDayRow) toDomain() watch.Day {
	return watch.Day{
		ID: domain.ID(r.ID), OrganisationID: domain.ID(r.OrganisationID), Day: domain.DateOf(r.Day), Shown: r.Shown,
		AlertedAt: timeOf(r.AlertedAt), StoppedAt: timeOf(r.StoppedAt), NotedBy: idOf(r.NotedBy), NotedAt: timeOf(r.NotedAt),
	}
}

// DayForUpdate implements watch.ViewStore. The row is made first, so that also
// the first two requests of a day meet at its lock.
func (Views) DayForUpdate(ctx context.Context, t domain.Tx, id, organisation domain.ID, day domain.Date) (watch.Day, error) {
	const op = "store.Views.DayForUpdate"
	if err := on(ctx, t).Exec(`INSERT INTO view_days (id, organisation_id, day) VALUES (?, ?, ?) ON CONFLICT (organisation_id, day) DO NOTHING`,
		string(id), string(organisation), day.Time()).Error; err != nil {
		return watch.Day{}, fault(op, err)
	}
	var row viewDayRow
	err := on(ctx, t).Raw(`SELECT * FROM view_days WHERE organisation_id = ? AND day = ? FOR UPDATE`, string(organisation), day.Time()).Take(&row).Error
	return row.toDomain(), fault(op, err)
}

// Day implements watch.ViewStore.
func (Views) Day(ctx context.Context, t domain.Tx, organisation domain.ID, day domain.Date) (watch.Day, error) {
	var rows []viewDayRow
	err := on(ctx, t).Raw(`SELECT * FROM view_days WHERE organisation_id = ? AND day = ?`, string(organisation), day.Time()).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return watch.Day{}, fault("store.Views.Day", err)
	}
	return rows[0].toDomain(), nil
}

// SaveDay implements watch.ViewStore.
func (Views) SaveDay(ctx context.Context, t domain.Tx, d watch.Day) error {
	return fault("store.Views.SaveDay", on(ctx, t).Exec(`UPDATE view_days SET shown = ?, alerted_at = ?, stopped_at = ? WHERE id = ?`,
		d.Shown, nullTime(d.AlertedAt), nullTime(d.StoppedAt), string(d.ID)).Error)
}

// NotShown implements watch.ViewStore.
func (Views) NotShown(ctx context.Context, t domain.Tx, d watch.Day, people []domain.ID) ([]domain.ID, error) {
	var fresh []domain.ID
	err := on(ctx, t).Raw(`SELECT DISTINCT p FROM unnest(?::uuid[]) p WHERE NOT EXISTS (SELECT 1 FROM candidate_views s
		WHERE s.organisation_id = ? AND s.day = ? AND s.person_id = p)`, idArray(people), string(d.OrganisationID), d.Day.Time()).Scan(&fresh).Error
	return fresh, fault("store.Views.NotShown", err)
}

// Shown implements watch.ViewStore.
func (Views) Shown(ctx context.Context, t domain.Tx, d watch.Day, people []domain.ID, at time.Time) error {
	return fault("store.Views.Shown", on(ctx, t).Exec(`INSERT INTO candidate_views (organisation_id, day, person_id, first_at)
		SELECT ?, ?::date, p, ?::timestamptz FROM unnest(?::uuid[]) p`, string(d.OrganisationID), d.Day.Time(), at, idArray(people)).Error)
}

// alertsShown bounds a list of alerts.
const alertsShown = 20

// Alerts implements watch.ViewStore.
func (Views) Alerts(ctx context.Context, t domain.Tx, agency domain.ID) ([]watch.Alert, error) {
	var rows []struct {
		Row  viewDayRow `gorm:"embedded"`
		Name string
	}
	err := on(ctx, t).Raw(`SELECT d.*, coalesce(nullif(o.trade_name, ''), o.legal_name) AS name FROM view_days d JOIN organisations o ON o.id = d.organisation_id
		WHERE o.agency_id = ? AND d.alerted_at IS NOT NULL AND d.noted_at IS NULL ORDER BY d.day DESC, d.id LIMIT ?`, nullID(agency), alertsShown).Scan(&rows).Error
	out := make([]watch.Alert, len(rows))
	for i, r := range rows {
		out[i] = watch.Alert{Day: r.Row.toDomain(), Organisation: r.Name}
	}
	return out, fault("store.Views.Alerts", err)
}

// AlertsOf implements watch.ViewStore.
func (Views) AlertsOf(ctx context.Context, t domain.Tx, organisation domain.ID) ([]watch.Day, error) {
	var rows []viewDayRow
	err := on(ctx, t).Raw(`SELECT * FROM view_days WHERE organisation_id = ? AND alerted_at IS NOT NULL ORDER BY day DESC LIMIT ?`,
		string(organisation), alertsShown).Scan(&rows).Error
	out := make([]watch.Day, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, fault("store.Views.AlertsOf", err)
}

// Note implements watch.ViewStore.
func (Views) Note(ctx context.Context, t domain.Tx, organisation, by domain.ID, at time.Time) error {
	return fault("store.Views.Note", on(ctx, t).Exec(`UPDATE view_days SET noted_by = ?, noted_at = ?
		WHERE organisation_id = ? AND alerted_at IS NOT NULL AND noted_at IS NULL`, string(by), at, string(organisation)).Error)
}

type allowanceRow struct {
	ID             string
	OrganisationID string
	Daily          int
	Reason         string
	Until          time.Time
	GivenBy        string
	GivenAt        time.Time
}

func (allowanceRow) TableName() string { return "view_allowances" }

// InsertAllowance implements watch.ViewStore.
func (Views) InsertAllowance(ctx context.Context, t domain.Tx, a watch.Allowance) error {
	row := allowanceRow{
		ID: string(a.ID), OrganisationID: string(a.OrganisationID), Daily: a.Daily, Reason: a.Reason, Until: a.Until.Time(),
		GivenBy: string(a.GivenBy), GivenAt: a.GivenAt,
	}
	return fault("store.Views.InsertAllowance", on(ctx, t).Create(&row).Error)
}

// Allowances implements watch.ViewStore.
func (Views) Allowances(ctx context.Context, t domain.Tx, organisation domain.ID, day domain.Date) ([]watch.Allowance, error) {
	var rows []allowanceRow
	err := on(ctx, t).Where("organisation_id = ? AND until >= ?", string(organisation), day.Time()).Order("given_at DESC, id").Find(&rows).Error
	out := make([]watch.Allowance, len(rows))
	for i, r := range rows {
		out[i] = watch.Allowance{
			ID: domain.ID(r.ID), OrganisationID: domain.ID(r.OrganisationID), Daily: r.Daily, Reason: r.Reason, Until: domain.DateOf(r.Until),
			GivenBy: domain.ID(r.GivenBy), GivenAt: r.GivenAt.UTC(),
		}
	}
	return out, fault("store.Views.Allowances", err)
}
