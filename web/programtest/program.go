// Package programtest starts the whole program for tests of pages: real database, real index, every page and the edge
// before them, at an address a browser can open. One agency in Bamako serves Bamako and Ségou.
package programtest

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/layout"
)

// Operator is who runs the service in tests: a name pages show, which no catalogue holds.
const Operator = "Agence pour l’emploi (essai)"

// Password is that of every account tests make.
const Password = "un mot de passe long"

// Program is the running program and what tests look at behind its back.
type Program struct {
	*wire.Server
	URL    string
	SQL    *sql.DB // as the owner of the database
	Agency identity.Agency
}

// Start runs the program for one test. The starter data is loaded and the pseudo-locale offered.
func Start(t *testing.T) *Program {
	t.Helper()
	return StartWith(t, func(*wire.ServerOptions) {})
}

// StartWith is Start with other options of the server.
func StartWith(t *testing.T, change func(*wire.ServerOptions)) *Program {
	t.Helper()
	ctx, db := context.Background(), domaintest.Database(t)
	core, err := wire.NewCore(ctx, db.AppURL, wire.Options{})
	must(t, err)
	t.Cleanup(func() { _ = core.Close() })
	must(t, core.LoadStarter(ctx))
	options := wire.ServerOptions{
		IndexDir: t.TempDir(), Log: slog.New(slog.DiscardHandler), Pseudo: true,
		Site: layout.Site{Operator: Operator, HelpPhone: "+22380000000", Demo: true},
	}
	change(&options)
	server, err := wire.NewServer(ctx, core, options)
	must(t, err)
	t.Cleanup(func() { _ = server.Close() })
	agency, err := core.Agencies.Save(ctx, domain.System(), identity.SaveAgency{
		Code: "BKO-1", Name: "Agence de Bamako", PlaceCode: "BKO", Serves: []string{"BKO", "SEG"}, Phone: "+22320220000",
	})
	must(t, err)
	front := httptest.NewServer(server.Handler)
	t.Cleanup(front.Close)
	return &Program{Server: server, URL: front.URL, SQL: db.SQL, Agency: agency}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Data lists words of the fixture that pages show and no catalogue holds, to which a test adds its own.
func (p *Program) Data(more ...string) []string {
	out := append([]string{Operator, p.Agency.Name}, more...)
	for _, region := range p.Directory.Present().RegionChoices("fr") {
		out = append(out, region.Name)
	}
	return out
}
