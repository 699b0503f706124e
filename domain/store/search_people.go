package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// matchable is the one SQL form of "may be matched": an active registration
// and a live consent to matching.
const matchable = `persons p
	JOIN registrations r ON r.person_id = p.id AND r.state = 'active'
	JOIN consents c ON c.person_id = p.id AND c.purpose = 'matching' AND c.withdrawn_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > now())`

// People gives those of the ids that may be matched. The others are absent: to
// an index they are gone.
func (s Search) People(ctx context.Context, ids []domain.ID) ([]matching.PersonRecord, error) {
	var out []matching.PersonRecord
	err := s.db.as(ctx, indexRole, func(g *gorm.DB) error {
		var err error
		out, err = personRecords(g, listed(ids), new(matching.Lore))
		return err
	})
	return out, err
}

// PeopleBetween gives everybody who may be matched whose id is from first to
// last. It is for reading everybody: a range is read along the tables' own
// order, where PostgreSQL would look for thousands of ids in all of each table;
// lore is shared by the readings of all ranges.
func (s Search) PeopleBetween(ctx context.Context, first, last domain.ID, lore *matching.Lore) ([]matching.PersonRecord, error) {
	var out []matching.PersonRecord
	err := s.db.as(ctx, indexRole, func(g *gorm.DB) error {
		// PostgreSQL cannot tell how many ids lie between two: it expects one, and would go through the second table again for
		// each row of the first. Among 900,000 people that took 12 s for each range, where merging takes 10 ms.
		err := g.Exec(`SET LOCAL enable_nestloop = off`).Error
		if err != nil {
			return fault("store.Search.PeopleBetween", err)
		}
		out, err = personRecords(g, span{first, last}, lore)
		return err
	})
	return out, err
}

// PeopleAfter gives the ids of people who may be matched, in order, after one
// of them: "" begins.
func (s Search) PeopleAfter(ctx context.Context, after domain.ID, limit int) ([]domain.ID, error) {
	return s.idsAfter(ctx, `SELECT p.id::text FROM `+matchable+` WHERE p.id > ?::uuid ORDER BY p.id LIMIT ?`, after, limit)
}

// Count is how many people and vacancies are searchable: how far a rebuild has
// to go.
func (s Search) Count(ctx context.Context) (int, error) {
	n := 0
	err := s.db.View(ctx, system, func(t domain.Tx) error {
		return fault("store.Search.Count", on(ctx, t).Raw(`SELECT (SELECT count(*) FROM `+matchable+`) + (SELECT count(*) FROM vacancies v WHERE `+published+`)`).Scan(&n).Error)
	})
	return n, err
}

func (s Search) idsAfter(ctx context.Context, query string, after domain.ID, limit int) ([]domain.ID, error) {
	if after.IsZero() {
		after = "00000000-0000-0000-0000-000000000000"
	}
	var ids []domain.ID
	err := s.db.as(ctx, indexRole, func(g *gorm.DB) error {
		return fault("store.Search.idsAfter", g.Raw(query, string(after), limit).Scan(&ids).Error)
	})
	return ids, err
}

// Profiles gives what matching knows of those of the ids, people of any agency,
// that may be matched, to explain matches and to match a person.
func (s Search) Profiles(ctx context.Context, ids []domain.ID) (map[domain.ID]matching.Profile, error) {
	records, err := s.People(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[domain.ID]matching.Profile, len(records))
	for _, r := range records {
		out[r.Profile.ID] = r.Profile
	}
	return out, nil
}

func personRecords(g *gorm.DB, of who, lore *matching.Lore) ([]matching.PersonRecord, error) {
	var out []matching.PersonRecord
	var homes []string
	var r struct {
		id, home                  string
		isced                     int
		anywhere                  bool
		free, until, since, adult *time.Time
	}
	// The consent counts for the last whole day before it expires.
	err := eachRow(g, `SELECT p.id::text, coalesce(p.isced_level, 0), p.mobility_anywhere,
			greatest(p.available_from, p.absent_until), -- who is away is not available before the return
			(c.expires_at AT TIME ZONE 'UTC')::date - 1, r.registered_on, coalesce(p.residence_place, ''), p.adult_on
		FROM `+matchable+` WHERE ? ORDER BY p.id`, []any{of.are("p.id", "r.person_id", "c.person_id")},
		[]any{&r.id, &r.isced, &r.anywhere, &r.free, &r.until, &r.since, &r.home, &r.adult}, func() {
			out = append(out, matching.PersonRecord{Profile: matching.Profile{
				ID: domain.ID(r.id), ISCED: r.isced, Anywhere: r.anywhere, AvailableFrom: dateOf(r.free),
				AdultOn: dateOf(r.adult), MatchableUntil: dateOf(r.until), WaitingSince: dateOf(r.since),
			}})
			homes = append(homes, r.home)
		})
	if err != nil {
		return nil, fault("store.Search.People", err)
	}
	at := make(map[string]*matching.PersonRecord, len(out))
	for i := range out {
		at[string(out[i].Profile.ID)] = &out[i]
	}
	concepts := conceptSet{}
	for _, read := range []func(*gorm.DB, who, map[string]*matching.PersonRecord, conceptSet) error{
		readSkills, readExperiences, readWishes, readAbilities,
	} {
		if err := read(g, of, at, concepts); err != nil {
			return nil, err
		}
	}
	if err := describePeople(g, at, concepts, lore); err != nil {
		return nil, err
	}
	places, err := containing(g, homes)
	if err != nil {
		return nil, err
	}
	for i, lives := range homes {
		home := places[lives]
		out[i].Region = home.region
		// Who names no place would work where they live, and anywhere in its region.
		if p := &out[i].Profile; len(p.Mobility) == 0 && !p.Anywhere && lives != "" {
			p.Mobility = []string{lives}
			if home.region != "" && home.region != lives {
				p.Mobility = append(p.Mobility, home.region)
			}
		}
	}
	return out, nil
}
