// Package programtest starts the whole program for tests of pages: real database, real index, every page and the edge
// before them, at an address a browser can open. One agency in Bamako serves Bamako and Ségou.
package programtest

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/store"
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

// Real makes the program a service that is no demonstration.
func Real(o *wire.ServerOptions) { o.Site.Demo = false }

// Database gives the test a database with the starter data: places, occupations, skills.
func Database(t testing.TB) domaintest.DB {
	t.Helper()
	return domaintest.Filled(t, "starter", func(ctx context.Context, url string) error {
		core, err := wire.NewCore(ctx, url, wire.Options{Store: store.Options{Keys: domaintest.Keys()}})
		if err != nil {
			return err
		}
		return errors.Join(core.LoadStarter(ctx), core.Close())
	})
}

// Start runs the program for one test, as a demonstration on its own computer. The starter data is loaded and the
// pseudo-locale offered.
func Start(t *testing.T, change ...func(*wire.ServerOptions)) *Program {
	t.Helper()
	var agency identity.Agency
	p := Over(t, func(ctx context.Context, core *wire.Core) (err error) {
		agency, err = core.Agencies.Save(ctx, domain.System(), identity.SaveAgency{
			Code: "BKO-1", Name: "Agence de Bamako", PlaceCode: "BKO", Serves: []string{"BKO", "SEG"}, Phone: "+22320220000",
		})
		return err
	}, change...)
	p.Agency = agency
	return p
}

// Over is Start over a database that fill puts records into before the index is built. It has no agency but theirs.
func Over(t *testing.T, fill func(context.Context, *wire.Core) error, change ...func(*wire.ServerOptions)) *Program {
	t.Helper()
	ctx, db := context.Background(), Database(t)
	core, err := wire.NewCore(ctx, db.AppURL, wire.Options{Store: store.Options{Keys: domaintest.Keys()}})
	must(t, err)
	t.Cleanup(func() { _ = core.Close() })
	must(t, core.LoadStarter(ctx))
	opt := wire.ServerOptions{
		IndexDir: t.TempDir(), Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})), Pseudo: true,
		Site: layout.Site{Operator: Operator, HelpPhone: "+22380000000", Demo: true, Local: true},
	}
	for _, c := range change {
		c(&opt)
	}
	if opt.Site.Demo {
		must(t, core.DB.Installation().Set(ctx, store.DemoKey, "yes"))
	}
	must(t, fill(ctx, core))
	server, err := wire.NewServer(ctx, core, opt)
	must(t, err)
	t.Cleanup(func() { _ = server.Close() })
	front := httptest.NewServer(server.Handler)
	t.Cleanup(front.Close)
	return &Program{Server: server, URL: front.URL, SQL: db.SQL}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Data lists words of the fixture that pages show and no catalogue holds, to which a test adds its own: the names of
// places, countries, languages, occupations, skills and branches of trade among them. Longer ones come first, so that none
// is left as a rest of another.
func (p *Program) Data(t *testing.T, more ...string) []string {
	t.Helper()
	out := append([]string{Operator, p.Agency.Name}, more...)
	rows, err := p.SQL.QueryContext(t.Context(), `
		SELECT label FROM concept_labels WHERE preferred UNION SELECT name FROM place_names WHERE lang = 'fr'`)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var label string
		must(t, rows.Scan(&label))
		out = append(out, label)
	}
	must(t, rows.Err())
	g := p.Directory.Present()
	for _, choice := range slices.Concat(g.Countries("fr"), g.Languages("fr"), g.Licences("fr")) {
		out = append(out, choice.Name)
	}
	for _, licence := range g.Licences("fr") {
		out = append(out, licence.Code)
	}
	for _, section := range p.Classifications.ISIC.Level(1) {
		name, _ := section.Names.In("fr")
		out = append(out, name)
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}
