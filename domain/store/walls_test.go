package store_test

import (
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// walled is an office of Bamako with somebody in it, and the use-cases under a
// policy of the test's choice.
type walled struct {
	*domaintest.Office
	person, file, note, application, placement domain.ID
	jobseeker, employer                        domain.Actor // another person, another employer
	theirs                                     domain.Actor // the employer the person was sent to
}

func newWalled(t *testing.T) walled {
	t.Helper()
	w := walled{Office: domaintest.NewOffice(t)}
	w.note, w.application, w.placement, w.file = w.IDs.New(), w.IDs.New(), w.IDs.New(), w.IDs.New()
	newcomer := domaintest.APerson(w.IDs).Named("Awa", "Coulibaly").Phoned("+22370112233").ReturnedFrom("LBY").At(w.Bamako)
	other := domaintest.APerson(w.IDs).At(w.Kayes)
	theirs := domaintest.AnOrganisation(w.IDs, w.Bamako, w.Awa.UserID, w.Moussa.UserID)
	another := domaintest.AnOrganisation(w.IDs, w.Kayes, w.Awa.UserID, w.Moussa.UserID)
	vacancy := domaintest.AVacancy(w.IDs, theirs).Vacancy()
	w.person = newcomer.Person.ID
	w.Write(func(tx domain.Tx) error {
		return errors.Join(
			w.DB.Persons().InsertBatch(w.Ctx, tx, []person.Newcomer{newcomer, other}),
			w.DB.Organisations().InsertOrganisation(w.Ctx, tx, theirs), w.DB.Organisations().InsertOrganisation(w.Ctx, tx, another),
			w.DB.Vacancies().InsertVacancy(w.Ctx, tx, vacancy),
			w.DB.Cases().InsertCase(w.Ctx, tx, casework.CaseFile{
				ID: w.file, PersonID: w.person, OwnerID: w.Awa.UserID, AgencyID: w.Bamako, Stage: casework.Assessment, OpenedAt: w.Now, Version: 1,
			}),
			w.DB.Notes().InsertNote(w.Ctx, tx, casework.Note{
				ID: w.note, CaseID: w.file, AuthorID: w.Awa.UserID, Visibility: casework.VisibleFile, Contact: "none", Body: "x", At: w.Now,
			}),
			w.DB.Applications().InsertApplication(w.Ctx, tx, placement.Application{
				ID: w.application, PersonID: w.person, VacancyID: vacancy.ID, AgencyID: w.Bamako, Origin: placement.OriginProposed,
				State: placement.Sent, Consent: person.ByWord, SentAt: w.Now, CreatedAt: w.Now, StateSince: w.Now, Version: 1,
			}),
			w.DB.Placements().InsertPlacement(w.Ctx, tx, placement.Placement{
				ID: w.placement, PersonID: w.person, VacancyID: vacancy.ID, OrganisationID: theirs.ID, AgencyID: w.Bamako, Kind: "permanent",
				Channel: placement.ChannelService, State: placement.Planned, StartsOn: domain.DateOf(w.Now), WagePeriod: "month", CreatedAt: w.Now, Version: 1,
			}))
	})
	w.jobseeker = domain.Actor{UserID: w.IDs.New(), Role: domain.RoleJobseeker, PersonID: other.Person.ID}
	w.employer, w.theirs = w.Account(domain.RoleEmployer, another.ID), w.Account(domain.RoleEmployer, theirs.ID)
	return w
}

// everything allows every act of the product to everybody.
func everything() access.Policy {
	var rows []access.Row
	for _, row := range access.Default().Rows() {
		for _, role := range domain.AllRoles() {
			rows = append(rows, access.Row{Role: role, Action: row.Action, Relation: access.Anyone})
		}
	}
	return access.New(rows)
}

// acts are readings and changes of the person's records by somebody who has
// nothing to do with them. Each gives an error, or how many it found.
func (w walled) acts(p access.Policy) map[string]func(domain.Actor) (int, error) {
	history := w.DB.History("case")
	people := w.DB.Persons()
	persons := person.Deps{Tx: w.DB, People: people, Registrations: w.DB.Registrations(), Consents: w.DB.Consents(),
		History: w.DB.History("registration"), Policy: p, IDs: w.IDs, Clock: w.Clock, Rules: person.DefaultRules()}
	jobseekers, registrations, consents := person.NewJobseekers(persons), person.NewRegistrations(persons), person.NewConsents(persons)
	files := casework.NewFiles(casework.Deps{Tx: w.DB, Cases: w.DB.Cases(), Plans: w.DB.Plans(), Notes: w.DB.Notes(), History: history,
		People: people, Registrations: w.DB.Registrations(), Acceptance: registrations, Colleagues: w.DB.Cases(), Policy: p, IDs: w.IDs, Clock: w.Clock})
	placing := placement.Deps{Tx: w.DB, Applications: w.DB.Applications(), Placements: w.DB.Placements(), Vacancies: w.DB.Vacancies(),
		Organisations: w.DB.Organisations(), People: people, Consents: person.NewConsents(persons), Cases: w.DB.Cases(), Views: domaintest.Uncounted{}, Policy: p, IDs: w.IDs, Clock: w.Clock,
		Histories: placement.Histories{Application: w.DB.History("application"), Placement: w.DB.History("placement"), Vacancy: w.DB.History("vacancy"), Case: history}}
	applications, placements := placement.NewApplications(placing), placement.NewPlacements(placing)
	only := func(err error) (int, error) { return 1, err }
	return map[string]func(domain.Actor) (int, error){
		"reads the record": func(a domain.Actor) (int, error) { _, err := jobseekers.Get(w.Ctx, a, w.person); return only(err) },
		"reads the journey": func(a domain.Actor) (int, error) {
			j, err := jobseekers.Journey(w.Ctx, a, w.person)
			return len(j.Episodes), err
		},
		"reads consents":       func(a domain.Actor) (int, error) { l, err := consents.Of(w.Ctx, a, w.person); return len(l), err },
		"reads a registration": func(a domain.Actor) (int, error) { _, err := registrations.Of(w.Ctx, a, w.person); return only(err) },
		"closes a registration": func(a domain.Actor) (int, error) {
			_, err := registrations.Close(w.Ctx, a, person.ChangeRegistration{PersonID: w.person, Reason: "left"})
			return only(err)
		},
		"withdraws a consent": func(a domain.Actor) (int, error) {
			return only(consents.Withdraw(w.Ctx, a, person.WithdrawConsent{PersonID: w.person, Purpose: person.ForMatching}))
		},
		"reads the file": func(a domain.Actor) (int, error) { _, err := files.Get(w.Ctx, a, w.file); return only(err) },
		"finds the file": func(a domain.Actor) (int, error) { _, err := files.OfPerson(w.Ctx, a, w.person); return only(err) },
		"reads notes":    func(a domain.Actor) (int, error) { l, err := files.Notes(w.Ctx, a, w.file); return len(l), err },
		"reads the plan": func(a domain.Actor) (int, error) { _, err := files.Plan(w.Ctx, a, w.file); return only(err) },
		"writes a note": func(a domain.Actor) (int, error) {
			_, err := files.WriteNote(w.Ctx, a, casework.WriteNote{CaseID: w.file, Visibility: "file", Body: "x"})
			return only(err)
		},
		"moves the file": func(a domain.Actor) (int, error) {
			_, err := files.Move(w.Ctx, a, casework.MoveFile{ID: w.file, Version: 1, Transition: "plan"})
			return only(err)
		},
		"shares the file": func(a domain.Actor) (int, error) {
			_, err := files.Share(w.Ctx, a, casework.ShareFile{ID: w.file, UserID: w.Moussa.UserID, Until: w.Now.Add(time.Hour)})
			return only(err)
		},
		"lists files": func(a domain.Actor) (int, error) {
			l, err := files.Caseload(w.Ctx, a, casework.CaseFilter{}, domain.Cursor{})
			return len(l.Items), err
		},
		"reads the application": func(a domain.Actor) (int, error) {
			_, err := applications.Get(w.Ctx, a, w.application)
			return only(err)
		},
		"learns who applies": func(a domain.Actor) (int, error) {
			_, err := applications.Candidate(w.Ctx, a, w.application)
			return only(err)
		},
		"answers": func(a domain.Actor) (int, error) {
			_, err := applications.See(w.Ctx, a, placement.Act{ID: w.application})
			return only(err)
		},
		"lists applications": func(a domain.Actor) (int, error) {
			l, err := applications.List(w.Ctx, a, placement.ApplicationFilter{}, domain.Cursor{})
			return len(l.Items), err
		},
		"reads the placement": func(a domain.Actor) (int, error) { _, err := placements.Get(w.Ctx, a, w.placement); return only(err) },
		"ends the placement": func(a domain.Actor) (int, error) {
			_, err := placements.Start(w.Ctx, a, placement.Start{Act: placement.Act{ID: w.placement}})
			return only(err)
		},
		"lists placements": func(a domain.Actor) (int, error) {
			l, err := placements.List(w.Ctx, a, placement.PlacementFilter{}, domain.Cursor{})
			return len(l.Items), err
		},
	}
}

// strangers have nothing to do with the person.
func (w walled) strangers() map[string]domain.Actor {
	return map[string]domain.Actor{
		"a counsellor of another agency": w.Binta, "another jobseeker": w.jobseeker, "another employer": w.employer,
		"an administrator": w.Administrator, "a visitor": domain.Anonymous(),
	}
}

func (w walled) nobodyGetsNear(t *testing.T, p access.Policy) {
	t.Helper()
	for who, actor := range w.strangers() {
		for what, act := range w.acts(p) {
			switch n, err := act(actor); domain.KindOf(err) {
			case domain.KindNotFound, domain.KindUnauthenticated, domain.KindForbidden:
			default:
				if err != nil || n > 0 {
					t.Errorf("%s %s: found %d (%v)", who, what, n, err)
				}
			}
		}
	}
}

func TestRowLevelSecurityAloneHidesPeople(t *testing.T) {
	w := newWalled(t)
	w.nobodyGetsNear(t, everything())
	for what, act := range w.acts(everything()) { // the acts do what they say, for who serves the person
		if what == "learns who applies" || what == "answers" || what == "moves the file" || what == "ends the placement" || what == "closes a registration" {
			continue // what only others may do, or once
		}
		if n, err := act(w.Awa); err != nil || n == 0 {
			t.Errorf("the referent %s: found %d (%v)", what, n, err)
		}
	}
}

func TestThePolicyAloneHidesPeople(t *testing.T) {
	w := newWalled(t)
	rows, err := w.SQL.Query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity`)
	w.Must(err)
	var protected []string
	for rows.Next() {
		var name string
		w.Must(rows.Scan(&name))
		protected = append(protected, name)
	}
	w.Must(rows.Err())
	for _, name := range protected {
		_, err := w.SQL.Exec(`ALTER TABLE ` + name + ` DISABLE ROW LEVEL SECURITY`)
		w.Must(err)
	}
	w.nobodyGetsNear(t, access.Default())
}

// What the database refuses the application whatever the policy says.
func TestWritingBesideTheRules(t *testing.T) {
	w := newWalled(t)
	url := w.AppURL
	her := domain.Actor{UserID: w.IDs.New(), Role: domain.RoleJobseeker, PersonID: w.person}
	const id = `'01900000-0000-7000-8000-0000000000ff'`
	for name, c := range map[string]struct {
		actor     domain.Actor
		statement string
	}{
		"a skill for somebody of another agency": {w.Binta, `INSERT INTO person_skills (person_id, position, words, folded) VALUES ($1, 9, 'x', 'x')`},
		"a visitor's word on somebody":           {domain.Anonymous(), `INSERT INTO person_skills (person_id, position, words, folded) VALUES ($1, 9, 'x', 'x')`},
		"a consent for somebody else":            {w.jobseeker, `INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES (` + id + `, $1, 'sharing', '1', 'fr', 'click', now())`},
		"a share to oneself":                     {w.Binta, `INSERT INTO case_shares (id, case_id, user_id, since, until, shared_by) SELECT ` + id + `, '` + string(w.file) + `', '` + string(w.Binta.UserID) + `', now(), now() + interval '1 day', '` + string(w.Binta.UserID) + `' WHERE $1 <> ''`},
		"a note under another's name":            {w.Awa, `INSERT INTO notes (id, case_id, author_id, visibility, sealed, at) SELECT ` + id + `, '` + string(w.file) + `', '` + string(w.Moussa.UserID) + `', 'file', '\x01', now() WHERE $1 <> ''`},
		"a note of the person's":                 {her, `INSERT INTO notes (id, case_id, author_id, visibility, sealed, at) SELECT ` + id + `, '` + string(w.file) + `', '` + string(w.Awa.UserID) + `', 'file', '\x01', now() WHERE $1 <> ''`},
		"another word in a note":                 {w.Awa, `UPDATE notes SET sealed = '\x02' WHERE $1 <> ''`},
		"a note removed":                         {w.Awa, `DELETE FROM notes WHERE $1 <> ''`},
		"history changed":                        {w.Awa, `UPDATE case_history SET sealed = '\x02' WHERE $1 <> ''`},
		"a step under another's name":            {w.Awa, `INSERT INTO case_history (id, record_id, transition, from_state, to_state, actor_id, actor_role, at) SELECT ` + id + `, '` + string(w.file) + `', 'x', 'x', 'x', '` + string(w.Moussa.UserID) + `', 'counsellor', now() WHERE $1 <> ''`},
		"the person's own file moved":            {her, `UPDATE case_files SET stage = 'plan' WHERE person_id = $1`},
		"a person removed":                       {w.Awa, `DELETE FROM persons WHERE id = $1`},
		"an account that is more":                {domain.Anonymous(), `INSERT INTO users (id, role, name, email, created_at) SELECT ` + id + `, 'administrator', 'x', 'x@example.org', now() WHERE $1 <> ''`},
		"an employer that verifies itself":       {domain.Anonymous(), `INSERT INTO organisations (id, reference, kind, legal_name, verification, first_by, second_by, created_at, updated_at) SELECT ` + id + `, 'X', 'company', 'x', 'verified', '` + string(w.Awa.UserID) + `', '` + string(w.Moussa.UserID) + `', now(), now() WHERE $1 <> ''`},
		"a complaint in another's name":          {w.jobseeker, `INSERT INTO complaints (id, vacancy_id, agency_id, person_id, made_by, kind, state, stops, created_at, updated_at) SELECT ` + id + `, v.id, '` + string(w.Bamako) + `', $1::uuid, '` + string(w.jobseeker.UserID) + `', 'money', 'open', true, now(), now() FROM vacancies v`},
		"a complaint by an employer":             {w.theirs, `INSERT INTO complaints (id, vacancy_id, agency_id, made_by, kind, state, stops, created_at, updated_at) SELECT ` + id + `, v.id, '` + string(w.Bamako) + `', '` + string(w.theirs.UserID) + `', 'money', 'open', true, now(), now() FROM vacancies v WHERE $1 <> ''`},
		"a count taken back":                     {w.theirs, `UPDATE view_days SET shown = 0 WHERE $1 <> ''`},
		"a day made anew":                        {w.theirs, `DELETE FROM view_days WHERE $1 <> ''`},
		"an allowance to oneself":                {w.theirs, `INSERT INTO view_allowances (id, organisation_id, daily, reason, until, given_by, given_at) SELECT ` + id + `, '` + string(w.theirs.OrganisationID) + `', 9000, 'x', current_date, '` + string(w.theirs.UserID) + `', now() WHERE $1 <> ''`},
		"a challenge unspent":                    {domain.Anonymous(), `DELETE FROM spent_work WHERE $1 <> ''`},
		"a session made by hand":                 {w.Awa, `INSERT INTO sessions (token_hash, id, user_id, data, created_at, last_seen_at, expires_at) SELECT 'x', ` + id + `, '` + string(w.Administrator.UserID) + `', '', now(), now(), now() WHERE $1 <> ''`},
		"a role taken":                           {w.Awa, `SELECT set_config('role', 'baara_system', true) WHERE $1 <> ''`},
		"a narrow role taken":                    {w.Awa, `SELECT set_config('role', 'baara_register', true) WHERE $1 <> ''`},
	} {
		t.Run(name, func(t *testing.T) {
			asActor(t, url, c.actor, func(tx *sql.Tx) {
				_, err := tx.Exec(c.statement, string(w.person))
				var pg *pgconn.PgError
				if !errors.As(err, &pg) || pg.Code != "42501" && pg.Code != "22023" {
					t.Errorf("not refused: %v", err)
				}
			})
		})
	}
	asActor(t, url, w.Binta, func(tx *sql.Tx) {
		for _, statement := range []string{
			`UPDATE persons SET sealed_contact = '\x02' WHERE id = $1`, `UPDATE registrations SET state = 'lapsed' WHERE person_id = $1`,
			`DELETE FROM person_phones WHERE person_id = $1`, `UPDATE consents SET withdrawn_at = now() WHERE person_id = $1`,
			`UPDATE case_files SET owner_id = owner_id WHERE person_id = $1`, `UPDATE applications SET sealed = '\x02' WHERE person_id = $1`,
		} {
			result, err := tx.Exec(statement, string(w.person))
			if err != nil {
				t.Errorf("%s: %v", statement, err)
				return
			}
			if n, _ := result.RowsAffected(); n > 0 {
				t.Errorf("another agency: %s changed %d rows", statement, n)
			}
		}
	})
}

// An employer's hire moves the case file, which the employer sees neither
// before nor after: the rule lets it for what this very transaction wrote.
func TestAnEmployersHireMovesTheFile(t *testing.T) {
	w := newWalled(t)
	w.Write(func(tx domain.Tx) error { // the builder's placement would let the employer know the person already
		return errors.Join(w.exec(`DELETE FROM placements`), w.exec(`INSERT INTO case_barriers VALUES ($1, 'money')`, string(w.file)))
	})
	files := func() (n int) {
		asActor(t, w.AppURL, w.theirs, func(tx *sql.Tx) {
			w.Must(tx.QueryRow(`SELECT (SELECT count(*) FROM case_files) + (SELECT count(*) FROM persons) + (SELECT count(*) FROM case_barriers)`).Scan(&n))
		})
		return n
	}
	if n := files(); n > 0 {
		t.Fatalf("before the hire the employer sees %d rows", n)
	}
	placing := placement.Deps{Tx: w.DB, Applications: w.DB.Applications(), Placements: w.DB.Placements(), Vacancies: w.DB.Vacancies(),
		Organisations: w.DB.Organisations(), People: w.DB.Persons(), Consents: person.NewConsents(person.Deps{}), Cases: w.DB.Cases(), Views: domaintest.Uncounted{}, Policy: access.Default(), IDs: w.IDs, Clock: w.Clock,
		Histories: placement.Histories{Application: w.DB.History("application"), Placement: w.DB.History("placement"), Vacancy: w.DB.History("vacancy"), Case: w.DB.History("case")}}
	w.Must(w.exec(`UPDATE case_files SET stage = 'active'`))
	candidate, err := placement.NewApplications(placing).Candidate(w.Ctx, w.theirs, w.application)
	if err != nil || candidate.Name != "Awa Coulibaly" || candidate.Phone != "+22370112233" {
		t.Errorf("the employer is introduced to %+v (%v)", candidate, err)
	}
	_, err = placement.NewApplications(placing).Hire(w.Ctx, w.theirs, placement.Hire{Act: placement.Act{ID: w.application}, StartsOn: domain.DateOf(w.Now)})
	w.Must(err)
	if n := w.Count(`SELECT count(*) FROM case_files f JOIN case_history h ON h.record_id = f.id AND h.to_state = 'placed' AND h.actor_id = $1
		JOIN case_barriers b ON b.case_id = f.id WHERE f.stage = 'placed'`, string(w.theirs.UserID)); n != 1 {
		t.Error("the file did not move with the hire, or lost its needs")
	}
	if n := files(); n > 0 {
		t.Errorf("after the hire the employer sees %d rows", n)
	}
}

// A form shows to who holds its token, and to nobody else.
func TestAFormIsItsTokens(t *testing.T) {
	w := newWalled(t)
	w.Must(w.exec(`INSERT INTO registration_drafts (id, token_hash, lang, created_at, updated_at, expires_at)
		SELECT gen_random_uuid(), h, 'fr', now(), now(), now() FROM unnest(ARRAY['one', 'two']) h`))
	for token, want := range map[string]int{"": 0, "one": 1, "three": 0} {
		asActor(t, w.AppURL, domain.Anonymous(), func(tx *sql.Tx) {
			_, err := tx.Exec(`SELECT set_config('baara.draft', $1, true)`, token)
			w.Must(err)
			var n int
			w.Must(tx.QueryRow(`SELECT count(*) FROM registration_drafts`).Scan(&n))
			if n != want {
				t.Errorf("the token %q opens %d forms, want %d", token, n, want)
			}
		})
	}
}

func (w walled) exec(statement string, args ...any) error {
	_, err := w.SQL.ExecContext(w.Ctx, statement, args...)
	return err
}
