package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/text"
)

type organisationRow struct {
	ID             string
	Reference      string
	Kind           string
	LegalName      string
	Folded         string
	TradeName      string
	RCCM           *string `gorm:"column:rccm"`
	NIF            *string `gorm:"column:nif"`
	ISIC           *string `gorm:"column:isic"`
	Size           string
	PlaceCode      *string
	Address        string
	ContactName    string
	Phone          *string
	Email          *string
	Verification   string
	FirstBy        *string
	FirstAt        *time.Time
	SecondBy       *string
	SecondAt       *time.Time
	Refusal        string
	AgencyID       *string
	ExternalSource *string
	ExternalID     *string
	Demo           bool
	CreatedAt      time.Time
	UpdatedAt      time.Time `gorm:"autoUpdateTime:false"`
	Version        int
	Unproven       bool

	Stopped bool `gorm:"->;-:migration"`
}

// organisationColumns are the stored ones and how a complaint makes it stand.
const organisationColumns = `organisations.*, rls.stopped(organisations.id) AS stopped`

func (organisationRow) TableName() string { return "organisations" }

func organisationToRow(o employer.Organisation) organisationRow {
	return organisationRow{
		ID: string(o.ID), Reference: o.Reference, Kind: string(o.Kind), LegalName: o.LegalName,
		Folded:    text.Fold(o.LegalName + " " + o.TradeName + " " + o.Reference + " " + o.RCCM + " " + o.NIF),
		TradeName: o.TradeName, RCCM: nullText(o.RCCM), NIF: nullText(o.NIF), ISIC: nullText(o.ISIC), Size: o.Size,
		PlaceCode: nullText(o.PlaceCode), Address: o.Address, ContactName: o.ContactName, Phone: nullText(o.Phone),
		Email: nullText(o.Email), Verification: string(o.Verification), FirstBy: nullID(o.FirstBy), FirstAt: nullTime(o.FirstAt),
		SecondBy: nullID(o.SecondBy), SecondAt: nullTime(o.SecondAt), Refusal: o.Refusal, AgencyID: nullID(o.AgencyID),
		ExternalSource: nullText(o.ExternalSource), ExternalID: nullText(o.ExternalID), Demo: o.Demo,
		CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt, Version: o.Version, Unproven: o.Unproven,
	}
}

func (r organisationRow) toDomain() employer.Organisation {
	return employer.Organisation{
		ID: domain.ID(r.ID), Reference: r.Reference, Kind: employer.OrganisationKind(r.Kind), LegalName: r.LegalName,
		TradeName: r.TradeName, RCCM: textOf(r.RCCM), NIF: textOf(r.NIF), ISIC: textOf(r.ISIC), Size: r.Size,
		PlaceCode: textOf(r.PlaceCode), Address: r.Address, ContactName: r.ContactName, Phone: textOf(r.Phone),
		Email: textOf(r.Email), Verification: employer.Verification(r.Verification), FirstBy: idOf(r.FirstBy),
		FirstAt: timeOf(r.FirstAt), SecondBy: idOf(r.SecondBy), SecondAt: timeOf(r.SecondAt), Refusal: r.Refusal,
		AgencyID: idOf(r.AgencyID), ExternalSource: textOf(r.ExternalSource), ExternalID: textOf(r.ExternalID), Demo: r.Demo,
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), Version: r.Version,
		Unproven: r.Unproven, Stopped: r.Stopped,
	}
}
