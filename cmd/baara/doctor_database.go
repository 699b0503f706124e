package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/baara-platform/baara/migrations"
)

// serving are the roles that serve, signed in as or stepped down to.
const serving = `('baara_app', 'baara_system', 'baara_keeper', 'baara_index', 'baara_register')`

// none fails when the query gives any line; the lines say what is wrong.
func none(ctx context.Context, db *sql.DB, query string, args ...any) error {
	lines, err := lines(ctx, db, query, args...)
	if err == nil && len(lines) > 0 {
		return errors.New(strings.Join(lines, ", "))
	}
	return err
}

func lines(ctx context.Context, db *sql.DB, query string, args ...any) (out []string, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, rows.Err()
}

func (p *patient) schema(ctx context.Context) (string, error) {
	newest, err := migrations.Newest()
	if err != nil {
		return "", err
	}
	var at int64
	if err := p.system.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`).Scan(&at); err != nil {
		return "", err
	}
	if at != newest {
		return "", fmt.Errorf("the database is at version %d, this program needs %d: baara migrate", at, newest)
	}
	return fmt.Sprintf("version %d", at), nil
}

// connection holds that people's data is not sent in clear to another machine.
func (p *patient) connection(ctx context.Context) (string, error) {
	var how []string
	for _, db := range []*sql.DB{p.app, p.system} {
		var encrypted bool
		var server sql.NullString
		err := db.QueryRowContext(ctx, `SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false), host(inet_server_addr())`).
			Scan(&encrypted, &server)
		if err != nil {
			return "", err
		}
		said, err := between(server.String, encrypted)
		if err != nil {
			return "", err
		}
		if !slices.Contains(how, said) {
			how = append(how, said)
		}
	}
	return strings.Join(how, ", "), nil
}

// between says how one reaches a database; server is its address, "" for a
// socket of this machine.
func between(server string, encrypted bool) (string, error) {
	at, err := netip.ParseAddr(server)
	switch {
	case server == "":
		return "a socket of this machine", nil
	case encrypted:
		return "encrypted", nil
	case err == nil && at.IsLoopback():
		return "this machine", nil
	}
	return "", fmt.Errorf("data goes to %s in clear: add sslmode=verify-full to the address of the database", server)
}

// durability holds that what was answered is on the disk.
func (p *patient) durability(ctx context.Context) (string, error) {
	err := none(ctx, p.app, `SELECT name || ' is ' || setting FROM pg_settings
		WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums') AND setting <> 'on' ORDER BY 1`)
	return "fsync, synchronous_commit, full_page_writes and data_checksums are on", err
}

// roles holds that nobody who serves passes by row-level security, or can
// become somebody who does.
func (p *patient) roles(ctx context.Context) (string, error) {
	var app, system string
	if err := p.app.QueryRowContext(ctx, `SELECT current_user`).Scan(&app); err != nil {
		return "", err
	}
	if err := p.system.QueryRowContext(ctx, `SELECT current_user`).Scan(&system); err != nil {
		return "", err
	}
	if app != "baara_app" || system != "baara_system" {
		return "", fmt.Errorf("people are served as %s and Baara's own acts done as %s: give baara_app and baara_system", app, system)
	}
	return "baara_app and baara_system, without privileges", errors.Join(
		none(ctx, p.app, `SELECT rolname || concat(CASE WHEN rolsuper THEN ' is a superuser' END, CASE WHEN rolbypassrls THEN ' passes by row-level security' END,
				CASE WHEN rolcreaterole THEN ' makes roles' END, CASE WHEN rolcreatedb THEN ' makes databases' END, CASE WHEN rolreplication THEN ' replicates' END)
			FROM pg_roles WHERE rolname IN `+serving+` AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication) ORDER BY 1`),
		none(ctx, p.app, `SELECT rolname || ' can sign in' FROM pg_roles WHERE rolname IN ('baara_keeper', 'baara_index', 'baara_register') AND rolcanlogin ORDER BY 1`),
		none(ctx, p.app, `SELECT m.member::regrole || ' can become ' || m.roleid::regrole FROM pg_auth_members m
			WHERE m.member IN (SELECT oid FROM pg_roles WHERE rolname IN `+serving+`)
				AND NOT (m.member = 'baara_system'::regrole AND m.roleid IN ('baara_index'::regrole, 'baara_register'::regrole)) ORDER BY 1`))
}

// ownership holds that who serves owns nothing: owners change their tables'
// rules. The keeper owns what rules ask, and no table.
func (p *patient) ownership(ctx context.Context) (string, error) {
	return "the roles that serve own no table, schema or database, and can make none", errors.Join(
		none(ctx, p.app, `SELECT c.relowner::regrole || ' owns ' || c.oid::regclass FROM pg_class c WHERE c.relowner IN (SELECT oid FROM pg_roles WHERE rolname IN `+serving+`)
			AND NOT (c.relowner = 'baara_keeper'::regrole AND c.relkind = 'v') ORDER BY 1`),
		none(ctx, p.app, `SELECT nspowner::regrole || ' owns the schema ' || nspname FROM pg_namespace WHERE nspowner IN (SELECT oid FROM pg_roles WHERE rolname IN `+serving+`)`),
		none(ctx, p.app, `SELECT proowner::regrole || ' owns ' || p.oid::regprocedure FROM pg_proc p WHERE proowner IN (SELECT oid FROM pg_roles WHERE rolname IN `+serving+`)
			AND proowner <> 'baara_keeper'::regrole ORDER BY 1`),
		none(ctx, p.app, `SELECT datdba::regrole || ' owns the database' FROM pg_database WHERE datname = current_database() AND datdba IN (SELECT oid FROM pg_roles WHERE rolname IN `+serving+`)`),
		none(ctx, p.app, `SELECT r.rolname || ' can make tables in ' || n.nspname FROM pg_roles r, pg_namespace n WHERE r.rolname IN `+serving+`
			AND n.nspname IN ('public', 'rls') AND has_schema_privilege(r.oid, n.oid, 'CREATE') ORDER BY 1`))
}

// protection holds that every table has row-level security forced, or a reason.
func (p *patient) protection(ctx context.Context) (string, error) {
	open, err := lines(ctx, p.app, `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
		AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`)
	if err != nil {
		return "", err
	}
	reasons := migrations.Unprotected()
	var wrong []string
	for _, table := range open {
		if reasons[table] == "" {
			wrong = append(wrong, table)
		}
	}
	if len(wrong) > 0 {
		return "", fmt.Errorf("not forced on %s", strings.Join(wrong, ", "))
	}
	var forced int
	err = p.app.QueryRowContext(ctx, `SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity`).Scan(&forced)
	return fmt.Sprintf("forced on %d tables; %d others hold no personal data", forced, len(open)), err
}

// rules holds that no rule lets everybody, and that none was widened by hand.
func (p *patient) rules(ctx context.Context) (string, error) {
	var n int
	if err := p.app.QueryRowContext(ctx, `SELECT count(*) FROM pg_policies WHERE schemaname = 'public'`).Scan(&n); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d, none for everybody", n), none(ctx, p.app, `SELECT tablename || '.' || policyname || ' lets everybody' FROM pg_policies
		WHERE schemaname = 'public' AND permissive = 'PERMISSIVE' AND ('public' = ANY(roles) OR 'baara_app' = ANY(roles) AND (qual = 'true' OR with_check = 'true')) ORDER BY 1`)
}

// emptyContext tries it: who does not say who acts must see no protected row.
func (p *patient) emptyContext(ctx context.Context) (string, error) {
	tables, err := lines(ctx, p.app, `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
		AND NOT relname = ANY($1::text[]) AND has_table_privilege(oid, 'SELECT') ORDER BY 1`, unprotected())
	if err != nil {
		return "", err
	}
	var shown []string
	for _, table := range tables {
		var any bool
		if err := p.app.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM `+table+`)`).Scan(&any); err != nil {
			return "", fmt.Errorf("%s: %w", table, err)
		}
		if any {
			shown = append(shown, table)
		}
	}
	if len(shown) > 0 {
		return "", fmt.Errorf("rows show without an actor in %s", strings.Join(shown, ", "))
	}
	return fmt.Sprintf("without an actor none of %d tables shows a row", len(tables)), nil
}

func unprotected() (names []string) {
	for table := range migrations.Unprotected() {
		names = append(names, table)
	}
	return names
}

// insertOnly holds that notes, histories and the trail cannot be rewritten by
// who serves, and that the trail is written by its function alone.
func (p *patient) insertOnly(ctx context.Context) (string, error) {
	const tables = `c.relnamespace = 'public'::regnamespace AND (c.relname IN ('notes', 'audit_entries') OR c.relname LIKE '%\_history')`
	return "notes, histories and the audit trail", errors.Join(
		none(ctx, p.app, `SELECT r.rolname || ' may ' || v.verb || ' ' || c.relname FROM pg_class c, pg_roles r, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) v(verb)
			WHERE `+tables+` AND r.rolname IN `+serving+` AND (has_table_privilege(r.oid, c.oid, v.verb)
				OR v.verb = 'UPDATE' AND has_any_column_privilege(r.oid, c.oid, 'UPDATE')) ORDER BY 1`),
		none(ctx, p.app, `SELECT r.rolname || ' may write ' || c.relname FROM pg_class c, pg_roles r WHERE c.relnamespace = 'public'::regnamespace
			AND c.relname IN ('audit_entries', 'audit_heads') AND r.rolname IN ('baara_app', 'baara_system', 'baara_index', 'baara_register')
			AND has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE') ORDER BY 1`))
}

// trail holds that each chain ends with the entry its head names. Reading all
// of it is another command.
func (p *patient) trail(ctx context.Context) (string, error) {
	var chains, entries int64
	if err := p.system.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(seq), 0) FROM audit_heads`).Scan(&chains, &entries); err != nil {
		return "", err
	}
	if chains == 0 {
		return "", errors.New("there is no chain")
	}
	return fmt.Sprintf("%d entries in %d chains, each ending with its last entry; baara audit verify reads them all", entries, chains),
		none(ctx, p.system, `SELECT 'chain ' || h.chain || ' ends with entry ' || coalesce(e.seq, 0) || ', its head says ' || h.seq
			FROM audit_heads h LEFT JOIN LATERAL (SELECT seq, hash FROM audit_entries WHERE chain = h.chain ORDER BY seq DESC LIMIT 1) e ON true
			WHERE coalesce(e.seq, 0) <> h.seq OR e.hash IS DISTINCT FROM h.hash AND h.seq > 0 ORDER BY 1`)
}
