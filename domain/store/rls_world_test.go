package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
)

// tiny is a small random service: what was put into the database, kept as the
// facts the policy decides on, by table and identifier.
type tiny struct {
	t    *testing.T
	raw  domaintest.DB
	db   *store.DB
	ids  domain.IDs
	rand *rand.Rand

	actors []domain.Actor
	rows   map[string][]protectedRow
}

// protectedRow is a row as the policy sees it.
type protectedRow struct {
	id string
	// what any of these actions allows on any of these facts may be read
	reads []permission
	// what else brings somebody near the row: acts that need to see it
	near []permission
}

type permission struct {
	action access.Action
	facts  access.Facts
}

func may(f access.Facts, actions ...access.Action) []permission {
	out := make([]permission, len(actions))
	for i, a := range actions {
		out[i] = permission{a, f}
	}
	return out
}

func newTiny(t *testing.T, seed uint64) *tiny {
	t.Helper()
	w := &tiny{
		t: t, raw: domaintest.Database(t), ids: uuids(), rand: rand.New(rand.NewPCG(seed, 1)), rows: map[string][]protectedRow{},
	}
	var err error
	if w.db, err = store.Open(t.Context(), w.raw.AppURL, w.ids, store.Options{Keys: domaintest.Keys()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.db.Close() })
	w.exec(`INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI')`)
	w.actors = []domain.Actor{domain.Anonymous()}
	for _, role := range []domain.Role{domain.RoleAnalyst, domain.RoleAdministrator, domain.RoleDataProtection} {
		w.actors = append(w.actors, w.account(domain.Actor{Role: role}))
	}
	var desks [][]domain.Actor
	var agencies []domain.ID
	for n := range 2 {
		agency := w.ids.New()
		w.exec(`INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ($1, $2, 'A', 'BKO', now())`, agency, fmt.Sprint(n))
		desk := []domain.Actor{
			w.account(domain.Actor{Role: domain.RoleCounsellor, AgencyID: agency}), w.account(domain.Actor{Role: domain.RoleCounsellor, AgencyID: agency}),
			w.account(domain.Actor{Role: domain.RoleLead, AgencyID: agency}),
		}
		w.actors, desks, agencies = append(w.actors, desk...), append(desks, desk), append(agencies, agency)
	}
	w.actors = append(w.actors, w.account(domain.Actor{Role: domain.RoleCounsellor})) // of no agency any more
	vacancies := w.employers(desks[0])
	for range 6 {
		w.somebody(agencies, desks, vacancies)
	}
	return w
}

func (w *tiny) exec(statement string, args ...any) {
	w.t.Helper()
	for i, a := range args {
		if id, ok := a.(domain.ID); ok {
			args[i] = sql.NullString{String: string(id), Valid: id != ""}
		}
	}
	if _, err := w.raw.SQL.ExecContext(context.Background(), statement, args...); err != nil {
		w.t.Fatalf("%v\n%s", err, statement)
	}
}

func (w *tiny) chance(percent int) bool { return w.rand.IntN(100) < percent }

func one[T any](w *tiny, of ...T) T { return of[w.rand.IntN(len(of))] }

func (w *tiny) add(table string, r protectedRow) { w.rows[table] = append(w.rows[table], r) }

// account makes an account with a session and a token.
func (w *tiny) account(a domain.Actor) domain.Actor {
	a.UserID = w.ids.New()
	w.exec(`INSERT INTO users (id, role, name, email, person_id, created_at) VALUES ($1, $2, 'N', $3, $4, now())`,
		a.UserID, string(a.Role), sql.NullString{String: string(a.UserID) + "@example.org", Valid: a.Role != domain.RoleAPIClient && a.Role != domain.RoleJobseeker}, a.PersonID)
	own := access.Facts{AccountID: a.UserID}
	user := protectedRow{id: string(a.UserID), reads: may(own, access.AccountRead)}
	if a.Role.Staff() {
		user.reads = append(user.reads, may(access.Facts{}, access.ColleagueRead)...)
	}
	if a.OrganisationID != "" {
		w.exec(`INSERT INTO organisation_members VALUES ($1, $2, current_date)`, a.OrganisationID, a.UserID)
		user.near = may(access.Facts{OrganisationID: a.OrganisationID}, access.OrganisationUpdate)
	}
	w.add("users", user)
	if a.AgencyID != "" {
		w.exec(`INSERT INTO agency_members (user_id, agency_id, since) VALUES ($1, $2, current_date)`, a.UserID, a.AgencyID)
	}
	session, token := w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO sessions (token_hash, id, user_id, data, created_at, last_seen_at, expires_at) VALUES ($1::uuid::text, $1::uuid, $2, '', now(), now(), now())`, session, a.UserID)
	w.exec(`INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at) VALUES ($1::uuid, $2, 'x', $1::uuid::text, '{}', now(), now() + interval '1 day')`, token, a.UserID)
	team := may(access.Facts{AgencyID: a.AgencyID, OrganisationID: a.OrganisationID}, access.MemberUpdate) // whose membership somebody may end
	w.add("sessions", protectedRow{id: string(session), reads: may(own, access.SessionRead), near: team})
	w.add("api_tokens", protectedRow{id: string(token), reads: append(may(own, access.TokenRead), may(access.Facts{}, access.TokenRegister)...), near: team})
	return a
}

// opening is a vacancy with the organisation that may know people, "" for none.
type opening struct{ id, organisation, knows domain.ID }

func (w *tiny) employers(desk []domain.Actor) []opening {
	var out []opening
	agency := desk[0].AgencyID
	for n, verified := range []bool{true, true, false, true} {
		o := opening{id: w.ids.New(), organisation: w.ids.New()}
		w.exec(`INSERT INTO organisations (id, reference, kind, legal_name, verification, first_by, second_by, agency_id, created_at, updated_at)
			VALUES ($1, $2, 'company', 'O', $3, $4, $5, $6, now(), now())`,
			o.organisation, fmt.Sprint("O", n), map[bool]string{true: "verified", false: "pending"}[verified], desk[0].UserID, desk[1].UserID, agency)
		w.add("organisations", protectedRow{id: string(o.organisation), reads: may(access.Facts{OrganisationID: o.organisation}, access.OrganisationRead)})
		watched := may(access.Facts{OrganisationID: o.organisation, AgencyID: agency}, access.OrganisationViews)
		day, allowance := w.ids.New(), w.ids.New()
		w.exec(`INSERT INTO view_days (id, organisation_id, day, alerted_at) VALUES ($1, $2, current_date, now())`, day, o.organisation)
		w.exec(`INSERT INTO view_allowances (id, organisation_id, daily, reason, until, given_by, given_at) VALUES ($1, $2, 500, 'x', current_date, $3, now())`,
			allowance, o.organisation, desk[2].UserID)
		w.add("view_days", protectedRow{id: string(day), reads: watched})
		w.add("view_allowances", protectedRow{id: string(allowance), reads: watched})
		w.exec(`INSERT INTO vacancies (id, reference, organisation_id, source, title, posts, contract_kind, state, fee_free, published_at, created_at, updated_at)
			VALUES ($1, $2, $3, 'online', 'M', 5, 'permanent', 'published', true, now(), now(), now())`, o.id, fmt.Sprint("V", n), o.organisation)
		if verified && n < 3 {
			o.knows = o.organisation
		} else if verified { // somebody complained about the last
			w.complaint(o, access.Facts{AgencyID: agency, AuthorID: desk[1].UserID}, "open")
		}
		theirs := w.account(domain.Actor{Role: domain.RoleEmployer, OrganisationID: o.organisation})
		w.actors = append(w.actors, theirs)
		if n%2 == 1 { // its program, of a verified one and of one a complaint stops
			w.actors = append(w.actors, w.account(domain.Actor{Role: domain.RoleAPIClient, OrganisationID: o.organisation}))
		}
		note := w.ids.New()
		w.exec(`INSERT INTO sign_up_notes (id, user_id, agency_id, organisation, contact, at) VALUES ($1, $2, $3, 'x', 'x', now())`, note, theirs.UserID, agency)
		w.add("sign_up_notes", protectedRow{id: string(note), reads: append(watched, may(access.Facts{AccountID: theirs.UserID}, access.FactorUpdate)...)})
		out = append(out, o)
	}
	return out
}

// complaint makes one about an opening, with the facts the policy decides on.
func (w *tiny) complaint(o opening, f access.Facts, state string) {
	id, step := w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO complaints (id, vacancy_id, organisation_id, agency_id, person_id, made_by, kind, state, stops, sealed_reason, decided_by, decided_at, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'money', $7, true, '\x01', $6, now(), now(), now())`, id, o.id, o.organisation, f.AgencyID, f.PersonID, f.AuthorID, state)
	w.exec(`INSERT INTO complaint_history (id, record_id, transition, from_state, to_state, actor_id, actor_role, at) VALUES ($1, $2, 'make', '', 'open', $3, 'x', now())`,
		step, id, f.AuthorID)
	w.add("complaints", protectedRow{id: string(id), reads: may(f, access.ComplaintRead)})
	w.add("complaint_history", protectedRow{id: string(step), reads: may(f, access.ComplaintRead)})
}

// somebody registers a person at random, with what may hang on one.
func (w *tiny) somebody(agencies []domain.ID, desks [][]domain.Actor, vacancies []opening) {
	id, registration, at := w.ids.New(), w.ids.New(), w.rand.IntN(len(agencies))
	w.exec(`INSERT INTO persons (id, reference, sealed_names, entered_mode, created_at, updated_at) VALUES ($1::uuid, $1::uuid::text, '\x01', 'staff', now(), now())`, id)
	w.exec(`INSERT INTO registrations (id, person_id, agency_id, state, registered_on) VALUES ($1, $2, $3, 'active', current_date)`, registration, id, agencies[at])
	her := w.account(domain.Actor{Role: domain.RoleJobseeker, PersonID: id})
	w.actors = append(w.actors, her)
	w.complaint(one(w, vacancies...), access.Facts{PersonID: id, AgencyID: one(w, agencies...), AuthorID: her.UserID}, "unfounded")
	facts := access.Facts{PersonID: id, AgencyID: agencies[at], OpenedBy: w.emergencies(id, at, agencies, desks)}
	var files []permission
	for n := range w.rand.IntN(3) { // the first may be live, the second is closed
		live := n == 0 && w.chance(70)
		of := at
		if w.chance(15) {
			of = 1 - at
		}
		c, owner := w.file(access.Facts{PersonID: id, AgencyID: agencies[of], OpenedBy: facts.OpenedBy}, one(w, desks[one(w, of, of, 1-of)]...).UserID, live, agencies, desks)
		files = append(files, may(c, access.CaseRead)...)
		if live {
			facts.OwnerID, facts.SharedWith = owner, c.SharedWith
		}
	}
	row := protectedRow{id: string(id), reads: may(facts, access.PersonRead), near: append(files, may(facts, access.RegistrationRead)...)}
	w.add("persons", row)
	w.add("registrations", protectedRow{id: string(registration), reads: may(facts, access.RegistrationRead, access.PersonRead), near: files})
	w.particulars(id, row)
	consent, step, episode, move := w.ids.New(), w.ids.New(), w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES ($1, $2, 'matching', '1', 'fr', 'click', now())`, consent, id)
	w.exec(`INSERT INTO registration_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES ($1, $2, 'x', '', 'x', 'system', now())`, step, registration)
	w.exec(`INSERT INTO migration_episodes (id, person_id, country, role, created_at) VALUES ($1, $2, 'LBY', 'transit', now())`, episode, id)
	w.exec(`INSERT INTO displacements (id, person_id, created_at) VALUES ($1, $2, now())`, move, id)
	w.add("consents", protectedRow{id: string(consent), reads: row.reads, near: row.near})
	w.add("registration_history", protectedRow{id: string(step), reads: may(facts, access.RegistrationRead), near: row.near})
	journey := may(facts, access.PersonReadMigration)
	w.add("migration_episodes", protectedRow{id: string(episode), reads: journey})
	w.add("displacements", protectedRow{id: string(move), reads: journey})
	w.request(facts, her.UserID, row)
	w.transfers(facts, at, agencies, desks)
	w.merged(facts, desks[at][2])
	for _, o := range vacancies {
		if w.chance(50) {
			w.application(facts, o, one(w, agencies...))
		}
	}
}

// file opens a case file with a plan, needs, notes, a step and perhaps a share.
func (w *tiny) file(f access.Facts, owner domain.ID, live bool, agencies []domain.ID, desks [][]domain.Actor) (access.Facts, domain.ID) {
	id := w.ids.New()
	stage, reason, closed := "active", sql.NullString{}, sql.NullTime{}
	if !live {
		stage, reason, closed = "closed", sql.NullString{String: "left", Valid: true}, sql.NullTime{Time: time.Now(), Valid: true}
	}
	w.exec(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, close_reason, opened_at, closed_at)
		VALUES ($1, $2, $3, $4, $5, $6, now() - interval '1 day', $7)`, id, f.PersonID, owner, f.AgencyID, stage, reason, closed)
	f.OwnerID = owner
	type share struct{ id, user, agency domain.ID }
	var shares []share
	for n := range w.rand.IntN(3) {
		s := share{id: w.ids.New()}
		if w.chance(50) {
			s.agency = one(w, agencies...)
		} else {
			s.user = one(w, one(w, desks...)...).UserID
		}
		now, since, until := w.chance(60), "-2 days", "1 day"
		switch {
		case !now && n > 0: // has not begun
			since, until = "1 day", "2 days"
		case !now:
			until = "-1 day"
		}
		w.exec(`INSERT INTO case_shares (id, case_id, user_id, agency_id, since, until, shared_by)
			VALUES ($1, $2, $3, $4, now() + $5::interval, now() + $6::interval, $7)`, s.id, id, s.user, s.agency, since, until, owner)
		if now {
			f.SharedWith = append(f.SharedWith, s.user+s.agency)
		}
		shares = append(shares, s)
	}
	read := may(f, access.CaseRead)
	w.add("case_files", protectedRow{id: string(id), reads: read})
	for _, s := range shares {
		w.add("case_shares", protectedRow{id: string(s.id), reads: read})
	}
	goal, action, step := w.ids.New(), w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO plan_goals (id, case_id, sealed, created_by, created_at) VALUES ($1, $2, '\x01', $3, now())`, goal, id, owner)
	w.exec(`INSERT INTO plan_actions (id, case_id, sealed, doer, created_by, created_at) VALUES ($1, $2, '\x01', 'jobseeker', $3, now())`, action, id, owner)
	w.exec(`INSERT INTO case_barriers VALUES ($1, 'money')`, id)
	w.exec(`INSERT INTO case_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES ($1, $2, 'x', '', 'x', 'counsellor', now())`, step, id)
	w.add("plan_goals", protectedRow{id: string(goal), reads: read})
	w.add("plan_actions", protectedRow{id: string(action), reads: read})
	w.add("case_barriers", protectedRow{id: string(id), reads: read})
	w.add("case_history", protectedRow{id: string(step), reads: read})
	for visibility, act := range map[string]access.Action{"file": access.NoteReadFile, "team": access.NoteReadTeam, "author": access.NoteReadAuthor} {
		note, author := w.ids.New(), one(w, one(w, desks...)...).UserID
		w.exec(`INSERT INTO notes (id, case_id, author_id, visibility, sealed, at) VALUES ($1, $2, $3, $4, '\x01', now())`, note, id, author, visibility)
		row := protectedRow{id: string(note), reads: append(may(f, act), may(access.Facts{AuthorID: author}, access.NoteReadAuthor)...)}
		if visibility == "file" { // in the copy somebody takes of her own data
			row.reads = append(row.reads, may(access.Facts{PersonID: f.PersonID}, access.RightsCopy)...)
		}
		w.add("notes", row)
	}
	return f, owner
}

// application brings somebody together with a vacancy, as far as chance takes it.
func (w *tiny) application(person access.Facts, o opening, agency domain.ID) {
	id, step := w.ids.New(), w.ids.New()
	state := one(w, "proposed", "consented", "sent", "refused", "hired")
	sent, refusal := sql.NullTime{}, sql.NullString{}
	if state == "sent" || state == "refused" || state == "hired" {
		sent = sql.NullTime{Time: time.Now(), Valid: true}
	}
	if state == "refused" {
		refusal = sql.NullString{String: "skills", Valid: true}
	}
	w.exec(`INSERT INTO applications (id, person_id, vacancy_id, agency_id, origin, state, refusal, consent_mode, created_at, state_since, sent_at)
		VALUES ($1, $2, $3, $4, 'proposed', $5, $6, 'oral', now(), now(), $7)`, id, person.PersonID, o.id, agency, state, refusal, sent)
	w.exec(`INSERT INTO application_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES ($1, $2, 'x', '', 'x', 'counsellor', now())`, step, id)
	f := access.Facts{PersonID: person.PersonID, OwnerID: person.OwnerID, AgencyID: agency}
	if sent.Valid {
		f.OrganisationID = o.knows
	}
	row := protectedRow{id: string(id), reads: may(f, access.ApplicationRead)}
	if state != "proposed" { // who agreed shows to the verified employer, by a pseudonym
		row.reads = append(row.reads, may(access.Facts{OrganisationID: o.knows}, access.VacancyCandidates)...)
	}
	w.add("applications", row)
	w.add("application_history", protectedRow{id: string(step), reads: may(f, access.ApplicationList)})
	if state != "hired" {
		return
	}
	placement, began := w.ids.New(), w.ids.New()
	w.exec(`INSERT INTO placements (id, application_id, person_id, vacancy_id, organisation_id, agency_id, kind, channel, state, starts_on, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'permanent', 'service', 'planned', current_date, now())`, placement, id, person.PersonID, o.id, o.organisation, agency)
	w.exec(`INSERT INTO placement_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES ($1, $2, 'x', '', 'x', 'counsellor', now())`, began, placement)
	f.OrganisationID = o.knows
	w.add("placements", protectedRow{id: string(placement), reads: may(f, access.PlacementRead)})
	w.add("placement_history", protectedRow{id: string(began), reads: may(f, access.PlacementUpdate)})
}

// emergencies opens the file of somebody of an agency by staff of the other,
// perhaps; it gives who may read now.
func (w *tiny) emergencies(person domain.ID, at int, agencies []domain.ID, desks [][]domain.Actor) (live []domain.ID) {
	for range w.rand.IntN(3) {
		id, who := w.ids.New(), one(w, desks[1-at]...)
		state := one(w, "now", "over", "ended")
		w.exec(`INSERT INTO emergencies (id, person_id, user_id, agency_id, owner_agency_id, kind, sealed, opened_at, until, ended_at, ended_by)
			VALUES ($1, $2, $3, $4, $5, 'danger', '\x01', now() - $6::interval, now() - $6::interval + interval '2 hours', $7, $8)`,
			id, person, who.UserID, agencies[1-at], agencies[at], map[bool]string{true: "3 hours", false: "1 hour"}[state == "over"],
			sql.NullTime{Time: time.Now(), Valid: state == "ended"}, map[bool]domain.ID{true: who.UserID}[state == "ended"])
		w.exec(`INSERT INTO emergency_seen VALUES ($1, $2, now())`, id, desks[at][2].UserID)
		if state == "now" {
			live = append(live, who.UserID)
		}
		mine := access.Facts{AuthorID: who.UserID, AgencyID: agencies[at]}
		row := protectedRow{id: string(id), reads: append(may(mine, access.EmergencyRead), may(access.Facts{AgencyID: agencies[1-at]}, access.EmergencyRead)...)}
		w.add("emergencies", row)
		w.add("emergency_seen", row)
	}
	return live
}

// transfers asks for somebody, or offers them, perhaps.
func (w *tiny) transfers(person access.Facts, at int, agencies []domain.ID, desks [][]domain.Actor) {
	for n := range w.rand.IntN(3) {
		id, step := w.ids.New(), w.ids.New()
		state := one(w, "declined", "withdrawn", "lapsed")
		if n == 0 {
			state = one(w, "asked", "offered")
		}
		decided := sql.NullTime{Time: time.Now(), Valid: n > 0}
		w.exec(`INSERT INTO transfers (id, person_id, from_agency_id, to_agency_id, offered, state, sealed_reason, opened_by, opened_at, lapses_at, decided_by, decided_at)
			VALUES ($1, $2, $3, $4, $5, $6, '\x01', $7, now(), now() + interval '14 days', $8, $9)`, id, person.PersonID, agencies[at], agencies[1-at],
			state == "offered", state, desks[1-at][0].UserID, map[bool]domain.ID{true: desks[at][2*at].UserID}[n > 0], decided) // one by a counsellor, one by a lead
		w.exec(`INSERT INTO transfer_history (id, record_id, transition, from_state, to_state, actor_role, at) VALUES ($1, $2, 'x', '', 'x', 'counsellor', now())`, step, id)
		reads := append(may(access.Facts{AgencyID: agencies[at], OwnerID: person.OwnerID}, access.TransferRead),
			may(access.Facts{AgencyID: agencies[1-at]}, access.TransferRead)...)
		w.add("transfers", protectedRow{id: string(id), reads: reads})
		w.add("transfer_history", protectedRow{id: string(step), reads: reads})
	}
}

// rest puts a row into each protected table that hangs on no person.
func (w *tiny) rest() {
	w.t.Helper()
	w.exec(`INSERT INTO person_facts (id, sex, worked_abroad, registered_year) VALUES (gen_random_uuid(), 'female', 'yes', 2026)`)
	w.exec(`INSERT INTO messages (id, channel, sealed, lang, template, created_at) VALUES (gen_random_uuid(), 'sms', '\x01', 'fr', 'x', now())`)
	w.exec(`INSERT INTO registration_drafts (id, token_hash, lang, created_at, updated_at, expires_at) VALUES (gen_random_uuid(), 'h', 'fr', now(), now(), now())`)
	w.exec(`INSERT INTO second_factors (id, user_id, kind, name, secret, created_at) SELECT gen_random_uuid(), id, 'totp', 'x', '\x00', now() FROM users LIMIT 1`)
	w.exec(`INSERT INTO recovery_codes (user_id, code_hash, created_at) SELECT id, 'h', now() FROM users LIMIT 1`)
	w.exec(`INSERT INTO contact_changes (id, user_id, kind, value, asked_at, counts_at) SELECT gen_random_uuid(), id, 'email', 'x', now(), now() FROM users LIMIT 1`)
	w.exec(`INSERT INTO identity_links (issuer, subject, user_id, bound_at) SELECT 'i', 's', id, now() FROM users LIMIT 1`)
	w.exec(`INSERT INTO invitations (id, secret_hash, role, name, email, created_at, expires_at)
		VALUES (gen_random_uuid(), 'h', 'analyst', 'x', 'x', now(), now() + interval '1 day')`)
	w.exec(`SELECT audit_append(now(), NULL, 'system', NULL, NULL, '', 'x', true, 'x', NULL, NULL, '')`)
	w.exec(`INSERT INTO one_time_codes (id, phone_hash, purpose, code_hash, created_at, expires_at) VALUES (gen_random_uuid(), 'x', 'sign_in', 'h', now(), now() + interval '1 day')`)
	w.exec(`INSERT INTO resume_tickets (hash, id, sealed, phone_hash, purpose, expires_at) VALUES ('h', gen_random_uuid(), '\x01', 'h', 'sign_in', now())`)
	w.exec(`INSERT INTO kept_pages (key_hash, owner, place, sealed, expires_at) VALUES ('h', 'o', 'p', '\x01', now())`)
	w.exec(`INSERT INTO imported_rows (kind, source, external_id, fingerprint) VALUES ('person', 's', 'x', 'f')`)
	w.exec(`INSERT INTO exports (id, reference, kind, made_by, made_role, made_at, lines) SELECT gen_random_uuid(), 'EXP-1', 'audit', id, 'data_protection', now(), 0 FROM users LIMIT 1`)
	w.exec(`INSERT INTO exports (id, reference, kind, made_by, made_role, agency_id, made_at, lines) SELECT gen_random_uuid(), 'EXP-2', 'case', id, 'lead', (SELECT id FROM agencies LIMIT 1), now(), 0 FROM users LIMIT 1`)
	w.exec(`INSERT INTO exports (id, reference, kind, made_by, made_role, made_at, lines) SELECT gen_random_uuid(), 'EXP-3', 'account', id, 'administrator', now(), 0 FROM users LIMIT 1`)
	w.exec(`INSERT INTO candidate_views (organisation_id, day, person_id, first_at) SELECT o.id, current_date, p.id, now() FROM organisations o, persons p LIMIT 1`)
	w.exec(`INSERT INTO audit_checks (id, kind, at, entries) VALUES (gen_random_uuid(), 'verify', now(), 0)`)
	w.restOfRights()
	w.restOfTold()
	w.opened()
}
