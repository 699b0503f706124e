package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on applications (mises en relation) and placements. A counsellor acts
// for the people of her agency; an employer on what was sent to it; the person
// on her own. Lists with names are for the service and the person; an employer
// gets candidates, who have none until they were sent.
const (
	ApplicationPropose Action = "application.propose"
	ApplicationApply   Action = "application.apply"
	ApplicationRead    Action = "application.read"
	ApplicationList    Action = "application.list"
	ApplicationAnswer  Action = "application.answer"  // consent, decline
	ApplicationSend    Action = "application.send"    // pass on to the employer
	ApplicationRespond Action = "application.respond" // see, interview, offer, hire, refuse, close
	ApplicationDrop    Action = "application.withdraw"
	VacancyCandidates  Action = "vacancy.candidates" // who applied, as the employer may see it
	PlacementRead      Action = "placement.read"
	PlacementUpdate    Action = "placement.update" // start, no start, end, convert
)

func placementRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	theirs := []Action{
		ApplicationPropose, ApplicationRead, ApplicationList, ApplicationAnswer, ApplicationSend, ApplicationRespond,
		ApplicationDrop, PlacementRead, PlacementUpdate,
	}
	return slices.Concat(
		permit(roles(domain.RoleJobseeker), Self,
			ApplicationApply, ApplicationRead, ApplicationList, ApplicationAnswer, ApplicationDrop, PlacementRead),
		permit(roles(domain.RoleEmployer), SameOrganisation,
			ApplicationRead, ApplicationRespond, VacancyCandidates, PlacementRead),
		permit(roles(domain.RoleAPIClient), SameOrganisation, ApplicationRead, VacancyCandidates),
		permit(desk, SameAgency, theirs...),
		permit(desk, Referent, theirs...),
	)
}
