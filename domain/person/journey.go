package person

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Journey is where somebody has been and why: asked in a private interview,
// read and written by acts of its own, in no other answer, never in ranking.
type Journey struct {
	Episodes      []Episode
	Displacements []Displacement
}

// Episode is a time abroad.
type Episode struct {
	ID         domain.ID
	Country    string // alpha-3
	Role       EpisodeRole
	Reason     string // one of EpisodeReasons
	FromYear   int
	UntilYear  int
	Status     string // one of EpisodeStatuses
	Occupation string // as said
	ISCO       string
	ISIC       string
	Months     int    // months abroad, 0 unknown
	ReturnMode string // one of ReturnModes, "" while not returned
	ReturnDate domain.Date
	Programme  string // the assistance programme of the return
	CreatedBy  domain.ID
	CreatedAt  time.Time
}

// EpisodeRole tells where somebody went from what lay on the way.
type EpisodeRole string

// The roles of a country in a journey.
const (
	Destination EpisodeRole = "destination"
	Transit     EpisodeRole = "transit"
)

// EpisodeReasons lists why people leave, as codes.
func EpisodeReasons() []string {
	return []string{"work", "family", "study", "conflict", "persecution", "climate", "other", "not_said"}
}

// EpisodeStatuses lists the standing somebody had abroad.
func EpisodeStatuses() []string {
	return []string{"regular", "irregular", "asylum", "other", "not_said"}
}

// ReturnModes lists how people come back.
func ReturnModes() []string {
	return []string{"voluntary", "assisted", "forced", "humanitarian", "state_evacuation", "expulsion", "not_said"}
}

// DisplacementCauses lists why people flee inside the country.
func DisplacementCauses() []string {
	return []string{"conflict", "violence", "disaster", "climate", "other", "not_said"}
}

// Displacement is a flight inside the country.
type Displacement struct {
	ID            domain.ID
	OriginPlace   string // area code
	OriginDetail  string
	Date          domain.Date
	Cause         string // one of DisplacementCauses
	IntendedPlace string // area code of where the person means to live
	CreatedBy     domain.ID
	CreatedAt     time.Time
}
