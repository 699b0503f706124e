package rights_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/rights"
)

// asked is an erasure asked for at the counter, which waits for nothing.
func (k *kit) asked() rights.Request {
	k.T.Helper()
	r, err := k.requests.Make(k.Ctx, k.Awa, rights.Ask{PersonID: k.her.PersonID, Kind: rights.Erasure, Words: "CANARY she wants it all gone"})
	k.Must(err)
	return r
}

// canaries names the tables that hold a word of hers, or her identifier outside
// the trail, readably or under any key there is.
func (k *kit) canaries(words ...string) (where []string) {
	k.T.Helper()
	rows, err := k.SQL.QueryContext(k.Ctx, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)
	k.Must(err)
	defer func() { _ = rows.Close() }()
	var tables []string
	for rows.Next() {
		var name string
		k.Must(rows.Scan(&name))
		tables = append(tables, name)
	}
	k.Must(rows.Err())
	for _, table := range tables {
		for _, word := range words {
			if k.Count(`SELECT count(*) FROM "`+table+`" t WHERE strpos(t::text, $1) > 0`, word) > 0 {
				where = append(where, table+": "+word)
			}
		}
	}
	for _, line := range domaintest.Opened(k.T, k.SQL) {
		for _, word := range words {
			if place, said, _ := strings.Cut(line, " "); strings.Contains(said, word) {
				where = append(where, strings.Replace(place, ".", ": ", 1)+" "+word)
			}
		}
	}
	return where
}

func TestErasingLeavesNothingOfThePerson(t *testing.T) {
	k := newKit(t)
	k.busy()
	_, err := k.copies.Take(k.Ctx, k.her, k.her.PersonID)
	k.Must(err)
	if had := k.canaries("CANARY", string(k.her.PersonID), "Coulibaly"); len(had) < 12 {
		t.Fatalf("little to erase to begin with: %v", had)
	}
	_, err = k.SQL.ExecContext(k.Ctx, `INSERT INTO kept_pages (key_hash, owner, place, sealed, expires_at) VALUES ('k', 'o', 'p', '\x00', now() + interval '10 minutes')`)
	k.Must(err)
	r, facts := k.asked(), k.Count(`SELECT count(*) FROM person_facts`)
	done, err := k.requests.Confirm(k.Ctx, k.Lead, rights.Erase{ID: r.ID, Version: r.Version, Reference: strings.ToLower(k.reference)})
	k.Must(err)
	if done.State != rights.Done || done.DecidedBy != k.Lead.UserID {
		t.Errorf("the request is %s, decided by %s", done.State, done.DecidedBy)
	}
	if n := k.Count(`SELECT count(*) FROM kept_pages`); n != 0 {
		t.Errorf("%d answers that may name her wait on", n)
	}
	// Her identifier stays where it leads nowhere: in the trail, in the feed that
	// tells the index, beside keys of requests and in the register of exports.
	left := k.canaries("CANARY", "Coulibaly", "Fanta", k.reference, "+223661"+k.reference[len(k.reference)-5:])
	if len(left) > 0 {
		t.Errorf("left of her: %v", left)
	}
	for _, line := range domaintest.Opened(t, k.SQL) { // under her key, which is gone
		if strings.HasSuffix(line, " closed") {
			t.Errorf("bytes nobody opens any more are left in %s", line)
		}
	}
	for _, table := range k.canaries(string(k.her.PersonID), string(k.her.UserID)) {
		name, _, _ := strings.Cut(table, ":")
		if !slices.Contains([]string{"audit_entries", "search_changes", "idempotency", "exports"}, name) {
			t.Errorf("her identifier is left in %s", table)
		}
	}
	for what, n := range map[string]int{
		`SELECT count(*) FROM erased_facts WHERE kind = 'registration' AND state = 'active'`:                   1,
		`SELECT count(*) FROM erased_facts WHERE kind = 'case'`:                                                1,
		`SELECT count(*) FROM erased_facts WHERE kind = 'application' AND state = 'hired'`:                     1,
		`SELECT count(*) FROM erased_facts WHERE kind = 'placement' AND detail = 'fixed_term'`:                 1,
		`SELECT count(DISTINCT subject) FROM erased_facts`:                                                     1,
		`SELECT count(*) FROM erased_facts WHERE extract(day FROM began) <> 1`:                                 0,
		`SELECT count(*) FROM complaints WHERE person_id IS NULL AND made_by IS NULL AND sealed_words IS NULL`: 1,
		`SELECT count(*) FROM audit_entries WHERE action = 'request.erase' AND actor_role = 'lead'`:            1,
		`SELECT count(*) FROM audit_entries WHERE action = 'person.erase' AND reason = 'DR-2026-00001'`:        1,
		`SELECT count(*) FROM persons WHERE id = '` + string(k.stranger.PersonID) + `'`:                        1,
		`SELECT count(*) FROM users WHERE id = '` + string(k.stranger.UserID) + `'`:                            1,
	} {
		if got := k.Count(what); got != n {
			t.Errorf("%s: %d, want %d", what, got, n)
		}
	}
	if n := len(k.keys.gone); n != 2 || k.keys.gone[1] != k.her.PersonID { // the first: of the message with a code, which names a number alone
		t.Errorf("keys destroyed of %v", k.keys.gone)
	}
	if n := k.Count(`SELECT count(*) FROM person_facts`); n != facts {
		t.Errorf("%d facts for statistics, %d before", n, facts)
	}
	told, err := k.requests.Get(k.Ctx, k.officer, r.ID)
	if err != nil || told.Person != "" || told.Request.Words != "" {
		t.Errorf("the officer reads of it %+v (%v)", told, err)
	}
	_, err = k.people.Get(k.Ctx, k.Awa, k.her.PersonID)
	domaintest.Refused(t, "her record", err, domain.KindNotFound)
}

// Who objected to being counted is not counted after an erasure either.
func TestWhoObjectedLeavesNoFact(t *testing.T) {
	k := newKit(t)
	k.busy()
	objection, err := k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Objection, Purpose: "statistics"})
	k.Must(err)
	_, err = k.requests.Decide(k.Ctx, k.Awa, rights.Decide{ID: objection.ID, Act: rights.Finish, Reason: "It stands"})
	k.Must(err)
	facts := k.Count(`SELECT count(*) FROM person_facts`)
	r := k.asked()
	_, err = k.requests.Confirm(k.Ctx, k.Lead, rights.Erase{ID: r.ID, Version: r.Version, Reference: k.reference})
	k.Must(err)
	if n := k.Count(`SELECT count(*) FROM erased_facts`); n != 0 {
		t.Errorf("%d facts of what she did are kept", n)
	}
	if n := k.Count(`SELECT count(*) FROM person_facts`); n != facts-1 {
		t.Errorf("%d facts of people, want hers gone from %d", n, facts)
	}
}

func TestAnErasureIsWholeOrNothing(t *testing.T) {
	k := newKit(t)
	k.busy()
	r := k.asked()
	before := k.canaries("CANARY", "Coulibaly")
	k.keys.fail = errors.New("the key store does not answer")
	if _, err := k.requests.Confirm(k.Ctx, k.officer, rights.Erase{ID: r.ID, Reference: k.reference}); err == nil {
		t.Fatal("an erasure whose keys stay was acknowledged")
	}
	if after := k.canaries("CANARY", "Coulibaly"); !slices.Equal(before, after) {
		t.Errorf("half of an erasure: %v, before %v", after, before)
	}
	told, err := k.requests.Get(k.Ctx, k.officer, r.ID)
	if err != nil || told.Request.State != rights.Confirmed {
		t.Errorf("the request is %s (%v), want confirmed: to be taken up again", told.Request.State, err)
	}
	k.keys.fail = nil
	if n, err := k.requests.Resume(k.Ctx, domain.System()); n != 1 || err != nil {
		t.Errorf("taken up again: %d (%v)", n, err)
	}
	if n, err := k.requests.Resume(k.Ctx, domain.System()); n != 0 || err != nil {
		t.Errorf("and once more: %d (%v)", n, err)
	}
	if left := k.canaries("CANARY", "Coulibaly"); len(left) > 0 {
		t.Errorf("left after all: %v", left)
	}
}

func TestAStolenPhoneDoesNotEraseItsOwner(t *testing.T) {
	k := newKit(t)
	r, err := k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Erasure})
	k.Must(err)
	n := 0
	for _, m := range domaintest.Messages(t, k.DB) {
		if m.PersonID == k.her.PersonID && m.Template == "sms.erasure" && m.Params["Reference"] == r.Reference {
			n++
		}
	}
	if n != 1 {
		t.Errorf("she got %d messages of it", n)
	}
	confirm := func(actor domain.Actor) error {
		_, err := k.requests.Confirm(k.Ctx, actor, rights.Erase{ID: r.ID, Reference: k.reference})
		return err
	}
	k.Pass(wait - time.Minute)
	domaintest.Refused(t, "before the wait is over", confirm(k.Lead), domain.KindConflict)
	withdrawn, err := k.requests.Decide(k.Ctx, k.her, rights.Decide{ID: r.ID, Act: rights.Withdraw})
	k.Must(err)
	k.Pass(time.Hour)
	domaintest.Refused(t, "after it was taken back", confirm(k.Lead), domain.KindConflict)
	if withdrawn.State != rights.Withdrawn || k.Count(`SELECT count(*) FROM persons WHERE id = $1`, string(k.her.PersonID)) != 1 {
		t.Errorf("%s, and the person is gone", withdrawn.State)
	}
	r, err = k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Erasure})
	k.Must(err)
	k.Pass(wait)
	domaintest.Refused(t, "a counsellor alone", confirm(k.Awa), domain.KindForbidden)
	domaintest.Refused(t, "she herself", confirm(k.her), domain.KindForbidden)
	domaintest.Refused(t, "another agency", confirm(k.Binta), domain.KindNotFound)
	_, err = k.requests.Confirm(k.Ctx, k.Lead, rights.Erase{ID: r.ID, Reference: "ML-2026-99999"})
	domaintest.Refused(t, "with another reference", err, domain.KindInvalid)
	k.Must(confirm(k.Lead))
}

func TestWhatHoldsAnErasure(t *testing.T) {
	k := newKit(t)
	k.busy()
	k.Must(k.requests.Place(k.Ctx, k.officer, strings.ToLower(k.reference), "An inquiry of the labour inspectorate"))
	domaintest.Refused(t, "a hold of nobody", k.requests.Place(k.Ctx, k.officer, "ML-2026-99999", "x"), domain.KindInvalid)
	domaintest.Refused(t, "a second hold", k.requests.Place(k.Ctx, k.officer, k.reference, "x"), domain.KindConflict)
	domaintest.Refused(t, "a lead", k.requests.Place(k.Ctx, k.Lead, k.reference, "x"), domain.KindNotFound)
	other, err := k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Access})
	k.Must(err)
	r := k.asked()
	confirm := func() error {
		_, err := k.requests.Confirm(k.Ctx, k.Lead, rights.Erase{ID: r.ID, Reference: k.reference})
		return err
	}
	told, err := k.requests.Get(k.Ctx, k.Lead, r.ID)
	if err != nil || !slices.Equal(told.Holds, []rights.Hold{rights.HeldByLaw, rights.HeldByRequest}) {
		t.Errorf("held by %v (%v)", told.Holds, err)
	}
	domaintest.Refused(t, "the officer's hold", confirm(), domain.KindConflict)
	holds, err := k.requests.LegalHolds(k.Ctx, k.officer)
	if err != nil || len(holds) != 1 || holds[0].Person != k.reference {
		t.Fatalf("holds %+v (%v)", holds, err)
	}
	if _, err := k.SQL.Exec(`DELETE FROM persons WHERE id = $1`, string(k.her.PersonID)); err == nil {
		t.Error("the database removes somebody a hold refers to")
	}
	k.Must(k.requests.Lift(k.Ctx, k.officer, holds[0].ID))
	if holds, err = k.requests.LegalHolds(k.Ctx, k.officer); err != nil || len(holds) != 0 {
		t.Errorf("a hold that was lifted is listed: %+v (%v)", holds, err)
	}
	domaintest.Refused(t, "another request", confirm(), domain.KindConflict)
	_, err = k.requests.Decide(k.Ctx, k.Awa, rights.Decide{ID: other.ID, Act: rights.Finish, Reason: "Handed over"})
	k.Must(err)
	for hold, row := range map[string][2]string{
		"an open complaint": {`UPDATE complaints SET state = 'open'`, `UPDATE complaints SET state = 'founded'`},
		"an emergency": {`INSERT INTO emergencies (id, person_id, user_id, agency_id, owner_agency_id, kind, sealed, opened_at, until)
			SELECT gen_random_uuid(), '` + string(k.her.PersonID) + `', '` + string(k.Binta.UserID) + `', '` + string(k.Kayes) + `', '` + string(k.Bamako) + `', 'danger', '\x01', '2026-11-24 09:30Z', '2026-11-24 11:00Z'`, `DELETE FROM emergencies`},
		"a transfer": {`INSERT INTO transfers (id, person_id, from_agency_id, to_agency_id, offered, state, sealed_reason, opened_by, opened_at, lapses_at)
			SELECT gen_random_uuid(), '` + string(k.her.PersonID) + `', '` + string(k.Bamako) + `', '` + string(k.Kayes) + `', true, 'offered', '\x01', '` + string(k.Awa.UserID) + `', now(), now() + interval '1 day'`, `DELETE FROM transfers`},
	} {
		_, err := k.SQL.Exec(row[0])
		k.Must(err)
		domaintest.Refused(t, hold, confirm(), domain.KindConflict)
		_, err = k.SQL.Exec(row[1])
		k.Must(err)
	}
	k.Must(confirm())
}

// What hangs on a person is decided about, table by table.
func TestEveryTableOfAPersonIsDecidedAbout(t *testing.T) {
	k := newKit(t)
	list := func(query string) (out []string) {
		rows, err := k.SQL.QueryContext(k.Ctx, query)
		k.Must(err)
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var one string
			k.Must(rows.Scan(&one))
			out = append(out, one)
		}
		k.Must(rows.Err())
		return out
	}
	decided := rights.Tables()
	found := list(`WITH RECURSIVE below(id) AS (SELECT 'persons'::regclass::oid UNION SELECT c.conrelid FROM pg_constraint c JOIN below b ON c.confrelid = b.id WHERE c.contype = 'f'
			AND (b.id <> 'users'::regclass OR c.confdeltype <> 'a'))
		SELECT id::regclass::text FROM below UNION
		SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'person_id' ORDER BY 1`)
	for _, table := range found {
		if strings.HasPrefix(table, "vacanc") || strings.HasPrefix(table, "staff") {
			continue
		}
		if _, ok := decided[table]; !ok {
			t.Errorf("%s hangs on a person, and nobody decided what an erasure makes of it: rights.Tables", table)
		}
	}
	for table := range decided {
		if !slices.Contains(found, table) {
			t.Errorf("rights.Tables decides about %s, which hangs on nobody", table)
		}
	}
	staff := rights.ByStaff()
	columns := list(`SELECT c.conrelid::regclass || '.' || a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
		WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND c.confdeltype = 'a' ORDER BY 1`)
	for _, column := range columns {
		if !slices.Contains(staff, column) {
			t.Errorf("%s names an account and keeps it from being removed: decide in rights.ByStaff, or let it be set to nothing", column)
		}
	}
	for _, column := range staff {
		if !slices.Contains(columns, column) {
			t.Errorf("rights.ByStaff names %s, which is no such column", column)
		}
	}
}
