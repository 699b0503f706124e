package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
)

// Allowance implements domain.Allowance over the budgets.
type Allowance struct{ budgets Budgets }

// Allowance counts what accounts do in a day.
func (d *DB) Allowance() Allowance { return Allowance{d.Budgets()} }

// Spend implements domain.Allowance.
func (a Allowance) Spend(ctx context.Context, what string, who domain.ID, perDay int, now time.Time) error {
	const day = 24 * time.Hour
	rate := identity.Rate{Every: day / time.Duration(perDay), Burst: perDay}
	wait, err := a.budgets.Spend(ctx, seal.HashToken("allowance "+what+" "+string(who)), rate, now)
	if err != nil || wait == 0 {
		return err
	}
	short := domain.TooMany("store.Allowance", "error.allowance")
	short.After = wait
	return short
}
