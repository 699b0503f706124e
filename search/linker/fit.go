package linker

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Question is what somebody wrote, with the concept that was meant.
type Question struct {
	Words string
	Right domain.ID
}

// Example is a question with its candidates, for fitting.
type Example struct {
	candidates []candidate
	right      int // place in candidates, -1 when it is not among them
}

// Examples answers questions from the dictionary and keeps what spoke for each candidate.
func (l *Linker) Examples(kind taxonomy.Kind, questions []Question) []Example {
	now := l.current.Load()
	if now == nil || now.dictionaries[kind] == nil {
		return nil
	}
	d := now.dictionaries[kind]
	out := make([]Example, len(questions))
	for i, q := range questions {
		found := d.rank(&fitted, d.read(l.synonyms, q.Words, false), looked, "")
		right := slices.IndexFunc(found, func(c candidate) bool { return d.concepts[c.concept].id == q.Right })
		out[i] = Example{found, right}
	}
	return out
}

// Weights say what each feature is worth; they print as Go writes them.
type Weights struct{ w weights }

// String gives the weights by the names of their features.
func (w Weights) String() string {
	names := featureNames()
	var out []string
	for i, x := range w.w {
		out = append(out, fmt.Sprintf("%s: %.2f", names[i], x))
	}
	return strings.Join(out, ", ")
}

// Measure gives the mean reciprocal rank over the first 100 concepts and the share of questions whose first concept is right.
func (w Weights) Measure(examples []Example) (mrr, success float64) {
	for _, e := range examples {
		if e.right < 0 {
			continue
		}
		bar, rank := w.w.score(&e.candidates[e.right].features), 1
		for k := range e.candidates {
			if k != e.right && w.w.score(&e.candidates[k].features) >= bar {
				rank++
			}
		}
		if rank <= 100 {
			mrr += 1 / float64(rank)
		}
		if rank == 1 {
			success++
		}
	}
	n := float64(max(len(examples), 1))
	return mrr / n, success / n
}

// Fit's steps and its pull to zero.
const (
	fitSteps = 200
	fitPull  = 0.001
)

// Fit finds the weights under which the right concepts are the likeliest (softmax over the candidates), with a small pull to zero. It takes
// the steps of Adam, from ones; the same examples give the same weights.
func Fit(examples []Example) Weights {
	var w, mean, square [featureCount]float64
	for i := range w {
		w[i] = 1
	}
	for step := 1; step <= fitSteps; step++ {
		slope := gradient(examples, &w)
		rate := 0.3
		switch {
		case step > fitSteps*5/6:
			rate = 0.03
		case step > fitSteps/2:
			rate = 0.1
		}
		for i := range w {
			g := slope[i] + fitPull*w[i]
			mean[i] = 0.9*mean[i] + 0.1*g
			square[i] = 0.99*square[i] + 0.01*g*g
			m, v := mean[i]/(1-math.Pow(0.9, float64(step))), square[i]/(1-math.Pow(0.99, float64(step)))
			w[i] -= rate * m / (math.Sqrt(v) + 1e-8)
		}
	}
	var out Weights
	for i := range w {
		out.w[i] = float32(w[i])
	}
	return out
}

func gradient(examples []Example, w *[featureCount]float64) (slope [featureCount]float64) {
	n := 0.0
	for _, e := range examples {
		if e.right < 0 {
			continue
		}
		n++
		chances := softmax(e.candidates, w)
		for k, p := range chances {
			if k == e.right {
				p--
			}
			for i, x := range e.candidates[k].features {
				slope[i] += p * float64(x)
			}
		}
	}
	for i := range slope {
		slope[i] /= max(n, 1)
	}
	return slope
}

func softmax(candidates []candidate, w *[featureCount]float64) []float64 {
	out := make([]float64, len(candidates))
	top := math.Inf(-1)
	for k := range candidates {
		for i, x := range candidates[k].features {
			out[k] += w[i] * float64(x)
		}
		top = max(top, out[k])
	}
	sum := 0.0
	for k := range out {
		out[k] = math.Exp(out[k] - top)
		sum += out[k]
	}
	for k := range out {
		out[k] /= sum
	}
	return out
}
