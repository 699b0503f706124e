package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on applications (mises en relation) and placements. A counsellor acts
// for the people of her agency; an employer on what was sent to it; the person
// on her own.
const (
	ApplicationPropose Action = "application.propose"
	ApplicationApply   Action = "application.apply"
	ApplicationRead    Action = "application.read"
	ApplicationAnswer  Action = "application.answer"  // consent, decline
	ApplicationSend    Action = "application.send"    // pass on to the employer
	ApplicationRespond Action = "application.respond" // see, interview, offer, hire, refuse
	ApplicationDrop    Action = "application.withdraw"
	PlacementRead      Action = "placement.read"
	PlacementUpdate    Action = "placement.update" // start, no start, end, convert
)

func placementRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	return slices.Concat(
		permit(roles(domain.RoleJobseeker), Self,
			ApplicationApply, ApplicationRead, ApplicationAnswer, ApplicationDrop, PlacementRead),
		permit(roles(domain.RoleEmployer), SameOrganisation, ApplicationRead, ApplicationRespond, PlacementRead),
		permit(desk, SameAgency,
			ApplicationPropose, ApplicationRead, ApplicationAnswer, ApplicationSend, ApplicationRespond, ApplicationDrop,
			PlacementRead, PlacementUpdate),
		permit(desk, Referent,
			ApplicationPropose, ApplicationRead, ApplicationAnswer, ApplicationSend, ApplicationRespond, ApplicationDrop,
			PlacementRead, PlacementUpdate),
	)
}
