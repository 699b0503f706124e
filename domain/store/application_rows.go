package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

type applicationRow struct {
	ID           string
	PersonID     string
	SubjectID    string // whose key closes the reason: a merge changes the person, not this
	VacancyID    string
	AgencyID     *string
	Origin       string
	State        string
	ProposedBy   *string
	ConsentMode  *string
	Refusal      *string
	Sealed       sealed // the reason
	MetEssential int
	OfEssential  int
	CreatedAt    time.Time
	StateSince   time.Time
	SentAt       *time.Time
	ChasedAt     *time.Time
	Demo         bool
	Version      int

	StandingOwner        *string `gorm:"->;-:migration"`
	StandingOrganisation *string `gorm:"->;-:migration"`
	StandingEnded        bool    `gorm:"->;-:migration"`
}

func (applicationRow) TableName() string { return "applications" }

const applicationColumn = "applications.sealed"

func (r applicationRow) subject() domain.ID {
	if r.Sealed == nil {
		return ""
	}
	return domain.ID(r.SubjectID)
}

func applicationToRow(ctx context.Context, t domain.Tx, a placement.Application) (applicationRow, error) {
	var reason sealed
	var err error
	if a.Reason != "" {
		reason, err = sealRecord(ctx, t, "application", a.ID, a.PersonID, applicationColumn, a.Reason)
	}
	return applicationRow{
		ID: string(a.ID), PersonID: string(a.PersonID), SubjectID: string(a.PersonID), VacancyID: string(a.VacancyID), AgencyID: nullID(a.AgencyID),
		Origin: string(a.Origin), State: string(a.State), ProposedBy: nullID(a.ProposedBy), ConsentMode: nullText(string(a.Consent)),
		Refusal: nullText(string(a.Refusal)), Sealed: reason, MetEssential: a.MetEssential, OfEssential: a.OfEssential,
		CreatedAt: a.CreatedAt, StateSince: a.StateSince, SentAt: nullTime(a.SentAt), ChasedAt: nullTime(a.ChasedAt),
		Demo: a.Demo, Version: a.Version,
	}, err
}

func (r applicationRow) toDomain(o *opening) placement.Application {
	return placement.Application{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), VacancyID: domain.ID(r.VacancyID), AgencyID: idOf(r.AgencyID),
		Origin: placement.Origin(r.Origin), State: domain.State(r.State), ProposedBy: idOf(r.ProposedBy),
		Consent: person.ConsentMode(textOf(r.ConsentMode)), Refusal: placement.Refusal(textOf(r.Refusal)), Reason: o.text(domain.ID(r.SubjectID), applicationColumn, r.Sealed),
		MetEssential: r.MetEssential, OfEssential: r.OfEssential, CreatedAt: r.CreatedAt.UTC(), StateSince: r.StateSince.UTC(),
		SentAt: timeOf(r.SentAt), ChasedAt: timeOf(r.ChasedAt), Demo: r.Demo, Version: r.Version,
		Standing: placement.Standing{OwnerID: idOf(r.StandingOwner), OrganisationID: idOf(r.StandingOrganisation), ContactEnded: r.StandingEnded},
	}
}
