package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// nextNumbers takes n numbers of a reference sequence ("person_reference").
// Numbers of a rolled-back act are lost: references are unique, not gapless.
func nextNumbers(ctx context.Context, t domain.Tx, sequence string, n int) ([]int64, error) {
	var numbers []int64
	err := on(ctx, t).Raw(`SELECT nextval(?::regclass) FROM generate_series(1, ?)`, sequence, n).Scan(&numbers).Error
	return numbers, fault("store.nextNumbers", err)
}
