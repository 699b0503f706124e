package store

import (
	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
)

type onceRow struct {
	Scope       string `gorm:"primaryKey"`
	Key         string `gorm:"primaryKey"`
	PayloadHash string
	RecordKind  string
	RecordID    string
	Version     int
}

func (onceRow) TableName() string { return "idempotency" }

// replayed claims the key for this transaction. The claim is an advisory lock,
// so that a second request meanwhile is told at once instead of waiting.
func replayed(g *gorm.DB, once domain.Once) error {
	const op = "store.Once"
	var free bool
	if err := g.Raw(`SELECT pg_try_advisory_xact_lock(hashtextextended(? || chr(31) || ?, 0))`, once.Scope, once.Key).
		Scan(&free).Error; err != nil {
		return fault(op, err)
	}
	if !free {
		return domain.Conflict(op, "error.once.in_flight")
	}
	var found []onceRow
	if err := g.Where("scope = ? AND key = ?", once.Scope, once.Key).Limit(1).Find(&found).Error; err != nil {
		return fault(op, err)
	}
	if len(found) == 0 {
		return nil
	}
	row := found[0]
	if row.PayloadHash != once.PayloadHash {
		return domain.Invalid(op, domain.Field("idempotency_key", "error.once.other_payload"))
	}
	return &domain.Replay{RecordKind: row.RecordKind, ID: domain.ID(row.RecordID), Version: row.Version}
}

// remember stores what the act made under the claimed key. An act that names
// no outcome may be repeated.
func remember(g *gorm.DB, once domain.Once, outcome *domain.Replay) error {
	if outcome == nil {
		return nil
	}
	row := onceRow{
		Scope: once.Scope, Key: once.Key, PayloadHash: once.PayloadHash,
		RecordKind: outcome.RecordKind, RecordID: string(outcome.ID), Version: outcome.Version,
	}
	if err := g.Create(&row).Error; err != nil {
		return fault("store.Once", err)
	}
	return nil
}
