package person_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// sections gives every part of a record, changed, with the fields that must
// differ afterwards.
func sections() map[string]person.UpdatePerson {
	level := 3
	return map[string]person.UpdatePerson{
		"identity": {Identity: &person.Identity{Given: "Ɲɛba", Sex: person.Female, Birth: person.BornOn(domain.Date{Year: 1991, Month: time.March, Day: 8}),
			Aliases: []person.Alias{{Kind: person.AliasDit, Name: "Vieux"}}, NINA: "temporary 12", Nationalities: []string{"MLI", "CIV"}}},
		"contact": {Contact: &person.Contact{Residence: person.Residence{Kind: person.Nomadic, Country: "MLI", Place: "GAO", Detail: "Ansongo"},
			Phones: []person.Phone{{Number: "+22376000001", Owner: person.SharedPhone, SafeFrom: "08:00", SafeUntil: "18:30"}},
			Email:  "a@example.org", Language: "bm", Channel: person.ByVoice, Reading: person.WantsVoice, Accommodation: "ramp"}},
		"population": {Population: &person.Population{Groups: []person.Group{person.YoungGraduate}, WorkedAbroad: person.No}},
		"schooling":  {Schooling: &person.Schooling{Educations: []person.Education{{Kind: person.Medersa, ISCED: &level, Diploma: "baccalauréat", Year: 2012}}}},
		"experience": {Experience: &[]person.Experience{{Title: "maçon", Kind: person.SelfEmployed, FromYear: 2015, Ongoing: true}}},
		"skills":     {Skills: &[]person.Skill{{Words: "poser des briques", Evidence: person.Assessed}}},
		"languages":  {Languages: &[]person.Language{{Code: "bm", Speaking: person.SpeaksNative, Reads: true}}},
		"licences":   {Licences: &[]person.Licence{{Category: "C", Country: "MLI", Until: domain.Date{Year: 2028, Month: time.May, Day: 1}}}},
		"mobility":   {Mobility: &person.Mobility{Places: []string{"KAY", "SEG"}, AvailableFrom: domain.Date{Year: 2027, Month: time.January, Day: 4}}},
		"wishes":     {Wishes: &[]person.Wish{{Words: "maçon"}}},
	}
}

func TestUpdateChangesOnePartAlone(t *testing.T) {
	w := newWorld(t)
	for name, in := range sections() {
		t.Run(name, func(t *testing.T) {
			n := w.aPerson().Phoned("+22370000001").Skilled("coudre", "").At(w.bamako)
			w.stored(n)
			in.ID, in.Version = n.Person.ID, 1
			before, err := w.people.Get(w.ctx, w.awa, n.Person.ID)
			w.must(err)
			saved, err := w.people.Update(w.ctx, w.awa, in)
			w.must(err)
			read, err := w.people.Get(w.ctx, w.awa, n.Person.ID)
			w.must(err)
			if !reflect.DeepEqual(saved, read) {
				t.Errorf("answered\n%+v\nand stored\n%+v", saved, read)
			}
			if read.Version != 2 {
				t.Errorf("version %d, want 2", read.Version)
			}
			for i, part := range []string{"identity", "contact", "population", "schooling", "experience", "skills", "languages", "licences", "mobility", "wishes"} {
				a, b := reflect.ValueOf(before).Field(i+2), reflect.ValueOf(read).Field(i+2)
				if same := reflect.DeepEqual(a.Interface(), b.Interface()); same == (part == name) {
					t.Errorf("%s: unchanged is %v after a change of %s", part, same, name)
				}
			}
		})
	}
}

func TestUpdateRefuses(t *testing.T) {
	w := newWorld(t)
	n := w.aPerson().At(w.bamako)
	w.stored(n)
	change := func(who domain.Actor, version int) error {
		_, err := w.people.Update(w.ctx, who, person.UpdatePerson{ID: n.Person.ID, Version: version, Wishes: &[]person.Wish{{Words: "maçon"}}})
		return err
	}
	refused(t, change(w.binta, 1), domain.KindNotFound)
	refused(t, change(w.jobseeker(w.ids.New()), 1), domain.KindNotFound)
	refused(t, change(domain.Anonymous(), 1), domain.KindUnauthenticated)
	refused(t, change(w.awa, 2), domain.KindStale)
	w.must(change(w.awa, 1))
	refused(t, change(w.awa, 1), domain.KindStale)
	_, err := w.people.Update(w.ctx, w.awa, person.UpdatePerson{ID: n.Person.ID, Version: 2, Identity: &person.Identity{}})
	refused(t, err, domain.KindInvalid)
	_, err = w.people.Get(w.ctx, w.binta, n.Person.ID)
	refused(t, err, domain.KindNotFound)
}

func TestUpdateTwiceIsOnce(t *testing.T) {
	w := newWorld(t)
	n := w.aPerson().At(w.bamako)
	w.stored(n)
	actor := w.awa
	actor.Once = domain.Once{Scope: "test", Key: "k", PayloadHash: "h"}
	in := person.UpdatePerson{ID: n.Person.ID, Version: 1, Wishes: &[]person.Wish{{Words: "maçon"}}}
	_, err := w.people.Update(w.ctx, actor, in)
	w.must(err)
	_, err = w.people.Update(w.ctx, actor, in)
	if id, again := domain.Replayed(err); !again || id != n.Person.ID {
		t.Errorf("the repeat gives %v, want a replay", err)
	}
}

func TestPeopleDoNotProveTheirOwnSkills(t *testing.T) {
	w := newWorld(t)
	n := w.aPerson().At(w.bamako)
	n.Person.Skills = []person.Skill{{Words: "coudre", Folded: "coudre", Evidence: person.Certified, Acquired: person.AtSchool}}
	w.stored(n)
	p, err := w.people.AddSkill(w.ctx, w.jobseeker(n.Person.ID), n.Person.ID, 1, person.Skill{Words: "Poser des briques", Evidence: person.Certified})
	w.must(err)
	if p.Skills[0].Evidence != person.Certified || p.Skills[1].Evidence != person.Declared {
		t.Errorf("evidence is %q and %q, want certified kept and declared for the new", p.Skills[0].Evidence, p.Skills[1].Evidence)
	}
	p, err = w.people.AddSkill(w.ctx, w.awa, n.Person.ID, 2, person.Skill{Words: "COUDRE"})
	w.must(err)
	if len(p.Skills) != 2 {
		t.Errorf("%d skills after adding one that is there, want 2", len(p.Skills))
	}
	p, err = w.people.RemoveSkill(w.ctx, w.awa, n.Person.ID, 3, 0)
	w.must(err)
	if len(p.Skills) != 1 || p.Skills[0].Words != "Poser des briques" {
		t.Errorf("left with %+v", p.Skills)
	}
	_, err = w.people.RemoveSkill(w.ctx, w.awa, n.Person.ID, 4, 7)
	refused(t, err, domain.KindNotFound)
}

func TestSavingTellsTheIndexAndTheNameRegister(t *testing.T) {
	w := newWorld(t)
	n := w.aPerson().Named("Fanta", "Sidibé").At(w.bamako)
	w.stored(n)
	feed := w.count(`SELECT count(*) FROM search_changes WHERE record_id = $1`, string(n.Person.ID))
	_, err := w.people.Update(w.ctx, w.awa, person.UpdatePerson{ID: n.Person.ID, Version: 1, Identity: &person.Identity{Given: "Fanta", Family: "Ballo"}})
	w.must(err)
	if got := w.count(`SELECT count(*) FROM search_changes WHERE record_id = $1`, string(n.Person.ID)); got != feed+1 {
		t.Errorf("%d rows in the feed, want %d", got, feed+1)
	}
	for word, want := range map[string]int{"ballo": 1, "sidibe": 0} {
		asked := []person.WeightedKey{{Key: person.Key{Kind: person.KeyWord, Value: word}, Weight: 1}}
		if got, err := w.db.Persons().ByKeys(w.ctx, asked, person.FindFilter{}, 10); err != nil || len(got) != want {
			t.Errorf("%d people under %s, want %d (%v)", len(got), word, want, err)
		}
	}
	if n := w.count(`SELECT count(*) FROM person_name_keys WHERE key ILIKE '%ballo%' OR key ILIKE '%fanta%'`); n != 0 {
		t.Errorf("%d keys of the name register can be read", n)
	}
}

func TestJourneyIsForThePersonAndTheReferent(t *testing.T) {
	w := newWorld(t)
	n := w.aPerson().ReturnedFrom("LBY").At(w.bamako)
	w.stored(n)
	id := n.Person.ID
	w.exec(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) VALUES ($1, $2, $3, $4, 'assessment', now())`,
		string(w.ids.New()), string(id), string(w.awa.UserID), string(w.bamako))
	colleague := w.staff(domain.RoleCounsellor, w.bamako)
	readers := map[string]struct {
		who  domain.Actor
		want domain.Kind
	}{
		"the person":        {w.jobseeker(id), ""},
		"the referent":      {w.awa, ""},
		"the agency's lead": {w.lead, ""},
		"a colleague":       {colleague, domain.KindForbidden},
		"another agency":    {w.binta, domain.KindNotFound},
		"another jobseeker": {w.jobseeker(w.ids.New()), domain.KindNotFound},
		"an employer":       {domain.Actor{UserID: w.awa.UserID, Role: domain.RoleEmployer, OrganisationID: w.ids.New()}, domain.KindNotFound},
	}
	for name, r := range readers {
		t.Run(name, func(t *testing.T) {
			j, err := w.people.Journey(w.ctx, r.who, id)
			if r.want != "" {
				refused(t, err, r.want)
				return
			}
			w.must(err)
			if len(j.Episodes) != 1 || j.Episodes[0].Country != "LBY" {
				t.Errorf("journey is %+v", j)
			}
		})
	}

	before, err := w.people.Journey(w.ctx, w.awa, id)
	w.must(err)
	feed := w.count(`SELECT count(*) FROM search_changes`)
	next := person.Journey{
		Episodes:      append(before.Episodes, person.Episode{Country: "DZ", Role: person.Transit, FromYear: 2016}),
		Displacements: []person.Displacement{{OriginPlace: "MEN", Cause: "conflict", IntendedPlace: "GAO"}},
	}
	_, _, err = w.people.SetJourney(w.ctx, w.lead, person.SetJourney{PersonID: id, Version: 1, Journey: next})
	refused(t, err, domain.KindForbidden)
	saved, version, err := w.people.SetJourney(w.ctx, w.awa, person.SetJourney{PersonID: id, Version: 1, Journey: next})
	w.must(err)
	if version != 2 || saved.Episodes[1].Country != "DZA" || saved.Episodes[1].CreatedBy != w.awa.UserID || saved.Episodes[0].ID != before.Episodes[0].ID {
		t.Errorf("version %d, saved %+v", version, saved)
	}
	_, _, err = w.people.SetJourney(w.ctx, w.awa, person.SetJourney{PersonID: id, Version: 1, Journey: next})
	refused(t, err, domain.KindStale)
	if got := w.count(`SELECT count(*) FROM search_changes`); got != feed {
		t.Error("a journey reached the search feed")
	}
}

func TestNoOtherAnswerHoldsAJourney(t *testing.T) {
	w := newWorld(t)
	n := w.aPerson().ReturnedFrom("LBY").At(w.bamako)
	n.Journey.Episodes[0].Programme = "CANARY"
	w.stored(n)
	p, err := w.people.Get(w.ctx, w.awa, n.Person.ID)
	w.must(err)
	found, err := w.people.Find(w.ctx, w.awa, p.Family, person.FindFilter{}, domain.Cursor{})
	w.must(err)
	card, err := w.people.Card(w.ctx, w.binta, n.Person.ID)
	w.must(err)
	for name, answer := range map[string]any{"record": p, "register": found, "card": card} {
		if text := dump(answer); strings.Contains(text, "LBY") || strings.Contains(text, "CANARY") {
			t.Errorf("the %s holds the journey: %s", name, text)
		}
	}
}
