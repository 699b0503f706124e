package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// unrecorded are acts whose decisions leave no trace in the audit trail:
// reading what is public or names of colleagues, and importing what is
// classification.
func unrecorded() []Action {
	return []Action{
		TaxonomyRead, AgencyRead, ColleagueRead, VacancyRead, OrganisationRead, SessionRead, TokenRead, MemberRead, AgreementStanding,
	}
}

// recorded reports whether a decision belongs in the audit trail. What people
// read of themselves does not, nor do visitors at doors that are closed to
// them: they would fill the trail, and the server's log has them.
func recorded(actor domain.Actor, action Action, on Facts) bool {
	switch {
	case slices.Contains(unrecorded(), action), actor.Role == domain.RoleAnonymous && action == action.read():
		return false
	case action == action.read() && on.Holds(actor, Self), action == AccountRead && on.Holds(actor, OwnAccount):
		return false
	}
	return true
}
