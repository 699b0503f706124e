package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Factors implements identity.FactorStore.
type Factors struct{}

// Factors keeps second factors and recovery codes.
func (d *DB) Factors() Factors { return Factors{} }

type factorRow struct {
	ID           string
	UserID       string
	Kind         string
	Name         string
	Secret       []byte
	CredentialID []byte
	LastStep     int64
	CreatedAt    time.Time
	LastUsedAt   *time.Time
}

func (factorRow) TableName() string { return "second_factors" }

func factorToRow(f identity.Factor) factorRow {
	return factorRow{
		ID: string(f.ID), UserID: string(f.UserID), Kind: string(f.Kind), Name: f.Name, Secret: f.Secret, CredentialID: f.CredentialID,
		LastStep: f.LastStep, CreatedAt: f.CreatedAt, LastUsedAt: nullTime(f.LastUsedAt),
	}
}

func (r factorRow) toDomain() identity.Factor {
	return identity.Factor{
		ID: domain.ID(r.ID), UserID: domain.ID(r.UserID), Kind: identity.FactorKind(r.Kind), Name: r.Name, Secret: r.Secret,
		CredentialID: r.CredentialID, LastStep: r.LastStep, CreatedAt: r.CreatedAt.UTC(), LastUsedAt: timeOf(r.LastUsedAt),
	}
}

// InsertFactor implements identity.FactorStore.
func (Factors) InsertFactor(ctx context.Context, t domain.Tx, f identity.Factor) error {
	row := factorToRow(f)
	return fault("store.InsertFactor", on(ctx, t).Create(&row).Error)
}

// FactorsOf lists a user's factors, the oldest first.
func (Factors) FactorsOf(ctx context.Context, t domain.Tx, user domain.ID) ([]identity.Factor, error) {
	var rows []factorRow
	if err := on(ctx, t).Where("user_id = ?", string(user)).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, fault("store.FactorsOf", err)
	}
	out := make([]identity.Factor, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}

// DeleteFactor forgets a factor of a user; one the user has not is NotFound.
func (Factors) DeleteFactor(ctx context.Context, t domain.Tx, user, id domain.ID) error {
	result := on(ctx, t).Exec(`DELETE FROM second_factors WHERE id = ? AND user_id = ?`, string(id), string(user))
	if result.Error == nil && result.RowsAffected == 0 {
		return domain.NotFound("store.DeleteFactor")
	}
	return fault("store.DeleteFactor", result.Error)
}

// UseFactor implements identity.FactorStore.
func (Factors) UseFactor(ctx context.Context, t domain.Tx, id domain.ID, step int64, now time.Time) (bool, error) {
	result := on(ctx, t).Exec(`UPDATE second_factors SET last_step = ?, last_used_at = ? WHERE id = ? AND last_step < ?`, step, now, string(id), step)
	return result.RowsAffected > 0, fault("store.UseFactor", result.Error)
}

// SaveFactor implements identity.FactorStore.
func (Factors) SaveFactor(ctx context.Context, t domain.Tx, f identity.Factor) error {
	return touched("store.SaveFactor", on(ctx, t).Exec(`UPDATE second_factors SET secret = ?, last_used_at = ? WHERE id = ?`,
		f.Secret, nullTime(f.LastUsedAt), string(f.ID)))
}

// ReplaceRecovery implements identity.FactorStore.
func (Factors) ReplaceRecovery(ctx context.Context, t domain.Tx, user domain.ID, hashes []string, now time.Time) error {
	const op = "store.ReplaceRecovery"
	if err := on(ctx, t).Exec(`DELETE FROM recovery_codes WHERE user_id = ?`, string(user)).Error; err != nil || len(hashes) == 0 {
		return fault(op, err)
	}
	return fault(op, on(ctx, t).Exec(`INSERT INTO recovery_codes (user_id, code_hash, created_at) SELECT ?, unnest(?::text[]), ?`,
		string(user), textArray(hashes), now).Error)
}

// UseRecovery implements identity.FactorStore.
func (Factors) UseRecovery(ctx context.Context, t domain.Tx, user domain.ID, hash string, now time.Time) (bool, error) {
	result := on(ctx, t).Exec(`UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL`, now, string(user), hash)
	return result.RowsAffected > 0, fault("store.UseRecovery", result.Error)
}

// RecoveryLeft implements identity.FactorStore.
func (Factors) RecoveryLeft(ctx context.Context, t domain.Tx, user domain.ID) (int, error) {
	var n int
	err := on(ctx, t).Raw(`SELECT count(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL`, string(user)).Scan(&n).Error
	return n, fault("store.RecoveryLeft", err)
}
