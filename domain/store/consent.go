package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Consents implements person.ConsentStore.
type Consents struct{}

// Consents keeps consents.
func (d *DB) Consents() Consents { return Consents{} }

type consentRow struct {
	ID          string     `json:"id"`
	PersonID    string     `json:"person_id"`
	Purpose     string     `json:"purpose"`
	TextVersion string     `json:"text_version"`
	Lang        string     `json:"lang"`
	Mode        string     `json:"mode"`
	GivenAt     time.Time  `json:"given_at"`
	ExpiresAt   *time.Time `json:"expires_at"`
	WithdrawnAt *time.Time `json:"withdrawn_at"`
	Replaced    bool       `json:"replaced"`
	RecordedBy  *string    `json:"recorded_by"`
	Sealed      sealed     `json:"sealed"`
}

// sealedConsent is who else had a part in a consent.
type sealedConsent struct {
	Witness        string `json:"w,omitempty"`
	Representative string `json:"r,omitempty"`
	Basis          string `json:"b,omitempty"`
}

const consentColumn = "consents.sealed"

func (consentRow) TableName() string { return "consents" }

func consentToRow(c person.Consent, seals *sealing) consentRow {
	return consentRow{
		ID: string(c.ID), PersonID: string(c.PersonID), Purpose: string(c.Purpose), TextVersion: c.TextVersion, Lang: c.Language,
		Mode: string(c.Mode), GivenAt: c.GivenAt, Sealed: seals.seal(c.PersonID, consentColumn, sealedConsent{c.Witness, c.Representative, c.Basis}),
		ExpiresAt: nullTime(c.ExpiresAt), WithdrawnAt: nullTime(c.WithdrawnAt), Replaced: c.Replaced, RecordedBy: nullID(c.RecordedBy),
	}
}

func (r consentRow) toDomain(o *opening) person.Consent {
	var with sealedConsent
	o.open(domain.ID(r.PersonID), consentColumn, r.Sealed, &with)
	return person.Consent{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), Purpose: person.Purpose(r.Purpose), TextVersion: r.TextVersion,
		Language: r.Lang, Mode: person.ConsentMode(r.Mode), Witness: with.Witness, Representative: with.Representative, Basis: with.Basis,
		GivenAt: r.GivenAt.UTC(), ExpiresAt: timeOf(r.ExpiresAt), WithdrawnAt: timeOf(r.WithdrawnAt), Replaced: r.Replaced,
		RecordedBy: idOf(r.RecordedBy),
	}
}

// Consents lists every consent a person ever gave, newest first.
func (Consents) Consents(ctx context.Context, t domain.Tx, id domain.ID) ([]person.Consent, error) {
	var rows []consentRow
	err := on(ctx, t).Where("person_id = ?", string(id)).Order("given_at DESC, id DESC").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, fault("store.Consents", err)
	}
	o, err := inside(ctx, t)([]domain.ID{id})
	if err != nil {
		return nil, err
	}
	out := make([]person.Consent, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain(o)
	}
	return out, o.err
}

// LiveConsent reports whether a consent for the purpose stands at that time.
func (Consents) LiveConsent(ctx context.Context, t domain.Tx, id domain.ID, purpose person.Purpose, at time.Time) (bool, error) {
	var live bool
	err := on(ctx, t).Raw(`SELECT EXISTS (SELECT 1 FROM consents WHERE person_id = ? AND purpose = ? AND withdrawn_at IS NULL
		AND (expires_at IS NULL OR expires_at > ?))`, string(id), string(purpose), at).Scan(&live).Error
	return live, fault("store.LiveConsent", err)
}

// InsertConsent writes a consent; the one before it must have ended.
func (Consents) InsertConsent(ctx context.Context, t domain.Tx, c person.Consent) error {
	keys, err := keysToSeal(ctx, t, c.PersonID)
	if err != nil {
		return err
	}
	seals := &sealing{keys: keys}
	row := consentToRow(c, seals)
	if seals.err != nil {
		return seals.err
	}
	if err := on(ctx, t).Create(&row).Error; err != nil {
		return fault("store.InsertConsent", err)
	}
	return changed(ctx, t, searchPerson, c.PersonID)
}

// EndConsent ends the standing consent for a purpose.
func (Consents) EndConsent(ctx context.Context, t domain.Tx, id domain.ID, purpose person.Purpose, at time.Time, replaced bool) (bool, error) {
	const op = "store.EndConsent"
	result := on(ctx, t).Exec(`UPDATE consents SET withdrawn_at = greatest(?::timestamptz, given_at), replaced = ?
		WHERE person_id = ? AND purpose = ? AND withdrawn_at IS NULL`, at, replaced, string(id), string(purpose))
	if result.Error != nil {
		return false, fault(op, result.Error)
	}
	return result.RowsAffected > 0, changed(ctx, t, searchPerson, id)
}
