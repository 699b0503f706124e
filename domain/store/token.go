package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Tokens implements identity.TokenStore.
type Tokens struct{}

// Tokens keeps API tokens.
func (d *DB) Tokens() Tokens { return Tokens{} }

type tokenRow struct {
	ID         string
	UserID     string
	Name       string
	TokenHash  string
	Scopes     textArray `gorm:"type:text[]"`
	Recipient  string
	Agreement  *string `gorm:"column:agreement_id"`
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt *time.Time
	RevokedAt  *time.Time
}

func (tokenRow) TableName() string { return "api_tokens" }

func tokenToRow(t identity.Token) tokenRow {
	return tokenRow{
		ID: string(t.ID), UserID: string(t.UserID), Name: t.Name, TokenHash: t.Hash, Scopes: textArray(t.Scopes), Recipient: t.Recipient, Agreement: nullID(t.Agreement),
		CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, LastUsedAt: nullTime(t.LastUsedAt), RevokedAt: nullTime(t.RevokedAt),
	}
}

func (r tokenRow) toDomain() identity.Token {
	return identity.Token{
		ID: domain.ID(r.ID), UserID: domain.ID(r.UserID), Name: r.Name, Hash: r.TokenHash, Scopes: []string(r.Scopes), Recipient: r.Recipient, Agreement: idOf(r.Agreement),
		CreatedAt: r.CreatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), LastUsedAt: timeOf(r.LastUsedAt), RevokedAt: timeOf(r.RevokedAt),
	}
}

// InsertToken implements identity.TokenStore.
func (Tokens) InsertToken(ctx context.Context, t domain.Tx, token identity.Token) error {
	row := tokenToRow(token)
	return fault("store.InsertToken", on(ctx, t).Create(&row).Error)
}

// TokenByID implements identity.TokenStore.
func (Tokens) TokenByID(ctx context.Context, t domain.Tx, id domain.ID) (identity.Token, error) {
	var row tokenRow
	if err := on(ctx, t).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return identity.Token{}, fault("store.TokenByID", err)
	}
	return row.toDomain(), nil
}

// TokensOf lists a user's tokens, newest first.
func (Tokens) TokensOf(ctx context.Context, t domain.Tx, user domain.ID) ([]identity.Token, error) {
	return tokensWhere(ctx, t, "store.TokensOf", "user_id = ?", string(user))
}

// LiveTokens implements identity.TokenStore.
func (Tokens) LiveTokens(ctx context.Context, t domain.Tx, now time.Time) ([]identity.Token, error) {
	return tokensWhere(ctx, t, "store.LiveTokens", "revoked_at IS NULL AND expires_at > ?", now)
}

func tokensWhere(ctx context.Context, t domain.Tx, op, which string, arg any) ([]identity.Token, error) {
	var rows []tokenRow
	if err := on(ctx, t).Where(which, arg).Order("created_at DESC, id").Find(&rows).Error; err != nil {
		return nil, fault(op, err)
	}
	out := make([]identity.Token, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}

// UseToken gives a live token by its hash and notes its use, to the minute:
// busy programs do not write with every call.
func (Tokens) UseToken(ctx context.Context, t domain.Tx, hash string, now time.Time) (identity.Token, error) {
	const op = "store.UseToken"
	var row tokenRow
	err := on(ctx, t).Where("token_hash = ? AND revoked_at IS NULL AND expires_at > ?", hash, now).Take(&row).Error
	if err != nil {
		return identity.Token{}, fault(op, err)
	}
	if row.LastUsedAt == nil || now.Sub(*row.LastUsedAt) > time.Minute {
		if err := on(ctx, t).Exec(`UPDATE api_tokens SET last_used_at = ? WHERE id = ?`, now, row.ID).Error; err != nil {
			return identity.Token{}, fault(op, err)
		}
	}
	return row.toDomain(), nil
}

// RevokeToken ends a token.
func (Tokens) RevokeToken(ctx context.Context, t domain.Tx, id domain.ID, now time.Time) error {
	return fault("store.RevokeToken", on(ctx, t).Exec(`UPDATE api_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL`, now, string(id)).Error)
}

// RevokeTokensOf ends a user's tokens.
func (Tokens) RevokeTokensOf(ctx context.Context, t domain.Tx, user domain.ID, now time.Time) error {
	return fault("store.RevokeTokensOf", on(ctx, t).Exec(`UPDATE api_tokens SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL`, now, string(user)).Error)
}
