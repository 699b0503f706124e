package placement

import (
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Candidate is an application as its employer sees it. It has no field for
// sex, age, origin, migration, notes or identity numbers, and gets a name only
// while the contact the person agreed to is alive.
type Candidate struct {
	ApplicationID domain.ID // "" before it was sent: there is nothing to answer yet
	VacancyID     domain.ID
	Code          string // the person's pseudonym, the same before and after
	State         domain.State
	StateSince    time.Time
	Refusal       Refusal
	MetEssential  int
	OfEssential   int
	Version       int

	Known bool // whether the fields below are given
	Name  string
	Phone string // E.164, the person's own or a shared one
	Email string
}

// Introduced reports whether the employer may know who it is.
func (a Application) Introduced() bool {
	return !a.SentAt.IsZero() && !a.Standing.OrganisationID.IsZero() && !a.Standing.ContactEnded &&
		slices.Contains([]domain.State{Sent, Seen, Interview, Offer, Hired}, a.State)
}

// candidateOf narrows an application for its employer. p is used only for
// somebody introduced.
func candidateOf(a Application, p person.Person) Candidate {
	c := Candidate{
		VacancyID: a.VacancyID, Code: person.Pseudonym(a.PersonID), State: a.State, StateSince: a.StateSince,
		MetEssential: a.MetEssential, OfEssential: a.OfEssential,
	}
	if a.SentAt.IsZero() {
		return c
	}
	c.ApplicationID, c.Refusal, c.Version = a.ID, a.Refusal, a.Version
	if !a.Introduced() {
		return c
	}
	c.Known, c.Name, c.Email = true, p.FullName(), p.Email
	if i := slices.IndexFunc(p.Phones, func(n person.Phone) bool { return n.Owner == person.OwnPhone }); i >= 0 {
		c.Phone = p.Phones[i].Number
	} else if i := slices.IndexFunc(p.Phones, func(n person.Phone) bool { return n.Owner == person.SharedPhone }); i >= 0 {
		c.Phone = p.Phones[i].Number
	}
	return c
}
