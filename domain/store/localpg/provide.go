package localpg

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// provide makes the roles and the database where they are missing, and reads
// the safety settings back.
func (c *Cluster) provide(ctx context.Context, durable bool) error {
	conn, err := pgx.Connect(ctx, c.URL(SuperuserRole, "postgres"))
	if err != nil {
		return fmt.Errorf("localpg: connect: %w", err)
	}
	defer conn.Close(ctx)
	if durable {
		if err := assertDurable(ctx, conn); err != nil {
			return err
		}
	}
	// The attributes are set at every start: a role that was widened by hand
	// would silently pass by row-level security.
	const attributes = ` NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION`
	for role, login := range map[string]string{
		OwnerRole: " LOGIN", AppRole: " LOGIN", SystemRole: " LOGIN", KeeperRole: " NOLOGIN", IndexRole: " NOLOGIN", RegisterRole: " NOLOGIN",
	} {
		err := ensure(ctx, conn, `SELECT count(*) FROM pg_roles WHERE rolname = $1`, role, `CREATE ROLE `+role)
		if err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, `ALTER ROLE `+role+login+attributes); err != nil {
			return fmt.Errorf("localpg: role %s: %w", role, err)
		}
	}
	// Baara's own acts step down for searching; migrations hand functions over.
	if _, err := conn.Exec(ctx, `GRANT `+IndexRole+`, `+RegisterRole+` TO `+SystemRole+`; GRANT `+KeeperRole+` TO `+OwnerRole); err != nil {
		return fmt.Errorf("localpg: memberships: %w", err)
	}
	return ensure(ctx, conn, `SELECT count(*) FROM pg_database WHERE datname = $1`, Database,
		`CREATE DATABASE `+Database+` OWNER `+OwnerRole)
}

// ensure runs the statement when the count of name is zero. Neither CREATE ROLE
// nor CREATE DATABASE knows IF NOT EXISTS.
func ensure(ctx context.Context, conn *pgx.Conn, count, name, statement string) error {
	var n int
	if err := conn.QueryRow(ctx, count, name).Scan(&n); err != nil {
		return fmt.Errorf("localpg: look for %s: %w", name, err)
	}
	if n > 0 {
		return nil
	}
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("localpg: make %s: %w", name, err)
	}
	return nil
}

// assertDurable refuses a cluster that could forget an answered commit.
func assertDurable(ctx context.Context, conn *pgx.Conn) error {
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes", "data_checksums"} {
		var value string
		if err := conn.QueryRow(ctx, `SELECT current_setting($1)`, name).Scan(&value); err != nil {
			return fmt.Errorf("localpg: read %s: %w", name, err)
		}
		if value != "on" {
			return fmt.Errorf("localpg: %s is %s, but this cluster must keep what it has confirmed", name, value)
		}
	}
	return nil
}
