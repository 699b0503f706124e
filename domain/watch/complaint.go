package watch

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Kind is what a complaint is about.
type Kind string

// Kinds lists them in the order forms show them.
func Kinds() []Kind {
	return []Kind{"money", "other_work", "papers", "violence", "harassment", "pay", Other}
}

// Other is the kind that needs words.
const Other Kind = "other"

// MaxWords bounds what is said at once, in runes.
const MaxWords = 2000

// PerDay is how often one jobseeker may complain a day, repeats included. Staff
// who record what they hear have no limit.
const PerDay = 3

// Complaint is what somebody says against a vacancy and its employer. No type
// that an employer reads has any of it.
type Complaint struct {
	ID             domain.ID
	VacancyID      domain.ID
	OrganisationID domain.ID // "" for a vacancy without an employer account
	AgencyID       domain.ID // that decides
	PersonID       domain.ID // whose complaint it is, "" for somebody without a record
	MadeBy         domain.ID // the account: her own, or a counsellor's
	Kind           Kind
	Words          string // what was said, each time in a paragraph of its own
	Call           bool   // whether the person wishes to be called
	State          domain.State
	Stops          bool   // while it is open the vacancy is hidden and the employer sees nobody
	Reason         string // of the decision
	DecidedBy      domain.ID
	DecidedAt      time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time
	Version        int
}

// Facts tells the policy what the complaint relates to.
func (c Complaint) Facts() access.Facts {
	return access.Facts{RecordID: c.ID, PersonID: c.PersonID, AgencyID: c.AgencyID, AuthorID: c.MadeBy}
}

// The states of a complaint.
const (
	Open      domain.State = "open"
	Unfounded domain.State = "unfounded"
	Founded   domain.State = "founded"
)

// The transitions of a complaint.
const (
	Repeat  = "repeat"  // the same person says more about the same vacancy
	Dismiss = "dismiss" // the vacancy is shown again
	Uphold  = "uphold"  // it never is, and the employer is not verified any more
)

// States is the life of a complaint: whatever was decided, who complained may
// say more.
func States() domain.Machine {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead}
	return domain.Machine{
		Noun: "complaint", Initial: Open, States: []domain.State{Open, Unfounded, Founded},
		Transitions: []domain.Transition{
			{Name: Repeat, From: []domain.State{Open, Unfounded, Founded}, To: Open, Who: append([]domain.Role{domain.RoleJobseeker}, desk...)},
			{Name: Dismiss, From: []domain.State{Open}, To: Unfounded, Who: desk, Needs: []string{domain.NeedReason}},
			{Name: Uphold, From: []domain.State{Open}, To: Founded, Who: desk, Needs: []string{domain.NeedReason}},
		},
	}
}

// Row is a complaint as staff see it in a list.
type Row struct {
	Complaint        Complaint
	VacancyTitle     string
	VacancyReference string
	EmployerName     string
	PersonReference  string // and the name, where the reader may know it
	Given, Family    string
}
