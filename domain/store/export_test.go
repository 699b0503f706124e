package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// What tests ask the vault: nobody else outside the store has keys.

// CreateKeys makes the keys of new subjects.
func (d *DB) CreateKeys(ctx context.Context, t domain.Tx, subjects ...domain.ID) (map[domain.ID]seal.SubjectKey, error) {
	return d.vault.create(ctx, t, subjects...)
}

// KeysOf reads keys of subjects.
func (d *DB) KeysOf(ctx context.Context, t domain.Tx, subjects ...domain.ID) (map[domain.ID]seal.SubjectKey, error) {
	return d.vault.of(ctx, on(ctx, t), subjects...)
}

// ForgetKey drops a key from memory.
func (d *DB) ForgetKey(subject domain.ID) { d.vault.forget(subject) }

// OnKeyStep tells fn of each step of moving and destroying keys.
func (d *DB) OnKeyStep(fn func(step string)) { d.vault.step = fn }

// Execute runs a statement in the transaction.
func (d *DB) Execute(ctx context.Context, t domain.Tx, statement string, args ...any) error {
	return on(ctx, t).Exec(statement, args...).Error
}
