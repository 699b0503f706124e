package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/search/linker"
)

type evalLinkingCmd struct {
	Dirs []string `arg:"" name:"dir" type:"existingdir" help:"Folders with queries.tsv, corpus_elements.tsv, annotations.tsv and concept_mapping.tsv (the shape of MELO)."`
	JSON bool     `help:"Print one JSON object a folder."`
	Fit  bool     `help:"Fit the linker's weights to all folders, and print them with what they give on the half that was not used."`
}

// Run measures the linker on each folder. It knows the folder's labels and those of Baara's own files that belong to its concepts; no
// database is needed.
func (c *evalLinkingCmd) Run(ctx context.Context) error {
	if c.Fit {
		return fitLinking(ctx, os.Stdout, c.Dirs)
	}
	for _, dir := range c.Dirs {
		set, err := readLinkingSet(dir)
		if err != nil {
			return err
		}
		l := linker.New()
		if err := l.Load(ctx, set.labels); err != nil {
			return err
		}
		m, err := measureLinking(ctx, l, set)
		if err != nil {
			return err
		}
		if err := m.print(os.Stdout, c.JSON); err != nil {
			return err
		}
	}
	return nil
}

// linkingMeasures are what the evaluation prints. Times are of one query, in milliseconds.
type linkingMeasures struct {
	Queries   int     `json:"queries"`
	MRR       float64 `json:"mrr"`
	Success1  float64 `json:"success_1"`
	Success5  float64 `json:"success_5"`
	Success10 float64 `json:"success_10"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
}

// deepest is the last rank that counts.
const deepest = 100

// measureLinking asks each query and looks at which rank the first right label stands. The linker ranks concepts: each is listed once, by
// the label that answered.
func measureLinking(ctx context.Context, l *linker.Linker, set *linkingSet) (linkingMeasures, error) {
	var m linkingMeasures
	times := make([]time.Duration, 0, len(set.queries))
	for _, q := range set.queries {
		start := time.Now()
		found, err := l.Rank(ctx, taxonomy.Occupation, "", q.words, deepest)
		if err != nil {
			return m, err
		}
		times = append(times, time.Since(start))
		rank := 1 + slices.IndexFunc(found, func(g taxonomy.Guess) bool { return q.right[set.labelOf(g)] })
		if rank == 0 {
			continue
		}
		m.MRR += 1 / float64(rank)
		for limit, count := range map[int]*float64{1: &m.Success1, 5: &m.Success5, 10: &m.Success10} {
			if rank <= limit {
				*count++
			}
		}
	}
	m.Queries = len(set.queries)
	if m.Queries == 0 {
		return m, errors.New("the folder has no queries")
	}
	for _, sum := range []*float64{&m.MRR, &m.Success1, &m.Success5, &m.Success10} {
		*sum /= float64(m.Queries)
	}
	slices.Sort(times)
	m.P50, m.P99 = milliseconds(times[len(times)/2]), milliseconds(times[len(times)*99/100])
	return m, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (m linkingMeasures) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(m)
	}
	_, err := fmt.Fprintf(w, "%d queries: mean reciprocal rank %.4f, right at rank 1 %.1f %%, up to 5 %.1f %%, up to 10 %.1f %%; %.2f ms, 99 %% in %.2f ms\n",
		m.Queries, m.MRR, 100*m.Success1, 100*m.Success5, 100*m.Success10, m.P50, m.P99)
	return err
}

// fitLinking fits on one half of the queries of all folders, measures on the other, changes the halves, and then fits on all.
func fitLinking(ctx context.Context, w io.Writer, dirs []string) error {
	var all []linker.Example
	var halves [2][]linker.Example
	other := make([][2][]linker.Example, len(dirs)) // by folder
	for i, dir := range dirs {
		set, err := readLinkingSet(dir)
		if err != nil {
			return err
		}
		l := linker.New()
		if err := l.Load(ctx, set.labels); err != nil {
			return err
		}
		examples := l.Examples(taxonomy.Occupation, set.questions())
		all = append(all, examples...)
		for k, e := range examples {
			h := halfOf(k)
			halves[h], other[i][h] = append(halves[h], e), append(other[i][h], e)
		}
	}
	weights := [2]linker.Weights{linker.Fit(halves[0]), linker.Fit(halves[1])}
	for i, dir := range dirs {
		a, hitA := weights[1].Measure(other[i][0])
		b, hitB := weights[0].Measure(other[i][1])
		fmt.Fprintf(w, "%s: on the halves that were not used: mean reciprocal rank %.4f and %.4f, right at rank 1 %.1f %% and %.1f %%\n",
			dir, a, b, 100*hitA, 100*hitB)
	}
	_, err := fmt.Fprintln(w, linker.Fit(all))
	return err
}

// halfOf deals queries out: always the same way, but not by their order, which is often alphabetical.
func halfOf(n int) int { return int(uint32(n)*2654435761>>16) % 2 }
