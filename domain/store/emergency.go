package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// Emergencies implements casework.EmergencyStore.
type Emergencies struct{}

// Emergencies keeps openings in an emergency.
func (d *DB) Emergencies() Emergencies { return Emergencies{} }

type emergencyRow struct {
	ID            string
	PersonID      string
	UserID        string
	AgencyID      string
	OwnerAgencyID string
	Kind          string
	Sealed        sealed // the reason
	OpenedAt      time.Time
	Until         time.Time
	EndedAt       *time.Time
	EndedBy       *string
	Version       int
	Seen          textArray `gorm:"->;type:uuid[]"`
}

func (emergencyRow) TableName() string { return "emergencies" }

const emergencyColumn = "emergencies.sealed"

func (r emergencyRow) subject() domain.ID { return domain.ID(r.PersonID) }

func (r emergencyRow) toDomain(o *opening) casework.Emergency {
	return casework.Emergency{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), UserID: domain.ID(r.UserID), AgencyID: domain.ID(r.AgencyID),
		OwnerAgencyID: domain.ID(r.OwnerAgencyID), Kind: r.Kind, Reason: o.text(r.subject(), emergencyColumn, r.Sealed), OpenedAt: r.OpenedAt.UTC(), Until: r.Until.UTC(),
		EndedAt: timeOf(r.EndedAt), EndedBy: idOf(r.EndedBy), SeenBy: textList[domain.ID](r.Seen), Version: r.Version,
	}
}

type emergencyListRow struct {
	Row         emergencyRow `gorm:"embedded"`
	Reference   *string
	SealedNames sealed
}

func (r emergencyListRow) subject() domain.ID { return r.Row.subject() }

func (r emergencyListRow) toRow(o *opening) casework.EmergencyRow {
	given, family := o.names(r.subject(), r.SealedNames)
	return casework.EmergencyRow{
		Emergency: r.Row.toDomain(o), Reference: textOf(r.Reference), Given: given, Family: family,
	}
}

// liveEmergencies lists who opened a person in an emergency that has not ended:
// of them, row-level security shows an actor their own.
func liveEmergencies(person string) string {
	return `ARRAY(SELECT o.user_id FROM emergencies o WHERE o.person_id = ` + person + liveEmergency + `)`
}

const liveEmergency = ` AND o.ended_at IS NULL AND o.opened_at <= now() AND now() < o.until`

const emergencySeen = `ARRAY(SELECT s.user_id FROM emergency_seen s WHERE s.emergency_id = o.id ORDER BY s.at) AS seen`

func emergencies(g *gorm.DB) *gorm.DB {
	return g.Table("emergencies o").Select("o.*, " + emergencySeen + ", p.reference, p.sealed_names").
		Joins("LEFT JOIN persons p ON p.id = o.person_id")
}

// InsertEmergency implements casework.EmergencyStore.
func (Emergencies) InsertEmergency(ctx context.Context, t domain.Tx, o casework.Emergency) error {
	reason, err := sealOne(ctx, t, o.PersonID, emergencyColumn, o.Reason)
	if err != nil {
		return err
	}
	return fault("store.InsertEmergency", on(ctx, t).Omit("Seen").Create(&emergencyRow{
		ID: string(o.ID), PersonID: string(o.PersonID), UserID: string(o.UserID), AgencyID: string(o.AgencyID), OwnerAgencyID: string(o.OwnerAgencyID),
		Kind: o.Kind, Sealed: reason, OpenedAt: o.OpenedAt, Until: o.Until, Version: o.Version,
	}).Error)
}

// Emergency implements casework.EmergencyStore.
func (Emergencies) Emergency(ctx context.Context, t domain.Tx, id domain.ID) (casework.EmergencyRow, error) {
	var row emergencyListRow
	if err := emergencies(on(ctx, t)).Where("o.id = ?", string(id)).Take(&row).Error; err != nil {
		return casework.EmergencyRow{}, fault("store.Emergency", err)
	}
	o, err := openAll(ctx, t, []emergencyListRow{row}, emergencyListRow.subject)
	if err != nil {
		return casework.EmergencyRow{}, err
	}
	return row.toRow(o), o.err
}

// EmergencyForUpdate locks an opening until the transaction ends.
func (Emergencies) EmergencyForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (casework.Emergency, error) {
	var row emergencyRow
	err := on(ctx, t).Table("emergencies o").Select("o.*, "+emergencySeen).Where("o.id = ?", string(id)).Clauses(forUpdate("o")).Take(&row).Error
	return oneEmergency(ctx, t, "store.EmergencyForUpdate", row, err)
}

// SaveEmergency writes the end.
func (Emergencies) SaveEmergency(ctx context.Context, t domain.Tx, o casework.Emergency) error {
	return touched("store.SaveEmergency", on(ctx, t).Table("emergencies").Where("id = ? AND version = ?", string(o.ID), o.Version).
		Updates(map[string]any{"ended_at": nullTime(o.EndedAt), "ended_by": nullID(o.EndedBy), "version": o.Version + 1}))
}

// SeeEmergency implements casework.EmergencyStore.
func (Emergencies) SeeEmergency(ctx context.Context, t domain.Tx, id, by domain.ID, at time.Time) error {
	return fault("store.SeeEmergency", on(ctx, t).Exec(`INSERT INTO emergency_seen (emergency_id, user_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		string(id), string(by), at).Error)
}

// EmergencyList gives the newest first, with one query for any page.
func (Emergencies) EmergencyList(ctx context.Context, t domain.Tx, q casework.EmergencyQuery) (domain.Listing[casework.EmergencyRow], error) {
	theirs, args := scope(q.Actor, q.Relations, columns{agency: "o.owner_agency_id", author: "o.user_id"})
	own, more := scope(q.Actor, q.Relations, columns{agency: "o.agency_id"})
	g, err := page(emergencies(on(ctx, t)).Where("("+theirs+" OR "+own+")", append(args, more...)...), "o.id", q.Cursor)
	if err != nil {
		return domain.Listing[casework.EmergencyRow]{}, err
	}
	var rows []emergencyListRow
	if err := g.Find(&rows).Error; err != nil {
		return domain.Listing[casework.EmergencyRow]{}, fault("store.EmergencyList", err)
	}
	o, err := openAll(ctx, t, rows, emergencyListRow.subject)
	if err != nil {
		return domain.Listing[casework.EmergencyRow]{}, err
	}
	out := listing(rows, q.Cursor, func(r emergencyListRow) casework.EmergencyRow { return r.toRow(o) }, func(r emergencyListRow) string { return r.Row.ID })
	return out, o.err
}

// LiveEmergency implements casework.EmergencyStore.
func (Emergencies) LiveEmergency(ctx context.Context, t domain.Tx, person, user domain.ID, at time.Time) (casework.Emergency, error) {
	var row emergencyRow
	err := on(ctx, t).Table("emergencies o").Select("o.*").
		Where("o.person_id = ? AND o.user_id = ? AND o.ended_at IS NULL AND o.opened_at <= ? AND ? < o.until", string(person), nullID(user), at, at).
		Order("o.until DESC").Limit(1).Take(&row).Error
	return oneEmergency(ctx, t, "store.LiveEmergency", row, err)
}

func oneEmergency(ctx context.Context, t domain.Tx, op string, row emergencyRow, err error) (casework.Emergency, error) {
	if err != nil {
		return casework.Emergency{}, fault(op, err)
	}
	o, err := openAll(ctx, t, []emergencyRow{row}, emergencyRow.subject)
	if err != nil {
		return casework.Emergency{}, err
	}
	return row.toDomain(o), o.err
}
