package place

import "github.com/baara-platform/baara/domain"

// World is what every installation knows: countries, their groups, and the
// languages of wider communication.
type World struct {
	Countries []Country
	Groups    []Group
	Languages []Language
}

// Pack is what Baara must know of the country it serves. Another country is
// another pack; no code names a country.
type Pack struct {
	Country         string // alpha-3
	Currency        string // ISO 4217
	CallingCode     string // without plus
	PhoneDigits     int    // digits of a national number
	TimeZone        string // IANA name
	ReferencePrefix string // of the references people see: "ML"
	WorkingLanguage string
	Languages       []Language
	Licences        []Licence
	MinimumWages    []MinimumWage // oldest first
	Areas           []Area
	Crosswalk       []Crosswalk
	FormerUntil     domain.Date // last day of the areas the crosswalk leads to
}

// Language is a language somebody may speak. Asking for it says nothing of
// origin: there is no such field.
type Language struct {
	Code     string // ISO 639-1, else 639-3, else 639-2
	Names    domain.Names
	Own      string // its name in itself, "" where unsure
	National bool   // a national language of the pack's country
}

// Licence is a category of driving licence.
type Licence struct {
	Code  string
	Names domain.Names
}

// MinimumWage is the legal minimum from a day on, until the next one.
type MinimumWage struct {
	From     domain.Date
	Monthly  int     // whole units of Currency
	Hourly   float64 // as printed in the decree
	Currency string
	Source   string
}
