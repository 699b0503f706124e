package store

import (
	"context"
	"database/sql"
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

	ApplicationID  *string `json:"application_id"`
	OrganisationID *string `json:"organisation_id"`
	WithdrawnBy    *string `json:"withdrawn_by"`
	WithdrawnMode  *string `json:"withdrawn_mode"`
}

// sealedConsent is who else had a part in a consent.
type sealedConsent struct {
	Witness        string `json:"w,omitempty"`
	Representative string `json:"r,omitempty"`
	Basis          string `json:"b,omitempty"`
	Phone          string `json:"p,omitempty"` // of the representative
	Employer       string `json:"e,omitempty"` // as the person was told
	Paper          string `json:"s,omitempty"` // where the signed one is kept
}

const consentColumn = "consents.sealed"

func (consentRow) TableName() string { return "consents" }

func consentToRow(c person.Consent, seals *sealing) consentRow {
	return consentRow{
		ID: string(c.ID), PersonID: string(c.PersonID), Purpose: string(c.Purpose), TextVersion: c.TextVersion, Lang: c.Language,
		Mode: string(c.Mode), GivenAt: c.GivenAt, Sealed: seals.seal(c.PersonID, consentColumn, sealedConsent{c.Witness, c.Representative, c.Basis, c.RepresentativePhone, c.Recipient.Employer, c.Paper}),
		ExpiresAt: nullTime(c.ExpiresAt), WithdrawnAt: nullTime(c.WithdrawnAt), Replaced: c.Replaced, RecordedBy: nullID(c.RecordedBy),
		ApplicationID: nullID(c.ApplicationID), OrganisationID: nullID(c.OrganisationID),
		WithdrawnBy: nullID(c.WithdrawnBy), WithdrawnMode: nullText(string(c.WithdrawnMode)),
	}
}

func (r consentRow) toDomain(o *opening) person.Consent {
	var with sealedConsent
	o.open(domain.ID(r.PersonID), consentColumn, r.Sealed, &with)
	return person.Consent{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), Purpose: person.Purpose(r.Purpose), TextVersion: r.TextVersion,
		Language: r.Lang, Mode: person.ConsentMode(r.Mode), Witness: with.Witness, Representative: with.Representative, Basis: with.Basis,
		GivenAt: r.GivenAt.UTC(), ExpiresAt: timeOf(r.ExpiresAt), WithdrawnAt: timeOf(r.WithdrawnAt), Replaced: r.Replaced,
		RecordedBy: idOf(r.RecordedBy), RepresentativePhone: with.Phone, Paper: with.Paper,
		Recipient:   person.Recipient{ApplicationID: idOf(r.ApplicationID), OrganisationID: idOf(r.OrganisationID), Employer: with.Employer},
		WithdrawnBy: idOf(r.WithdrawnBy), WithdrawnMode: person.ConsentMode(textOf(r.WithdrawnMode)),
	}
}

// toContacts are the consents to somebody's contacts: those that were said at the
// record, and those to applications a merge gave it, which stay with the file
// they were said at. The person sees all her applications; staff who serve her
// know by the merge of those they do not see.
const toContacts = `(SELECT c.id FROM consents c WHERE c.person_id = @p AND c.application_id IS NOT NULL
	UNION SELECT c.id FROM applications a JOIN consents c ON c.application_id = a.id WHERE a.person_id = @p
	UNION SELECT c.id FROM merges m JOIN merge_moves v ON v.merge_id = m.id AND v.kind = 'application'
		JOIN consents c ON c.application_id = v.record_id WHERE m.survivor_id = @p AND m.undone_at IS NULL)`

// Consents lists every consent a person ever gave, newest first.
func (Consents) Consents(ctx context.Context, t domain.Tx, id domain.ID) ([]person.Consent, error) {
	var rows []consentRow
	err := on(ctx, t).Where("id IN (SELECT id FROM consents WHERE person_id = @p AND application_id IS NULL UNION "+toContacts+")", sql.Named("p", string(id))).
		Order("given_at DESC, id DESC").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, fault("store.Consents", err)
	}
	o, err := openAll(ctx, t, rows, func(r consentRow) domain.ID { return domain.ID(r.PersonID) })
	if err != nil {
		return nil, err
	}
	out := make([]person.Consent, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain(o)
	}
	return out, o.err
}

// LiveConsent reports whether a consent for the purpose stands at that time; at
// a file another one stands for, none does.
func (Consents) LiveConsent(ctx context.Context, t domain.Tx, id domain.ID, purpose person.Purpose, at time.Time) (bool, error) {
	var live bool
	err := on(ctx, t).Raw(`SELECT EXISTS (SELECT 1 FROM consents WHERE person_id = ? AND purpose = ? AND withdrawn_at IS NULL
		AND (expires_at IS NULL OR expires_at > ?) AND NOT rls.merged(person_id))`, string(id), string(purpose), at).Scan(&live).Error
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

// Withdrawing implements person.ConsentStore.
func (Consents) Withdrawing(ctx context.Context, t domain.Tx, people ...domain.ID) error {
	return withdrawing(on(ctx, t), people...)
}

// EndConsent implements person.ConsentStore.
func (Consents) EndConsent(ctx context.Context, t domain.Tx, id domain.ID, purpose person.Purpose, end person.ConsentEnd) (bool, error) {
	n, err := endConsents(ctx, t, id, end, "person_id = @p AND purpose = @purpose AND application_id IS NULL", sql.Named("purpose", string(purpose)))
	return n > 0, err
}

// EndContact implements person.ConsentStore.
func (Consents) EndContact(ctx context.Context, t domain.Tx, id, application domain.ID, end person.ConsentEnd) error {
	_, err := endConsents(ctx, t, id, end, "application_id = @application AND id IN "+toContacts, sql.Named("application", string(application)))
	return err
}

// EndContacts implements person.ConsentStore.
func (Consents) EndContacts(ctx context.Context, t domain.Tx, id domain.ID, end person.ConsentEnd) (int, error) {
	return endConsents(ctx, t, id, end, "id IN "+toContacts)
}

// endConsents is the one place where a consent ends: it waits for answers about
// the person that are on their way.
func endConsents(ctx context.Context, t domain.Tx, id domain.ID, end person.ConsentEnd, which string, args ...any) (int, error) {
	g := on(ctx, t)
	if !end.Replaced {
		if err := withdrawing(g, id); err != nil {
			return 0, err
		}
	}
	result := g.Exec(`UPDATE consents SET withdrawn_at = greatest(CAST(@at AS timestamptz), given_at), replaced = @replaced, withdrawn_by = @by, withdrawn_mode = @mode
		WHERE withdrawn_at IS NULL AND `+which,
		append(args, sql.Named("p", string(id)), sql.Named("at", end.At), sql.Named("replaced", end.Replaced), sql.Named("by", nullID(end.By)), sql.Named("mode", nullText(string(end.Mode))))...)
	if result.Error != nil {
		return 0, fault("store.endConsents", result.Error)
	}
	return int(result.RowsAffected), changed(ctx, t, searchPerson, id)
}

// DueReminders implements person.ConsentStore.
func (Consents) DueReminders(ctx context.Context, t domain.Tx, from, until time.Time, limit int) ([]person.Ending, error) {
	var rows []struct {
		PersonID, Purpose string
		ExpiresAt         time.Time
	}
	err := on(ctx, t).Raw(`UPDATE consents SET reminded_at = ? WHERE id IN (SELECT id FROM consents
			WHERE withdrawn_at IS NULL AND reminded_at IS NULL AND expires_at > ? AND expires_at <= ?
				AND NOT rls.merged(person_id) ORDER BY expires_at, id LIMIT ? FOR UPDATE SKIP LOCKED)
		RETURNING person_id::text, purpose, expires_at`, from, from, until, limit).Scan(&rows).Error
	out := make([]person.Ending, len(rows))
	for i, r := range rows {
		out[i] = person.Ending{PersonID: domain.ID(r.PersonID), Purpose: person.Purpose(r.Purpose), ExpiresAt: r.ExpiresAt.UTC()}
	}
	return out, fault("store.DueReminders", err)
}

// EndingConsents implements person.ConsentStore, the soonest first.
func (Consents) EndingConsents(ctx context.Context, t domain.Tx, owner domain.ID, from, until time.Time) ([]person.Ending, error) {
	type endingRow struct {
		PersonID, Purpose string
		SealedNames       sealed
		ExpiresAt         time.Time
	}
	var rows []endingRow
	err := on(ctx, t).Raw(`SELECT c.person_id::text, p.sealed_names, c.purpose, c.expires_at FROM case_files f
		JOIN consents c ON c.person_id = f.person_id JOIN persons p ON p.id = f.person_id
		WHERE f.owner_id = ? AND f.stage <> 'closed' AND c.withdrawn_at IS NULL AND c.expires_at > ? AND c.expires_at <= ?
		ORDER BY c.expires_at, c.id LIMIT ?`, string(owner), from, until, domain.MaxLimit).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.EndingConsents", err)
	}
	o, err := openAll(ctx, t, rows, func(r endingRow) domain.ID { return domain.ID(r.PersonID) })
	if err != nil {
		return nil, err
	}
	out := make([]person.Ending, len(rows))
	for i, r := range rows {
		given, family := o.names(domain.ID(r.PersonID), r.SealedNames)
		out[i] = person.Ending{PersonID: domain.ID(r.PersonID), Given: given, Family: family, Purpose: person.Purpose(r.Purpose), ExpiresAt: r.ExpiresAt.UTC()}
	}
	return out, o.err
}
