package rights_test

import (
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
)

// A copy says which files became one with hers, when and what they brought;
// nobody else's copy does.
func TestACopySaysWhichFilesWereMerged(t *testing.T) {
	k := newKit(t)
	k.busy()
	second := domaintest.APerson(k.IDs).Named("Fanta", "Kulubali").At(k.Bamako)
	people := k.DB.Persons()
	k.Write(func(tx domain.Tx) error { return people.InsertBatch(k.Ctx, tx, []person.Newcomer{second}) })
	merges := person.NewMerges(person.Deps{
		Tx: k.DB, People: people, Registrations: k.DB.Registrations(), Consents: k.DB.Consents(), History: k.DB.History("registration"), Merges: k.DB.Merges(),
		Policy: access.Default(), IDs: k.IDs, Clock: k.Clock, Rules: person.DefaultRules(),
	})
	// Her file of work goes to the one that was made later.
	pair, err := merges.Compare(k.Ctx, k.Lead, second.Person.ID, k.her.PersonID)
	k.Must(err)
	m, err := merges.Make(k.Ctx, k.Lead, person.MakeMerge{
		SurvivorID: second.Person.ID, AbsorbedID: k.her.PersonID, SurvivorVersion: pair.Survivor.Version, AbsorbedVersion: pair.Absorbed.Version, Opens: true, Reason: "The same mother",
	})
	k.Must(err)
	she := k.her
	she.PersonID = second.Person.ID // as her session opens it now
	want := []rights.Brought{{Record: "application", Number: 1}, {Record: "case", Number: 1}, {Record: "complaint", Number: 1}, {Record: "placement", Number: 1}}
	for name, actor := range map[string]domain.Actor{"herself": she, "her lead": k.Lead} {
		c, err := k.copies.Take(k.Ctx, actor, second.Person.ID)
		k.Must(err)
		if len(c.Merged) != 1 {
			t.Fatalf("%s: %d files were merged, want 1", name, len(c.Merged))
		}
		got := c.Merged[0]
		if got.Reference != k.reference || !got.At.Equal(m.At) || !got.UndoableUntil.Equal(m.Until) || !got.UndoneAt.IsZero() || !slices.Equal(got.Brought, want) {
			t.Errorf("%s: the merged file is %+v, want %s with %+v", name, got, k.reference, want)
		}
		if len(c.Applications) != 1 || len(c.Cases) != 1 {
			t.Errorf("%s: %d applications and %d files, want those it brought", name, len(c.Applications), len(c.Cases))
		}
	}
	_, err = merges.Undo(k.Ctx, k.Lead, m.ID, m.Version)
	k.Must(err)
	c, err := k.copies.Take(k.Ctx, she, second.Person.ID)
	k.Must(err)
	if len(c.Merged) != 1 || c.Merged[0].UndoneAt.IsZero() || c.Merged[0].Reference != k.reference {
		t.Errorf("taken apart: %+v", c.Merged)
	}
	c, err = k.copies.Take(k.Ctx, k.stranger, k.stranger.PersonID)
	k.Must(err)
	if len(c.Merged) != 0 {
		t.Errorf("somebody else's copy says %+v", c.Merged)
	}
}
