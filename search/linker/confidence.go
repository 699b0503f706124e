package linker

import "math"

// chancesOf gives for each candidate the chance that it is meant, should one of them be.
func chancesOf(found []candidate) []float64 {
	out := make([]float64, len(found))
	sum := 0.0
	for i := range found {
		out[i] = math.Exp(float64(found[i].score - found[0].score))
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// trust weighs what makes a link trustworthy: that the rest is less likely, and that little of the name goes beyond what was said. It is
// fitted on questions of which a third have their right concept taken away, because people ask for what no taxonomy has; docs/linking.md
// shows how it holds.
var trust = struct{ constant, chance, both, contained, head, preferred float64 }{
	constant: -4.4, chance: 3.5, both: -1.6, contained: 3.0, head: 0.4, preferred: 1.6,
}

// Bounds of confidence.
const (
	// sameMeaning is the likeness by words from which a name has the same words in another order, number or spelling.
	sameMeaning = 0.999
	// saidEnough is the share of a name that must have been said: "soudure" does not say which welding.
	saidEnough = 0.67
	scoreMost  = 90
	// leastAlike is how alike a name without a word in common must look to be an answer at all.
	leastAlike = 0.25
)

// worth reports whether a candidate is an answer: others only share some letters with the question.
func (c *candidate) worth() bool {
	return c.features[byWords] > 0 || c.features[byLetters] >= leastAlike
}

// confidence is the chance in a hundred that a candidate is meant: 95 when all its words mean the same, else at most 90. It is not sure when
// another is as likely or when the name says much more.
func confidence(c *candidate, chance float64) int {
	x := &c.features
	if x[byWords] >= sameMeaning && chance > 0.5 {
		return scoreMeaning
	}
	odds := trust.constant + trust.chance*chance + trust.both*float64(x[byBoth]) + trust.contained*float64(x[contained]) +
		trust.head*float64(x[sameHead]) + trust.preferred*float64(x[ofPreferred])
	score := min(int(100/(1+math.Exp(-odds))), scoreMost)
	if chance <= 0.5 || c.said < saidEnough {
		return min(score, ambiguous)
	}
	return score
}
