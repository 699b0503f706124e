package main

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// evalTuneCmd looks for better weights. Whatever it finds is a proposal: the
// weights in use stand in domain/matching, with a reason for each, because a
// collection knows nothing of papers, of years or of what a counsellor would
// say.
type evalTuneCmd struct {
	Dir    string `arg:"" type:"existingdir" help:"Folder as for eval matching."`
	ESCO   string `name:"esco" required:"" type:"existingpath" help:"Folder with the ESCO release that the collection's addresses are of."`
	Folds  int    `default:"3" help:"In how many parts the vacancies are cut; each is judged by the weights found on the others."`
	Rounds int    `default:"2" help:"How often every weight is tried."`
	Deep   int    `default:"60" help:"How many people of each vacancy's list are ordered anew, beside all who are graded."`
}

// Run tunes and says what every part gave.
func (c *evalTuneCmd) Run(ctx context.Context) error {
	truth, err := readGraded(c.Dir)
	if err != nil {
		return err
	}
	return withThrowaway(ctx, collectionOf(c.Dir, c.ESCO), func(ctx context.Context, t throwaway) error {
		cases, err := t.cases(ctx, truth, c.Deep)
		if err != nil {
			return err
		}
		base := matching.DefaultWeights()
		fmt.Printf("%d vacancies. In use: %.4f.\n", len(cases), meanNDCG(cases, base))
		judged := 0.0
		for k := range c.Folds {
			learn, check := parts(cases, k, c.Folds)
			found := descend(ctx, learn, base, c.Rounds)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			before, after := meanNDCG(check, base), meanNDCG(check, found)
			fmt.Printf("Part %d: %.4f in use, %.4f tuned on the others.\n", k+1, before, after)
			judged += after * float64(len(check))
		}
		found := descend(ctx, cases, base, c.Rounds)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		fmt.Printf("Cross-validated %.4f. On all: %.4f with\n%+v\n", judged/float64(len(cases)), meanNDCG(cases, found), found)
		return nil
	})
}

// tuneCase is a vacancy with the people whose order is in question.
type tuneCase struct {
	opening matching.Opening
	people  []matching.Profile
	names   []string // of people, as the grades have them
	grades  map[string]int
	day     domain.Date
}

// ndcg ranks by brute force.
func (c tuneCase) ndcg(w matching.Weights) float64 {
	type placed struct {
		name string
		rank matching.Rank
	}
	list := make([]placed, 0, len(c.people))
	for i, p := range c.people {
		if points, _ := matching.Score(p, c.opening, c.day, w); points > 0 {
			lot := matching.Lot(domain.ID(c.names[i]), c.opening.ID, c.day)
			list = append(list, placed{c.names[i], matching.Rank{Points: points, Since: p.WaitingSince.String(), Lot: lot}})
		}
	}
	slices.SortFunc(list, func(a, b placed) int { return a.rank.Compare(b.rank) })
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.name
	}
	return ndcg(names, c.grades, gainDepth)
}

func meanNDCG(cases []tuneCase, w matching.Weights) float64 {
	const workers = 2
	sums := make([]float64, workers)
	var all sync.WaitGroup
	for k := range workers {
		all.Go(func() {
			for i := k; i < len(cases); i += workers {
				sums[k] += cases[i].ndcg(w)
			}
		})
	}
	all.Wait()
	sum := 0.0
	for _, s := range sums {
		sum += s
	}
	return sum / float64(max(1, len(cases)))
}

func parts(cases []tuneCase, k, folds int) (learn, check []tuneCase) {
	for i, c := range cases {
		if i%folds == k {
			check = append(check, c)
		} else {
			learn = append(learn, c)
		}
	}
	return learn, check
}

// tunable lists the weights a collection can tell about. Its skills are all only declared, so evidence is not among them, nor are budgets
// beside the occupation's: the three share a thousand.
func tunable(w *matching.Weights) []*int {
	list := []*int{&w.Occupation, &w.Optional, &w.Practice[matching.PractisedOnce], &w.Practice[matching.PractisedLately], &w.Recency[matching.Earlier]}
	for r := matching.SubMajorGroup; r < matching.SameOccupation; r++ {
		list = append(list, &w.Relation[r])
	}
	return list
}

// descend changes one weight at a time while that helps by more than chance
// would: a ten-thousandth.
func descend(ctx context.Context, cases []tuneCase, w matching.Weights, rounds int) matching.Weights {
	const helps = 1e-4
	best := meanNDCG(cases, w)
	for range rounds {
		for i := range tunable(&w) {
			if ctx.Err() != nil {
				return w // the caller says so
			}
			start := *tunable(&w)[i]
			for _, per := range []int{70, 85, 115, 140} {
				try := w
				*tunable(&try)[i] = start * per / 100
				try.Essential = 1000 - try.Occupation - try.Optional
				if got := meanNDCG(cases, try); got > best+helps {
					best, w = got, try
				}
			}
		}
	}
	return w
}

// cases reads what the index was built from.
func (t throwaway) cases(ctx context.Context, truth graded, deep int) ([]tuneCase, error) {
	names, vacancies, err := t.externals(ctx, truth)
	if err != nil {
		return nil, err
	}
	say("people")
	profiles := make(map[domain.ID]matching.Profile, len(names))
	ids := make([]domain.ID, 0, len(names))
	byName := make(map[string]domain.ID, len(names))
	for id, name := range names {
		ids, byName[name] = append(ids, id), id
	}
	for some := range slices.Chunk(ids, 1000) {
		found, err := t.core.DB.Search().Profiles(ctx, some)
		if err != nil {
			return nil, err
		}
		for id, p := range found {
			profiles[id] = p
		}
	}
	day := domain.DateOf(t.core.Clock.Now())
	engine := t.engine()
	var out []tuneCase
	for _, v := range truth.vacancies {
		stored, ok := vacancies[v.ID]
		if !ok || len(truth.grades[v.ID]) == 0 {
			continue
		}
		c := tuneCase{grades: truth.grades[v.ID], day: day}
		err := t.core.DB.View(ctx, domain.System(), func(tx domain.Tx) error {
			found, err := t.core.DB.Search().Openings(ctx, tx, []domain.ID{stored.ID})
			c.opening = found[stored.ID]
			return err
		})
		if err != nil {
			return nil, err
		}
		hits, err := engine.Candidates(ctx, c.opening, day, matching.Page{Size: deep})
		if err != nil {
			return nil, err
		}
		seen := map[domain.ID]bool{}
		take := func(id domain.ID) {
			p, live := profiles[id]
			if _, why := matching.Score(p, c.opening, day, matching.DefaultWeights()); live && !seen[id] && why.Eligible() {
				seen[id] = true
				c.people, c.names = append(c.people, p), append(c.names, names[id])
			}
		}
		for _, h := range hits.Hits {
			take(h.ID)
		}
		for name := range c.grades {
			take(byName[name])
		}
		out = append(out, c)
	}
	return out, nil
}
