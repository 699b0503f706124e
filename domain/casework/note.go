package casework

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Note is what somebody wrote into a file. It is never changed; Amends links a
// correction to the note it corrects.
type Note struct {
	ID         domain.ID
	CaseID     domain.ID
	AuthorID   domain.ID
	AuthorName string // filled when read
	Visibility string // file, team or author
	Contact    string // none, call, visit, sms or interview
	Body       string
	Amends     domain.ID
	At         time.Time
}

// Who may read a note: everybody on the file; the owning agency's team; its
// author and the agency's lead.
const (
	VisibleFile   = "file"
	VisibleTeam   = "team"
	VisibleAuthor = "author"
)

// ContactKinds lists how somebody was reached when the note was written.
func ContactKinds() []string { return []string{"none", "call", "visit", "sms", "interview"} }

// MaxNote bounds a note, in runes.
const MaxNote = 10_000
