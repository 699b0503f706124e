package bench

import (
	"fmt"
	"strings"
)

// formulation is a way to ask PostgreSQL for the twenty best. All of them are
// exact, find people through `&&` on the GIN index, the filters' terms included,
// and compare the other conditions as columns.
type formulation struct {
	name      string
	workers   int
	statement func(q question, n int) (sql string, args []any)
}

func formulations() []formulation {
	return []formulation{
		{name: "weights by CASE", statement: byCase},
		{name: "weights by intersection and idx", statement: byIntersection},
		{name: "weights by unnest and max", statement: byUnnest},
	}
}

// where finds who passes and has at least one term asked for that is not weak:
// to whoever is found, weak ones count. Its arguments follow those already there.
func where(q question, args []any) (string, []any) {
	var asked []int32
	for _, g := range q.groups {
		for _, a := range g.alternatives {
			if !a.weak {
				asked = append(asked, a.term)
			}
		}
	}
	var b strings.Builder
	args = append(args, asked)
	fmt.Fprintf(&b, "terms && $%d::int[]", len(args))
	for _, any := range q.any {
		args = append(args, any)
		fmt.Fprintf(&b, " AND terms && $%d::int[]", len(args))
	}
	columns := []string{"isced", "months", "free", "until", "adult"}
	for _, r := range q.ranges {
		if r.min >= 0 {
			args = append(args, r.min)
			fmt.Fprintf(&b, " AND %s >= $%d::int", columns[r.column], len(args))
		}
		if r.max < 1<<31-1 {
			args = append(args, r.max)
			fmt.Fprintf(&b, " AND %s <= $%d::int", columns[r.column], len(args))
		}
	}
	return b.String(), args
}

func best(score, where string, n int) string {
	return fmt.Sprintf("SELECT id, score FROM (SELECT id, since, %s AS score FROM people WHERE %s OFFSET 0) x ORDER BY score DESC, since LIMIT %d",
		score, where, n)
}

// byCase writes the weights into the statement: nothing is looked up, and each
// question is a statement of its own.
func byCase(q question, n int) (string, []any) {
	var sum []string
	for _, g := range q.groups {
		var b strings.Builder
		b.WriteString("CASE")
		for _, a := range g.alternatives {
			fmt.Fprintf(&b, " WHEN %d = ANY(terms) THEN %d", a.term, a.points)
		}
		sum = append(sum, b.String()+" ELSE 0 END")
	}
	w, args := where(q, nil)
	return best(strings.Join(sum, " + "), w, n), args
}

// byIntersection adds the weights of the terms in common, found by their place
// in the list; a group of which a person can have several takes the first.
// Of a skill she has one level of proof, so those groups go together.
func byIntersection(q question, n int) (string, []any) {
	var one, onePoints []int32
	var args []any
	sum := []string{""}
	for _, g := range q.groups {
		if g.one {
			for _, a := range g.alternatives {
				one, onePoints = append(one, a.term), append(onePoints, a.points)
			}
			continue
		}
		var several, points []int32
		for _, a := range g.alternatives {
			several, points = append(several, a.term), append(points, a.points)
		}
		args = append(args, several, points)
		sum = append(sum, fmt.Sprintf("coalesce(($%d::int[])[(SELECT min(idx($%d::int[], t)) FROM unnest(terms & $%d::int[]) t)], 0)",
			len(args), len(args)-1, len(args)-1))
	}
	args = append(args, one, onePoints)
	sum[0] = fmt.Sprintf("coalesce((SELECT sum(($%d::int[])[idx($%d::int[], t)]) FROM unnest(terms & $%d::int[]) t), 0)",
		len(args), len(args)-1, len(args)-1)
	w, args := where(q, args)
	return best(strings.Join(sum, " + "), w, n), args
}

// byUnnest is what one would write first.
func byUnnest(q question, n int) (string, []any) {
	var terms, groups, points []int32
	var weak []bool
	for i, g := range q.groups {
		for _, a := range g.alternatives {
			terms, groups, points, weak = append(terms, a.term), append(groups, int32(i)), append(points, a.points), append(weak, a.weak)
		}
	}
	w, args := where(q, []any{terms, groups, points, weak})
	return best(`(SELECT sum(p) FROM (SELECT coalesce(max(w.p) FILTER (WHERE NOT w.weak), max(w.p)) AS p
		FROM unnest($1::int[], $2::int[], $3::int[], $4::bool[]) AS w(t, g, p, weak)
		WHERE w.t = ANY(terms) GROUP BY w.g) y)`, w, n), args
}
