package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on a jobseeker's record. Reading the whole record, its migration and
// displacement, and its contacts are separate acts: a team may see who
// somebody is without seeing where they fled from.
const (
	PersonRegister      Action = "person.register"       // public registration
	PersonImport        Action = "person.import"         // records of another system: the command line alone
	PersonCreate        Action = "person.create"         // assisted registration by staff
	PersonRead          Action = "person.read"           // the whole record but migration
	PersonReadMigration Action = "person.read_migration" // migration episodes and displacement
	PersonUpdate        Action = "person.update"
	PersonUpdateMigr    Action = "person.update_migration"
	PersonConsent       Action = "person.consent"
	PersonFind          Action = "person.find" // find by name, phone or reference
	PersonHint          Action = "person.hint" // learn which other agency may have a file of somebody
	PersonMatch         Action = "person.match"
	PersonCard          Action = "person.card" // the pseudonymous card
	RegistrationRenew   Action = "registration.renew"
	RegistrationClose   Action = "registration.close"
	RegistrationReopen  Action = "registration.reopen"
	RegistrationAccept  Action = "registration.accept"
	RegistrationRead    Action = "registration.read"
)

// Acts on two files of one person. Looking and merging ask for the act on both.
const (
	MergeRead  Action = "merge.read"
	MergeLook  Action = "merge.look" // likely duplicates, and two files side by side
	MergeMake  Action = "merge.make"
	MergeUndo  Action = "merge.undo"
	MergeApart Action = "merge.apart" // these are two people
)

func personRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	return slices.Concat(
		permit(roles(domain.RoleAnonymous), Anyone, PersonRegister),
		permit(roles(domain.RoleJobseeker), Self,
			PersonRead, PersonReadMigration, PersonUpdate, PersonUpdateMigr, PersonConsent, PersonMatch,
			RegistrationRead, RegistrationRenew),
		permit(desk, Anyone, PersonCreate, PersonFind, PersonHint, PersonCard),
		permit(desk, SameAgency,
			PersonRead, PersonUpdate, PersonConsent, PersonMatch,
			RegistrationRead, RegistrationRenew, RegistrationClose, RegistrationReopen, RegistrationAccept),
		permit(desk, SharedWith, PersonRead, PersonMatch, RegistrationRead),
		permit(desk, Referent,
			PersonRead, PersonReadMigration, PersonUpdate, PersonUpdateMigr, PersonConsent, PersonMatch,
			RegistrationRead, RegistrationRenew, RegistrationClose, RegistrationReopen),
		permit(desk, Emergency, PersonRead, PersonReadMigration, RegistrationRead),
		permit(roles(domain.RoleLead), SameAgency, PersonReadMigration, MergeLook, MergeMake, MergeUndo, MergeApart),
		permit(desk, SameAgency, MergeRead),
		permit(desk, Referent, MergeRead),
	)
}

// Acts on the papers of a person.
const (
	DocumentRead   Action = "document.read" // which there are
	DocumentOpen   Action = "document.open" // what one holds
	DocumentAdd    Action = "document.add"
	DocumentRemove Action = "document.remove"
)

func documentRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	all := []Action{DocumentRead, DocumentOpen, DocumentAdd, DocumentRemove}
	return slices.Concat(permit(roles(domain.RoleJobseeker), Self, all...), permit(desk, SameAgency, all...), permit(desk, Referent, all...))
}
