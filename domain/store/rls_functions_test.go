package store_test

import (
	"fmt"
	"strings"
)

// functions are what rules ask, and what tells names past them: each that says
// yes or no says the same always; each set is empty, or everybody's; and each
// condition named here falls away. What only queries ask (rls.complained,
// rls.quarantined) is tried where they are.
func (w *tiny) functions() (out []ruleMutant) {
	w.t.Helper()
	add := func(name, apply, undo string) {
		out = append(out, ruleMutant{name: "function " + name, apply: apply, undo: undo})
	}
	whole := map[string]string{
		"own_people": "persons", "opened_people": "persons", "moved_people": "persons", "shared_cases": "case_files", "files_elsewhere": "case_files", "own_vacancies": "vacancies",
	}
	for _, line := range w.strings(w.raw.SQL, `SELECT p.proname || ' ' || pg_get_function_result(p.oid) || E'\n' || pg_get_functiondef(p.oid)
		FROM pg_proc p WHERE p.pronamespace = 'rls'::regnamespace AND p.prorettype <> 'trigger'::regtype
		AND p.proname NOT IN ('complained', 'quarantined') ORDER BY p.proname`) {
		head, shipped, _ := strings.Cut(line, "\n")
		name, result, _ := strings.Cut(head, " ")
		says := func(value string) string { return answering(shipped, value) }
		switch result {
		case "boolean":
			add(name+" always", says("true"), shipped)
			add(name+" never", says("false"), shipped)
		case "uuid[]":
			add(name+" nobody's", says(`'{}'`), shipped)
			add(name+" everybody's", says(`ARRAY(SELECT id FROM `+whole[name]+`)`), shipped)
		}
		for condition, instead := range conditions()[name] {
			changed := strings.ReplaceAll(shipped, condition, instead)
			if changed == shipped {
				w.t.Errorf("%s has no such condition any more: %s", name, condition)
			}
			add(fmt.Sprintf("%s, %s", name, strings.TrimSpace(instead+" for "+condition)), changed, shipped)
		}
	}
	staff := "CREATE OR REPLACE VIEW staff_names AS " + w.strings(w.raw.SQL, `SELECT pg_get_viewdef('staff_names')`)[0]
	add("staff_names to everybody", `CREATE OR REPLACE VIEW staff_names AS SELECT u.id, u.name FROM users u WHERE u.role NOT IN ('jobseeker', 'employer')`, staff)
	add("staff_names to nobody", `CREATE OR REPLACE VIEW staff_names AS SELECT u.id, u.name FROM users u WHERE false`, staff)
	return out
}

// answering is a function that gives one value, whatever is asked.
func answering(shipped, value string) string {
	head, _, found := strings.Cut(shipped, "AS $function$")
	if !found { // a single expression
		head, _, _ = strings.Cut(shipped, "\nRETURN ")
		head = strings.Replace(head, "LANGUAGE sql", "LANGUAGE plpgsql", 1) + "\n"
	}
	return head + "AS $function$ BEGIN RETURN " + value + "; END $function$"
}

// conditions are those within functions that decide who is told what, and what
// stands there instead.
func conditions() map[string]map[string]string {
	const officer, jobseekers = "rls.role() IS DISTINCT FROM 'data_protection'", "u.role <> 'jobseeker'"
	const journey, now = "NOT rls.journey(p, false)", " AND now() < s.until"
	return map[string]map[string]string{
		"self":              {"CASE WHEN (rls.role() = 'jobseeker'::text) THEN rls.person_id() ELSE NULL::uuid END": "rls.person_id()"},
		"people_named":      {" AND rls.names(p.id)": ""},
		"people_introduced": {" AND rls.names(p.id)": "", " AND n.owner <> 'helper'": ""},
		"merged_files":      {"p = rls.self() OR rls.serves(p)": "true", "p = rls.self() OR ": "", " OR rls.serves(p)": "", "m.survivor_id = p": "true"},
		"shown_to":          {journey: "false", "c.person_id = p": "true"},
		"notes_withheld":    {journey: "false", "f.person_id = p": "true", "n.visibility <> 'file'": "true"},
		"emergencies_said":  {"rls.journey(p, false)": "true", "e.person_id = p": "true"},
		"trail_names":       {officer: "false", jobseekers: "true"},
		"trail_find":        {officer: "false", jobseekers: "true"},
		"facts":             {"rls.role() IS NULL": "false"},
		"emergencies":       {"rls.role() IS NULL": "false"},
		"employer":          {" AND o.verification = 'verified'": "", " AND NOT rls.stopped(o.id)": ""},
		"names":             {" AND NOT rls.contact_ended(a.id)": "", "a.state IN ('sent', 'seen', 'interview', 'offer', 'hired')": "true"},
		"contact_ended":     {" AND c.withdrawn_at IS NOT NULL": "", " AND NOT c.replaced": ""},
		"shared_case":       {now: "", "s.since <= now() AND ": ""},
		"shared_cases":      {now: "", "s.since <= now() AND ": ""},
		"opened_people":     {" AND o.ended_at IS NULL": "", " AND now() < o.until": ""},
		"own_people":        {" AND c.stage <> 'closed'": ""},
		"stopped":           {"c.state = 'open'": "true"},
	}
}
