package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Registrations implements person.RegistrationStore.
type Registrations struct{}

// Registrations keeps registrations and the intake queues.
func (d *DB) Registrations() Registrations { return Registrations{} }

type registrationRow struct {
	ID           string     `json:"id"`
	PersonID     string     `json:"person_id"`
	AgencyID     string     `json:"agency_id"`
	State        string     `json:"state"`
	RegisteredOn time.Time  `json:"registered_on"`
	RenewBy      *time.Time `json:"renew_by"`
	ClosedReason *string    `json:"closed_reason"`
	Version      int        `json:"version"`
}

func (registrationRow) TableName() string { return "registrations" }

func registrationToRow(r person.Registration) registrationRow {
	return registrationRow{
		ID: string(r.ID), PersonID: string(r.PersonID), AgencyID: string(r.AgencyID), State: string(r.State),
		RegisteredOn: r.RegisteredOn.Time(), RenewBy: nullDate(r.RenewBy), ClosedReason: nullText(r.ClosedReason), Version: r.Version,
	}
}

func (r registrationRow) toDomain() person.Registration {
	return person.Registration{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), AgencyID: domain.ID(r.AgencyID), State: domain.State(r.State),
		RegisteredOn: domain.DateOf(r.RegisteredOn), RenewBy: dateOf(r.RenewBy), ClosedReason: textOf(r.ClosedReason), Version: r.Version,
	}
}

// Registration reads a person's registration.
func (s Registrations) Registration(ctx context.Context, t domain.Tx, id domain.ID) (person.Registration, error) {
	return s.one(ctx, t, id, "")
}

// RegistrationForUpdate reads a person's registration and locks it.
func (s Registrations) RegistrationForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (person.Registration, error) {
	return s.one(ctx, t, id, " FOR UPDATE")
}

func (Registrations) one(ctx context.Context, t domain.Tx, id domain.ID, suffix string) (person.Registration, error) {
	var rows []registrationRow
	err := on(ctx, t).Raw(`SELECT * FROM registrations WHERE person_id = ?`+suffix, string(id)).Scan(&rows).Error
	if err != nil {
		return person.Registration{}, fault("store.Registration", err)
	}
	if len(rows) == 0 {
		return person.Registration{}, domain.NotFound("store.Registration")
	}
	return rows[0].toDomain(), nil
}

// SaveRegistration stores state, dates and reason under the next version. Who
// may be matched follows from the state, so the index is told.
func (Registrations) SaveRegistration(ctx context.Context, t domain.Tx, r person.Registration) error {
	row := registrationToRow(r)
	result := on(ctx, t).Model(&registrationRow{}).Where("id = ? AND version = ?", row.ID, row.Version).Updates(map[string]any{
		"agency_id": row.AgencyID, "state": row.State, "renew_by": row.RenewBy, "closed_reason": row.ClosedReason, "version": row.Version + 1,
	})
	if err := touched("store.SaveRegistration", result); err != nil {
		return err
	}
	return changed(ctx, t, searchPerson, r.PersonID)
}

// DueToLapse locks active registrations whose date has passed, skipping those
// somebody else works on.
func (Registrations) DueToLapse(ctx context.Context, t domain.Tx, today domain.Date, limit int) ([]person.Registration, error) {
	var rows []registrationRow
	err := on(ctx, t).Raw(`SELECT * FROM registrations WHERE state = 'active' AND renew_by < ?::date
		ORDER BY renew_by, id LIMIT ? FOR UPDATE SKIP LOCKED`, today.String(), limit).Scan(&rows).Error
	out := make([]person.Registration, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, fault("store.DueToLapse", err)
}

// AgencyFor finds the agency for a place: the one that serves the nearest area
// around it, the country being the last; else the first open agency by code.
func (Registrations) AgencyFor(ctx context.Context, t domain.Tx, place, country string) (domain.ID, error) {
	const op = "store.AgencyFor"
	var found []string
	err := on(ctx, t).Raw(`WITH RECURSIVE around(code, parent_code, depth) AS (
			SELECT code, parent_code, 0 FROM places WHERE code = ?
			UNION ALL SELECT p.code, p.parent_code, a.depth + 1 FROM places p JOIN around a ON p.code = a.parent_code WHERE a.depth < 10
		), levels AS (
			SELECT code, depth FROM around
			UNION ALL SELECT code, 100 FROM places WHERE kind = 'country' AND country = ?
		)
		SELECT g.id::text FROM agencies g LEFT JOIN agency_places s ON s.agency_id = g.id LEFT JOIN levels l ON l.code = s.place_code
		WHERE g.closed_at IS NULL ORDER BY l.depth NULLS LAST, g.code LIMIT 1`, place, country).Scan(&found).Error
	if err != nil {
		return "", fault(op, err)
	}
	if len(found) == 0 {
		return "", domain.NotFound(op)
	}
	return domain.ID(found[0]), nil
}
