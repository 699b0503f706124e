package store

import (
	"context"
	"time"

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
	Value       string
	AskedAt     time.Time
	CountsAt    time.Time
	DoneAt      *time.Time
	CancelledAt *time.Time
}

func (contactRow) TableName() string { return "contact_changes" }

func (r contactRow) toDomain() identity.ContactChange {
	return identity.ContactChange{
		ID: domain.ID(r.ID), UserID: domain.ID(r.UserID), Kind: identity.ContactKind(r.Kind), Value: r.Value, AskedAt: r.AskedAt.UTC(),
		CountsAt: r.CountsAt.UTC(), DoneAt: timeOf(r.DoneAt), CancelledAt: timeOf(r.CancelledAt),
	}
}

// InsertContactChange implements identity.ContactStore.
func (Contacts) InsertContactChange(ctx context.Context, t domain.Tx, c identity.ContactChange) error {
	return fault("store.InsertContactChange", on(ctx, t).Create(&contactRow{
		ID: string(c.ID), UserID: string(c.UserID), Kind: string(c.Kind), Value: c.Value, AskedAt: c.AskedAt, CountsAt: c.CountsAt,
		DoneAt: nullTime(c.DoneAt), CancelledAt: nullTime(c.CancelledAt),
	}).Error)
}

const waitingContact = `done_at IS NULL AND cancelled_at IS NULL`

// WaitingContacts implements identity.ContactStore.
func (Contacts) WaitingContacts(ctx context.Context, t domain.Tx, user domain.ID) ([]identity.ContactChange, error) {
	var rows []contactRow
	err := on(ctx, t).Where("user_id = ? AND "+waitingContact, string(user)).Order("asked_at, id").Find(&rows).Error
	return contactsOf(rows), fault("store.WaitingContacts", err)
}

// DueContacts implements identity.ContactStore.
func (Contacts) DueContacts(ctx context.Context, t domain.Tx, now time.Time, limit int) ([]identity.ContactChange, error) {
	var rows []contactRow
	err := on(ctx, t).Raw(`SELECT * FROM contact_changes WHERE counts_at <= ? AND `+waitingContact+
		` ORDER BY counts_at, id LIMIT ? FOR UPDATE SKIP LOCKED`, now, limit).Scan(&rows).Error
	return contactsOf(rows), fault("store.DueContacts", err)
}

// SaveContactChange stores what became of a change.
func (Contacts) SaveContactChange(ctx context.Context, t domain.Tx, c identity.ContactChange) error {
	return touched("store.SaveContactChange", on(ctx, t).Model(&contactRow{}).Where("id = ? AND "+waitingContact, string(c.ID)).
		Updates(map[string]any{"done_at": nullTime(c.DoneAt), "cancelled_at": nullTime(c.CancelledAt)}))
}

func contactsOf(rows []contactRow) []identity.ContactChange {
	out := make([]identity.ContactChange, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out
}
