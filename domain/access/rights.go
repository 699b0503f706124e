package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on the rights people have over their data. Erasing somebody is two
// people's: who is asked and who confirms; carrying it out is Baara's own.
const (
	RightsSeen        Action = "rights.seen"      // who saw somebody's record, and why
	RightsCopy        Action = "rights.copy"      // all that is kept about somebody, in a file
	RequestMake       Action = "request.make"     // ask for something one has a right to
	RequestRead       Action = "request.read"     // what was asked, and what came of it
	RequestHandle     Action = "request.handle"   // take up, answer, refuse
	RequestWithdraw   Action = "request.withdraw" // take back what was asked
	RequestErase      Action = "request.erase"    // confirm that somebody's data is removed
	PersonErase       Action = "person.erase"     // Baara's own, and in no row
	HoldRead          Action = "hold.read"
	HoldChange        Action = "hold.change" // place and lift what keeps data from being removed
	RetentionRead     Action = "retention.read"
	RetentionApply    Action = "retention.apply"
	AgreementRead     Action = "agreement.read"
	AgreementStanding Action = "agreement.standing" // those that were not ended, which everybody may know
	AgreementChange   Action = "agreement.change"   // record and end agreements on data that leaves the country
)

func rightsRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	officer := roles(domain.RoleDataProtection)
	return slices.Concat(
		permit(everybody(), Anyone, AgreementStanding), // who may receive data abroad is no secret
		permit(roles(domain.RoleJobseeker), Self, RightsSeen, RightsCopy, RequestMake, RequestRead, RequestWithdraw),
		permit(desk, Referent, RightsCopy, RequestMake),
		permit(roles(domain.RoleLead), SameAgency, RightsCopy, RequestErase),
		permit(desk, SameAgency, RequestMake, RequestRead, RequestHandle, RequestWithdraw),
		permit(officer, Anyone, RequestRead, RequestHandle, RequestErase, HoldRead, HoldChange, RetentionRead, RetentionApply,
			AgreementRead, AgreementChange),
	)
}
