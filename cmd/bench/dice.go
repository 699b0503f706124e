package bench

import (
	"math/rand/v2"
	"slices"
)

// dice throws for one record: the same for the same seed, stream and number,
// whatever was thrown before.
type dice struct{ *rand.Rand }

func newDice(seed uint64, stream, number int) dice {
	return dice{rand.New(rand.NewPCG(seed, uint64(stream)<<40|uint64(number)))} //nolint:gosec // invented data, the same again for the same seed
}

// one picks a value with the weights given beside it.
func (d dice) one(cumulated []float64) int {
	x := d.Float64() * cumulated[len(cumulated)-1]
	i, _ := slices.BinarySearch(cumulated, x)
	return min(i, len(cumulated)-1)
}

// often is true in so many cases of a hundred.
func (d dice) often(percent int) bool { return d.IntN(100) < percent }

// around gives a number near mean, at least least: the sum of two dice.
func (d dice) around(mean, least int) int {
	return max(least, (d.IntN(2*mean+1)+d.IntN(2*mean+1))/2)
}

// zipf cumulates the weights 1/(rank+q): with q = 20 the most frequent skill is
// on every fifteenth profile and the thousandth on every hundred-and-sixtieth,
// as in the collection.
func zipf(n int, q float64) []float64 {
	out := make([]float64, n)
	sum := 0.0
	for i := range out {
		sum += 1 / (float64(i) + 1 + q)
		out[i] = sum
	}
	return out
}

// shares cumulates given weights.
func shares(weights ...float64) []float64 {
	sum := 0.0
	out := make([]float64, len(weights))
	for i, w := range weights {
		sum += w
		out[i] = sum
	}
	return out
}
