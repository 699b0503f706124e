package person_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
)

// twice is one woman registered twice at Bamako, with work at both files.
type twice struct {
	*world
	kept, gone domain.ID
	vacancy    domain.ID
	files      map[string]domain.ID // by a name: cases, applications…
}

func newTwice(t *testing.T) twice {
	w := newWorld(t)
	kept := w.aPerson().Named("Awa", "Coulibaly").Phoned("+22370000001").Skilled("coudre", "").ReturnedFrom("LBY").At(w.bamako)
	gone := w.aPerson().Named("Hawa", "Kulubali").Born(1996).Phoned("+22370000001").Phoned("+22370000002").Skilled("cuisiner", "").ReturnedFrom("CIV").At(w.bamako)
	w.stored(kept, gone)
	x := twice{world: w, kept: kept.Person.ID, gone: gone.Person.ID, files: map[string]domain.ID{}}
	x.vacancy = w.vacancy("A")
	x.files["case"] = w.caseOf(x.gone, w.awa, "plan")
	x.files["closed"] = w.caseOf(x.gone, w.binta, "closed")
	w.exec(`INSERT INTO documents (id, person_id, subject_id, kind, format, size, body, added_by, added_at) VALUES ($1, $2, $2, 'diploma', 'pdf', 1, 'x', $3, now())`,
		string(w.ids.New()), string(x.gone), string(w.awa.UserID))
	x.files["application"] = w.application(x.gone, x.vacancy, "applied")
	return x
}

func (w *world) vacancy(reference string) domain.ID {
	id := w.ids.New()
	w.exec(`INSERT INTO vacancies (id, reference, client_name, source, title, posts, contract_kind, state, fee_free, published_at, created_at, updated_at)
		VALUES ($1, $2, 'C', 'radio', 'M', 5, 'permanent', 'draft', true, NULL, now(), now())`, string(id), reference)
	return id
}

func (w *world) caseOf(id domain.ID, owner domain.Actor, stage string) domain.ID {
	c := w.ids.New()
	w.exec(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at, closed_at, close_reason)
		VALUES ($1, $2, $3, $4, $5, '2026-11-03', CASE WHEN $5 = 'closed' THEN '2026-11-04'::timestamptz END, CASE WHEN $5 = 'closed' THEN 'left' END)`,
		string(c), string(id), string(owner.UserID), string(owner.AgencyID), stage)
	w.exec(`INSERT INTO notes (id, case_id, author_id, visibility, sealed, at) VALUES ($1, $2, $3, 'file', '\x01', now())`, string(w.ids.New()), string(c), string(owner.UserID))
	return c
}

func (w *world) application(id, vacancy domain.ID, state string) domain.ID {
	a := w.ids.New()
	w.exec(`INSERT INTO applications (id, person_id, vacancy_id, agency_id, origin, state, consent_mode, created_at, state_since)
		VALUES ($1, $2, $3, $4, 'applied', $5, 'click', now(), now())`, string(a), string(id), string(vacancy), string(w.kayes), state)
	return a
}

func (x twice) make(theirs ...string) (person.Merge, error) {
	x.t.Helper()
	pair, err := x.merges.Compare(x.ctx, x.lead, x.kept, x.gone)
	x.must(err)
	return x.merges.Make(x.ctx, x.lead, person.MakeMerge{
		SurvivorID: x.kept, AbsorbedID: x.gone, SurvivorVersion: pair.Survivor.Version, AbsorbedVersion: pair.Absorbed.Version, Theirs: theirs, Reason: "the same phone",
	})
}

// state is all that is stored of the two files, but versions and times of change.
func (w *world) state() string {
	w.t.Helper()
	var out strings.Builder
	for _, q := range []string{
		`SELECT to_jsonb(p) - '{version,updated_at}'::text[] FROM persons p ORDER BY id`,
		`SELECT to_jsonb(p) FROM person_aliases p ORDER BY person_id, position`, `SELECT to_jsonb(p) FROM person_phones p ORDER BY person_id, position`,
		`SELECT to_jsonb(p) FROM person_skills p ORDER BY person_id, position`, `SELECT to_jsonb(p) FROM person_name_keys p ORDER BY key, person_id`,
		`SELECT to_jsonb(p) FROM experiences p ORDER BY person_id, position`, `SELECT to_jsonb(p) FROM consents p ORDER BY id`,
		`SELECT to_jsonb(p) FROM migration_episodes p ORDER BY id`, `SELECT to_jsonb(p) FROM displacements p ORDER BY id`,
		`SELECT to_jsonb(p) - '{version}'::text[] FROM registrations p ORDER BY id`,
		`SELECT to_jsonb(p) - '{version}'::text[] FROM case_files p ORDER BY id`, `SELECT to_jsonb(p) - '{version}'::text[] FROM applications p ORDER BY id`,
		`SELECT to_jsonb(p) - '{version}'::text[] FROM placements p ORDER BY id`, `SELECT to_jsonb(p) FROM notes p ORDER BY id`,
		`SELECT to_jsonb(p) FROM documents p ORDER BY id`,
		`SELECT to_jsonb(p) - '{version}'::text[] FROM users p ORDER BY id`,
	} {
		rows, err := w.sql.SQL.QueryContext(w.ctx, q)
		w.must(err)
		for rows.Next() {
			var line string
			w.must(rows.Scan(&line))
			fmt.Fprintln(&out, closedBytes.ReplaceAllString(line, `"$1": "closed"`))
		}
		w.must(rows.Err())
		w.must(rows.Close())
	}
	for _, line := range domaintest.Opened(w.t, w.sql.SQL) { // the same words closed again are other bytes
		if table, _, _ := strings.Cut(line, "."); table != "merges" && table != "merge_records" && table != "case_history" && table != "registration_history" {
			fmt.Fprintln(&out, line)
		}
	}
	return out.String()
}

var closedBytes = regexp.MustCompile(`"(sealed[a-z_]*)": "[^"]*"`)

func TestTwoFilesBecomeOneAndTwoAgain(t *testing.T) {
	x := newTwice(t)
	before := x.state()
	m, err := x.make("birth")
	x.must(err)

	p, err := x.people.Get(x.ctx, x.lead, x.kept)
	x.must(err)
	if p.FullName() != "Awa Coulibaly" || p.Birth.Year != 1996 || len(p.Phones) != 2 || len(p.Skills) != 2 {
		t.Errorf("the file of both is %s, born %d, %d phones, %d skills", p.FullName(), p.Birth.Year, len(p.Phones), len(p.Skills))
	}
	if len(p.Aliases) != 1 || p.Aliases[0].Name != "Hawa Kulubali" {
		t.Errorf("aliases %v, want the name that was not chosen", p.Aliases)
	}
	if n := x.count(`SELECT count(*) FROM migration_episodes WHERE person_id = $1`, string(x.kept)); n != 2 {
		t.Errorf("%d times abroad, want those of both files", n)
	}
	for table, want := range map[string]int{"case_files": 2, "applications": 1, "documents": 1} {
		if n := x.count(`SELECT count(*) FROM `+table+` WHERE person_id = $1`, string(x.kept)); n != want {
			t.Errorf("%d of %s with the survivor, want %d", n, table, want)
		}
	}
	got, err := x.merges.Get(x.ctx, x.awa, m.ID)
	x.must(err)
	var moved []string
	for _, move := range got.Moves {
		if move.Kind != "document" {
			moved = append(moved, move.Kind+" "+string(move.RecordID))
		}
	}
	want := []string{"application " + string(x.files["application"]), "case " + string(x.files["case"]), "case " + string(x.files["closed"])}
	slices.Sort(want)
	if !slices.Equal(moved, want) {
		t.Errorf("came from the absorbed file: %v, want %v", moved, want)
	}
	matchable, err := x.deps.People.Matchable(x.ctx, []domain.ID{x.kept, x.gone}, x.now)
	x.must(err)
	if !matchable[x.kept] || matchable[x.gone] {
		t.Errorf("who may be matched: %v, want the survivor alone", matchable)
	}
	for _, words := range []string{"Kulubali", "70 00 00 02", "hawa koulibali"} {
		found, err := x.people.Find(x.ctx, x.awa, words, person.FindFilter{}, domain.Cursor{})
		x.must(err)
		if len(found.Items) != 1 || found.Items[0].PersonID != x.kept {
			t.Errorf("%q finds %+v, want the survivor once", words, found.Items)
		}
	}
	to, err := x.merges.SurvivorOf(x.ctx, x.awa, x.gone)
	x.must(err)
	if to != x.kept {
		t.Errorf("the absorbed file leads to %q, want the survivor", to)
	}

	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	if after := x.state(); after != before {
		t.Errorf("after undoing:\n%s\nwant as before:\n%s", after, before)
	}
	if n := x.count(`SELECT count(*) FROM merge_records`); n != 0 {
		t.Errorf("%d records kept of a merge that was undone", n)
	}
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	refused(t, err, domain.KindStale)
}

func TestWhatWasWrittenAfterAMergeIsNotLost(t *testing.T) {
	x := newTwice(t)
	m, err := x.make("name")
	x.must(err)
	p, err := x.people.Get(x.ctx, x.lead, x.kept)
	x.must(err)
	who := p.Identity
	who.Mother = "Sira Traoré"
	skills := append(slices.Clone(p.Skills[1:]), person.Skill{Words: "conduire"}) // "coudre" removed, "conduire" added
	_, err = x.people.Update(x.ctx, x.awa, person.UpdatePerson{ID: x.kept, Version: p.Version, Identity: &who, Skills: &skills})
	x.must(err)
	mine := x.caseOf(x.kept, x.awa, "closed")
	placement := x.ids.New()
	x.exec(`UPDATE applications SET state = 'hired', sent_at = now() WHERE id = $1`, string(x.files["application"]))
	x.exec(`INSERT INTO placements (id, application_id, person_id, kind, channel, state, starts_on, created_at)
		VALUES ($1, $2, $3, 'permanent', 'service', 'planned', '2026-12-01', now())`, string(placement), string(x.files["application"]), string(x.kept))

	got, err := x.merges.Get(x.ctx, x.lead, m.ID)
	x.must(err)
	if want := []string{"mother", "skills"}; !slices.Equal(got.Changed, want) || !got.Undo {
		t.Errorf("the page says that %v was changed (undo %v), want %v", got.Changed, got.Undo, want)
	}
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	p, err = x.people.Get(x.ctx, x.lead, x.kept)
	x.must(err)
	words := func(skills []person.Skill) (out []string) {
		for _, s := range skills {
			out = append(out, s.Words)
		}
		return out
	}
	if p.FullName() != "Awa Coulibaly" || p.Mother != "Sira Traoré" || !slices.Equal(words(p.Skills), []string{"conduire"}) {
		t.Errorf("the survivor is %s, mother %q, skills %v", p.FullName(), p.Mother, words(p.Skills))
	}
	gone, err := x.people.Get(x.ctx, x.lead, x.gone)
	x.must(err)
	if gone.FullName() != "Hawa Kulubali" || !slices.Equal(words(gone.Skills), []string{"cuisiner"}) {
		t.Errorf("the other file is %s, skills %v", gone.FullName(), words(gone.Skills))
	}
	for query, want := range map[string]domain.ID{
		`SELECT count(*) FROM case_files WHERE id = '` + string(mine) + `' AND person_id = $1`:      x.kept,
		`SELECT count(*) FROM placements WHERE id = '` + string(placement) + `' AND person_id = $1`: x.gone,
	} {
		if x.count(query, string(want)) != 1 {
			t.Errorf("not so: %s of %s", query, want)
		}
	}
}

func TestOfTwoLiveFilesOneIsClosedWhileTheMergeLasts(t *testing.T) {
	x := newTwice(t)
	x.caseOf(x.kept, x.awa, "assessment")
	before := x.state()
	m, err := x.make()
	x.must(err)
	if n := x.count(`SELECT count(*) FROM case_files WHERE person_id = $1 AND stage <> 'closed'`, string(x.kept)); n != 1 {
		t.Errorf("%d live files, want 1", n)
	}
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	if after := x.state(); after != before {
		t.Errorf("after undoing:\n%s\nwant as before:\n%s", after, before)
	}
	if n := x.count(`SELECT count(*) FROM case_history WHERE record_id = $1 AND transition IN ('merge', 'unmerge')`, string(x.files["case"])); n != 2 {
		t.Errorf("%d steps of the file, want its closing and its opening", n)
	}
}

func TestWhoMergesAndWhen(t *testing.T) {
	x := newTwice(t)
	elsewhere := x.aPerson().At(x.kayes)
	x.stored(elsewhere)
	in := person.MakeMerge{SurvivorID: x.kept, AbsorbedID: x.gone, SurvivorVersion: 1, AbsorbedVersion: 1, Reason: "x"}
	make := func(actor domain.Actor, in person.MakeMerge) error {
		_, err := x.merges.Make(x.ctx, actor, in)
		return err
	}
	refused(t, make(x.awa, in), domain.KindForbidden)              // reads merges, makes none
	refused(t, make(x.binta, in), domain.KindNotFound)             // another agency
	refused(t, make(x.jobseeker(x.kept), in), domain.KindNotFound) // the person
	other := in
	other.AbsorbedID = elsewhere.Person.ID
	refused(t, make(x.lead, other), domain.KindNotFound)
	self := in
	self.AbsorbedID = x.kept
	refused(t, make(x.lead, self), domain.KindConflict)
	late := in
	late.AbsorbedVersion = 2
	refused(t, make(x.lead, late), domain.KindStale)
	silent := in
	silent.Reason = ""
	refused(t, make(x.lead, silent), domain.KindInvalid)

	live := x.application(x.kept, x.vacancy, "applied")
	refused(t, make(x.lead, in), domain.KindConflict) // both live for one vacancy
	x.exec(`UPDATE applications SET state = 'withdrawn' WHERE id = $1`, string(live))
	x.must(make(x.lead, in))

	// The absorbed file is read, and nothing is done to it.
	gone, err := x.people.Get(x.ctx, x.awa, x.gone)
	x.must(err)
	_, err = x.people.Update(x.ctx, x.awa, person.UpdatePerson{ID: x.gone, Version: gone.Version})
	refused(t, err, domain.KindForbidden)
	_, err = x.registrations.Reopen(x.ctx, x.lead, person.ChangeRegistration{PersonID: x.gone, Reason: "x"})
	refused(t, err, domain.KindForbidden)
	refused(t, make(x.lead, person.MakeMerge{SurvivorID: x.gone, AbsorbedID: x.kept, SurvivorVersion: 3, AbsorbedVersion: 3, Reason: "x"}), domain.KindConflict)
}

func TestTheDatabaseKeepsAnAbsorbedFileAsItIs(t *testing.T) {
	x := newTwice(t)
	_, err := x.make()
	x.must(err)
	for name, statement := range map[string]string{
		"record":       `UPDATE persons SET sealed_identity = '\x01', version = version + 1 WHERE id = ?`,
		"registration": `UPDATE registrations SET state = 'active', closed_reason = NULL WHERE person_id = ?`,
		"consent":      `INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) SELECT gen_random_uuid(), ?, 'messages', '1', 'fr', 'written', now()`,
		"withdrawal":   `UPDATE consents SET withdrawn_at = now() WHERE person_id = ?`,
	} {
		if err := x.as(x.awa, statement, x.gone); err == nil {
			t.Errorf("%s of an absorbed file was changed", name)
		}
	}
	if err := x.as(x.lead, `UPDATE merges SET undone_at = now(), undone_by = '`+string(x.awa.UserID)+`' WHERE absorbed_id = ?`, x.gone); err == nil {
		t.Error("a merge was undone in another's name")
	}
}

func TestMergesOfOnePersonMakeAChain(t *testing.T) {
	x := newTwice(t)
	first, err := x.make()
	x.must(err)
	third := x.aPerson().Named("Awa", "Coulibali").Phoned("+22370000001").At(x.bamako)
	x.stored(third)
	kept, err := x.people.Get(x.ctx, x.lead, x.kept)
	x.must(err)
	second, err := x.merges.Make(x.ctx, x.lead, person.MakeMerge{
		SurvivorID: third.Person.ID, AbsorbedID: x.kept, SurvivorVersion: 1, AbsorbedVersion: kept.Version, Reason: "x",
	})
	x.must(err)
	to, err := x.merges.SurvivorOf(x.ctx, x.awa, x.gone)
	x.must(err)
	if to != third.Person.ID {
		t.Errorf("the first file leads to %s, want the last survivor", to)
	}
	_, err = x.merges.Undo(x.ctx, x.lead, first.ID, first.Version)
	refused(t, err, domain.KindConflict)
	_, err = x.merges.Undo(x.ctx, x.lead, second.ID, second.Version)
	x.must(err)
	_, err = x.merges.Undo(x.ctx, x.lead, first.ID, first.Version)
	x.must(err)
	if n := x.count(`SELECT count(*) FROM applications WHERE person_id = $1`, string(x.gone)); n != 1 {
		t.Errorf("%d applications came back through the chain, want 1", n)
	}
}

func TestAMergeOfThirtyDaysIsFinal(t *testing.T) {
	x := newTwice(t)
	m, err := x.make()
	x.must(err)
	x.sleep(29 * 24 * time.Hour)
	if n, err := x.merges.FinishDue(x.ctx, x.system); err != nil || n != 0 {
		t.Errorf("%d final after 29 days (%v), want none", n, err)
	}
	x.sleep(25 * time.Hour)
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	refused(t, err, domain.KindConflict)
	n, err := x.merges.FinishDue(x.ctx, x.system)
	x.must(err)
	if n != 1 {
		t.Errorf("%d final, want 1", n)
	}
	gone, err := x.people.Get(x.ctx, x.lead, x.gone)
	x.must(err)
	if gone.FullName() != gone.Reference || len(gone.Phones)+len(gone.Skills)+len(gone.Aliases) != 0 {
		t.Errorf("the absorbed file still says %s", dump(gone))
	}
	if n := x.count(`SELECT count(*) FROM merge_records`) + x.count(`SELECT count(*) FROM migration_episodes WHERE person_id = $1`, string(x.gone)); n != 0 {
		t.Errorf("%d records or times abroad are left of the absorbed file", n)
	}
	found, err := x.people.Find(x.ctx, x.awa, gone.Reference, person.FindFilter{}, domain.Cursor{})
	x.must(err)
	if len(found.Items) != 1 || found.Items[0].PersonID != x.kept {
		t.Errorf("the reference of the absorbed file finds %+v, want the survivor", found.Items)
	}
}

func TestOfOverlappingMergesOneIsMade(t *testing.T) {
	x := newTwice(t)
	third := x.aPerson().Named("Awa", "Coulibali").At(x.bamako)
	x.stored(third)
	pairs := [][2]domain.ID{{x.kept, x.gone}, {x.gone, x.kept}, {third.Person.ID, x.gone}, {x.gone, third.Person.ID}}
	errs := make([]error, len(pairs))
	var group sync.WaitGroup
	for i, pair := range pairs {
		group.Go(func() {
			_, errs[i] = x.merges.Make(x.ctx, x.lead, person.MakeMerge{SurvivorID: pair[0], AbsorbedID: pair[1], SurvivorVersion: 1, AbsorbedVersion: 1, Reason: "x"})
		})
	}
	group.Wait()
	made := 0
	for i, err := range errs {
		switch domain.KindOf(err) {
		case domain.KindStale, domain.KindConflict:
		default:
			x.must(err)
			made++
			t.Logf("%v was made", pairs[i])
		}
	}
	if made != 1 {
		t.Errorf("%d merges of overlapping pairs were made, want 1: %v", made, errs)
	}
}
