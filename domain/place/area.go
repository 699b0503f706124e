package place

import "github.com/baara-platform/baara/domain"

// Kind is the level of an area.
type Kind string

// The kinds, from large to small. A district stands beside the regions
// (Bamako); a site is a camp, a mine or another place that is no commune.
const (
	KindRegion   Kind = "region"
	KindDistrict Kind = "district"
	KindCercle   Kind = "cercle"
	KindCommune  Kind = "commune"
	KindSite     Kind = "site"
)

// Kinds lists the kinds from large to small.
func Kinds() []Kind { return []Kind{KindRegion, KindDistrict, KindCercle, KindCommune, KindSite} }

// Area is a territory inside a country.
type Area struct {
	Code     string // Baara's own, unique over all countries: "KAY", "KAY-BAFOULABE"
	Kind     Kind
	Parent   string       // code of the area around it, "" for a region or district
	Country  string       // alpha-3
	Names    domain.Names // as officially written; most names are the same in every language
	ISO      string       // ISO 3166-2, "" where none was given
	National string       // the country's own number, "" where none
	Source   string
	Span
}

// Top reports whether the area stands directly under the country.
func (a Area) Top() bool { return a.Parent == "" }

// Crosswalk tells which older area an area lies in.
type Crosswalk struct {
	Code   string // the newer area
	Former string // the older one
	Whole  bool   // the newer area lies in it entirely
	Source string
}
