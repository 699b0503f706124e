package store

import (
	"context"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

type waitingRow struct {
	Row               registrationRow `gorm:"embedded"`
	Reference         string
	SealedNames       sealed
	ResidencePlace    *string
	Phone             sealed
	EnteredMode       string
	PreferredLanguage string
}

func (r waitingRow) subject() domain.ID { return domain.ID(r.Row.PersonID) }

// Intake lists those of an agency's queue that are in a state, the longest waiting first.
func (Registrations) Intake(ctx context.Context, t domain.Tx, agency domain.ID, state domain.State, cursor domain.Cursor) (domain.Listing[person.Waiting], error) {
	const op = "store.Intake"
	var out domain.Listing[person.Waiting]
	after, args := "", []any{string(agency), string(state)}
	if cursor.After != "" {
		day, id, ok := strings.Cut(cursor.After, "_")
		_, dayErr := domain.ParseDate(day)
		_, idErr := domain.ParseID(id)
		if !ok || dayErr != nil || idErr != nil {
			return out, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		after = "AND (r.registered_on, r.id) > (?::date, ?::uuid)"
		args = append(args, day, id)
	}
	var rows []waitingRow
	err := on(ctx, t).Raw(`SELECT r.*, p.reference, p.sealed_names, p.residence_place, p.entered_mode, p.preferred_language,
			(SELECT sealed_number FROM person_phones n WHERE n.person_id = p.id ORDER BY position LIMIT 1) AS phone
		FROM registrations r JOIN persons p ON p.id = r.person_id
		WHERE r.agency_id = ? AND r.state = ? `+after+`
		ORDER BY r.registered_on, r.id LIMIT ?`, append(args, cursor.Size()+1)...).Scan(&rows).Error
	if err != nil {
		return out, fault(op, err)
	}
	if len(rows) > cursor.Size() {
		rows = rows[:cursor.Size()]
		last := rows[len(rows)-1]
		out.Next = last.Row.RegisteredOn.Format(time.DateOnly) + "_" + last.Row.ID
	}
	o, err := openAll(ctx, t, rows, waitingRow.subject)
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		given, family := o.names(r.subject(), r.SealedNames)
		out.Items = append(out.Items, person.Waiting{
			Registration: r.Row.toDomain(), Reference: r.Reference, Given: given, Family: family,
			Place: textOf(r.ResidencePlace), Phone: o.text(r.subject(), numberColumn, r.Phone), EntryMode: person.EntryMode(r.EnteredMode), Language: r.PreferredLanguage,
		})
	}
	return out, o.err
}

// ProvePhone implements person.RegistrationStore.
func (Registrations) ProvePhone(ctx context.Context, t domain.Tx, account domain.ID, at time.Time) error {
	return fault("store.ProvePhone", on(ctx, t).Exec(`UPDATE registrations r SET phone_proven_at = ? FROM users u
		WHERE u.id = ? AND r.person_id = u.person_id AND r.state = 'quarantine' AND r.phone_proven_at IS NULL`, at, string(account)).Error)
}

// DueToClear implements person.RegistrationStore.
func (Registrations) DueToClear(ctx context.Context, t domain.Tx, sent time.Time, limit int) ([]person.Registration, error) {
	var rows []registrationRow
	err := on(ctx, t).Raw(`SELECT r.* FROM registrations r JOIN persons p ON p.id = r.person_id
		WHERE r.state = 'quarantine' AND r.phone_proven_at IS NOT NULL AND p.created_at <= ?
		ORDER BY r.id LIMIT ? FOR UPDATE OF r SKIP LOCKED`, sent, limit).Scan(&rows).Error
	out := make([]person.Registration, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, fault("store.DueToClear", err)
}
