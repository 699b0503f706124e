package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
)

type placementRow struct {
	ID             string
	ApplicationID  *string
	PreviousID     *string
	PersonID       string
	VacancyID      *string
	OrganisationID *string
	AgencyID       *string
	Kind           string
	Channel        string
	State          string
	StartsOn       time.Time
	EndsOn         *time.Time
	EndedOn        *time.Time
	EndReason      string
	Wage           *int64
	WagePeriod     string
	CreatedAt      time.Time
	Demo           bool
	Version        int

	StandingOwner        *string `gorm:"->;-:migration"`
	StandingOrganisation *string `gorm:"->;-:migration"`
}

func (placementRow) TableName() string { return "placements" }

func placementToRow(p placement.Placement) placementRow {
	return placementRow{
		ID: string(p.ID), ApplicationID: nullID(p.ApplicationID), PreviousID: nullID(p.PreviousID), PersonID: string(p.PersonID),
		VacancyID: nullID(p.VacancyID), OrganisationID: nullID(p.OrganisationID), AgencyID: nullID(p.AgencyID),
		Kind: string(p.Kind), Channel: string(p.Channel), State: string(p.State), StartsOn: p.StartsOn.Time(),
		EndsOn: nullDate(p.EndsOn), EndedOn: nullDate(p.EndedOn), EndReason: p.EndReason, Wage: nullInt(p.Wage),
		WagePeriod: string(p.WagePeriod), CreatedAt: p.CreatedAt, Demo: p.Demo, Version: p.Version,
	}
}

func (r placementRow) toDomain() placement.Placement {
	return placement.Placement{
		ID: domain.ID(r.ID), ApplicationID: idOf(r.ApplicationID), PreviousID: idOf(r.PreviousID), PersonID: domain.ID(r.PersonID),
		VacancyID: idOf(r.VacancyID), OrganisationID: idOf(r.OrganisationID), AgencyID: idOf(r.AgencyID),
		Kind: employer.ContractKind(r.Kind), Channel: placement.Channel(r.Channel), State: domain.State(r.State),
		StartsOn: domain.DateOf(r.StartsOn), EndsOn: dateOf(r.EndsOn), EndedOn: dateOf(r.EndedOn), EndReason: r.EndReason,
		Wage: intOf(r.Wage), WagePeriod: employer.WagePeriod(r.WagePeriod), CreatedAt: r.CreatedAt.UTC(), Demo: r.Demo,
		Version:  r.Version,
		Standing: placement.Standing{OwnerID: idOf(r.StandingOwner), OrganisationID: idOf(r.StandingOrganisation)},
	}
}
