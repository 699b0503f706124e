package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/search/match"
)

type evalMatchingCmd struct {
	Dir   string `arg:"" type:"existingdir" help:"Folder with candidates.jsonl, vacancies.jsonl (or .gz) and qrels.tsv."`
	ESCO  string `name:"esco" required:"" type:"existingpath" help:"Folder with the ESCO release that the collection's addresses are of."`
	JSON  bool   `name:"json" help:"Print one JSON object and nothing else."`
	Every int    `default:"1" help:"Measure every n-th vacancy only."`
}

// matchingReport is what a collection gave: means over the vacancies for which
// anybody is graded, as trec_eval has it, and violations over all. Times are of
// the ranking alone, without explaining.
type matchingReport struct {
	Vacancies   int     `json:"vacancies"`
	Graded      int     `json:"graded"` // of the vacancies
	NDCG10      float64 `json:"ndcg_10"`
	Precision10 float64 `json:"precision_10"`
	Recall20    float64 `json:"recall_20"`
	Violations  int     `json:"violations"`
	P50ms       float64 `json:"p50_ms"`
	P99ms       float64 `json:"p99_ms"`
}

// Run loads the collection into a throwaway installation and asks the use-case
// that the counsellor's page asks, for every vacancy.
func (c *evalMatchingCmd) Run(ctx context.Context) error {
	if c.Every < 1 {
		return fmt.Errorf("--every must be 1 or more")
	}
	truth, err := readGraded(c.Dir)
	if err != nil {
		return err
	}
	return withThrowaway(ctx, collectionOf(c.Dir, c.ESCO), func(ctx context.Context, t throwaway) error {
		say("matching")
		report, err := t.measureMatching(ctx, truth, c.Every)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(os.Stdout).Encode(report)
		}
		fmt.Printf("%d vacancies, %d with graded people: nDCG@10 %.4f, precision@10 %.4f, recall@20 %.4f, %d hard conditions violated; ranking p50 %.2f ms, p99 %.2f ms.\n",
			report.Vacancies, report.Graded, report.NDCG10, report.Precision10, report.Recall20, report.Violations, report.P50ms, report.P99ms)
		return nil
	})
}

// collectionOf fills a throwaway installation with ESCO and a collection.
func collectionOf(dir, esco string) func(context.Context, throwaway) error {
	return func(ctx context.Context, t throwaway) error {
		if err := t.importESCO(ctx, esco); err != nil {
			return err
		}
		return t.importCollection(ctx, dir)
	}
}

// engine is the one that serves.
func (t throwaway) engine() matchmaking.Engine { return match.New(t.live, matching.DefaultWeights()) }

// timedEngine measures how long the engine takes to rank people.
type timedEngine struct {
	matchmaking.Engine
	times []time.Duration
}

// Candidates implements matchmaking.Engine.
func (e *timedEngine) Candidates(ctx context.Context, o matching.Opening, day domain.Date, page matching.Page) (matching.Hits, error) {
	start := time.Now()
	hits, err := e.Engine.Candidates(ctx, o, day, page)
	e.times = append(e.times, time.Since(start))
	return hits, err
}

func (t throwaway) measureMatching(ctx context.Context, truth graded, every int) (matchingReport, error) {
	people, vacancies, err := t.externals(ctx, truth)
	if err != nil {
		return matchingReport{}, err
	}
	agencies, err := t.core.Agencies.List(ctx, domain.System())
	if err != nil {
		return matchingReport{}, err
	}
	// A counsellor sees cards of everybody who consents: all of the walls stand.
	actor := domain.Actor{UserID: t.core.IDs.New(), Role: domain.RoleCounsellor, AgencyID: agencies[0].ID}
	engine := &timedEngine{Engine: t.engine()}
	matches := t.core.MatchesOver(engine)
	var r matchingReport
	for i := 0; i < len(truth.vacancies); i += every {
		v := truth.vacancies[i]
		r.Vacancies++
		if len(truth.grades[v.ID]) > 0 {
			r.Graded++
		}
		stored, ok := vacancies[v.ID]
		if !ok {
			continue // it was refused: nobody is found
		}
		found, err := matches.ForVacancy(ctx, actor, stored.ID, matching.Page{Size: evalDepth})
		if err != nil {
			return r, err
		}
		list := make([]string, len(found.List))
		for n, c := range found.List {
			list[n] = people[c.PersonID]
			if v.breaks(truth.people[list[n]]) {
				r.Violations++
			}
		}
		if len(truth.grades[v.ID]) == 0 {
			continue
		}
		r.NDCG10 += ndcg(list, truth.grades[v.ID], gainDepth)
		r.Precision10 += precision(list, truth.grades[v.ID], gainDepth)
		r.Recall20 += recall(list, truth.grades[v.ID], recallDepth)
	}
	for _, mean := range []*float64{&r.NDCG10, &r.Precision10, &r.Recall20} {
		*mean = math.Round(*mean/float64(max(1, r.Graded))*1e4) / 1e4
	}
	r.P50ms, r.P99ms = percentile(engine.times, percentileHalf), percentile(engine.times, percentileTail)
	return r, nil
}

// externals gives the collection's ids of stored people, and the stored
// vacancies by theirs.
func (t throwaway) externals(ctx context.Context, truth graded) (map[domain.ID]string, map[string]employer.Vacancy, error) {
	people := map[domain.ID]string{}
	var vacancies map[string]employer.Vacancy
	// Not a View: reading vacancies by the ids of an import locks them.
	err := t.core.DB.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		for some := range slices.Chunk(slices.Sorted(maps.Keys(truth.people)), 1000) {
			ids, err := t.core.Persons().External(ctx, tx, evalSource, some)
			if err != nil {
				return err
			}
			for external, id := range ids {
				people[id] = external
			}
		}
		ids := make([]string, len(truth.vacancies))
		for i, v := range truth.vacancies {
			ids[i] = v.ID
		}
		var err error
		vacancies, err = t.core.DB.Vacancies().VacanciesByExternal(ctx, tx, evalSource, ids)
		return err
	})
	return people, vacancies, err
}
