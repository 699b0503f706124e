package store_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/migrations"
)

// TestRuleMutants takes one rule of row-level security away at a time, and
// opens one to every row, and has what rules ask answer always alike, and shows
// what notices. The policy in Go is asked
// nowhere: the rules are tried as the application's role, by themselves. It is
// long, and run by make mutate.
func TestRuleMutants(t *testing.T) {
	if os.Getenv("BAARA_MUTATE") == "" {
		t.Skip("make mutate runs it")
	}
	only := regexp.MustCompile(os.Getenv("ONLY"))
	w := newTiny(t, 10)
	w.rest()
	strangers := w.strangers()
	if wrong := w.notices(strangers, slices.Collect(maps.Keys(writers()))...); wrong != "" {
		t.Fatalf("without a mutant: %s", wrong)
	}
	shipped := w.catalogue()
	tried, noticed, same := 0, 0, 0
	for _, m := range slices.Concat(w.rules(), w.switches(), w.functions()) {
		if !only.MatchString(m.name) {
			continue
		}
		w.exec(m.apply)
		tables := []string{m.table}
		if m.table == "" { // a function is asked by rules of many
			tables = slices.Sorted(maps.Keys(w.rows))
		}
		killer := w.notices(strangers, tables...)
		w.exec(m.undo)
		if now := w.catalogue(); now != shipped {
			t.Fatalf("%s was not put back as it was: what follows would be noticed for that alone", m.name)
		}
		tried++
		switch why := needless()[m.name]; {
		case killer != "":
			noticed++
		case why != "":
			killer = why
			same++
		}
		fmt.Printf("%-75s %.150s\n", m.name, cmp.Or(killer, "SURVIVES"))
		if killer == "" {
			t.Errorf("nothing notices: %s", m.name)
		}
	}
	fmt.Printf("%d of %d rules, switches and functions, removed or opened, were noticed; %d change nothing\n", noticed, tried, same)
}

// needless are mutants that change nothing anybody could do, and why.
func needless() map[string]string {
	const trigger = "NEEDLESS: rls.not_absorbed, which waits for a merge under way, refuses before the rule is asked"
	return map[string]string{
		"applications change opened to what it becomes": "NEEDLESS: what it becomes is asked of the same row as what it was",
		"applications merged_add removed":               trigger,
		"case_files merged_add removed":                 trigger,
		"function self, rls.person_id() for CASE WHEN (rls.role() = 'jobseeker'::text) THEN rls.person_id() ELSE NULL::uuid END": "NEEDLESS: only for a jobseeker is it said who the person is",
		"function merged_files, for p = rls.self() OR": "NEEDLESS: rls.serves says yes to oneself",
	}
}

// ruleMutant is a change of one rule, and how it is put back.
type ruleMutant struct {
	name, table, apply, undo string
}

// notices gives the first thing that is wrong with the rules of the tables.
func (w *tiny) notices(strangers []domain.Actor, tables ...string) string {
	var known, told []string
	for _, table := range tables {
		if w.rows[table] != nil {
			known = append(known, table)
		}
		if writers()[table] != nil {
			told = append(told, table)
		}
	}
	for _, look := range []func() []string{
		func() []string { return w.unforced() },
		func() []string { return w.ownRoles(tables...) },
		func() []string { return w.reading(access.Default(), known...) },
		func() []string { return w.told() },
		func() []string { return w.writing(strangers, told...) },
		func() []string { return w.byToken() },
		func() []string { return w.guests() },
		func() []string { return w.newcomers() },
		func() []string { return w.teams() },
		func() []string { return w.steps(tables...) },
		func() []string { return w.handovers() },
		func() []string { return w.hires() },
		func() []string { return w.moving() },
		func() []string { return w.signatures() },
		func() []string { return w.openings() },
		func() []string { return w.contacts() },
		func() []string { return w.absorbed() },
		func() []string { return w.merging() },
		func() []string { return w.accepting() },
		func() []string { return w.answering() },
		func() []string { return w.requesting() },
		func() []string { return w.leaving() },
	} {
		if wrong := look(); len(wrong) > 0 {
			return wrong[0]
		}
	}
	return ""
}

// catalogue is every rule and switch there is, as one text; the database writes
// brackets and spaces of its own.
func (w *tiny) catalogue() (out string) {
	w.t.Helper()
	if err := w.raw.SQL.QueryRow(`SELECT regexp_replace((SELECT string_agg(p::text, E'\n' ORDER BY p.tablename, p.policyname) FROM pg_policies p) || E'\n' ||
		(SELECT string_agg(oid::regprocedure::text || md5(prosrc || coalesce(pg_get_function_sqlbody(oid), '')), ' ' ORDER BY oid) FROM pg_proc WHERE pronamespace = 'rls'::regnamespace) ||
		(SELECT string_agg(relname || relrowsecurity || relforcerowsecurity, ' ' ORDER BY relname) FROM pg_class
			WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'), '[()\s"]', '', 'g')`).Scan(&out); err != nil {
		w.t.Fatal(err)
	}
	return out
}

// unforced lists tables whose rules bind not everybody.
func (w *tiny) unforced() (wrong []string) {
	w.t.Helper()
	rows, err := w.raw.SQL.Query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
		AND NOT (relrowsecurity AND relforcerowsecurity)`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			w.t.Fatal(err)
		}
		if migrations.Unprotected()[table] == "" {
			wrong = append(wrong, table+" is without forced row-level security")
		}
	}
	return wrong
}

// switches are the tables' own: off, and not for the owner.
func (w *tiny) switches() (out []ruleMutant) {
	for _, table := range w.protected() {
		out = append(out,
			ruleMutant{name: table + " not forced", table: table, apply: `ALTER TABLE ` + table + ` NO FORCE ROW LEVEL SECURITY`, undo: `ALTER TABLE ` + table + ` FORCE ROW LEVEL SECURITY`},
			ruleMutant{name: table + " disabled", table: table, apply: `ALTER TABLE ` + table + ` DISABLE ROW LEVEL SECURITY`, undo: `ALTER TABLE ` + table + ` ENABLE ROW LEVEL SECURITY`})
	}
	return out
}

// rules are those of the catalogue, each removed and, where it says less than
// everything, opened: for reading or removing, for adding, or both.
func (w *tiny) rules() (out []ruleMutant) {
	w.t.Helper()
	rows, err := w.raw.SQL.Query(`SELECT tablename, policyname, permissive, cmd, roles[1]::text, qual, with_check
		FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table, name, kind, command, role string
		var using, check sql.NullString
		if err := rows.Scan(&table, &name, &kind, &command, &role, &using, &check); err != nil {
			w.t.Fatal(err)
		}
		drop := fmt.Sprintf(`DROP POLICY %q ON %s`, name, table)
		create := func(using, check sql.NullString) string {
			s := fmt.Sprintf(`CREATE POLICY %q ON %s AS %s FOR %s TO %s`, name, table, kind, command, role)
			if using.Valid {
				s += ` USING (` + using.String + `)`
			}
			if check.Valid {
				s += ` WITH CHECK (` + check.String + `)`
			}
			return s
		}
		add := func(change, apply string) {
			out = append(out, ruleMutant{name: table + " " + name + " " + change, table: table, apply: apply, undo: drop + `; ` + create(using, check)})
		}
		out = append(out, ruleMutant{name: table + " " + name + " removed", table: table, apply: drop, undo: create(using, check)})
		if kind == "RESTRICTIVE" || using.String == "true" || check.String == "true" {
			continue // what only narrows is opened when it is removed
		}
		open := func(s sql.NullString) sql.NullString { return sql.NullString{String: "true", Valid: s.Valid} }
		add("opened", drop+`; `+create(open(using), open(check)))
		if using.Valid && check.Valid && using.String != check.String {
			add("opened to what it becomes", drop+`; `+create(using, open(check)))
		}
	}
	return out
}
