package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on organisations and vacancies. Importing and expiring are Baara's own
// and stand in no row.
const (
	OrganisationCreate Action = "organisation.create"
	OrganisationSignUp Action = "organisation.sign_up"
	OrganisationRead   Action = "organisation.read"
	OrganisationUpdate Action = "organisation.update"
	OrganisationVerify Action = "organisation.verify"
	OrganisationImport Action = "organisation.import"
	OrganisationViews  Action = "organisation.views" // how many people it was shown, and the alerts of it
	OrganisationRaise  Action = "organisation.raise" // let it be shown more for a while
	VacancyCreate      Action = "vacancy.create"
	VacancyRecord      Action = "vacancy.record" // phoned in, read in the paper, heard on the radio
	VacancyRead        Action = "vacancy.read"
	VacancyHistory     Action = "vacancy.history" // who changed its state, and why
	VacancyUpdate      Action = "vacancy.update"
	VacancySubmit      Action = "vacancy.submit"
	VacancyPublish     Action = "vacancy.publish" // and return, hold, release
	VacancySuspend     Action = "vacancy.suspend" // and resume, renew, raise posts, withdraw
	VacancyMatch       Action = "vacancy.match"   // ranked candidates
	VacancyImport      Action = "vacancy.import"
	VacancyExpire      Action = "vacancy.expire"
	ComplaintMake      Action = "complaint.make" // about a vacancy, by a jobseeker or on behalf of somebody
	ComplaintRead      Action = "complaint.read"
	ComplaintDecide    Action = "complaint.decide"
)

func employerRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	return slices.Concat(
		permit(roles(domain.RoleAnonymous), Anyone, OrganisationSignUp),
		permit(but(everybody(), domain.RoleCounsellor, domain.RoleLead, domain.RoleAdministrator), Published, VacancyRead),
		permit(roles(domain.RoleEmployer), SameOrganisation,
			OrganisationRead, OrganisationUpdate,
			VacancyCreate, VacancyRead, VacancyHistory, VacancyUpdate, VacancySubmit, VacancySuspend, VacancyMatch),
		permit(roles(domain.RoleAPIClient), SameOrganisation, VacancyCreate, VacancyRead, VacancyUpdate, VacancySubmit),
		permit(roles(domain.RoleAPIClient), SameAgency, VacancyRead),
		permit(desk, Anyone,
			OrganisationCreate, OrganisationRead, OrganisationVerify,
			VacancyRecord, VacancyRead, VacancyHistory, VacancyPublish, VacancyMatch),
		permit(desk, SameAgency, OrganisationUpdate, OrganisationViews, VacancyCreate, VacancyUpdate, VacancySubmit, VacancySuspend,
			ComplaintRead, ComplaintDecide),
		permit(roles(domain.RoleLead), SameAgency, OrganisationRaise),
		permit(roles(domain.RoleJobseeker), Self, ComplaintMake, ComplaintRead),
		permit(desk, Anyone, ComplaintMake),
		permit(desk, Author, ComplaintRead),
		permit(roles(domain.RoleAdministrator), Anyone, OrganisationRead, VacancyRead, VacancyHistory),
	)
}
