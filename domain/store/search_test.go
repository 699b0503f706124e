package store_test

import (
	"context"
	"database/sql"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/store"
)

// searchFixture is a small country: a place chain, three concepts, an agency, one person with everything and one vacancy with everything.
const searchFixture = `
INSERT INTO places (code, kind, parent_code, country) VALUES
  ('MLI', 'country', NULL, 'MLI'), ('KAY', 'region', 'MLI', 'MLI'), ('KAY-1', 'cercle', 'KAY', 'MLI');
INSERT INTO place_names VALUES ('KAY', 'fr', 'Kayes'), ('KAY-1', 'fr', 'Bafoulabé'), ('MLI', 'fr', 'Mali');
INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ('a0000000-0000-7000-8000-000000000001', 'KAY', 'Kayes', 'KAY', now());
INSERT INTO concepts (id, kind, uri, isco) VALUES
  ('c0000000-0000-7000-8000-000000000001', 'occupation', 'urn:mason', '7112'), ('c0000000-0000-7000-8000-000000000002', 'occupation', 'urn:tiler', '7122');
INSERT INTO concepts (id, kind, uri) VALUES ('c0000000-0000-7000-8000-000000000003', 'skill', 'urn:bricks');
INSERT INTO concepts (id, kind, uri, status, replaced_by) VALUES
  ('c0000000-0000-7000-8000-000000000004', 'skill', 'urn:old-bricks', 'obsolete', 'c0000000-0000-7000-8000-000000000003');
INSERT INTO concept_labels (concept_id, lang, label, folded, preferred, source) VALUES
  ('c0000000-0000-7000-8000-000000000001', 'fr', 'maçon', 'macon', true, 'starter'), ('c0000000-0000-7000-8000-000000000001', 'en', 'mason', 'mason', true, 'starter'),
  ('c0000000-0000-7000-8000-000000000003', 'fr', 'poser des briques', 'poser des briques', true, 'starter');
INSERT INTO concept_relations VALUES ('c0000000-0000-7000-8000-000000000002', 'c0000000-0000-7000-8000-000000000001', 'related', 'starter'),
  ('c0000000-0000-7000-8000-000000000001', 'c0000000-0000-7000-8000-000000000003', 'essential', 'starter');

INSERT INTO persons (id, reference, sealed_names, sealed_identity, sex, birth_year, birth_precision, residence_place, isced_level, available_from,
    sealed_rest, population_groups, entered_mode, created_at, updated_at)
  VALUES ('b0000000-0000-7000-8000-000000000001', 'ML-1', 'Canary-given Canary-family', 'Canary-father', 'female', 1990, 'year', 'KAY-1', 3, '2026-05-01',
    'Canary-need', '{return_migrant}', 'staff', now(), now());
INSERT INTO registrations (id, person_id, agency_id, state, registered_on) VALUES
  (gen_random_uuid(), 'b0000000-0000-7000-8000-000000000001', 'a0000000-0000-7000-8000-000000000001', 'active', '2026-01-15');
INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at, expires_at) VALUES
  (gen_random_uuid(), 'b0000000-0000-7000-8000-000000000001', 'matching', '1', 'fr', 'click', '2026-01-15', '2090-01-15T10:00:00Z');
INSERT INTO person_skills (person_id, position, words, folded, concept_id, link_score, evidence) VALUES
  ('b0000000-0000-7000-8000-000000000001', 0, 'Pose de briques', '', 'c0000000-0000-7000-8000-000000000004', 90, 'certified'),
  ('b0000000-0000-7000-8000-000000000001', 1, 'Banco', '', NULL, 0, 'declared');
INSERT INTO experiences (person_id, position, sealed, occupation_id, link_score, isco, country, months) VALUES
  ('b0000000-0000-7000-8000-000000000001', 0, 'Canary-title Canary-employer', 'c0000000-0000-7000-8000-000000000001', 90, NULL, 'LBY', 30),
  ('b0000000-0000-7000-8000-000000000001', 1, 'Canary-title', NULL, 0, '8332', 'LBY', 6);
INSERT INTO person_wishes VALUES ('b0000000-0000-7000-8000-000000000001', 0, 'carreleur', 'c0000000-0000-7000-8000-000000000002', 90);
INSERT INTO person_languages (person_id, lang) VALUES ('b0000000-0000-7000-8000-000000000001', 'fr'), ('b0000000-0000-7000-8000-000000000001', 'bm');
INSERT INTO person_licences (person_id, category, until) VALUES
  ('b0000000-0000-7000-8000-000000000001', 'B', NULL), ('b0000000-0000-7000-8000-000000000001', 'C', '2001-01-01');

INSERT INTO vacancies (id, reference, client_name, source, title, description, occupation_id, posts, posts_filled, contract_kind, place_code, isced_min,
    experience_months, starts_on, open_until, fee_free, state, published_at, created_at, updated_at)
  VALUES ('d0000000-0000-7000-8000-000000000001', 'V-1', 'Chantier', 'phone', 'Maçon', 'Mur', 'c0000000-0000-7000-8000-000000000001', 3, 1, 'daily', 'KAY-1', 1,
    12, '2026-06-01', '2026-07-01', true, 'partly_filled', '2026-03-02', now(), now());
INSERT INTO vacancy_skills VALUES
  ('d0000000-0000-7000-8000-000000000001', 0, 'briques', '', 'c0000000-0000-7000-8000-000000000003', 90, 'essential'),
  ('d0000000-0000-7000-8000-000000000001', 1, 'Lire un plan', '', NULL, 0, 'optional');
INSERT INTO vacancy_languages VALUES ('d0000000-0000-7000-8000-000000000001', 'fr');
INSERT INTO vacancy_licences VALUES ('d0000000-0000-7000-8000-000000000001', 'B');`

const (
	somebody = domain.ID("b0000000-0000-7000-8000-000000000001")
	someJob  = domain.ID("d0000000-0000-7000-8000-000000000001")
	mason    = domain.ID("c0000000-0000-7000-8000-000000000001")
	tiler    = domain.ID("c0000000-0000-7000-8000-000000000002")
	bricks   = domain.ID("c0000000-0000-7000-8000-000000000003")
)

func searchStore(t *testing.T, db domaintest.DB) *store.DB {
	t.Helper()
	s, err := store.Open(context.Background(), db.AppURL, domain.IDFunc(func() domain.ID { return domain.ID(uuid.NewString()) }), store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func execute(t *testing.T, db *sql.DB, query string) {
	t.Helper()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

func TestSearchReadsAPerson(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	search := searchStore(t, db).Search()
	got, err := search.People(context.Background(), []domain.ID{somebody, "b0000000-0000-7000-8000-00000000ffff"})
	if err != nil {
		t.Fatal(err)
	}
	want := []matching.PersonRecord{{
		Profile: matching.Profile{
			ID: somebody, ISCED: 3, Mobility: []string{"KAY-1", "KAY"}, Languages: []string{"bm", "fr"}, Licences: []string{"B"},
			AvailableFrom: domain.Date{Year: 2026, Month: time.May, Day: 1}, MatchableUntil: domain.Date{Year: 2090, Month: time.January, Day: 14},
			WaitingSince: domain.Date{Year: 2026, Month: time.January, Day: 15},
			Skills:       []matching.Skill{{Concept: bricks, Words: "Pose de briques", Evidence: matching.Certified}, {Words: "Banco"}},
			Experiences: []matching.Experience{
				{Occupation: mason, ISCO: "7112", Months: 30, Skills: []domain.ID{bricks}}, {ISCO: "8332", Months: 6},
			},
			Wishes: []matching.Wish{{Occupation: tiler, ISCO: "7122"}},
		},
		Region: "KAY", Skills: []string{"Pose de briques", "Banco", "poser des briques"}, Occupations: []string{"mason", "maçon"},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	// The same by a range of ids, its ends included; and nobody beyond them.
	var lore matching.Lore
	for _, in := range [][2]domain.ID{{somebody, somebody}, {"b0000000-0000-7000-8000-000000000000", "b0000000-0000-7000-8000-000000000002"}} {
		if got, err = search.PeopleBetween(context.Background(), in[0], in[1], &lore); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got  %+v, %v\nwant %+v", in, got, err, want)
		}
	}
	got, err = search.PeopleBetween(context.Background(), "b0000000-0000-7000-8000-000000000002", "b0000000-0000-7000-8000-00000000ffff", &lore)
	if err != nil || len(got) != 0 {
		t.Errorf("beyond: %+v, %v", got, err)
	}
}

func TestSearchReadsAVacancy(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	got, err := searchStore(t, db).Search().Vacancies(context.Background(), []domain.ID{someJob})
	if err != nil {
		t.Fatal(err)
	}
	want := []matching.VacancyRecord{{
		Opening: matching.Opening{
			ID: someJob, Places: []string{"KAY-1", "KAY", "MLI"}, ISCEDMin: 1, ExperienceMonths: 12, Languages: []string{"fr"}, Licences: []string{"B"},
			Skills:     []matching.Need{{Concept: bricks, Words: "briques", Essential: true, Rarity: matching.Rare}, {Words: "Lire un plan"}},
			Occupation: mason, ISCO: "7112", Neighbours: []domain.ID{tiler}, PostsLeft: 2,
			StartsOn: domain.Date{Year: 2026, Month: time.June, Day: 1}, OpenUntil: domain.Date{Year: 2026, Month: time.July, Day: 1},
			WaitingSince: domain.Date{Year: 2026, Month: time.March, Day: 2},
		},
		Region: "KAY", Contract: "daily", Title: "Maçon", Description: "Mur", Occupations: []string{"mason", "maçon"},
		Skills: []string{"briques", "Lire un plan", "poser des briques"}, PlaceNames: []string{"Bafoulabé", "Kayes"},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestMatchingKnowsNothingOfWhoSomebodyIs changes everything about a person but what they can do and where: what matching knows stays the same.
func TestMatchingKnowsNothingOfWhoSomebodyIs(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	search := searchStore(t, db).Search()
	before, err := search.People(context.Background(), []domain.ID{somebody})
	if err != nil || len(before) != 1 {
		t.Fatal(before, err)
	}
	execute(t, db.SQL, `UPDATE persons SET sex = 'male', sealed_names = 'Other', sealed_identity = 'Other', birth_year = 2004,
		population_groups = '{internally_displaced,young_graduate}', sealed_rest = NULL`)
	execute(t, db.SQL, `UPDATE experiences SET country = 'MLI', sealed = 'other'`)
	after, err := search.People(context.Background(), []domain.ID{somebody})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
}

func TestHowLongAgoWorkWasIsRead(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	search := searchStore(t, db).Search()
	for name, c := range map[string]struct {
		set  string
		want matching.Recency
	}{
		"goes on":                        {"ongoing = true, from_year = NULL, until_year = NULL", matching.Lately},
		"ended long ago":                 {"ongoing = false, from_year = NULL, until_year = extract(year FROM now()) - 20", matching.LongAgo},
		"began six years ago for a year": {"ongoing = false, until_year = NULL, months = 12, from_year = extract(year FROM now()) - 7", matching.Earlier},
	} {
		execute(t, db.SQL, `UPDATE experiences SET `+c.set+` WHERE position = 0`)
		got, err := search.People(context.Background(), []domain.ID{somebody})
		if err != nil {
			t.Fatal(err)
		}
		if r := got[0].Profile.Experiences[0].Recency; r != c.want {
			t.Errorf("%s: %s", name, r)
		}
	}
}

// TestNeighboursOfAVacancyWithoutSkills: who shares half of the trade's skills is near; where the vacancy names skills, they speak for themselves.
func TestNeighboursOfAVacancyWithoutSkills(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	execute(t, db.SQL, `DELETE FROM concept_relations WHERE kind = 'related';
		INSERT INTO concept_relations SELECT '`+string(tiler)+`', '`+string(bricks)+`', 'essential', 'starter'`)
	search := searchStore(t, db).Search()
	neighbours := func() []domain.ID {
		got, err := search.Vacancies(context.Background(), []domain.ID{someJob})
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		return got[0].Opening.Neighbours
	}
	if got := neighbours(); len(got) != 0 {
		t.Errorf("with skills: %v", got)
	}
	execute(t, db.SQL, `DELETE FROM vacancy_skills`)
	if got := neighbours(); !slices.Equal(got, []domain.ID{tiler}) {
		t.Errorf("without: %v", got)
	}
}

// TestTheOrderOfAnImportIsThatOfTime: another system names the latest work first; the tiles of our own form have an order of their own.
func TestTheOrderOfAnImportIsThatOfTime(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	search := searchStore(t, db).Search()
	for mode, want := range map[string][]matching.Recency{"staff": {matching.Lately, matching.Lately}, "import": {matching.Lately, matching.Earlier}} {
		execute(t, db.SQL, `UPDATE persons SET entered_mode = '`+mode+`'`)
		got, err := search.People(context.Background(), []domain.ID{somebody})
		if err != nil {
			t.Fatal(err)
		}
		work := got[0].Profile.Experiences
		if order := []matching.Recency{work[0].Recency, work[1].Recency}; !slices.Equal(order, want) {
			t.Errorf("%s: %v", mode, order)
		}
	}
}

func TestProspectsCountEssentialSkills(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	s := searchStore(t, db)
	var got []matching.Prospect
	err := s.View(context.Background(), domain.System(), func(tx domain.Tx) (err error) {
		got, err = s.Search().Prospects(context.Background(), tx, []domain.ID{bricks})
		return err
	})
	if want := []matching.Prospect{{Occupation: mason, Has: 1, Of: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestWhoIsAwayIsAvailableAfterTheReturn: absence ends by its date, without a
// change of the record.
func TestWhoIsAwayIsAvailableAfterTheReturn(t *testing.T) {
	for name, c := range map[string]struct{ available, absent, want string }{
		"away longer than busy": {"'2026-05-01'", "'2026-09-15'", "2026-09-15"},
		"busy longer than away": {"'2026-05-01'", "'2026-02-15'", "2026-05-01"},
		"only away":             {"NULL", "'2026-09-15'", "2026-09-15"},
		"neither":               {"NULL", "NULL", ""},
	} {
		t.Run(name, func(t *testing.T) {
			db := domaintest.Database(t)
			execute(t, db.SQL, searchFixture)
			execute(t, db.SQL, `UPDATE persons SET available_from = `+c.available+`, absent_until = `+c.absent)
			got, err := searchStore(t, db).Search().People(context.Background(), []domain.ID{somebody})
			if err != nil || len(got) != 1 || got[0].Profile.AvailableFrom.String() != c.want {
				t.Errorf("got %+v, %v, want available from %s", got, err, c.want)
			}
		})
	}
}

// TestWhoMayNotBeMatchedIsAbsent changes one thing at a time about a person who may.
func TestWhoMayNotBeMatchedIsAbsent(t *testing.T) {
	for name, change := range map[string]string{
		"consent withdrawn":         `UPDATE consents SET withdrawn_at = now()`,
		"consent expired":           `UPDATE consents SET expires_at = now() - interval '1 second'`,
		"consent to something else": `UPDATE consents SET purpose = 'follow_up'`,
		"never asked":               `DELETE FROM consents`,
		"in the intake queue":       `UPDATE registrations SET state = 'intake'`,
		"lapsed":                    `UPDATE registrations SET state = 'lapsed'`,
		"closed":                    `UPDATE registrations SET state = 'closed', closed_reason = 'job'`,
		"not registered":            `DELETE FROM registrations`,
	} {
		t.Run(name, func(t *testing.T) {
			db := domaintest.Database(t)
			execute(t, db.SQL, searchFixture)
			execute(t, db.SQL, change)
			s := searchStore(t, db)
			got, err := s.Search().People(context.Background(), []domain.ID{somebody})
			if err != nil || len(got) != 0 {
				t.Errorf("found %d, %v", len(got), err)
			}
			got, err = s.Search().PeopleBetween(context.Background(), somebody, somebody, new(matching.Lore))
			if err != nil || len(got) != 0 {
				t.Errorf("found %d by a range, %v", len(got), err)
			}
			ids, err := s.Search().PeopleAfter(context.Background(), "", 10)
			if err != nil || len(ids) != 0 {
				t.Errorf("listed %v, %v", ids, err)
			}
			profiles, err := s.Search().Profiles(context.Background(), []domain.ID{somebody})
			if err != nil || len(profiles) != 0 {
				t.Errorf("may be explained: %v", err)
			}
		})
	}
}

func TestOnlyPublishedVacanciesAreSearched(t *testing.T) {
	db := domaintest.Database(t)
	execute(t, db.SQL, searchFixture)
	s := searchStore(t, db)
	for state, want := range map[string]int{"draft": 0, "submitted": 0, "held": 0, "filled": 0, "expired": 0, "withdrawn": 0, "published": 1, "partly_filled": 1} {
		if _, err := db.SQL.Exec(`UPDATE vacancies SET state = $1, posts_filled = CASE $1 WHEN 'filled' THEN posts WHEN 'partly_filled' THEN posts - 1 ELSE 0 END`, state); err != nil {
			t.Fatal(err)
		}
		got, err := s.Search().Vacancies(context.Background(), []domain.ID{someJob})
		ids, listErr := s.Search().VacanciesAfter(context.Background(), "", 10)
		if err != nil || listErr != nil || len(got) != want || len(ids) != want {
			t.Errorf("%s: found %d, listed %d, %v %v", state, len(got), len(ids), err, listErr)
		}
		err = s.View(context.Background(), domain.Actor{Role: domain.RoleSystem}, func(tx domain.Tx) error {
			openings, err := s.Search().Openings(context.Background(), tx, []domain.ID{someJob})
			if o, ok := openings[someJob]; !ok || (o.PostsLeft > 0) != (want == 1) {
				t.Errorf("%s: opening %v with %d posts left", state, ok, o.PostsLeft)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
