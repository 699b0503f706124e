package demo

import (
	"math/rand/v2"

	"github.com/baara-platform/baara/domain"
)

// dice is the chance of one record.
type dice struct{ *rand.Rand }

// The kinds of record: people and vacancies of one number are unrelated.
const (
	ofPerson uint64 = iota + 1
	ofVacancy
	ofOrganisation
)

func newDice(seed, kind uint64, n int) dice {
	return dice{rand.New(rand.NewPCG(seed, kind<<40|uint64(n)))} //nolint:gosec // invented data must be repeatable, and is no secret
}

// chance is true that many times in a hundred.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between gives a number, both ends included.
func (d dice) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.IntN(high-low+1)
}

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// weighted picks by weight; when all weights are 0 it picks any.
func weighted[T any](d dice, list []T, weight func(T) int) T {
	sum := 0
	for _, v := range list {
		sum += weight(v)
	}
	if sum == 0 {
		return pick(d, list)
	}
	n := d.IntN(sum)
	for _, v := range list {
		if n -= weight(v); n < 0 {
			return v
		}
	}
	return list[len(list)-1]
}

// some gives n entries of a list in its order, all where it has fewer.
func some[T any](d dice, list []T, n int) []T {
	var out []T
	for i, v := range list {
		if left := len(list) - i; d.IntN(left) < n-len(out) {
			out = append(out, v)
		}
	}
	return out
}

// one names a choice with its weight.
type one[T any] struct {
	weight int
	value  T
}

func choose[T any](d dice, list ...one[T]) T {
	return weighted(d, list, func(o one[T]) int { return o.weight }).value
}

// ago gives a day up to so many days before today, recent ones more often.
func (d dice) ago(today domain.Date, low, high int) domain.Date {
	share := d.Float64()
	return today.AddDays(-low - int(share*share*float64(high-low)))
}
