package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
)

type placeRow struct {
	Code         string `gorm:"primaryKey"`
	Kind         string
	ParentCode   *string
	Country      string
	ISOCode      *string `gorm:"column:iso_code"`
	NationalCode *string
	ValidFrom    *time.Time
	ValidTo      *time.Time
	Source       string
}

func (placeRow) TableName() string { return "places" }

func (r placeRow) toDomain(names domain.Names) place.Area {
	return place.Area{
		Code: r.Code, Kind: place.Kind(r.Kind), Parent: textOf(r.ParentCode), Country: r.Country, Names: names,
		ISO: textOf(r.ISOCode), National: textOf(r.NationalCode), Source: r.Source,
		Span: place.Span{From: dateOf(r.ValidFrom), To: dateOf(r.ValidTo)},
	}
}

type placeNameRow struct{ PlaceCode, Lang, Name string }

func (placeNameRow) TableName() string { return "place_names" }

type crosswalkRow struct {
	OldCode, NewCode, Source string
	Whole                    bool
}

func (crosswalkRow) TableName() string { return "place_crosswalk" }
