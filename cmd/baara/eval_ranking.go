package main

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
)

// evalRankingCmds are the measurements of matching people and vacancies.
type evalRankingCmds struct {
	Matching evalMatchingCmd `cmd:"" help:"How well vacancies find people, on a graded collection."`
	Fairness evalFairnessCmd `cmd:"" help:"Who is seen among the first, against who could be: by sex, age, population group and region."`
	Tune     evalTuneCmd     `cmd:"" help:"Look for better weights of matching, by cross-validation on a graded collection."`
}

// The depths to which lists are judged.
const (
	gainDepth      = 10 // of nDCG and precision
	recallDepth    = 20
	evalDepth      = max(gainDepth, recallDepth)
	relevantGrade  = 1
	percentileHalf = 0.50
	percentileTail = 0.99
)

// compareFairGroups lists the traits in order, and of each the largest first.
func compareFairGroups(a, b fairGroup) int {
	return cmp.Or(strings.Compare(a.By, b.By), cmp.Compare(b.Places, a.Places), strings.Compare(a.Value, b.Value))
}

// ndcg is the discounted gain of the first k of a list, against that of the
// best list of everything graded (Järvelin and Kekäläinen 2002; gain 2^grade-1
// after Burges et al. 2005). 0 where nothing is graded above 0.
func ndcg(list []string, grades map[string]int, k int) float64 {
	best := make([]int, 0, len(grades))
	for _, g := range grades {
		best = append(best, g)
	}
	slices.SortFunc(best, func(a, b int) int { return b - a })
	ideal := dcg(best, k)
	if ideal == 0 {
		return 0
	}
	got := make([]int, len(list))
	for i, id := range list {
		got[i] = grades[id]
	}
	return dcg(got, k) / ideal
}

func dcg(grades []int, k int) float64 {
	sum := 0.0
	for i, g := range grades[:min(k, len(grades))] {
		sum += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i)+2)
	}
	return sum
}

// relevantIn counts the graded among the first k of a list.
func relevantIn(list []string, grades map[string]int, k int) int {
	n := 0
	for _, id := range list[:min(k, len(list))] {
		if grades[id] >= relevantGrade {
			n++
		}
	}
	return n
}

// precision is the share of the first k places that hold somebody relevant:
// an empty place holds nobody.
func precision(list []string, grades map[string]int, k int) float64 {
	return float64(relevantIn(list, grades, k)) / float64(k)
}

// recall is the share of the relevant that are among the first k.
func recall(list []string, grades map[string]int, k int) float64 {
	relevant := 0
	for _, g := range grades {
		if g >= relevantGrade {
			relevant++
		}
	}
	if relevant == 0 {
		return 0
	}
	return float64(relevantIn(list, grades, k)) / float64(relevant)
}

// percentile is the smallest time that at least a share of all does not exceed, in milliseconds.
func percentile(times []time.Duration, share float64) float64 {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	at := max(0, int(math.Ceil(share*float64(len(sorted))))-1)
	return math.Round(float64(sorted[at].Microseconds())) / 1000
}
