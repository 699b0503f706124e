package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/migrations"
)

// lastReadable is the schema before sealing.
const lastReadable = 29

// oldID names a record of the test: "…0001" is Awa, "…0002" the file hers absorbed.
func oldID(n int) string { return fmt.Sprintf("01900000-0000-7000-8000-%012d", n) }

// oldRows are what a database from before sealing held, a word of its own in
// every column; $awa is a person, $two another whose file was merged into hers.
var oldRows = []string{
	`INSERT INTO persons (id, reference, given_names, family_name, father_name, mother_name, birth_year, birth_date, birth_precision, residence_detail, email, nina, accommodation,
		guardian_name, guardian_phone, entered_mode, helper_name, external_source, external_id, created_at, updated_at)
		VALUES ('$awa', 'ML-1', 'Awa', 'Coulibaly', 'oldfather', 'oldmother', 1997, '1997-03-04', 'day', 'oldvillage', 'old@mail', 'oldnina', 'oldneed', 'oldguardian', '+22370000003', 'import',
		'oldentry', 'anpe', 'oldexternal', now(), now()),
		('$two', 'ML-2', 'Hawa', 'Kulubali', '', '', NULL, NULL, 'unknown', '', NULL, NULL, '', '', NULL, 'staff', '', NULL, NULL, now(), now())`,
	`INSERT INTO person_name_keys VALUES ('$awa', 'w:coulibaly'), ('$awa', 'p:70000001')`,
	`INSERT INTO person_aliases VALUES ('$awa', 0, 'dit', 'oldalias')`,
	`INSERT INTO person_phones (person_id, position, number, owner, helper_name) VALUES ('$awa', 0, '+22370000001', 'helper', 'oldhelper'), ('$awa', 1, '+22370000002', 'own', '')`,
	`INSERT INTO educations (person_id, position, kind, diploma, recognition) VALUES ('$awa', 0, 'formal', 'olddiploma', 'none')`,
	`INSERT INTO experiences (person_id, position, title, employer, kind) VALUES ('$awa', 0, 'oldtitle', 'oldemployer', 'waged')`,
	`INSERT INTO migration_episodes (id, person_id, country, role, occupation, return_date, programme, created_at) VALUES ('$id', '$awa', 'LBY', 'destination', 'oldoccupation', '2019-08-23', 'oldprogramme', now())`,
	`INSERT INTO displacements (id, person_id, origin_detail, date, created_at) VALUES ('$id', '$awa', 'oldorigin', '2018-07-21', now())`,
	`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, witness, representative, basis, representative_phone, paper, given_at)
		VALUES ('$id', '$awa', 'matching', '1', 'fr', 'oral', 'oldwitness', 'oldrepresentative', 'oldbasis', '+22370000004', 'oldpaper', now())`,
	`INSERT INTO registration_drafts (id, token_hash, phone, answers, lang, created_at, updated_at, expires_at) VALUES ('$id', 'h', '+22370000005', '{"given": "olddraft"}', 'fr', now(), now(), now())`,
	`INSERT INTO messages (id, channel, recipient, person_id, lang, template, params, created_at) VALUES ('$id', 'sms', '+22370000006', NULL, 'fr', 'sms.code', '{"Code": "oldcode"}', now()),
		('$other', 'sms', '+22370000001', '$awa', 'fr', 'sms.receipt', '{"Reference": "oldreceipt"}', now())`,
	`INSERT INTO users (id, role, name, phone, email, person_id, created_at) VALUES ('$user', 'jobseeker', 'ML-1', '+22370000007', 'Old@Account', '$awa', now())`,
	`INSERT INTO contact_changes (id, user_id, kind, value, asked_at, counts_at) VALUES ('$id', '$user', 'email', 'oldchange', now(), now()), ('$other', '$staff', 'email', 'staff@example.org', now(), now())`,
	`INSERT INTO imported_rows (kind, source, external_id, fingerprint) VALUES ('person', 'anpe', 'oldexternal', 'oldprint')`,
	`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, close_reason, opened_at, closed_at)
		VALUES ('$case', '$awa', '$staff', '$agency', 'plan', NULL, now(), NULL), ('$moved', '$awa', '$staff', '$agency', 'closed', 'left', now(), now())`,
	`INSERT INTO case_shares (id, case_id, user_id, reason, since, until, shared_by) VALUES ('$id', '$case', '$staff', 'oldshare', now(), now() + interval '1 day', '$staff')`,
	`INSERT INTO plan_goals (id, case_id, words, created_by, created_at) VALUES ('$id', '$case', 'oldgoal', '$staff', now())`,
	`INSERT INTO plan_actions (id, case_id, words, doer, created_by, created_at) VALUES ('$id', '$case', 'oldaction', 'jobseeker', '$staff', now())`,
	`INSERT INTO case_barriers VALUES ('$case', 'money', 'oldbarrier')`,
	`INSERT INTO notes (id, case_id, author_id, visibility, body, at) VALUES ('$id', '$moved', '$staff', 'file', 'oldnote', now())`,
	`INSERT INTO applications (id, person_id, vacancy_id, origin, state, reason, created_at, state_since) VALUES ('$application', '$awa', '$vacancy', 'proposed', 'proposed', 'oldanswer', now(), now())`,
	`INSERT INTO placements (id, application_id, person_id, vacancy_id, kind, channel, state, starts_on, ended_on, end_reason, created_at)
		VALUES ('$placement', '$application', '$awa', '$vacancy', 'permanent', 'service', 'ended', current_date, current_date, 'oldend', now())`,
	`INSERT INTO complaints (id, vacancy_id, agency_id, person_id, made_by, kind, words, state, stops, reason, decided_by, decided_at, created_at, updated_at)
		VALUES ('$complaint', '$vacancy', '$agency', '$awa', '$user', 'money', 'oldcomplaint', 'founded', true, 'olddecision', '$staff', now(), now(), now())`,
	`INSERT INTO transfers (id, person_id, from_agency_id, to_agency_id, offered, state, reason, opened_by, opened_at, lapses_at, decided_by, decided_at, answer)
		VALUES ('$transfer', '$awa', '$agency', '$vacancy', true, 'declined', 'oldtransfer', '$staff', now(), now() + interval '1 day', '$staff', now(), 'oldreply')`,
	`INSERT INTO emergencies (id, person_id, user_id, agency_id, owner_agency_id, kind, reason, opened_at, until)
		VALUES ('$id', '$awa', '$staff', '$agency', '$vacancy', 'danger', 'olddanger', now(), now() + interval '1 hour')`,
	`INSERT INTO merges (id, survivor_id, absorbed_id, agency_id, made_by, made_at, until, reason, state) VALUES ('$merge', '$awa', '$two', '$agency', '$staff', now(), now() + interval '1 day', 'oldmerge', 'active')`,
	`INSERT INTO merge_records VALUES ('$merge', '{"Before": "oldbefore"}', '{"After": "oldafter"}')`,
	`INSERT INTO merge_moves (merge_id, kind, record_id) VALUES ('$merge', 'case', '$moved')`,
	`INSERT INTO rights_requests (id, reference, kind, words, person_id, agency_id, mode, state, reason, due_on, created_at, updated_at)
		VALUES ('$request', 'DR-1', 'access', 'oldrequest', '$awa', '$agency', 'counter', 'refused', 'oldrefusal', current_date, now(), now())`,
	`INSERT INTO legal_holds (id, person_id, reason, placed_by, placed_at) VALUES ('$id', '$awa', 'oldhold', '$staff', now())`,
}

// oldHistories are the histories with the record of each.
var oldHistories = map[string]string{
	"case_history": "$case", "application_history": "$application", "placement_history": "$placement", "transfer_history": "$transfer",
	"complaint_history": "$complaint", "rights_request_history": "$request", "registration_history": "$registration",
}

func (o oldWorld) write(t *testing.T, statement string) {
	t.Helper()
	execute(t, o.raw.SQL, `SET session_replication_role = replica; `+o.names.Replace(statement)) // without the records it hangs on
}

type oldWorld struct {
	raw   domaintest.DB
	names *strings.Replacer
}

func newOldWorld(t *testing.T) oldWorld {
	t.Helper()
	raw := domaintest.EmptyDatabase(t)
	for _, step := range []error{migrations.Up(t.Context(), raw.Owner), migrations.Down(t.Context(), raw.Owner, lastReadable)} {
		if step != nil {
			t.Fatal(step)
		}
	}
	raw.SQL.SetMaxOpenConns(1) // the setting that lets rows stand alone is a connection's
	o := oldWorld{raw, strings.NewReplacer("$awa", oldID(1), "$two", oldID(2), "$user", oldID(3), "$staff", oldID(4), "$agency", oldID(5), "$case", oldID(6), "$moved", oldID(7),
		"$vacancy", oldID(8), "$application", oldID(9), "$placement", oldID(10), "$complaint", oldID(11), "$transfer", oldID(12), "$merge", oldID(13), "$request", oldID(14),
		"$registration", oldID(15), "$id", oldID(16), "$other", oldID(17))}
	o.write(t, `INSERT INTO users (id, role, name, email, created_at) VALUES ('$staff', 'counsellor', 'C', 'c@example.org', now())`)
	o.write(t, `INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ('$agency', 'B', 'B', 'BKO', now())`)
	o.write(t, `INSERT INTO registrations (id, person_id, agency_id, state, registered_on) VALUES ('$registration', '$awa', '$agency', 'active', current_date)`)
	for _, row := range oldRows {
		o.write(t, row)
	}
	for table, record := range oldHistories {
		o.write(t, `INSERT INTO `+table+` (id, record_id, transition, from_state, to_state, actor_role, reason, at) VALUES ('$id', '`+record+`', 'x', 'x', 'x', 'x', 'old`+table+`', now())`)
	}
	execute(t, raw.SQL, `SET session_replication_role = origin`)
	raw.SQL.SetMaxOpenConns(0)
	if err := migrations.Up(t.Context(), raw.Owner); err != nil {
		t.Fatal(err)
	}
	return o
}

// whereOld names the tables in which a word of before is readable.
func whereOld(t *testing.T, db *sql.DB) (out []string) {
	t.Helper()
	for _, table := range strings.Fields(single(t, db, `SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`)) {
		if single(t, db, `SELECT count(*) FROM "`+table+`" x WHERE x::text ~* 'old[a-z]{3}|old@|coulibaly|kulubali|2237000000|1997-03-04|2019-08-23'`) != "0" {
			out = append(out, table)
		}
	}
	return out
}

func single(t *testing.T, db *sql.DB, query string) (out string) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&out); err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return out
}

// A database from before sealing loses nothing, keeps nothing readable, and is
// read by the store as if it had been written today.
func TestADatabaseFromBeforeIsSealed(t *testing.T) {
	o := newOldWorld(t)
	if left := whereOld(t, o.raw.SQL); !slices.Equal(left, []string{"unsealed", "person_name_keys"}) && !slices.Equal(left, []string{"person_name_keys", "unsealed"}) {
		t.Fatalf("before it is sealed words are in %v", left)
	}
	n, err := store.SealOld(t.Context(), o.raw.OwnerURL, domaintest.Keys())
	if err != nil || n < 35 {
		t.Fatalf("%d rows sealed (%v)", n, err)
	}
	if left := whereOld(t, o.raw.SQL); len(left) > 0 {
		t.Errorf("words are readable in %v", left)
	}
	if unforced := single(t, o.raw.SQL, `SELECT coalesce(string_agg(relname, ' '), '') FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity`); unforced != "" {
		t.Errorf("rules do not bind the owner in %s", unforced)
	}
	awa := oldID(1)
	want := o.names.Replace(`persons.sealed_names $awa {"f":"Coulibaly","g":"Awa"}
persons.sealed_names $two {"f":"Kulubali","g":"Hawa"}
persons.sealed_identity $awa {"b":"1997-03-04","d":"oldvillage","f":"oldfather","m":"oldmother","n":"oldnina"}
persons.sealed_contact $awa {"e":"old@mail"}
persons.sealed_rest $awa {"a":"oldneed","g":"oldguardian","p":"+22370000003"}
persons.sealed_entry $awa {"h":"oldentry","x":"oldexternal"}
person_aliases.sealed $awa "oldalias"
person_phones.sealed_number $awa "+22370000001"
person_phones.sealed_number $awa "+22370000002"
person_phones.sealed_helper $awa "oldhelper"
educations.sealed $awa "olddiploma"
experiences.sealed $awa {"e":"oldemployer","t":"oldtitle"}
migration_episodes.sealed $awa {"o":"oldoccupation","p":"oldprogramme","r":"2019-08-23"}
displacements.sealed $awa {"d":"oldorigin","t":"2018-07-21"}
consents.sealed $awa {"b":"oldbasis","p":"+22370000004","r":"oldrepresentative","s":"oldpaper","w":"oldwitness"}
registration_drafts.sealed $id {"a":{"given":"olddraft"},"p":"+22370000005"}
messages.sealed $id {"p":{"Code":"oldcode"},"r":"+22370000006"}
messages.sealed $awa {"p":{"Reference":"oldreceipt"},"r":"+22370000001"}
users.sealed $awa {"e":"Old@Account","p":"+22370000007"}
contact_changes.sealed $awa "oldchange"
case_shares.sealed $awa "oldshare"
plan_goals.sealed $awa "oldgoal"
plan_actions.sealed $awa "oldaction"
case_barriers.sealed $awa "oldbarrier"
notes.sealed $two "oldnote"
applications.sealed $awa "oldanswer"
placements.sealed $awa "oldend"
complaints.sealed_words $awa "oldcomplaint"
complaints.sealed_reason $complaint "olddecision"
transfers.sealed_reason $awa "oldtransfer"
transfers.sealed_answer $awa "oldreply"
emergencies.sealed $awa "olddanger"
merges.sealed $awa "oldmerge"
merge_records.sealed_before $awa {"Before":"oldbefore"}
merge_records.sealed_after $awa {"After":"oldafter"}
rights_requests.sealed $awa {"r":"oldrefusal","w":"oldrequest"}
rights_request_history.sealed $awa "oldrights_request_history"
case_history.sealed $awa "oldcase_history"
application_history.sealed $awa "oldapplication_history"
placement_history.sealed $awa "oldplacement_history"
transfer_history.sealed $awa "oldtransfer_history"
complaint_history.sealed $complaint "oldcomplaint_history"
registration_history.sealed $awa "oldregistration_history"
legal_holds.sealed $awa "oldhold"`)
	lines := strings.Split(want, "\n")
	slices.Sort(lines)
	if got := domaintest.Opened(t, o.raw.SQL); !slices.Equal(got, lines) {
		for _, l := range got {
			if !slices.Contains(lines, l) {
				t.Errorf("there is %s", l)
			}
		}
		for _, l := range lines {
			if !slices.Contains(got, l) {
				t.Errorf("there is not %s", l)
			}
		}
	}
	db, err := store.Open(t.Context(), o.raw.AppURL, uuids(), store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	err = db.View(t.Context(), domain.System(), func(tx domain.Tx) error {
		p, err := db.Persons().Get(t.Context(), tx, domain.ID(awa))
		if err == nil && (p.FullName() != "Awa Coulibaly" || p.Birth.Date.String() != "1997-03-04" || len(p.Phones) != 2 || p.Phones[0].HelperName != "oldhelper") {
			t.Errorf("the store reads %+v", p)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	known, err := db.ImportedPeople().Known(t.Context(), "anpe", map[string]string{"oldexternal": "oldprint"})
	if err != nil || !known["oldexternal"] {
		t.Errorf("the row of the import is not known any more: %v (%v)", known, err)
	}
	if n := single(t, o.raw.SQL, `SELECT count(*) FILTER (WHERE telling) || ' of ' || count(*) FROM person_name_keys`); n != "1 of 2" {
		t.Errorf("%s keys of the name register tell who somebody is", n)
	}
	if n, err := store.SealOld(t.Context(), o.raw.OwnerURL, domaintest.Keys()); n != 0 || err != nil {
		t.Errorf("again: %d rows (%v)", n, err)
	}
}
