package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Contacts implements identity.ContactStore.
type Contacts struct{}

// Contacts keeps changes of what accounts sign in with.
func (d *DB) Contacts() Contacts { return Contacts{} }

type contactRow struct {
	ID          string
	UserID      string
	Kind        string
	Value       *string
	Sealed      sealed  // a jobseeker's
	PersonID    *string `gorm:"->;-:migration"`
	AskedAt     time.Time
	CountsAt    time.Time
	DoneAt      *time.Time
	CancelledAt *time.Time
}

func (contactRow) TableName() string { return "contact_changes" }

const contactChangeColumn = "contact_changes.sealed"

// contactChanges selects changes with the person whose account it is.
func contactChanges(g *gorm.DB) *gorm.DB {
	return g.Table("contact_changes").Select(`contact_changes.*,
		(SELECT u.person_id FROM users u WHERE u.id = contact_changes.user_id AND u.role = 'jobseeker') AS person_id`)
}

// InsertContactChange implements identity.ContactStore.
func (Contacts) InsertContactChange(ctx context.Context, t domain.Tx, c identity.ContactChange) error {
	const op = "store.InsertContactChange"
	row := contactRow{
		ID: string(c.ID), UserID: string(c.UserID), Kind: string(c.Kind), AskedAt: c.AskedAt, CountsAt: c.CountsAt,
		DoneAt: nullTime(c.DoneAt), CancelledAt: nullTime(c.CancelledAt),
	}
	var people []domain.ID
	err := on(ctx, t).Raw(`SELECT person_id FROM users WHERE id = ? AND role = 'jobseeker' AND person_id IS NOT NULL`, row.UserID).Scan(&people).Error
	switch {
	case err != nil:
		return fault(op, err)
	case len(people) == 0:
		row.Value = nullText(c.Value)
	default:
		if row.Sealed, err = sealOne(ctx, t, people[0], contactChangeColumn, c.Value); err != nil {
			return err
		}
	}
	return fault(op, on(ctx, t).Omit("PersonID").Create(&row).Error)
}

const waitingContact = `done_at IS NULL AND cancelled_at IS NULL`

// WaitingContacts implements identity.ContactStore.
func (Contacts) WaitingContacts(ctx context.Context, t domain.Tx, user domain.ID) ([]identity.ContactChange, error) {
	var rows []contactRow
	err := contactChanges(on(ctx, t)).Where("user_id = ? AND "+waitingContact, string(user)).Order("asked_at, id").Find(&rows).Error
	if err != nil {
		return nil, fault("store.WaitingContacts", err)
	}
	return contactsOf(ctx, t, rows)
}

// DueContacts implements identity.ContactStore.
func (Contacts) DueContacts(ctx context.Context, t domain.Tx, now time.Time, limit int) ([]identity.ContactChange, error) {
	var rows []contactRow
	locked := forUpdate("contact_changes")
	locked.Options = "SKIP LOCKED"
	err := contactChanges(on(ctx, t)).Where("counts_at <= ? AND "+waitingContact, now).Order("counts_at, id").Limit(limit).
		Clauses(locked).Find(&rows).Error
	if err != nil {
		return nil, fault("store.DueContacts", err)
	}
	return contactsOf(ctx, t, rows)
}

// SaveContactChange stores what became of a change.
func (Contacts) SaveContactChange(ctx context.Context, t domain.Tx, c identity.ContactChange) error {
	return touched("store.SaveContactChange", on(ctx, t).Model(&contactRow{}).Where("id = ? AND "+waitingContact, string(c.ID)).
		Updates(map[string]any{"done_at": nullTime(c.DoneAt), "cancelled_at": nullTime(c.CancelledAt)}))
}

func contactsOf(ctx context.Context, t domain.Tx, rows []contactRow) ([]identity.ContactChange, error) {
	o, err := openAll(ctx, t, rows, func(r contactRow) domain.ID { return idOf(r.PersonID) })
	if err != nil {
		return nil, err
	}
	out := make([]identity.ContactChange, len(rows))
	for i, r := range rows {
		value := textOf(r.Value)
		o.open(idOf(r.PersonID), contactChangeColumn, r.Sealed, &value)
		out[i] = identity.ContactChange{
			ID: domain.ID(r.ID), UserID: domain.ID(r.UserID), Kind: identity.ContactKind(r.Kind), Value: value, AskedAt: r.AskedAt.UTC(),
			CountsAt: r.CountsAt.UTC(), DoneAt: timeOf(r.DoneAt), CancelledAt: timeOf(r.CancelledAt),
		}
	}
	return out, o.err
}
