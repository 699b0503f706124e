package person_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

func TestDuplicatesOfAnAgency(t *testing.T) {
	x := newTwice(t)
	list, err := x.merges.Duplicates(x.ctx, x.lead)
	x.must(err)
	if len(list) != 1 || list[0].Reason != person.SameNamePhone {
		t.Fatalf("duplicates %+v, want the pair under one phone", list)
	}
	// Two files of another agency that may be one person's, both shared with this lead: they are that agency's to look at.
	one := x.aPerson().Named("Oumou", "Keita").Phoned("+22370000077").At(x.kayes)
	two := x.aPerson().Named("Oumou", "Keïta").Phoned("+22370000077").At(x.kayes)
	x.stored(one, two)
	for _, id := range []domain.ID{one.Person.ID, two.Person.ID} {
		x.exec(`INSERT INTO case_shares (id, case_id, user_id, since, until, shared_by) VALUES ($1, $2, $3, now() - interval '1 day', now() + interval '1 day', $4)`,
			string(x.ids.New()), string(x.caseOf(id, x.binta, "plan")), string(x.lead.UserID), string(x.binta.UserID))
		_, err = x.people.Get(x.ctx, x.lead, id)
		x.must(err)
	}
	list, err = x.merges.Duplicates(x.ctx, x.lead)
	x.must(err)
	if len(list) != 1 {
		t.Errorf("%d pairs, want the own agency's alone", len(list))
	}
	candidates, err := x.merges.Candidates(x.ctx, x.lead, x.kept)
	x.must(err)
	if len(candidates) != 1 || candidates[0].Person.ID != x.gone {
		t.Errorf("candidates %+v, want the other file", candidates)
	}
	refused(t, x.merges.Apart(x.ctx, x.awa, x.kept, x.gone), domain.KindForbidden)
	x.must(x.merges.Apart(x.ctx, x.lead, x.kept, x.gone))
	list, err = x.merges.Duplicates(x.ctx, x.lead)
	x.must(err)
	candidates, more := x.merges.Candidates(x.ctx, x.lead, x.gone)
	x.must(more)
	if len(list)+len(candidates) != 0 {
		t.Errorf("%d pairs and %d candidates of two people are proposed again", len(list), len(candidates))
	}
	_, err = x.merges.Duplicates(x.ctx, x.awa)
	refused(t, err, domain.KindForbidden)
}

// Once they are one file they are no pair; each merge is the survivor's own.
func TestWhatWasMergedIsNoDuplicate(t *testing.T) {
	x := newTwice(t)
	made, err := x.make()
	x.must(err)
	one := x.aPerson().Named("Oumou", "Keita").Phoned("+22370000077").At(x.bamako)
	two := x.aPerson().Named("Oumou", "Keïta").Phoned("+22370000077").At(x.bamako)
	x.stored(one, two)
	list, err := x.merges.Duplicates(x.ctx, x.lead)
	x.must(err)
	if len(list) != 1 || list[0].One.ID == x.kept || list[0].Other.ID == x.kept {
		t.Errorf("duplicates %+v, want the two new files", list)
	}
	pair, err := x.merges.Compare(x.ctx, x.lead, one.Person.ID, two.Person.ID)
	x.must(err)
	_, err = x.merges.Make(x.ctx, x.lead, person.MakeMerge{
		SurvivorID: one.Person.ID, AbsorbedID: two.Person.ID, SurvivorVersion: pair.Survivor.Version, AbsorbedVersion: pair.Absorbed.Version, Reason: "the same phone",
	})
	x.must(err)
	merges, err := x.merges.Of(x.ctx, x.lead, x.kept)
	x.must(err)
	if len(merges) != 1 || merges[0].ID != made.ID {
		t.Errorf("merges of one file: %+v, want the one", merges)
	}
	if list, err = x.merges.Duplicates(x.ctx, x.lead); err != nil || len(list) != 0 {
		t.Errorf("%d pairs of files that were merged (%v)", len(list), err)
	}
}
