package matching

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// PersonRecord is what a search index holds of somebody who is registered and consents to be matched. Skills and Occupations are labels of
// linked concepts, in any language, and skill words: never a title, name or text of a file.
type PersonRecord struct {
	Profile     Profile
	Region      string // code of the region of residence
	Skills      []string
	Occupations []string
}

// VacancyRecord is what a search index holds of a published vacancy. All of it is public.
type VacancyRecord struct {
	Opening     Opening
	Region      string
	Contract    string
	Title       string
	Occupations []string // labels of the occupation, in any language
	Skills      []string
	Description string
	PlaceNames  []string
}

// Position is a place in the feed of changes: every change of a transaction before XID, and of XID itself up to Seq, comes before it.
type Position struct {
	Epoch string // of the database; another one means that positions cannot be compared
	XID   uint64
	Seq   int64
}

// Reaches reports whether p is at or after other, within one epoch.
func (p Position) Reaches(other Position) bool {
	return p.XID > other.XID || p.XID == other.XID && p.Seq >= other.Seq
}

// Change says that a record became, stays or is no longer searchable: its reader looks which.
type Change struct {
	Person bool // else a vacancy
	ID     domain.ID
}

// Changes is a batch of the feed, in the order of commits that can no longer be overtaken.
type Changes struct {
	List []Change
	Next Position // after the list
	// More says that another batch can be read at once; Waiting that changes exist which a running transaction may still overtake.
	More, Waiting bool
	// Oldest is when the first change after Next was made; zero when there is none.
	Oldest time.Time
	// Lost says that changes after the position asked for are no longer there, or that the database went back before it.
	Lost bool
	// TaxonomySince is the transaction that changed the taxonomy last, 0 when none is known: an index made from a position before it must be built anew,
	// since documents say what the taxonomy said.
	TaxonomySince uint64
}
