package rights

import "time"

// MergedFile is a file that became one with somebody's, as she is told. Who
// did it and in which words are the desk's: the words may be about others.
type MergedFile struct {
	Reference     string
	At            time.Time
	UndoableUntil time.Time
	UndoneAt      time.Time
	FinalAt       time.Time
	Brought       []Brought
}

// Brought is how many records of a kind came from a file.
type Brought struct {
	Record string // "case", "application", "placement", "complaint", "document"
	Number int
}
