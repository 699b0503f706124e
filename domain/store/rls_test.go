package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
)

// asActor runs fn on a connection of the application's role, in a transaction
// that says who acts and nothing more.
func asActor(t *testing.T, url string, a domain.Actor, fn func(tx *sql.Tx)) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if a.ForEmployer() {
		a.Role = domain.RoleEmployer // as rows know a program of an employer
	}
	if _, err := tx.Exec(`SELECT set_config('baara.role', $1, true), set_config('baara.user_id', $2, true), set_config('baara.person_id', $3, true),
		set_config('baara.agency_id', $4, true), set_config('baara.organisation_id', $5, true)`,
		string(a.Role), string(a.UserID), string(a.PersonID), string(a.AgencyID), string(a.OrganisationID)); err != nil {
		t.Fatal(err)
	}
	fn(tx)
}

// visible lists the rows of a table that row-level security leaves.
func visible(t *testing.T, tx *sql.Tx, table string) []string {
	t.Helper()
	key := "id"
	switch {
	case strings.HasPrefix(table, "person_"), table == "educations", table == "experiences", table == "objections":
		key = "person_id"
	case table == "case_barriers":
		key = "case_id"
	case table == "merge_records", table == "merge_moves":
		key = "merge_id"
	case table == "not_duplicates":
		key = "one || ' ' || other"
	case table == "emergency_seen":
		key = "emergency_id"
	}
	rows, err := tx.Query(`SELECT (` + key + `)::text FROM ` + table)
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		out = append(out, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func allowed(p access.Policy, a domain.Actor, list []permission) bool {
	return slices.ContainsFunc(list, func(r permission) bool { return p.Allows(a, r.action, r.facts) })
}

// The relation forms agree on random small services: what the policy in Go
// lets somebody read, row-level security shows; what it shows, some row of the
// policy lets that somebody near; and the lists' WHERE clauses, tried where no
// rule binds, give what Go does.
func TestPolicyScopeAndRowLevelSecurityAgree(t *testing.T) {
	policy := access.Default()
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			w := newTiny(t, seed)
			for _, wrong := range w.reading(policy, slices.Sorted(maps.Keys(w.rows))...) {
				t.Error(wrong)
			}
			for _, a := range w.actors {
				w.lists(policy, a)
			}
		})
	}
}

// reading compares what the policy lets everybody read of the tables with what
// row-level security shows.
func (w *tiny) reading(policy access.Policy, tables ...string) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, a := range w.actors {
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			for _, table := range tables {
				shown := visible(w.t, tx, table)
				for _, r := range w.rows[table] {
					_, sees := slices.BinarySearch(shown, r.id)
					may := allowed(policy, a, r.reads)
					switch {
					case may && !sees:
						say("%s %s may read %s %s by the policy, and row-level security hides it", a.Role, a.UserID, table, r.id)
					case sees && a.Role == domain.RoleAPIClient: // rows take it for a member; the policy gives it less
						if member := (domain.Actor{Role: domain.RoleEmployer, UserID: a.UserID, OrganisationID: a.OrganisationID}); !allowed(policy, member, append(r.near, r.reads...)) {
							say("a program sees %s %s, which its employer may not", table, r.id)
						}
					case sees && !may && !allowed(policy, a, r.near):
						say("%s %s sees %s %s, which no row of the policy could allow", a.Role, a.UserID, table, r.id)
					}
				}
				if len(shown) > len(w.rows[table]) {
					say("%s sees %d rows of %s, of %d", a.Role, len(shown), table, len(w.rows[table]))
				}
			}
		})
	}
	return wrong
}

// lists compares the scopes of lists with Go, under Baara's own role, and, with
// the scope open, row-level security with itself.
func (w *tiny) lists(p access.Policy, a domain.Actor) {
	for table, list := range map[string]struct {
		action access.Action
		ids    func(tx domain.Tx, relations []access.Relation) ([]string, error)
	}{
		"case_files": {access.CaseRead, func(tx domain.Tx, relations []access.Relation) (out []string, err error) {
			for _, closed := range []bool{false, true} {
				page, err := w.db.Cases().Caseload(w.t.Context(), tx, casework.CaseQuery{
					Actor: a, Relations: relations, CaseFilter: casework.CaseFilter{Closed: closed}, Cursor: domain.Cursor{Limit: 100}, Today: domain.DateOf(time.Now()),
				})
				if err != nil {
					return nil, err
				}
				for _, r := range page.Items {
					out = append(out, string(r.File.ID))
				}
			}
			return out, nil
		}},
		"applications": {access.ApplicationRead, func(tx domain.Tx, relations []access.Relation) (out []string, err error) {
			page, err := w.db.Applications().Applications(w.t.Context(), tx, placement.ApplicationQuery{Actor: a, Relations: relations, Cursor: domain.Cursor{Limit: 100}})
			for _, r := range page.Items {
				out = append(out, string(r.Application.ID))
			}
			return out, err
		}},
		"placements": {access.PlacementRead, func(tx domain.Tx, relations []access.Relation) (out []string, err error) {
			page, err := w.db.Placements().Placements(w.t.Context(), tx, placement.PlacementQuery{Actor: a, Relations: relations, Cursor: domain.Cursor{Limit: 100}})
			for _, r := range page.Items {
				out = append(out, string(r.Placement.ID))
			}
			return out, err
		}},
		"transfers": {access.TransferRead, func(tx domain.Tx, relations []access.Relation) (out []string, err error) {
			for _, decided := range []bool{false, true} {
				page, err := w.db.Transfers().TransferList(w.t.Context(), tx, casework.TransferQuery{Actor: a, Relations: relations, Decided: decided, Cursor: domain.Cursor{Limit: 100}})
				if err != nil {
					return nil, err
				}
				for _, r := range page.Items {
					out = append(out, string(r.Transfer.ID))
				}
			}
			return out, nil
		}},
		"emergencies": {access.EmergencyRead, func(tx domain.Tx, relations []access.Relation) (out []string, err error) {
			page, err := w.db.Emergencies().EmergencyList(w.t.Context(), tx, casework.EmergencyQuery{Actor: a, Relations: relations, Cursor: domain.Cursor{Limit: 100}})
			for _, r := range page.Items {
				out = append(out, string(r.Emergency.ID))
			}
			return out, err
		}},
		"rights_requests": {access.RequestRead, func(tx domain.Tx, relations []access.Relation) (out []string, err error) {
			for _, closed := range []bool{false, true} {
				page, err := w.db.Rights().Requests(w.t.Context(), tx, rights.Query{Actor: a, Relations: relations, Filter: rights.Filter{Closed: closed}, Cursor: domain.Cursor{Limit: 100}})
				if err != nil {
					return nil, err
				}
				for _, r := range page.Items {
					out = append(out, string(r.Request.ID))
				}
			}
			return out, nil
		}},
		"organisations": {access.OrganisationRead, func(tx domain.Tx, relations []access.Relation) (out []string, err error) {
			page, err := w.db.Organisations().Organisations(w.t.Context(), tx, employer.OrganisationQuery{Actor: a, Relations: relations, Cursor: domain.Cursor{Limit: 100}})
			for _, r := range page.Items {
				out = append(out, string(r.ID))
			}
			return out, err
		}},
	} {
		var want []string
		for _, r := range w.rows[table] {
			if allowed(p, a, slices.DeleteFunc(slices.Clone(r.reads), func(x permission) bool { return x.action != list.action })) {
				want = append(want, r.id)
			}
		}
		slices.Sort(want)
		compare := func(what string, as domain.Actor, relations []access.Relation, want []string) {
			w.t.Helper()
			var got []string
			err := w.db.View(w.t.Context(), as, func(tx domain.Tx) (err error) {
				got, err = list.ids(tx, relations)
				return err
			})
			slices.Sort(got)
			if err != nil || !slices.Equal(got, want) {
				w.t.Errorf("%s of %s for %s: %v, want %v (%v)", what, table, a.Role, got, want, err)
			}
		}
		compare("the scope alone", domain.System(), p.Relations(a, list.action), want)
		compare("both walls", a, p.Relations(a, list.action), want)
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			compare("row-level security alone", a, []access.Relation{access.Anyone}, visible(w.t, tx, table))
		})
	}
}

// The index's form of "may be matched" is the database's, whoever asks.
func TestTheIndexKnowsWhoMayBeMatched(t *testing.T) {
	w := newTiny(t, 99)
	// Bare files, of no consent, are in the world too.
	rows, err := w.raw.SQL.QueryContext(t.Context(), `SELECT person_id::text FROM consents WHERE purpose = 'matching' ORDER BY person_id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var want []domain.ID
	for rows.Next() {
		var id domain.ID
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		want = append(want, id)
	}
	if rows.Err() != nil || len(want) < 4 {
		t.Fatalf("%d people agreed to be matched (%v)", len(want), rows.Err())
	}
	w.exec(`UPDATE consents SET withdrawn_at = now() WHERE person_id = ANY($1)`, []string{string(want[0]), string(want[1])})
	first := want[0]
	want = want[2:]
	got, err := w.db.Search().PeopleAfter(t.Context(), "", 100)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the index holds %v, want %v (%v)", got, want, err)
	}
	cards, err := w.db.Persons().ForCards(t.Context(), append([]domain.ID{first}, want...))
	if err != nil || len(cards) != len(want) {
		t.Errorf("%d cards, want %d (%v)", len(cards), len(want), err)
	}
	for _, c := range cards {
		if c.Given != "" || c.Reference != "" || len(c.Phones) > 0 {
			t.Errorf("a card is made of %+v", c)
		}
	}
}

// Without an actor nothing shows, and no setting is a key to everything.
func TestAnEmptyContextSeesNothing(t *testing.T) {
	w := newTiny(t, 7)
	w.rest()
	protected := func() (out []string) {
		rows, err := w.raw.SQL.Query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity
			AND has_table_privilege('baara_app', oid, 'SELECT') ORDER BY 1`)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			out = append(out, name)
		}
		return out
	}()
	if len(protected) < 30 {
		t.Fatalf("only %d protected tables", len(protected))
	}
	count := func(db interface {
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}, table string) (n int) {
		if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		return n
	}
	app := w.db.SQL()
	app.SetMaxOpenConns(1) // one connection, which has had settings: they are '' now
	if err := w.db.View(t.Context(), w.actors[1], func(domain.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for _, table := range protected {
		if count(w.raw.SQL, table) == 0 {
			t.Errorf("%s is empty: the test proves nothing of it", table)
		}
		if n := count(app, table); n > 0 {
			t.Errorf("an empty context sees %d rows of %s", n, table)
		}
		for _, role := range []domain.Role{"", domain.RoleSystem, "superuser", domain.RoleCounsellor} {
			asActor(t, w.raw.AppURL, domain.Actor{Role: role}, func(tx *sql.Tx) {
				n := count(tx, table)
				if role == domain.RoleCounsellor && (table == "users" || table == "organisations" || table == "messages") {
					return // the desk's, of any agency
				}
				if role != "" && table == "transfer_agreements" {
					return // those that stand are told to everybody
				}
				if n > 0 {
					t.Errorf("the role %q without an account sees %d rows of %s", role, n, table)
				}
			})
		}
		var owner int
		if err := w.raw.Owner.QueryRow(`WITH u AS (DELETE FROM ` + table + ` RETURNING 1) SELECT count(*) FROM u`).Scan(&owner); err == nil && owner > 0 {
			t.Errorf("the owner deleted %d rows of %s", owner, table)
		}
	}
	for _, table := range []string{"one_time_codes", "resume_tickets", "imported_rows", "candidate_views", "person_facts", "kept_pages"} {
		if _, err := app.Exec(`SELECT FROM ` + table); err == nil {
			t.Errorf("the application reads %s", table)
		}
	}
}

// An employer's list of candidates, where no rule binds: nobody who was only
// proposed, and nobody of an employer that is not verified or that a complaint
// stops.
func TestCandidatesAgreed(t *testing.T) {
	w, listed, left := newTiny(t, 10), 0, 0
	rows, err := w.raw.SQL.Query(`SELECT v.id::text, array_to_string(ARRAY(SELECT a.id::text FROM applications a WHERE a.vacancy_id = v.id
		AND a.state <> 'proposed' AND n.verification = 'verified' ORDER BY a.id), ' '),
		(SELECT count(*) FROM applications a WHERE a.vacancy_id = v.id)
		FROM vacancies v JOIN employer_names n ON n.id = v.organisation_id`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var vacancy, want string
		var all int
		if err := rows.Scan(&vacancy, &want, &all); err != nil {
			t.Fatal(err)
		}
		err := w.db.View(t.Context(), domain.System(), func(tx domain.Tx) error {
			page, err := w.db.Applications().CandidatesOf(t.Context(), tx, domain.ID(vacancy), domain.Cursor{Limit: 100})
			var got []string
			for _, a := range page.Items {
				got = append(got, string(a.ID))
			}
			slices.Sort(got)
			if strings.Join(got, " ") != want {
				t.Errorf("candidates %v, want %s", got, want)
			}
			listed, left = listed+len(got), left+all-len(got)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil || listed == 0 || left == 0 {
		t.Errorf("%d listed, %d left out: nothing was tried (%v)", listed, left, err)
	}
}
