package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// confinedKey says why a program is refused what it may do by its role.
const confinedKey = "error.token.abroad"

// impersonal reports whether an act gives nothing about people: what a program
// may do of which nobody knows that data about people may go to it. What is not
// listed is about people.
func impersonal(action Action) bool {
	return slices.Contains([]Action{
		VacancyRead, VacancyCreate, VacancyRecord, VacancyUpdate, VacancySubmit, VacancyPublish, VacancySuspend,
		TaxonomyRead, AgencyRead, AgreementStanding,
	}, action)
}

// confined refuses a confined program. What it could not have done or read
// anyway answers as ever, so that nothing more is learnt of it.
func (p Policy) confined(op string, actor domain.Actor, action Action, on Facts) error {
	actor.Confined = false
	if err := p.Check(actor, action, on); err != nil && domain.KindOf(err) != domain.KindForbidden {
		return err
	}
	return &domain.Error{Kind: domain.KindForbidden, Op: op, Key: confinedKey, Fields: []domain.FieldError{{Name: "authorization", Key: confinedKey}}}
}
