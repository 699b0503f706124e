package linker

// weights say what each feature is worth.
type weights [featureCount]float32

// fitted were found by Fit; docs/linking.md says how they are found again.
var fitted = weights{
	byLetters: 1.64, byWords: 1.41, byBoth: 0.27, ofPreferred: 3.48, ofThree: 0.87, ofAll: 0.36, covered: -0.11, coveredNearly: 1.40,
	repeated: 0.84, coveredRelated: 2.21, contained: 1.31, sameHead: 0.45, sameWords: -0.09, samePreferred: 1.26, isGroup: -1.79,
}

func (w *weights) score(x *features) float32 {
	sum := float32(0)
	for i, v := range x {
		sum += w[i] * v
	}
	return sum
}
