package migrations_test

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/migrations"
)

func TestForeignKeysAreIndexed(t *testing.T) {
	db := domaintest.Database(t).SQL
	missing := column(t, db, `
		SELECT c.conrelid::regclass || '.' || a.attname
		FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
		WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
			AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
		ORDER BY 1`)
	if len(missing) > 0 {
		t.Errorf("foreign keys without an index that begins with them: %s", strings.Join(missing, ", "))
	}
}

func TestEveryTableHasAPrimaryKey(t *testing.T) {
	db := domaintest.Database(t).SQL
	missing := column(t, db, `SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
		AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') ORDER BY 1`)
	if len(missing) > 0 {
		t.Errorf("tables without a primary key: %s", strings.Join(missing, ", "))
	}
}

// What the database itself refuses, whoever writes to it.
func TestWhatTheDatabaseRefuses(t *testing.T) {
	db := domaintest.Database(t).SQL
	fill(t, db)
	const id, other = "'00000000-0000-7000-8000-000000000001'", "'00000000-0000-7000-8000-000000000002'"
	for name, statement := range map[string]string{
		"more posts filled than there are":      `UPDATE vacancies SET posts_filled = 3`,
		"a state nobody knows":                  `UPDATE vacancies SET state = 'open'`,
		"published without the fee declaration": `UPDATE vacancies SET state = 'published', published_at = now()`,
		"a wage range upside down":              `UPDATE vacancies SET wage_min = 90000, wage_max = 40000`,
		"two live applications of one person":   `INSERT INTO applications (id, person_id, vacancy_id, origin, state, created_at, state_since) SELECT ` + other + `, person_id, vacancy_id, 'proposed', 'proposed', created_at, state_since FROM applications`,
		"sending without the person's consent":  `UPDATE applications SET consent_mode = NULL`,
		"a refusal without its reason":          `UPDATE applications SET state = 'refused'`,
		"a placement that ends before it began": `UPDATE placements SET ended_on = starts_on - 1`,
		"two open files of one person":          `INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) SELECT ` + other + `, person_id, owner_id, agency_id, stage, opened_at FROM case_files`,
		"a closed file without a reason":        `UPDATE case_files SET stage = 'closed', closed_at = now()`,
		"two consents for one purpose":          `INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES (` + other + `, ` + id + `, 'matching', '1', 'fr', 'click', now())`,
		"an oral consent without a witness":     `UPDATE consents SET mode = 'oral'`,
		"a consent withdrawn before given":      `UPDATE consents SET withdrawn_at = given_at - interval '1 day'`,
		"a person without any name":             `UPDATE persons SET sealed_names = NULL`,
		"an exact birth without its date":       `UPDATE persons SET birth_precision = 'day', birth_year = 1990`,
		"one staff member verifying twice":      `UPDATE organisations SET verification = 'verified', first_by = ` + id + `, second_by = ` + id,
		"a phone without its look-up":           `INSERT INTO person_phones (person_id, position, sealed_number) VALUES (` + id + `, 0, '\x01')`,
		"a jobseeker's readable phone":          `INSERT INTO users (id, role, name, phone, person_id, created_at) VALUES (` + other + `, 'jobseeker', 'x', '+22370000000', ` + id + `, now())`,
		"a token that never lives":              `INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at) VALUES (` + other + `, ` + id + `, 'x', 'x', '{}', now(), now())`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := db.Exec(statement); err == nil {
				t.Error("the database accepted it")
			} else if !strings.Contains(err.Error(), "constraint") {
				t.Errorf("refused for another reason: %v", err)
			}
		})
	}
}

// The application's role adds to what must never be rewritten, and owns nothing.
func TestWhatTheApplicationMayNotDo(t *testing.T) {
	db := domaintest.Database(t).SQL
	for _, table := range []string{"notes", "registration_history", "vacancy_history", "case_history", "application_history", "placement_history"} {
		may := column(t, db, `SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = 'baara_app' AND table_name = '`+table+`' ORDER BY 1`)
		if got := strings.Join(may, " "); got != "INSERT SELECT" {
			t.Errorf("%s: the application may %s, want INSERT SELECT", table, got)
		}
	}
	if owned := column(t, db, `SELECT tablename FROM pg_tables WHERE tableowner = 'baara_app'`); len(owned) > 0 {
		t.Errorf("the application owns %v", owned)
	}
}

// A new table cannot be forgotten: it has row-level security forced, or stands
// among the exceptions with a reason; and no exception holds personal columns.
func TestEveryTableIsProtectedOrHasAReason(t *testing.T) {
	db := domaintest.Database(t).SQL
	reasons := migrations.Unprotected()
	for _, table := range column(t, db, `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
		AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`) {
		if reasons[table] == "" {
			t.Errorf("%s: row-level security is not forced, and migrations.Unprotected gives no reason", table)
		}
		delete(reasons, table)
	}
	for table := range reasons {
		t.Errorf("%s stands in migrations.Unprotected, but is protected or missing", table)
	}
	personal := column(t, db, `SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT c.relforcerowsecurity
			AND a.attname ~ '^(person_id|case_id|sealed|sealed_.*|birth_.*|email|number_hash|phone_hash|password_hash)$'`)
	if len(personal) > 0 {
		t.Errorf("personal columns without row-level security: %s", strings.Join(personal, ", "))
	}
}

// Who may read a table by grant has a rule on it: a role without one sees
// nothing and would not say why.
func TestEveryProtectedTableHasItsRules(t *testing.T) {
	db := domaintest.Database(t).SQL
	without := column(t, db, `SELECT c.relname || ' for ' || r.rolname FROM pg_class c, pg_roles r
		WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND r.rolname IN ('baara_app', 'baara_system', 'baara_index', 'baara_register')
			AND has_any_column_privilege(r.oid, c.oid, 'SELECT')
			AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND r.oid = ANY(p.polroles) AND p.polcmd IN ('r', '*')) ORDER BY 1`)
	if len(without) > 0 {
		t.Errorf("readable by grant, hidden for want of a rule: %s", strings.Join(without, ", "))
	}
}
