package person_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/seal"
)

// What the register says of other agencies' people is an entry of the audit
// trail for each of them, and bounded for each account: OwnOnly says so,
// whether there is anybody to leave out or not.
func TestWhatIsLearntOfOtherAgenciesIsBoundedAndAudited(t *testing.T) {
	w := newWorld(t)
	here, there := w.aPerson().Named("Awa", "Coulibaly").Phoned("+22370123456").At(w.bamako), w.aPerson().Named("Awa", "Koulibaly").Phoned("+22370123456").At(w.kayes)
	w.stored(here, there)
	deps, hints := w.deps, seal.Hints{Box: seal.RandomBox()}
	deps.Hints, deps.Allowance = hints, w.db.Allowance()
	people := person.NewJobseekers(deps)
	told := func(who domain.ID) int {
		t.Helper()
		return w.count(`SELECT count(*) FROM audit_entries WHERE action = 'person.hint' AND allowed AND actor_id = $1 AND person_id = $2`,
			string(w.awa.UserID), string(who))
	}
	find := func(a domain.Actor, words string) (hidden int, hint string, own bool) {
		t.Helper()
		got, err := people.Find(w.ctx, a, words, person.FindFilter{}, domain.Cursor{})
		w.must(err)
		for _, f := range got.Items {
			if f.Hidden {
				hidden, hint = hidden+1, f.Hint
			} else if f.Hint != "" {
				t.Errorf("a hint of somebody who is read: %+v", f)
			}
		}
		return hidden, hint, got.OwnOnly
	}
	warn := func() (hidden int, own bool) {
		t.Helper()
		got, err := people.Duplicates(w.ctx, w.awa, w.aPerson().Named("Awa", "Coulibaly").Phoned("+22370123456").Person())
		w.must(err)
		for _, d := range got.List {
			if d.Hidden {
				hidden++
			}
		}
		if len(got.List)-hidden != 1 {
			t.Errorf("the own duplicate is missing: %+v", got.List)
		}
		return hidden, got.OwnOnly
	}
	hidden, hint, own := find(w.awa, "Coulibaly")
	if hidden != 1 || own || told(there.Person.ID) != 1 || told(here.Person.ID) != 0 {
		t.Errorf("%d hidden, own only %v, told of there %d times and of here %d", hidden, own, told(there.Person.ID), told(here.Person.ID))
	}
	if who, err := hints.Take(hint, w.awa.UserID, w.now); err != nil || who != there.Person.ID {
		t.Errorf("the hint names %s (%v)", who, err)
	}
	if n, limited := warn(); n != 1 || limited || told(there.Person.ID) != 2 {
		t.Errorf("warned of %d, own only %v, told %d times", n, limited, told(there.Person.ID))
	}
	spend := func(what string, most int) {
		t.Helper()
		for range most - 1 { // one is spent above
			w.must(w.db.Allowance().Spend(w.ctx, what, w.awa.UserID, most, w.now))
		}
	}
	spend("find", person.FindsPerDay)
	spend("duplicates", person.DuplicatesPerDay)
	if hidden, _, own := find(w.awa, "Coulibaly"); hidden != 0 || !own {
		t.Errorf("when the day's questions are used up: %d hidden, own only %v", hidden, own)
	}
	if _, _, own := find(w.awa, "Zoungrana"); !own {
		t.Error("where nobody is found nothing says that others are left out: the difference would tell")
	}
	if n, limited := warn(); n != 0 || !limited {
		t.Errorf("warned of %d, own only %v", n, limited)
	}
	if told(there.Person.ID) != 2 {
		t.Errorf("told of somebody left out: %d times", told(there.Person.ID))
	}
	if _, _, own := find(w.binta, "Coulibaly"); own {
		t.Error("one account's questions are counted as another's")
	}
	w.sleep(24 * time.Hour / person.FindsPerDay)
	if hidden, _, own := find(w.awa, "Coulibaly"); hidden != 1 || own {
		t.Errorf("later one question is there again: %d hidden, own only %v", hidden, own)
	}
}
