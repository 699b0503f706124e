package bench

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/store/localpg"
	"github.com/baara-platform/baara/domain/text"
)

// Postgres is the rival: a private cluster of its own, with one table made for
// these questions alone and everything in memory.
type Postgres struct {
	cluster *localpg.Cluster
	conn    *pgx.Conn
	form    formulation
	ready   map[string]bool // statements prepared
}

// settingsPG are generous: the table, its indexes and every sort fit in memory.
const settingsPG = `
	ALTER SYSTEM SET shared_buffers = '2GB';
	ALTER SYSTEM SET effective_cache_size = '6GB';
	ALTER SYSTEM SET work_mem = '256MB';
	ALTER SYSTEM SET maintenance_work_mem = '512MB';
	ALTER SYSTEM SET max_wal_size = '4GB';
	ALTER SYSTEM SET random_page_cost = 1.1;
	ALTER SYSTEM SET jit = off`

func startPostgres(ctx context.Context, dir string) (*Postgres, error) {
	opt := localpg.Options{DataDir: dir}
	cluster, err := localpg.Start(ctx, opt)
	if err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, cluster.URL(localpg.SuperuserRole, localpg.Database))
	if err != nil {
		return nil, err
	}
	for _, s := range strings.Split(settingsPG, ";") { // not in one transaction
		if _, err := conn.Exec(ctx, s); err != nil {
			return nil, fmt.Errorf("bench: settings: %w", err)
		}
	}
	if err := conn.Close(ctx); err != nil {
		return nil, err
	}
	if err := cluster.Stop(ctx); err != nil { // its memory is taken at the start
		return nil, err
	}
	if cluster, err = localpg.Start(ctx, opt); err != nil {
		return nil, err
	}
	conn, err = pgx.Connect(ctx, cluster.URL(localpg.SuperuserRole, localpg.Database))
	return &Postgres{cluster: cluster, conn: conn, ready: map[string]bool{}}, err
}

func (p *Postgres) close(ctx context.Context) error {
	_ = p.conn.Close(ctx)
	return p.cluster.Stop(ctx)
}

// load copies everybody in and makes the indexes: GIN over the integers with
// intarray's operators, GIN over the words, B-trees for lists and counting.
func (p *Postgres) load(ctx context.Context, w *World, m *Memory) error {
	var there bool
	if err := p.conn.QueryRow(ctx, `SELECT to_regclass('people') IS NOT NULL`).Scan(&there); err != nil {
		return fmt.Errorf("bench: look: %w", err)
	}
	if there { // of an earlier run
		return p.exec(ctx, `SELECT pg_prewarm('people')`)
	}
	if err := p.exec(ctx, `CREATE EXTENSION IF NOT EXISTS intarray`,
		`CREATE UNLOGGED TABLE raw (id int, terms int[], isced int, months int, free int, until int, adult int, since int, region text, groups text[], words text)`); err != nil {
		return err
	}
	n := 0
	_, err := p.conn.CopyFrom(ctx, pgx.Identifier{"raw"},
		[]string{"id", "terms", "isced", "months", "free", "until", "adult", "since", "region", "groups", "words"},
		pgx.CopyFromFunc(func() ([]any, error) {
			if n == w.People {
				return nil, nil
			}
			rec := w.Person(n, 0)
			v := m.values
			out := []any{n, m.of(n), v[0][n], v[1][n], v[2][n], v[3][n], v[4][n], m.since[n], rec.Region, majorGroups(rec), words(rec)}
			n++
			return out, nil
		}))
	if err != nil {
		return fmt.Errorf("bench: copy: %w", err)
	}
	return p.exec(ctx,
		`CREATE TABLE people AS SELECT id, terms, isced::smallint, months::smallint, free, until, adult, since, region, groups,
			to_tsvector('simple', words) AS words FROM raw`, `DROP TABLE raw`,
		`CREATE INDEX ON people USING gin (terms gin__int_ops)`,
		`CREATE INDEX ON people USING gin (words)`,
		`CREATE INDEX ON people (until, region)`,
		`ALTER TABLE people ALTER terms SET STATISTICS 1000`,
		`VACUUM (ANALYZE) people`,
		`CREATE EXTENSION IF NOT EXISTS pg_prewarm`, `SELECT pg_prewarm('people')`)
}

func (p *Postgres) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := p.conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("bench: %.40s: %w", s, err)
		}
	}
	return nil
}

func majorGroups(rec matching.PersonRecord) []string {
	var out []string
	for _, e := range rec.Profile.Experiences {
		out = append(out, e.ISCO[:2])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// words are the stems of the record, as the index holds them.
func words(rec matching.PersonRecord) string {
	var out []string
	seen := map[string]bool{}
	for _, label := range append(slices.Clone(rec.Skills), rec.Occupations...) {
		for _, s := range text.Stems(label) {
			if !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return strings.Join(out, " ")
}

// search answers a question in the formulation chosen. Ties stay as the waiting
// leaves them: SQL draws no lots.
func (p *Postgres) search(ctx context.Context, q question, n int) ([]hit, error) {
	return p.answer(ctx, p.form, q, n)
}

func (p *Postgres) answer(ctx context.Context, f formulation, q question, n int) ([]hit, error) {
	sql, args := f.statement(q, n)
	if err := p.prepare(ctx, sql); err != nil {
		return nil, err
	}
	rows, err := p.conn.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("bench: %s: %w", f.name, err)
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (hit, error) {
		var h hit
		var points int64
		err := r.Scan(&h.person, &points)
		h.points = int32(points)
		return h, err
	})
}

func (p *Postgres) prepare(ctx context.Context, sql string) error {
	if p.ready[sql] {
		return nil
	}
	p.ready[sql] = true
	if _, err := p.conn.Prepare(ctx, sql, sql); err != nil {
		return fmt.Errorf("bench: prepare: %w", err)
	}
	return nil
}

// choose tries every formulation, each with and without parallel workers, on
// questions that are not counted, and keeps the fastest.
func (p *Postgres) choose(ctx context.Context, questions []question) (tried map[string]float64, err error) {
	tried = map[string]float64{}
	best := 0.0
	for _, workers := range []int{0, 2} {
		if err := p.exec(ctx, fmt.Sprintf(`SET max_parallel_workers_per_gather = %d`, workers)); err != nil {
			return nil, err
		}
		for _, f := range formulations() {
			f.workers = workers
			var times []time.Duration
			for i := range 3 * len(questions) {
				start := time.Now()
				if _, err := p.answer(ctx, f, questions[i%len(questions)], 20); err != nil {
					return nil, err
				}
				if i >= len(questions) { // the first round prepares and warms
					times = append(times, time.Since(start))
				}
			}
			ms := quantile(times, 0.5)
			tried[fmt.Sprintf("%s, %d workers", f.name, workers)] = ms
			if best == 0 || ms < best {
				best, p.form = ms, f
			}
		}
	}
	return tried, p.exec(ctx, fmt.Sprintf(`SET max_parallel_workers_per_gather = %d`, p.form.workers))
}

// text ranks people who have any of the words.
func (p *Postgres) text(ctx context.Context, stems []string, until int32, glue string) error {
	const sql = `SELECT id FROM people, to_tsquery('simple', $1) q WHERE words @@ q AND until >= $2
		ORDER BY ts_rank_cd(words, q) DESC, since LIMIT 20`
	return p.drain(ctx, sql, strings.Join(stems, glue), until)
}

// facets counts consenting people by region and by group.
func (p *Postgres) facets(ctx context.Context, until int32) error {
	if err := p.drain(ctx, `SELECT region, count(*) FROM people WHERE until >= $1 GROUP BY region ORDER BY 2 DESC`, until); err != nil {
		return err
	}
	return p.drain(ctx, `SELECT g, count(*) FROM people, unnest(groups) g WHERE until >= $1 GROUP BY g ORDER BY 2 DESC LIMIT 60`, until)
}

func (p *Postgres) drain(ctx context.Context, sql string, args ...any) error {
	if err := p.prepare(ctx, sql); err != nil {
		return err
	}
	rows, err := p.conn.Query(ctx, sql, args...)
	if err != nil {
		return fmt.Errorf("bench: %.40s: %w", sql, err)
	}
	for rows.Next() {
		if _, err := rows.Values(); err != nil {
			return err
		}
	}
	return rows.Err()
}
