package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// tellTwice lets two people of the lead's agency have registered a second time,
// their name spelt another way. The lead has made one file of the first two; the
// others are for whoever tries it.
func (t *tale) tellTwice(ctx context.Context) error {
	var again []person.Person
	for _, n := range slices.Sorted(maps.Keys(t.people)) {
		if p := t.people[n]; t.agency[n] == t.lead.AgencyID && ownPhone(p) != "" && p.Family != "" && n != t.waiting && len(again) < 2 {
			again = append(again, p)
		}
	}
	t.ago(2)
	for i, p := range again {
		second, err := t.registerAgain(ctx, p)
		if err != nil {
			return err
		}
		if i > 0 {
			continue
		}
		pair, err := t.core.Merges.Compare(ctx, t.lead, p.ID, second)
		if err != nil {
			return err
		}
		if _, err := t.core.Merges.Make(ctx, t.lead, person.MakeMerge{
			SurvivorID: p.ID, AbsorbedID: second, SurvivorVersion: pair.Survivor.Version, AbsorbedVersion: pair.Absorbed.Version,
			Reason: "Vue à l’agence avec sa carte : elle s’était inscrite une seconde fois en ligne.",
		}); err != nil {
			return err
		}
	}
	return nil
}

// registerAgain puts the same person in once more, with less than was known.
func (t *tale) registerAgain(ctx context.Context, p person.Person) (domain.ID, error) {
	id := t.core.IDs.New()
	err := t.core.DB.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		numbers, err := t.core.Persons().References(ctx, tx, 1)
		if err != nil {
			return err
		}
		twin := person.Person{
			ID: id, Reference: domain.Reference("ML", t.now.Year(), numbers[0]), Identity: p.Identity, Contact: p.Contact,
			Population: person.Population{WorkedAbroad: person.NotSaid}, Entry: person.Entry{Mode: person.EntrySelf}, Demo: true,
			CreatedAt: t.now, UpdatedAt: t.now, Version: 1,
		}
		twin.NINA, twin.Father, twin.Aliases = "", "", nil
		twin.Family = strings.NewReplacer("ou", "u", "Ou", "U", "ï", "i", "é", "e").Replace(p.Family)
		r := person.Registration{ID: t.core.IDs.New(), PersonID: id, AgencyID: t.lead.AgencyID, State: person.Intake, RegisteredOn: domain.DateOf(t.now), Version: 1}
		return t.core.Persons().InsertBatch(ctx, tx, []person.Newcomer{{Person: twin, Registration: r, Steps: []domain.Step{{
			ID: t.core.IDs.New(), RecordID: r.ID, Transition: person.Submit, From: person.Draft, To: person.Intake, ActorRole: domain.RoleAnonymous, At: t.now,
		}}}})
	})
	return id, err
}
