package localpg

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
)

// Names inside every private cluster.
const (
	Database      = "baara"        // the database of the product
	OwnerRole     = "baara_owner"  // owns the database and runs migrations
	AppRole       = "baara_app"    // serves people: owns nothing, sees what row-level security leaves to the actor
	SystemRole    = "baara_system" // Baara's own acts: owns nothing, sees every row
	SuperuserRole = "postgres"     // makes the roles and the database, nothing else
)

// Roles nobody signs in as.
const (
	KeeperRole   = "baara_keeper"   // owns the functions that row-level rules ask
	IndexRole    = "baara_index"    // what matching may know of people
	RegisterRole = "baara_register" // what the name register may know
)

// Address says how to reach a private cluster.
type Address struct {
	socketDir string
}

// URL gives the connection string for a role and a database. It holds no
// secret: who may enter the socket's directory may connect.
func (a Address) URL(role, database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User(role),
		Path:     "/" + database,
		RawQuery: a.query().Encode(),
	}
	return u.String()
}

// OwnerURL is for migrations.
func (a Address) OwnerURL() string { return a.URL(OwnerRole, Database) }

// AppURL is for what people ask.
func (a Address) AppURL() string { return a.URL(AppRole, Database) }

// SystemURL is for what Baara does by itself.
func (a Address) SystemURL() string { return a.URL(SystemRole, Database) }

// SocketDir is the directory of the Unix socket, for tools like psql -h.
func (a Address) SocketDir() string { return a.socketDir }

func (a Address) query() url.Values {
	return url.Values{"host": {a.socketDir}, "port": {socketPort}, "sslmode": {"disable"}}
}

// socketPort only names the socket's file: no network port is opened.
const socketPort = "5432"

// await returns when the cluster accepts connections, or with an error when ctx
// ends or ended is closed before.
func (a Address) await(ctx context.Context, ended <-chan struct{}) error {
	for {
		conn, err := pgx.Connect(ctx, a.URL(SuperuserRole, "postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ended:
			return fmt.Errorf("localpg: PostgreSQL ended while starting")
		case <-ctx.Done():
			return fmt.Errorf("localpg: PostgreSQL does not answer: %w", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
