package store

import (
	"context"
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
	SubjectID      string // see applicationRow
	VacancyID      *string
	OrganisationID *string
	AgencyID       *string
	Kind           string
	Channel        string
	State          string
	StartsOn       time.Time
	EndsOn         *time.Time
	EndedOn        *time.Time
	Sealed         sealed // the reason for the end
	Wage           *int64
	WagePeriod     string
	CreatedAt      time.Time
	Demo           bool
	Version        int

	StandingOwner        *string `gorm:"->;-:migration"`
	StandingOrganisation *string `gorm:"->;-:migration"`
}

func (placementRow) TableName() string { return "placements" }

const placementColumn = "placements.sealed"

func (r placementRow) subject() domain.ID {
	if r.Sealed == nil {
		return ""
	}
	return domain.ID(r.SubjectID)
}

func placementToRow(ctx context.Context, t domain.Tx, p placement.Placement) (placementRow, error) {
	var reason sealed
	var err error
	if p.EndReason != "" {
		reason, err = sealRecord(ctx, t, "placement", p.ID, p.PersonID, placementColumn, p.EndReason)
	}
	return placementRow{
		ID: string(p.ID), ApplicationID: nullID(p.ApplicationID), PreviousID: nullID(p.PreviousID), PersonID: string(p.PersonID), SubjectID: string(p.PersonID),
		VacancyID: nullID(p.VacancyID), OrganisationID: nullID(p.OrganisationID), AgencyID: nullID(p.AgencyID),
		Kind: string(p.Kind), Channel: string(p.Channel), State: string(p.State), StartsOn: p.StartsOn.Time(),
		EndsOn: nullDate(p.EndsOn), EndedOn: nullDate(p.EndedOn), Sealed: reason, Wage: nullInt(p.Wage),
		WagePeriod: string(p.WagePeriod), CreatedAt: p.CreatedAt, Demo: p.Demo, Version: p.Version,
	}, err
}

func (r placementRow) toDomain(o *opening) placement.Placement {
	return placement.Placement{
		ID: domain.ID(r.ID), ApplicationID: idOf(r.ApplicationID), PreviousID: idOf(r.PreviousID), PersonID: domain.ID(r.PersonID),
		VacancyID: idOf(r.VacancyID), OrganisationID: idOf(r.OrganisationID), AgencyID: idOf(r.AgencyID),
		Kind: employer.ContractKind(r.Kind), Channel: placement.Channel(r.Channel), State: domain.State(r.State),
		StartsOn: domain.DateOf(r.StartsOn), EndsOn: dateOf(r.EndsOn), EndedOn: dateOf(r.EndedOn), EndReason: o.text(domain.ID(r.SubjectID), placementColumn, r.Sealed),
		Wage: intOf(r.Wage), WagePeriod: employer.WagePeriod(r.WagePeriod), CreatedAt: r.CreatedAt.UTC(), Demo: r.Demo,
		Version:  r.Version,
		Standing: placement.Standing{OwnerID: idOf(r.StandingOwner), OrganisationID: idOf(r.StandingOrganisation)},
	}
}
