package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// View is which vacancies a list is about. It narrows what the actor may read
// and never widens it.
type View string

// The views.
const (
	ViewAll          View = ""             // everything the actor may read
	ViewPublic       View = "public"       // open to applications today
	ViewOrganisation View = "organisation" // of the actor's own organisation
	ViewAgency       View = "agency"       // of the actor's own agency
	ViewQueue        View = "queue"        // submitted or held, of the actor's agency or of none
	ViewMine         View = "mine"         // recorded by the actor
)

// VacancyFilter narrows a list; empty fields do not.
type VacancyFilter struct {
	View           View
	States         []domain.State
	OrganisationID domain.ID
	PlaceCode      string // this place and everything inside it
	AbroadCountry  string
	OccupationID   domain.ID
	ISCO           string // as a prefix: "71" finds 7112
	Contract       ContractKind
	Source         Source
	Words          string // in title, employer's name or reference
}

// List gives vacancies the actor may read, the newest first.
func (s *Vacancies) List(ctx context.Context, actor domain.Actor, filter VacancyFilter, cursor domain.Cursor) (domain.Listing[Vacancy], error) {
	var out domain.Listing[Vacancy]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.VacancyRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.VacancyRead, access.Facts{})
		}
		var err error
		out, err = s.d.Vacancies.Vacancies(ctx, tx, VacancyQuery{
			Actor: actor, Relations: relations, VacancyFilter: filter, Today: domain.DateOf(s.d.Clock.Now()), Cursor: cursor,
		})
		return err
	})
	return out, err
}
