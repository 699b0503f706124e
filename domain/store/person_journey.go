package store

import (
	"context"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

type episodeRow struct {
	ID         string    `json:"id"`
	PersonID   string    `json:"person_id"`
	Country    string    `json:"country"`
	Role       string    `json:"role"`
	Reason     string    `json:"reason"`
	FromYear   *int      `json:"from_year"`
	UntilYear  *int      `json:"until_year"`
	Status     string    `json:"status"`
	ISCO       *string   `json:"isco" gorm:"column:isco"`
	ISIC       *string   `json:"isic" gorm:"column:isic"`
	Months     *int      `json:"months"`
	ReturnMode *string   `json:"return_mode"`
	Sealed     sealed    `json:"sealed"`
	CreatedBy  *string   `json:"created_by"`
	CreatedAt  time.Time `json:"created_at"`
}

func (episodeRow) TableName() string { return "migration_episodes" }

// What journeys say in words, and their days.
type (
	sealedEpisode struct {
		Occupation string `json:"o,omitempty"`
		Returned   string `json:"r,omitempty"` // ISO
		Programme  string `json:"p,omitempty"`
	}
	sealedDisplacement struct {
		Detail string `json:"d,omitempty"`
		Date   string `json:"t,omitempty"` // ISO
	}
)

const (
	episodeColumn      = "migration_episodes.sealed"
	displacementColumn = "displacements.sealed"
)

func (r episodeRow) toDomain(o *opening) person.Episode {
	var words sealedEpisode
	o.open(domain.ID(r.PersonID), episodeColumn, r.Sealed, &words)
	return person.Episode{
		ID: domain.ID(r.ID), Country: r.Country, Role: person.EpisodeRole(r.Role), Reason: r.Reason,
		FromYear: intOf(r.FromYear), UntilYear: intOf(r.UntilYear), Status: r.Status, Occupation: words.Occupation,
		ISCO: textOf(r.ISCO), ISIC: textOf(r.ISIC), Months: intOf(r.Months), ReturnMode: textOf(r.ReturnMode),
		ReturnDate: isoDate(nullText(words.Returned)), Programme: words.Programme, CreatedBy: idOf(r.CreatedBy), CreatedAt: r.CreatedAt.UTC(),
	}
}

type displacementRow struct {
	ID            string    `json:"id"`
	PersonID      string    `json:"person_id"`
	OriginPlace   *string   `json:"origin_place"`
	Cause         string    `json:"cause"`
	IntendedPlace *string   `json:"intended_place"`
	CreatedBy     *string   `json:"created_by"`
	CreatedAt     time.Time `json:"created_at"`
	Sealed        sealed    `json:"sealed"`
}

func (displacementRow) TableName() string { return "displacements" }

func (r displacementRow) toDomain(o *opening) person.Displacement {
	var words sealedDisplacement
	o.open(domain.ID(r.PersonID), displacementColumn, r.Sealed, &words)
	return person.Displacement{
		ID: domain.ID(r.ID), OriginPlace: textOf(r.OriginPlace), OriginDetail: words.Detail, Date: isoDate(nullText(words.Date)),
		Cause: r.Cause, IntendedPlace: textOf(r.IntendedPlace), CreatedBy: idOf(r.CreatedBy), CreatedAt: r.CreatedAt.UTC(),
	}
}

type journeyRows struct {
	episodes      []episodeRow
	displacements []displacementRow
}

func (rows *journeyRows) add(id domain.ID, j person.Journey, seals *sealing) {
	for _, e := range j.Episodes {
		rows.episodes = append(rows.episodes, episodeRow{
			ID: string(e.ID), PersonID: string(id), Country: e.Country, Role: string(e.Role), Reason: e.Reason,
			FromYear: nullInt(e.FromYear), UntilYear: nullInt(e.UntilYear), Status: e.Status,
			ISCO: nullText(e.ISCO), ISIC: nullText(e.ISIC), Months: nullInt(e.Months), ReturnMode: nullText(e.ReturnMode),
			Sealed:    seals.seal(id, episodeColumn, sealedEpisode{e.Occupation, e.ReturnDate.String(), e.Programme}),
			CreatedBy: nullID(e.CreatedBy), CreatedAt: e.CreatedAt,
		})
	}
	for _, d := range j.Displacements {
		rows.displacements = append(rows.displacements, displacementRow{
			ID: string(d.ID), PersonID: string(id), OriginPlace: nullText(d.OriginPlace),
			Sealed: seals.seal(id, displacementColumn, sealedDisplacement{d.OriginDetail, d.Date.String()}),
			Cause:  d.Cause, IntendedPlace: nullText(d.IntendedPlace), CreatedBy: nullID(d.CreatedBy), CreatedAt: d.CreatedAt,
		})
	}
}

func (rows *journeyRows) insert(ctx context.Context, t domain.Tx) error {
	if err := insertMany(ctx, t, "migration_episodes", rows.episodes); err != nil {
		return err
	}
	return insertMany(ctx, t, "displacements", rows.displacements)
}

// Journey reads a person's episodes and displacements, oldest first.
func (Persons) Journey(ctx context.Context, t domain.Tx, id domain.ID) (person.Journey, error) {
	const op = "store.Persons.Journey"
	var episodes []episodeRow
	if err := on(ctx, t).Where("person_id = ?", string(id)).Order("from_year NULLS LAST, created_at, id").Find(&episodes).Error; err != nil {
		return person.Journey{}, fault(op, err)
	}
	var displacements []displacementRow
	if err := on(ctx, t).Where("person_id = ?", string(id)).Order("created_at, id").Find(&displacements).Error; err != nil {
		return person.Journey{}, fault(op, err)
	}
	var j person.Journey
	if len(episodes)+len(displacements) == 0 {
		return j, nil
	}
	o, err := inside(ctx, t)([]domain.ID{id})
	if err != nil {
		return j, err
	}
	for _, r := range episodes {
		j.Episodes = append(j.Episodes, r.toDomain(o))
	}
	for _, r := range displacements {
		j.Displacements = append(j.Displacements, r.toDomain(o))
	}
	// The day is sealed, so the database cannot put them in its order.
	slices.SortStableFunc(j.Displacements, func(a, b person.Displacement) int {
		switch {
		case a.Date == b.Date:
			return 0
		case a.Date.IsZero():
			return 1
		case b.Date.IsZero() || a.Date.Before(b.Date):
			return -1
		}
		return 1
	})
	return j, o.err
}

// SaveJourney replaces a journey. It raises the person's version and nothing
// else of the record, and tells the search index nothing: nothing there may
// depend on where somebody has been.
func (Persons) SaveJourney(ctx context.Context, t domain.Tx, id domain.ID, version int, j person.Journey) error {
	const op = "store.Persons.SaveJourney"
	keys, err := keysToSeal(ctx, t, id)
	if err != nil {
		return err
	}
	seals := &sealing{keys: keys}
	var rows journeyRows
	rows.add(id, j, seals)
	if seals.err != nil {
		return seals.err
	}
	result := on(ctx, t).Exec(`UPDATE persons SET version = version + 1 WHERE id = ? AND version = ?`, string(id), version)
	if err := touched(op, result); err != nil {
		return err
	}
	for _, table := range []string{"migration_episodes", "displacements"} {
		if err := on(ctx, t).Exec(`DELETE FROM `+table+` WHERE person_id = ?`, string(id)).Error; err != nil {
			return fault(op, err)
		}
	}
	if err := rows.insert(ctx, t); err != nil {
		return err
	}
	return keepFacts(ctx, t, id)
}

// keepFacts writes what statistics need of people whose records t wrote: it
// names nobody, and stays when somebody is erased.
func keepFacts(ctx context.Context, t domain.Tx, ids ...domain.ID) error {
	return fault("store.keepFacts", on(ctx, t).Exec(`SELECT rls.keep_facts(?::uuid[])`, idArray(ids)).Error)
}
