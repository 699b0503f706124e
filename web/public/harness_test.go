package public_test

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/layout"
)

// world is the whole program over a database and an index of its own, with one agency, as people reach it.
type world struct {
	*wire.Server
	url    string
	sql    *sql.DB
	agency identity.Agency
}

func start(t *testing.T) *world {
	t.Helper()
	ctx, db := context.Background(), domaintest.Database(t)
	core, err := wire.NewCore(ctx, db.AppURL, wire.Options{})
	must(t, err)
	t.Cleanup(func() { _ = core.Close() })
	must(t, core.LoadStarter(ctx))
	server, err := wire.NewServer(ctx, core, wire.ServerOptions{
		IndexDir: t.TempDir(), Log: slog.New(slog.DiscardHandler), Pseudo: true,
		Site: layout.Site{Operator: "Agence pour l’emploi (essai)", HelpPhone: "+22380000000", Demo: true},
	})
	must(t, err)
	t.Cleanup(func() { _ = server.Close() })
	agency, err := core.Agencies.Save(ctx, domain.System(), identity.SaveAgency{
		Code: "BKO-1", Name: "Agence de Bamako", PlaceCode: "BKO", Serves: []string{"BKO", "SEG"}, Phone: "+22320220000",
	})
	must(t, err)
	front := httptest.NewServer(server.Handler)
	t.Cleanup(front.Close)
	return &world{Server: server, url: front.URL, sql: db.SQL, agency: agency}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// code reads the last code that was to be sent to a phone.
func (w *world) code(t *testing.T, phone string) string {
	t.Helper()
	var code string
	err := w.sql.QueryRowContext(t.Context(),
		`SELECT params->>'Code' FROM messages WHERE recipient = $1 AND template = 'sms.code' ORDER BY created_at DESC LIMIT 1`, phone).Scan(&code)
	must(t, err)
	return code
}

// publish makes a vacancy that everybody can read and find.
func (w *world) publish(t *testing.T, title, place, essential, optional string) employer.Vacancy {
	t.Helper()
	counsellor, err := w.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
		Role: domain.RoleCounsellor, Name: "M. Traoré", Email: "traore-" + string(w.IDs.New()) + "@exemple.ml",
		Password: "un mot de passe long", AgencyID: w.agency.ID,
	})
	must(t, err)
	actor := counsellor.Actor()
	v, err := w.Vacancies.Record(t.Context(), actor, employer.RecordVacancy{
		Source: employer.SourcePhone,
		Fields: employer.VacancyFields{
			ClientName: "BTP Sahel", Title: title, Description: "Pour une école.\n\nTravail du lundi au samedi.", Lang: "fr", Posts: 3,
			Contract: employer.ContractFixedTerm, WageMin: 90000, WageMax: 120000, WagePeriod: employer.PerMonth, PlaceCode: place,
			ExperienceMonths: 12, FeeFree: true, Languages: []string{"bm"},
			Skills: []employer.SkillField{{Words: essential, Importance: employer.Essential}, {Words: optional, Importance: employer.Optional}},
		},
	})
	must(t, err)
	if !v.Public() {
		v, err = w.Vacancies.Publish(t.Context(), actor, employer.VacancyAct{ID: v.ID})
		must(t, err)
	}
	return v
}
