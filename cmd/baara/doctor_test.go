package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/search/index"
)

// well is a durable database with an audit trail, and a complete index of it.
func well(t *testing.T) (domaintest.DB, *patient) {
	t.Helper()
	db := domaintest.DurableDatabase(t)
	ids := wire.NewIDs()
	records, err := store.Open(t.Context(), db.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	check(t, err)
	defer func() { _ = records.Close() }()
	for range 12 { // some in every chain
		check(t, records.InTx(t.Context(), domain.System(), func(tx domain.Tx) error {
			return access.Default().Authorise(tx, domain.System(), access.PersonImport, access.Facts{})
		}))
	}
	at, err := records.Search().Latest(t.Context())
	check(t, err)
	dir := t.TempDir()
	live, err := index.Open(dir, (&Settings{LogLevel: "error"}).logger(os.Stderr))
	check(t, err)
	generation, err := live.Create()
	check(t, err)
	check(t, generation.Finish(matching.Position{Epoch: at.Epoch}, time.Now()))
	live.Serve(generation)
	check(t, live.Close())
	p, err := newPatient(db.AppURL, db.SystemURL, dir)
	check(t, err)
	t.Cleanup(func() { check(t, p.close()) })
	return db, p
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDataInClear(t *testing.T) {
	for _, c := range []struct {
		server    string
		encrypted bool
		wrong     bool
	}{{"", false, false}, {"127.0.0.1", false, false}, {"::1", false, false}, {"192.0.2.7", true, false}, {"192.0.2.7", false, true}, {"2001:db8::7", false, true}} {
		if _, err := between(c.server, c.encrypted); (err != nil) != c.wrong {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestDoctor(t *testing.T) {
	db, p := well(t)
	var out bytes.Buffer
	if err := report(&out, p.examine(t.Context())); err != nil || strings.Contains(out.String(), "WRONG") || strings.Count(out.String(), "ok ") != 11 {
		t.Fatalf("a healthy installation: %v\n%s", err, out.String())
	}
	for name, c := range map[string]struct{ sabotage, undo, finding, says string }{
		"a role passes by":     {`ALTER ROLE baara_app BYPASSRLS`, `ALTER ROLE baara_app NOBYPASSRLS`, "roles", "baara_app passes by row-level security"},
		"a superuser":          {`ALTER ROLE baara_system SUPERUSER`, `ALTER ROLE baara_system NOSUPERUSER`, "roles", "baara_system is a superuser"},
		"a role makes roles":   {`ALTER ROLE baara_app CREATEROLE`, `ALTER ROLE baara_app NOCREATEROLE`, "roles", "baara_app makes roles"},
		"a way up":             {`GRANT baara_system TO baara_app`, `REVOKE baara_system FROM baara_app`, "roles", "baara_app can become baara_system"},
		"the keeper signs in":  {`ALTER ROLE baara_keeper LOGIN`, `ALTER ROLE baara_keeper NOLOGIN`, "roles", "baara_keeper can sign in"},
		"a table owned":        {`ALTER TABLE notes OWNER TO baara_app`, `ALTER TABLE notes OWNER TO baara_owner`, "ownership", "baara_app owns notes"},
		"tables can be made":   {`GRANT CREATE ON SCHEMA public TO baara_app`, `REVOKE CREATE ON SCHEMA public FROM baara_app`, "ownership", "baara_app can make tables in public"},
		"a table unprotected":  {`ALTER TABLE case_files DISABLE ROW LEVEL SECURITY`, `ALTER TABLE case_files ENABLE ROW LEVEL SECURITY`, "row-level security", "case_files"},
		"not forced":           {`ALTER TABLE persons NO FORCE ROW LEVEL SECURITY`, `ALTER TABLE persons FORCE ROW LEVEL SECURITY`, "row-level security", "persons"},
		"a table forgotten":    {`CREATE TABLE forgotten (person_id uuid)`, `DROP TABLE forgotten`, "row-level security", "forgotten"},
		"a rule for everybody": {`CREATE POLICY all_of_it ON persons FOR SELECT TO baara_app USING (true)`, `DROP POLICY all_of_it ON persons`, "rules", "persons.all_of_it lets everybody"},
		"rows without an actor": {`ALTER POLICY read ON users USING (role = 'counsellor');
			INSERT INTO users (id, role, name, email, created_at) VALUES ('01900000-0000-7000-8000-000000000001', 'counsellor', 'N', 'n@example.org', now())`,
			`ALTER POLICY read ON users USING (false); DELETE FROM users`, "empty context", "users"},
		"notes rewritten":   {`GRANT UPDATE ON notes TO baara_app`, `REVOKE UPDATE ON notes FROM baara_app`, "added to, never rewritten", "baara_app may UPDATE notes"},
		"the trail written": {`GRANT INSERT ON audit_entries TO baara_system`, `REVOKE INSERT ON audit_entries FROM baara_system`, "added to, never rewritten", "baara_system may write audit_entries"},
		"the trail cut": {`CREATE TABLE kept AS SELECT * FROM audit_entries; DELETE FROM audit_entries WHERE (chain, seq) IN (SELECT chain, max(seq) FROM audit_entries GROUP BY 1 LIMIT 1)`,
			`INSERT INTO audit_entries TABLE kept ON CONFLICT DO NOTHING; DROP TABLE kept`, "audit trail", "its head says"},
		"the last entry changed": {`UPDATE audit_entries SET hash = sha256('x') WHERE seq = 1; CREATE TABLE kept2 AS SELECT * FROM audit_entries`, `DROP TABLE kept2`, "audit trail", "its head says"},
		"an older schema":        {`DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`, ``, "schema", "baara migrate"},
		"another database":       {`UPDATE database_epoch SET epoch = gen_random_uuid()`, ``, "search index", "made from another database"},
		"commits not waited for": {`ALTER DATABASE baara SET synchronous_commit = off`, `ALTER DATABASE baara RESET synchronous_commit`, "durability", "synchronous_commit is off"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := db.SQL.Exec(c.sabotage)
			check(t, err)
			fresh, err := newPatient(db.AppURL, db.SystemURL, p.index)
			check(t, err)
			defer func() { check(t, fresh.close()) }()
			var out bytes.Buffer
			err = report(&out, fresh.examine(t.Context()))
			if !errors.Is(err, errUnwell) || !strings.Contains(line(out.String(), "WRONG  "+c.finding+": "), c.says) {
				t.Errorf("%v\n%s", err, out.String())
			}
			_, err = db.SQL.Exec(c.undo)
			check(t, err)
		})
	}
}

func line(of, prefix string) string {
	for l := range strings.Lines(of) {
		if strings.HasPrefix(l, prefix) {
			return l
		}
	}
	return ""
}

func TestDoctorWithoutAnIndexOrASystemRole(t *testing.T) {
	db := domaintest.Database(t)
	p, err := newPatient(db.AppURL, db.AppURL, t.TempDir())
	check(t, err)
	defer func() { check(t, p.close()) }()
	var out bytes.Buffer
	if err := report(&out, p.examine(t.Context())); !errors.Is(err, errUnwell) {
		t.Errorf("well: %v", err)
	}
	for finding, says := range map[string]string{"search index": "there is none", "roles": "Baara's own acts done as baara_app", "durability": "fsync is off"} {
		if !strings.Contains(line(out.String(), "WRONG  "+finding+": "), says) {
			t.Errorf("%s is not told:\n%s", finding, out.String())
		}
	}
}
