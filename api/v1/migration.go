package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Journey is where somebody has been and why: asked in a private interview, and
// in no other answer of the API.
type Journey struct {
	Episodes      []Episode      `json:"episodes" maxItems:"60"`
	Displacements []Displacement `json:"displacements" maxItems:"60"`
}

// Episode is a time abroad.
type Episode struct {
	ID         string `json:"id,omitempty" format:"uuid" doc:"Of an entry that was there before"`
	Country    string `json:"country" minLength:"1" maxLength:"3"`
	Role       string `json:"role,omitempty" enum:"destination,transit"`
	Reason     string `json:"reason,omitempty" enum:"work,family,study,conflict,persecution,climate,other,not_said"`
	FromYear   int    `json:"from_year,omitempty"`
	UntilYear  int    `json:"until_year,omitempty"`
	Status     string `json:"status,omitempty" enum:"regular,irregular,asylum,other,not_said"`
	Occupation string `json:"occupation,omitempty" maxLength:"200" doc:"As said"`
	ISCO       string `json:"isco,omitempty" maxLength:"4"`
	ISIC       string `json:"isic,omitempty" maxLength:"2"`
	Months     int    `json:"months,omitempty" minimum:"0" maximum:"840"`
	ReturnMode string `json:"return_mode,omitempty" enum:"voluntary,assisted,forced,humanitarian,state_evacuation,expulsion,not_said"`
	ReturnDate string `json:"return_date,omitempty" format:"date"`
	Programme  string `json:"programme,omitempty" maxLength:"200"`
}

// Displacement is a flight inside the country.
type Displacement struct {
	ID            string `json:"id,omitempty" format:"uuid" doc:"Of an entry that was there before"`
	OriginPlace   string `json:"origin_place,omitempty" maxLength:"40"`
	OriginDetail  string `json:"origin_detail,omitempty" maxLength:"500"`
	Date          string `json:"date,omitempty" format:"date"`
	Cause         string `json:"cause,omitempty" enum:"conflict,violence,disaster,climate,other,not_said"`
	IntendedPlace string `json:"intended_place,omitempty" maxLength:"40"`
}

func (j Journey) toDomain() person.Journey {
	return person.Journey{
		Episodes: each(j.Episodes, func(e Episode) person.Episode {
			return person.Episode{
				ID: id(e.ID), Country: e.Country, Role: person.EpisodeRole(e.Role), Reason: e.Reason, FromYear: e.FromYear, UntilYear: e.UntilYear,
				Status: e.Status, Occupation: e.Occupation, ISCO: e.ISCO, ISIC: e.ISIC, Months: e.Months, ReturnMode: e.ReturnMode,
				ReturnDate: day(e.ReturnDate), Programme: e.Programme,
			}
		}),
		Displacements: each(j.Displacements, func(d Displacement) person.Displacement {
			return person.Displacement{
				ID: id(d.ID), OriginPlace: d.OriginPlace, OriginDetail: d.OriginDetail, Date: day(d.Date), Cause: d.Cause,
				IntendedPlace: d.IntendedPlace,
			}
		}),
	}
}

func journeyOut(j person.Journey) Journey {
	return Journey{
		Episodes: each(j.Episodes, func(e person.Episode) Episode {
			return Episode{
				ID: string(e.ID), Country: e.Country, Role: string(e.Role), Reason: e.Reason, FromYear: e.FromYear, UntilYear: e.UntilYear,
				Status: e.Status, Occupation: e.Occupation, ISCO: e.ISCO, ISIC: e.ISIC, Months: e.Months, ReturnMode: e.ReturnMode,
				ReturnDate: e.ReturnDate.String(), Programme: e.Programme,
			}
		}),
		Displacements: each(j.Displacements, func(d person.Displacement) Displacement {
			return Displacement{
				ID: string(d.ID), OriginPlace: d.OriginPlace, OriginDetail: d.OriginDetail, Date: d.Date.String(), Cause: d.Cause,
				IntendedPlace: d.IntendedPlace,
			}
		}),
	}
}

func (a *API) mountMigration(g huma.API) {
	detail := "For the person, the referent and the agency's lead alone. Never shown to employers, never used in ranking."
	add(g, route{id: "get-migration", method: http.MethodGet, path: "/jobseekers/{id}/migration", detail: detail,
		summary: "Where somebody has been: episodes abroad and displacement", tag: "migration"}, a.getMigration)
	add(g, route{id: "set-migration", method: http.MethodPut, path: "/jobseekers/{id}/migration", detail: detail,
		summary: "Write where somebody has been; If-Match is the record's", tag: "migration", change: true}, a.setMigration)
}

func (a *API) getMigration(ctx context.Context, in *ByID) (*one[Journey], error) {
	return a.migration(ctx, edge.ActorFrom(ctx), in.id())
}

func (a *API) migration(ctx context.Context, actor domain.Actor, of domain.ID) (*one[Journey], error) {
	// The record's version is read first: a change in between makes it stale, not lost.
	p, err := a.Jobseekers.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	j, err := a.Jobseekers.Journey(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	return record(p.Version, journeyOut(j)), nil
}

func (a *API) setMigration(ctx context.Context, in *section[Journey]) (*one[Journey], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	actor := edge.ActorFrom(ctx)
	j, now, err := a.Jobseekers.SetJourney(ctx, actor, person.SetJourney{PersonID: in.id(), Version: version, Journey: in.Body.toDomain()})
	if id, repeated := domain.Replayed(err); repeated {
		return a.migration(ctx, actor, id)
	}
	if err != nil {
		return nil, err
	}
	return record(now, journeyOut(j)), nil
}
