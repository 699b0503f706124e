package store_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// valid gives values the schema accepts, by the path of the field; every
// other field is filled by its kind. A new field that is not stored comes back
// different, one with rules of its own is refused: both fail the test.
func valid() map[string]any {
	concept, user, place := domain.ID("01900000-0000-7000-8000-0000000000c1"), domain.ID("01900000-0000-7000-8000-0000000000d1"), "BKO"
	return map[string]any{
		"ID": domain.ID("01900000-0000-7000-8000-0000000000a1"), "Version": 1,
		"Identity.Sex": person.Female, "Identity.Birth": person.BornOn(domain.Date{Year: 1991, Month: 3, Day: 8}),
		"Identity.Nationalities": []string{"MLI", "CIV"}, "Identity.BirthCountry": "CIV", "Identity.GuardianPhone": "+22376000002",
		"Identity.Aliases.Kind": person.AliasMaiden, "Contact.Residence.Kind": person.LivesInSite, "Contact.Residence.Country": "MLI",
		"Contact.Residence.Place": place, "Contact.Residence.Region": place, "Contact.Phones.Number": "+22376000001",
		"Contact.Phones.Owner": person.SharedPhone, "Contact.Phones.SafeFrom": "08:00", "Contact.Phones.SafeUntil": "18:30",
		"Contact.Channel": person.ByVoice, "Contact.Reading": person.WantsVoice,
		"Population.Groups": []person.Group{person.Refugee, person.OtherGroup}, "Population.WorkedAbroad": person.Yes,
		"Schooling.Educations.Kind": person.NKo, "Schooling.Educations.Field": "0732", "Schooling.Educations.Year": 2011,
		"Schooling.Educations.Country": "SEN", "Schooling.Educations.Recognition": person.RecognitionApplied,
		"Experience.OccupationID": concept, "Experience.ISCO": "7112", "Experience.ISIC": "F", "Experience.Country": "DZA",
		"Experience.Kind": person.FamilyWorker, "Experience.FromYear": 2011, "Experience.UntilYear": 2014,
		"Skills.ConceptID": concept, "Skills.Evidence": person.Certified, "Skills.Acquired": person.Abroad,
		"Languages.Code": "bm", "Languages.Speaking": person.SpeaksNative, "Licences.Country": "MLI",
		"Mobility.Places": []string{place}, "Wishes.OccupationID": concept, "Entry.Mode": person.EntryImport, "Entry.By": user,
	}
}

// fill sets every exported field, lists to one entry.
func fill(t *testing.T, v reflect.Value, path string, given map[string]any) {
	t.Helper()
	if value, ok := given[path]; ok {
		v.Set(reflect.ValueOf(value))
		return
	}
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 3, 4, 5, 6, 7000, time.UTC)))
		return
	case domain.Date:
		v.Set(reflect.ValueOf(domain.Date{Year: 2027, Month: 2, Day: 3}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if path != "" {
				name = path + "." + name
			}
			fill(t, v.Field(i), name, given)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0), path, given)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), path, given)
	case reflect.String:
		v.SetString("text of " + path)
	case reflect.Int, reflect.Int64:
		v.SetInt(5)
	case reflect.Bool:
		v.SetBool(true)
	default:
		t.Fatalf("%s: a %s nobody fills", path, v.Kind())
	}
}

// zeros lists the fields a filled value left empty.
func zeros(v reflect.Value, path string) []string {
	if v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]() && v.Type() != reflect.TypeFor[domain.Date]() {
		var out []string
		for i := range v.NumField() {
			out = append(out, zeros(v.Field(i), path+"."+v.Type().Field(i).Name)...)
		}
		return out
	}
	if v.IsZero() {
		return []string{path}
	}
	return nil
}

// peopled is a store with what people's rows refer to.
func peopled(t *testing.T) (*store.DB, store.Persons, domain.ID) {
	t.Helper()
	t.Parallel()
	sql := domaintest.Database(t)
	agency := domain.ID("01900000-0000-7000-8000-0000000000e1")
	for _, statement := range []string{
		`INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI')`,
		`INSERT INTO concepts (id, kind, uri) VALUES ('01900000-0000-7000-8000-0000000000c1', 'skill', 'test:1')`,
		`INSERT INTO users (id, role, name, email, created_at) VALUES ('01900000-0000-7000-8000-0000000000d1', 'lead', 'T', 't@example.org', now())`,
		`INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ('` + string(agency) + `', 'A', 'A', 'BKO', now())`,
	} {
		if _, err := sql.SQL.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(t.Context(), sql.AppURL, uuids(), store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, db.Persons(), agency
}

func inTx(t *testing.T, db *store.DB, fn func(ctx context.Context, tx domain.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), domain.System(), func(tx domain.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func TestPersonRoundTrip(t *testing.T) {
	db, people, agency := peopled(t)
	var p person.Person
	fill(t, reflect.ValueOf(&p).Elem(), "", valid())
	if empty := zeros(reflect.ValueOf(p), "Person"); len(empty) > 0 {
		t.Fatalf("not filled: %v", empty)
	}
	n := domaintest.APerson(uuids()).At(agency)
	n.Person, n.Registration.PersonID, n.Consents = p, p.ID, nil
	inTx(t, db, func(ctx context.Context, tx domain.Tx) error {
		return people.InsertBatch(ctx, tx, []person.Newcomer{n})
	})
	same := func(step string, want person.Person) {
		t.Helper()
		inTx(t, db, func(ctx context.Context, tx domain.Tx) error {
			got, err := people.Get(ctx, tx, p.ID)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s:\n got %+v\nwant %+v", step, got, want)
			}
			return err
		})
	}
	same("inserted", p)

	// Saved empty, every list and optional value must go; what never changes stays.
	bare := person.Person{
		ID: p.ID, Reference: p.Reference, Entry: p.Entry, Demo: p.Demo, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt.Add(time.Hour), Version: 1,
		Identity:   person.Identity{Given: "Only", Sex: person.SexUnknown, Birth: person.BornIn(0, false)},
		Contact:    person.Contact{Residence: person.Residence{Kind: person.NowhereFixed}, Language: "bm", Channel: person.ByVisit, Reading: person.ReadingNotSet},
		Population: person.Population{WorkedAbroad: person.NotSaid},
	}
	inTx(t, db, func(ctx context.Context, tx domain.Tx) error { return people.Save(ctx, tx, bare) })
	bare.Version = 2
	same("emptied", bare)
	p.Version, p.UpdatedAt = 2, p.UpdatedAt.Add(2*time.Hour)
	inTx(t, db, func(ctx context.Context, tx domain.Tx) error { return people.Save(ctx, tx, p) })
	p.Version = 3
	same("filled again", p)
}

func TestJourneyRoundTrip(t *testing.T) {
	db, people, agency := peopled(t)
	var j person.Journey
	user := domain.ID("01900000-0000-7000-8000-0000000000d1")
	fill(t, reflect.ValueOf(&j).Elem(), "", map[string]any{
		"Episodes.ID": domain.ID("01900000-0000-7000-8000-0000000000b1"), "Episodes.Country": "LBY", "Episodes.Role": person.Transit,
		"Episodes.Reason": "climate", "Episodes.FromYear": 2011, "Episodes.UntilYear": 2014, "Episodes.Status": "asylum", "Episodes.ISCO": "71",
		"Episodes.ISIC": "41", "Episodes.ReturnMode": "expulsion", "Episodes.CreatedBy": user,
		"Displacements.ID": domain.ID("01900000-0000-7000-8000-0000000000b2"), "Displacements.OriginPlace": "BKO",
		"Displacements.Cause": "violence", "Displacements.IntendedPlace": "BKO", "Displacements.CreatedBy": user,
	})
	n := domaintest.APerson(uuids()).At(agency)
	inTx(t, db, func(ctx context.Context, tx domain.Tx) error {
		if err := people.InsertBatch(ctx, tx, []person.Newcomer{n}); err != nil {
			return err
		}
		if err := people.SaveJourney(ctx, tx, n.Person.ID, 1, j); err != nil {
			return err
		}
		got, err := people.Journey(ctx, tx, n.Person.ID)
		if !reflect.DeepEqual(got, j) {
			t.Errorf("got\n%+v\nwant\n%+v", got, j)
		}
		return err
	})
}

func TestConsentAndRegistrationRoundTrip(t *testing.T) {
	db, people, agency := peopled(t)
	n := domaintest.APerson(uuids()).Unmatched().At(agency)
	var c person.Consent
	fill(t, reflect.ValueOf(&c).Elem(), "", map[string]any{
		"ID": domain.ID("01900000-0000-7000-8000-0000000000b3"), "PersonID": n.Person.ID, "Purpose": person.ForFollowUp, "Mode": person.ByThumbprint,
		"RecordedBy": domain.ID("01900000-0000-7000-8000-0000000000d1"), "WithdrawnBy": domain.ID("01900000-0000-7000-8000-0000000000d1"),
		"WithdrawnMode": person.ByWord, "RepresentativePhone": "+22370000009",
		// The contact has a test of its own: it hangs on an application.
		"Recipient.ApplicationID": domain.ID(""), "Recipient.OrganisationID": domain.ID(""), "Recipient.Employer": "",
		"ExpiresAt": time.Date(2028, 1, 2, 3, 4, 5, 0, time.UTC), "WithdrawnAt": time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC),
	})
	n.Registration.State, n.Registration.ClosedReason = person.Closed, "training"
	inTx(t, db, func(ctx context.Context, tx domain.Tx) error {
		if err := people.InsertBatch(ctx, tx, []person.Newcomer{n}); err != nil {
			return err
		}
		if err := db.Consents().InsertConsent(ctx, tx, c); err != nil {
			return err
		}
		consents, err := db.Consents().Consents(ctx, tx, n.Person.ID)
		if err != nil || len(consents) != 1 || !reflect.DeepEqual(consents[0], c) {
			t.Errorf("got %+v (%v)\nwant %+v", consents, err, c)
		}
		r, err := db.Registrations().Registration(ctx, tx, n.Person.ID)
		if !reflect.DeepEqual(r, n.Registration) {
			t.Errorf("got %+v\nwant %+v", r, n.Registration)
		}
		return err
	})
}

func TestManyKeepsTheAskedOrder(t *testing.T) {
	db, people, agency := peopled(t)
	var newcomers []person.Newcomer
	var ids []domain.ID
	for i := range 5 {
		n := domaintest.APerson(uuids()).Named(fmt.Sprint("N", i), "").At(agency)
		newcomers = append(newcomers, n)
		ids = append([]domain.ID{n.Person.ID}, ids...)
	}
	inTx(t, db, func(ctx context.Context, tx domain.Tx) error {
		if err := people.InsertBatch(ctx, tx, newcomers); err != nil {
			return err
		}
		got, err := people.Many(ctx, tx, append(ids, uuids().New()))
		if len(got) != 5 {
			t.Fatalf("%d people, want 5", len(got))
		}
		for i, p := range got {
			if p.ID != ids[i] {
				t.Errorf("place %d holds %s", i, p.Given)
			}
		}
		return err
	})
}
