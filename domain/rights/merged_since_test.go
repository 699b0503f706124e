package rights_test

import (
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
)

// What is done while two files are one is not lost when they are two again: what
// hangs on a record goes where that record goes, what was begun anew stays.
func TestWhatWasDoneAfterAMergeKeepsItsOrigin(t *testing.T) {
	k := newKit(t)
	k.busy()
	kept := domaintest.APerson(k.IDs).Named("Fanta", "Kulubali").At(k.Bamako)
	people := k.DB.Persons()
	k.Write(func(tx domain.Tx) error { return people.InsertBatch(k.Ctx, tx, []person.Newcomer{kept}) })
	own, gone := kept.Person.ID, k.her.PersonID
	merges := person.NewMerges(person.Deps{
		Tx: k.DB, People: people, Registrations: k.DB.Registrations(), Consents: k.DB.Consents(), History: k.DB.History("registration"), Merges: k.DB.Merges(),
		Policy: access.Default(), IDs: k.IDs, Clock: k.Clock, Rules: person.DefaultRules(),
	})
	pair, err := merges.Compare(k.Ctx, k.Lead, own, gone)
	k.Must(err)
	m, err := merges.Make(k.Ctx, k.Lead, person.MakeMerge{SurvivorID: own, AbsorbedID: gone,
		SurvivorVersion: pair.Survivor.Version, AbsorbedVersion: pair.Absorbed.Version, Reason: "The same mother"})
	k.Must(err)

	// A note in the file the other brought; its work is followed by other work.
	_, err = k.files.WriteNote(k.Ctx, k.Awa, casework.WriteNote{CaseID: k.file.ID, Visibility: casework.VisibleFile, Contact: "call", Body: "since, in the file it brought"})
	k.Must(err)
	var first domain.ID
	k.Must(k.SQL.QueryRowContext(k.Ctx, `SELECT id FROM placements WHERE person_id = $1`, string(own)).Scan(&first))
	follows := placement.Placement{ID: k.IDs.New(), PreviousID: first, PersonID: own, OrganisationID: k.vacancy.OrganisationID, AgencyID: k.Bamako, VacancyID: k.vacancy.ID,
		Kind: "permanent", Channel: placement.ChannelDirect, State: placement.Planned, StartsOn: domain.DateOf(k.Now).AddDays(90), WagePeriod: "month", CreatedAt: k.Now, Version: 1}
	// An application to another vacancy, and work that came of it.
	elsewhere := domaintest.AVacancy(k.IDs, domaintest.AnOrganisation(k.IDs, k.Bamako, k.Awa.UserID, k.Moussa.UserID)).Vacancy()
	elsewhere.OrganisationID = k.vacancy.OrganisationID
	anew := placement.Application{ID: k.IDs.New(), PersonID: own, VacancyID: elsewhere.ID, AgencyID: k.Bamako, Origin: placement.OriginApplied, State: placement.Hired,
		Consent: person.ByClick, Reason: "since", CreatedAt: k.Now, StateSince: k.Now, SentAt: k.Now, Version: 1}
	work := follows
	work.ID, work.PreviousID, work.ApplicationID, work.VacancyID = k.IDs.New(), "", anew.ID, elsewhere.ID
	k.Write(func(tx domain.Tx) error {
		for _, err := range []error{
			k.DB.Placements().InsertPlacement(k.Ctx, tx, follows), k.DB.Vacancies().InsertVacancy(k.Ctx, tx, elsewhere),
			k.DB.Applications().InsertApplication(k.Ctx, tx, anew), k.DB.Placements().InsertPlacement(k.Ctx, tx, work),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	// And a file of her own at the survivor, once the one that came is closed.
	_, err = k.SQL.ExecContext(k.Ctx, `UPDATE case_files SET stage = 'closed', closed_at = now(), close_reason = 'other', version = version + 1 WHERE id = $1`, string(k.file.ID))
	k.Must(err)
	mine, err := k.files.Take(k.Ctx, k.Awa, own)
	k.Must(err)
	_, err = k.files.WriteNote(k.Ctx, k.Awa, casework.WriteNote{CaseID: mine.ID, Visibility: casework.VisibleFile, Contact: "call", Body: "since, in the file begun anew"})
	k.Must(err)

	_, err = merges.Undo(k.Ctx, k.Lead, m.ID, m.Version)
	k.Must(err)
	for id, want := range map[domain.ID]struct{ applications, placements, cases, notes []string }{
		gone: {nil, []string{string(first), string(follows.ID)}, []string{string(k.file.ID)}, []string{"CANARY note of the file", "since, in the file it brought"}},
		own:  {[]string{string(anew.ID)}, []string{string(work.ID)}, []string{string(mine.ID)}, []string{"since, in the file begun anew"}},
	} {
		c, err := k.copies.Take(k.Ctx, k.Lead, id)
		k.Must(err)
		same(t, "placements", c.Placements, func(p placement.PlacementRow) string { return string(p.Placement.ID) }, want.placements)
		same(t, "files", c.Cases, func(f rights.Case) string { return string(f.File.ID) }, want.cases)
		same(t, "notes", c.Notes, func(n casework.Note) string { return n.Body }, want.notes)
		if want.applications != nil {
			same(t, "applications", c.Applications, func(a placement.ApplicationRow) string { return string(a.Application.ID) }, want.applications)
		} else if len(c.Applications) != 1 || c.Applications[0].Application.ID == anew.ID || c.Applications[0].Application.Reason != "CANARY words" {
			t.Errorf("applications of the file that is its own again: %+v", c.Applications)
		}
	}
}

// same compares what of some things, in any order.
func same[T any](t *testing.T, name string, things []T, of func(T) string, want []string) {
	t.Helper()
	var got []string
	for _, one := range things {
		got = append(got, of(one))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}
