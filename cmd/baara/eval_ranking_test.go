package main

import (
	"math"
	"testing"
	"time"
)

// The expectations are worked out by hand from the definitions.
func TestMeasuresOfAList(t *testing.T) {
	grades := map[string]int{"a": 3, "b": 1, "c": 2}
	// Gains 7, 1 and 3; discounts 1, 1/1.58496 and 1/2 of the first three places.
	ideal := 7 + 3/1.5849625 + 1/2.0
	for name, c := range map[string]struct {
		list                    []string
		ndcg, precision, recall float64
	}{
		"the best order":      {[]string{"a", "c", "b"}, 1, 0.3, 1},
		"the worst order":     {[]string{"b", "c", "a"}, (1 + 3/1.5849625 + 7/2.0) / ideal, 0.3, 1},
		"strangers before":    {[]string{"x", "y", "a"}, (7 / 2.0) / ideal, 0.1, 1.0 / 3},
		"nobody":              {nil, 0, 0, 0},
		"too late to be seen": {append(make([]string, 20), "a", "b", "c"), 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			near := func(what string, got, want float64) {
				if math.Abs(got-want) > 1e-6 {
					t.Errorf("%s is %f, want %f", what, got, want)
				}
			}
			near("nDCG@10", ndcg(c.list, grades, 10), c.ndcg)
			near("precision@10", precision(c.list, grades, 10), c.precision)
			near("recall@20", recall(c.list, grades, 20), c.recall)
		})
	}
}

func TestPercentiles(t *testing.T) {
	var times []time.Duration
	for i := 100; i > 0; i-- {
		times = append(times, time.Duration(i)*time.Millisecond)
	}
	if half, tail := percentile(times, 0.5), percentile(times, 0.99); half != 50 || tail != 99 {
		t.Errorf("half %f, tail %f", half, tail)
	}
}

// TestBrokenConditions: a measurement must not trust what it measures.
func TestBrokenConditions(t *testing.T) {
	v := evalVacancy{Region: "KAY", ISCEDMin: 2, ExperienceMin: 3, Languages: []string{"fr"}, Licences: []string{"B"}}
	fit := evalPerson{Mobility: []string{"KAY"}, ISCED: 2, Experience: []struct{ Years float64 }{{1}, {2}}, Languages: []string{"bm", "fr"}, Licences: []string{"B"}}
	for name, c := range map[string]struct {
		change func(*evalPerson)
		breaks bool
	}{
		"fits":            {func(*evalPerson) {}, false},
		"anywhere":        {func(p *evalPerson) { p.Mobility = []string{"*"} }, false},
		"elsewhere":       {func(p *evalPerson) { p.Mobility = []string{"SIK"} }, true},
		"schooling short": {func(p *evalPerson) { p.ISCED = 1 }, true},
		"years short":     {func(p *evalPerson) { p.Experience = p.Experience[:1] }, true},
		"no French":       {func(p *evalPerson) { p.Languages = []string{"bm"} }, true},
		"no licence":      {func(p *evalPerson) { p.Licences = nil }, true},
	} {
		p := fit
		c.change(&p)
		if v.breaks(p) != c.breaks {
			t.Errorf("%s: breaks %v", name, !c.breaks)
		}
	}
}
