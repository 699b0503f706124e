package person

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Limits of drafts.
const (
	MaxAnswers        = 32 << 10 // bytes of a draft's answers as stored
	MaxDraftsPerPhone = 5        // drafts looked at when somebody resumes
	draftLife         = 30 * 24 * time.Hour
)

// DraftForm is the public form while it is being filled in. Only hashes of
// its token and of the second thing are kept.
type DraftForm struct {
	ID         domain.ID
	TokenHash  string
	Phone      string // E.164, "" until that page; what resuming looks for
	SecretHash string
	Answers    Answers
	Step       string // the page reached last, the form's own name for it
	Language   string
	PersonID   domain.ID // set when it was sent; the answers are gone then
	CreatedAt  time.Time
	UpdatedAt  time.Time
	ExpiresAt  time.Time
	Version    int
}

// Answers is what the public form asks: parts of a record, never all of it.
// They are stored for days, not years: a renamed field loses open drafts' answers.
type Answers struct {
	HelperName string // who fills in the form for the person, "" for herself
	Identity
	Contact
	Population
	Schooling
	Experience  []Experience
	Skills      []Skill
	Languages   []Language
	Licences    []Licence
	Mobility    Mobility
	Wishes      []Wish
	Consents    []Purpose
	TextVersion string // version of the consent texts that were shown
}

// person makes the record the answers describe. A form declares skills; it
// does not prove them.
func (a Answers) person() Person {
	p := Person{
		Identity: a.Identity, Contact: a.Contact, Population: a.Population, Schooling: a.Schooling,
		Experience: a.Experience, Skills: a.Skills, Languages: a.Languages, Licences: a.Licences,
		Mobility: a.Mobility, Wishes: a.Wishes, Entry: Entry{Mode: EntrySelf},
	}.clone()
	if a.HelperName != "" {
		p.Entry = Entry{Mode: EntryHelper, HelperName: a.HelperName}
	}
	for i := range p.Skills {
		p.Skills[i].Evidence = Declared
	}
	return p
}

// with puts the checked and completed parts of a record back into the answers.
func (a Answers) with(p Person) Answers {
	a.Identity, a.Contact, a.Population, a.Schooling = p.Identity, p.Contact, p.Population, p.Schooling
	a.Experience, a.Skills, a.Languages, a.Licences = p.Experience, p.Skills, p.Languages, p.Licences
	a.Mobility, a.Wishes = p.Mobility, p.Wishes
	return a
}

func (d DraftForm) expired(now time.Time) bool { return !now.Before(d.ExpiresAt) }

// Progress is what may be shown of a draft before the second thing matched:
// how far it is, not what was said.
type Progress struct {
	Step      string
	StartedAt time.Time
	UpdatedAt time.Time
}

// Receipt is what somebody gets for having registered.
type Receipt struct {
	PersonID     domain.ID
	UserID       domain.ID // the new account, for signing in at once; "" when shown again
	Reference    string
	AgencyID     domain.ID
	RegisteredOn domain.Date
	Quarantined  bool // it came without proof of work and waits longer
}
