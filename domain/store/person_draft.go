package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Drafts implements person.DraftStore.
type Drafts struct{}

// Drafts keeps the public form while it is being filled in.
func (d *DB) Drafts() Drafts { return Drafts{} }

type draftRow struct {
	ID         string
	TokenHash  string
	PhoneHash  *string
	SecretHash *string
	Sealed     sealed // sealedDraft, under the draft's own key
	Step       string
	Lang       string
	PersonID   *string
	CreatedAt  time.Time
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`
	ExpiresAt  time.Time
	Version    int
}

func (draftRow) TableName() string { return "registration_drafts" }

// sealedDraft is what was told so far.
type sealedDraft struct {
	Phone   string         `json:"p,omitempty"`
	Answers person.Answers `json:"a"`
}

const draftColumn = "registration_drafts.sealed"

func draftToRow(ctx context.Context, t domain.Tx, d person.DraftForm) (draftRow, error) {
	const op = "store.Draft"
	answers, err := json.Marshal(d.Answers)
	if err != nil {
		return draftRow{}, fmt.Errorf("%s: %w", op, err)
	}
	if len(answers) > person.MaxAnswers {
		return draftRow{}, domain.Invalid(op, domain.Field("answers", "error.form_too_large"))
	}
	told, err := sealOne(ctx, t, d.ID, draftColumn, sealedDraft{d.Phone, d.Answers})
	return draftRow{
		ID: string(d.ID), TokenHash: d.TokenHash, PhoneHash: nullText(hashOf(t, formKind, d.Phone)), SecretHash: nullText(d.SecretHash),
		Sealed: told, Step: d.Step, Lang: d.Language, PersonID: nullID(d.PersonID),
		CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt, ExpiresAt: d.ExpiresAt, Version: d.Version,
	}, err
}

func draftsOf(ctx context.Context, t domain.Tx, rows []draftRow) ([]person.DraftForm, error) {
	o, err := openAll(ctx, t, rows, func(r draftRow) domain.ID { return domain.ID(r.ID) })
	if err != nil {
		return nil, err
	}
	out := make([]person.DraftForm, len(rows))
	for i, r := range rows {
		var told sealedDraft
		o.open(domain.ID(r.ID), draftColumn, r.Sealed, &told)
		out[i] = person.DraftForm{
			ID: domain.ID(r.ID), TokenHash: r.TokenHash, Phone: told.Phone, SecretHash: textOf(r.SecretHash), Answers: told.Answers,
			Step: r.Step, Language: r.Lang, PersonID: idOf(r.PersonID),
			CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), Version: r.Version,
		}
	}
	return out, o.err
}

// InsertDraft writes a new draft.
func (Drafts) InsertDraft(ctx context.Context, t domain.Tx, d person.DraftForm) error {
	row, err := draftToRow(ctx, t, d)
	if err != nil {
		return err
	}
	return fault("store.InsertDraft", on(ctx, t).Create(&row).Error)
}

// DraftByToken finds the draft of a token by its hash. Until the end of the
// transaction the draft shows to who holds the token, and no other does.
func (Drafts) DraftByToken(ctx context.Context, t domain.Tx, tokenHash string, lock bool) (person.DraftForm, error) {
	suffix := ""
	if lock {
		suffix = " FOR UPDATE"
	}
	if err := on(ctx, t).Exec(`SELECT set_config('baara.draft', ?, true)`, tokenHash).Error; err != nil {
		return person.DraftForm{}, fault("store.DraftByToken", err)
	}
	var rows []draftRow
	err := on(ctx, t).Raw(`SELECT * FROM registration_drafts WHERE token_hash = ?`+suffix, tokenHash).Scan(&rows).Error
	if err != nil {
		return person.DraftForm{}, fault("store.DraftByToken", err)
	}
	if len(rows) == 0 {
		return person.DraftForm{}, domain.NotFound("store.DraftByToken")
	}
	drafts, err := draftsOf(ctx, t, rows)
	if err != nil {
		return person.DraftForm{}, err
	}
	return drafts[0], nil
}

// ReceiptOf gives the receipt of a draft that was sent, by its token's hash.
func (Drafts) ReceiptOf(ctx context.Context, t domain.Tx, tokenHash string) (person.Receipt, error) {
	var rows []struct {
		PersonID, Reference, AgencyID string
		RegisteredOn                  time.Time
		Quarantined                   bool
	}
	err := on(ctx, t).Raw(`SELECT person_id::text, reference, agency_id::text, registered_on, rls.quarantined(?) AS quarantined FROM rls.receipt(?)`, tokenHash, tokenHash).Scan(&rows).Error
	if err != nil {
		return person.Receipt{}, fault("store.ReceiptOf", err)
	}
	if len(rows) == 0 {
		return person.Receipt{}, domain.NotFound("store.ReceiptOf")
	}
	r := rows[0]
	return person.Receipt{
		PersonID: domain.ID(r.PersonID), Reference: r.Reference, AgencyID: domain.ID(r.AgencyID), RegisteredOn: domain.DateOf(r.RegisteredOn),
		Quarantined: r.Quarantined,
	}, nil
}

// SaveDraft stores a draft under its next version.
func (Drafts) SaveDraft(ctx context.Context, t domain.Tx, d person.DraftForm) error {
	row, err := draftToRow(ctx, t, d)
	if err != nil {
		return err
	}
	row.Version++
	return touched("store.SaveDraft", on(ctx, t).Model(&draftRow{}).Where("id = ? AND version = ?", row.ID, d.Version).
		Select("*").Omit("ID", "CreatedAt").Updates(&row))
}

// DraftsOf gives the unfinished live drafts of a phone, the newest first.
func (Drafts) DraftsOf(ctx context.Context, t domain.Tx, phone string, now time.Time) ([]person.DraftForm, error) {
	var rows []draftRow
	err := on(ctx, t).Where("phone_hash = ? AND person_id IS NULL AND expires_at > ?", hashOf(t, formKind, phone), now).
		Order("updated_at DESC, id DESC").Limit(person.MaxDraftsPerPhone).Find(&rows).Error
	if err != nil {
		return nil, fault("store.DraftsOf", err)
	}
	return draftsOf(ctx, t, rows)
}

// withTheirKeys is a query that deletes rows that are subjects of their own,
// with their keys, and gives how many rows.
func withTheirKeys(table, where string) string {
	return `WITH gone AS (DELETE FROM ` + table + ` WHERE ` + where + ` RETURNING id),
		keys AS (DELETE FROM subject_keys k USING gone WHERE k.subject_id = gone.id)
		SELECT count(*) FROM gone`
}

// DeleteExpiredDrafts removes drafts, codes and tickets whose time is over.
func (Drafts) DeleteExpiredDrafts(ctx context.Context, t domain.Tx, now time.Time) (int, error) {
	const op = "store.DeleteExpiredDrafts"
	var drafts int
	if err := on(ctx, t).Raw(withTheirKeys("registration_drafts", "expires_at <= ?"), now).Scan(&drafts).Error; err != nil {
		return 0, fault(op, err)
	}
	var tickets int
	if err := on(ctx, t).Raw(withTheirKeys("resume_tickets", "expires_at <= ?"), now).Scan(&tickets).Error; err != nil {
		return 0, fault(op, err)
	}
	return drafts, fault(op, on(ctx, t).Exec(`DELETE FROM one_time_codes WHERE expires_at <= ?`, now).Error)
}
