package store_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
)

// whole gives a value with every exported field set, from what the schema
// accepts by field.
func whole[T any](t *testing.T, given map[string]any) T {
	t.Helper()
	var out T
	fill(t, reflect.ValueOf(&out).Elem(), "", given)
	return out
}

// someConcept stores an occupation or a skill to point to.
func someConcept(o *domaintest.Office, kind string) domain.ID {
	o.T.Helper()
	id := o.IDs.New()
	_, err := o.SQL.Exec(`INSERT INTO concepts (id, kind, uri) VALUES ($1, $2, $3)`, string(id), kind, "urn:test:"+string(id))
	o.Must(err)
	return id
}

func organisationFields(o *domaintest.Office) map[string]any {
	return map[string]any{
		"ID": o.IDs.New(), "Version": 1, "Kind": employer.KindBureau, "ISIC": "F", "Size": "50-249", "PlaceCode": "KAY",
		"Phone": "+22370000009", "Verification": employer.VerificationDone, "FirstBy": o.Awa.UserID, "SecondBy": o.Binta.UserID,
		"AgencyID": o.Kayes,
	}
}

func TestAnOrganisationComesBackWhole(t *testing.T) {
	o := domaintest.NewOffice(t)
	want := whole[employer.Organisation](t, organisationFields(o))
	if empty := zeros(reflect.ValueOf(want), "Organisation"); len(empty) > 0 {
		t.Fatalf("not filled: %v", empty)
	}
	want.Stopped = false // derived from complaints
	orgs := o.DB.Organisations()
	o.Write(func(tx domain.Tx) error { return orgs.InsertOrganisation(o.Ctx, tx, want) })
	expectOrganisation(o, want)

	changed := whole[employer.Organisation](t, organisationFields(o))
	changed.Stopped = false
	changed.ID, changed.Kind, changed.LegalName, changed.ISIC = want.ID, employer.KindWorkshop, "Another name", "45"
	changed.Verification, changed.FirstBy, changed.SecondBy = employer.VerificationRefused, "", ""
	changed.AgencyID, changed.Refusal, changed.Phone, changed.TradeName = o.Bamako, "no such firm", "+22371000000", ""
	o.Write(func(tx domain.Tx) error { return orgs.SaveOrganisation(o.Ctx, tx, changed) })
	changed.Version = 2
	expectOrganisation(o, changed)

	err := o.DB.InTx(o.Ctx, domain.System(), func(tx domain.Tx) error { return orgs.SaveOrganisation(o.Ctx, tx, want) })
	domaintest.Refused(t, "saving version 1 again", err, domain.KindStale)
}

func expectOrganisation(o *domaintest.Office, want employer.Organisation) {
	o.T.Helper()
	o.Write(func(tx domain.Tx) error {
		got, err := o.DB.Organisations().OrganisationForUpdate(o.Ctx, tx, want.ID)
		if err == nil && !reflect.DeepEqual(got, want) {
			o.T.Errorf("came back as\n%+v\nwant\n%+v", got, want)
		}
		return err
	})
}

func vacancyFields(o *domaintest.Office, organisation domain.ID) map[string]any {
	return map[string]any{
		"ID": o.IDs.New(), "Version": 1, "OrganisationID": organisation, "RecordedBy": o.Awa.UserID, "AgencyID": o.Bamako,
		"Source": employer.SourceRadio, "OccupationID": someConcept(o, "occupation"), "ISCO": "7112", "Posts": 9,
		"Contract": employer.ContractSeasonal, "WagePeriod": employer.WagePeriod("day"), "PlaceCode": "BKO", "AbroadCountry": "",
		"ISCEDMin": 3, "Skills.ConceptID": someConcept(o, "skill"), "Skills.Importance": employer.Optional, "Languages": []string{"bm", "fr"},
		"Licences": []string{"B", "C"}, "State": employer.Suspended, "SuspendedFrom": employer.PartlyFilled,
	}
}

func TestAVacancyComesBackWhole(t *testing.T) {
	o := domaintest.NewOffice(t)
	firm := domaintest.AnOrganisation(o.IDs, o.Bamako, o.Awa.UserID, o.Moussa.UserID)
	o.Write(func(tx domain.Tx) error { return o.DB.Organisations().InsertOrganisation(o.Ctx, tx, firm) })
	given := vacancyFields(o, firm.ID)
	want := whole[employer.Vacancy](t, given)
	if empty := zeros(reflect.ValueOf(want), ""); !slices.Equal(empty, []string{".AbroadCountry"}) {
		t.Fatalf("not filled: %v; want only the country, which excludes a place", empty)
	}
	o.Write(func(tx domain.Tx) error { return o.DB.Vacancies().InsertVacancy(o.Ctx, tx, want) })
	expectVacancy(o, want)

	other := maps.Clone(given)
	maps.Copy(other, map[string]any{
		"PlaceCode": "", "AbroadCountry": "CIV", "State": employer.Withdrawn, "SuspendedFrom": domain.State(""),
		"Contract": employer.ContractAbroad, "Languages": []string{"en"}, "Licences": []string(nil), "Title": "Other",
		"OccupationID": domain.ID(""), "ISCO": "8", "OpenUntil": domain.Date{}, "Skills": []employer.RequiredSkill(nil),
	})
	changed := whole[employer.Vacancy](t, other)
	o.Write(func(tx domain.Tx) error { return o.DB.Vacancies().SaveVacancy(o.Ctx, tx, changed) })
	changed.Version = 2
	expectVacancy(o, changed)
	err := o.DB.InTx(o.Ctx, domain.System(), func(tx domain.Tx) error { return o.DB.Vacancies().SaveVacancy(o.Ctx, tx, want) })
	domaintest.Refused(t, "saving version 1 again", err, domain.KindStale)
	if n := o.Count(`SELECT count(*) FROM search_changes WHERE kind = 'vacancy' AND record_id = $1`, string(want.ID)); n != 2 {
		t.Errorf("%d rows in the search feed, want one a write", n)
	}
}

func expectVacancy(o *domaintest.Office, want employer.Vacancy) {
	o.T.Helper()
	o.Write(func(tx domain.Tx) error {
		got, err := o.DB.Vacancies().VacancyForUpdate(o.Ctx, tx, want.ID)
		if err == nil && !reflect.DeepEqual(got, want) {
			o.T.Errorf("came back as\n%+v\nwant\n%+v", got, want)
		}
		return err
	})
}
