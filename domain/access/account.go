package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on accounts, sessions, API tokens and agencies.
const (
	AccountRead      Action = "account.read"
	AccountUpdate    Action = "account.update"
	AccountCreate    Action = "account.create"
	AccountDisable   Action = "account.disable"
	AccountPassword  Action = "account.password" // change one's own, with the one before
	AccountReset     Action = "account.reset"    // give somebody a new one
	SessionRead      Action = "session.read"
	SessionKill      Action = "session.kill"
	TokenCreate      Action = "token.create"
	TokenIssue       Action = "token.issue" // for a program's account
	TokenRead        Action = "token.read"
	TokenRegister    Action = "token.register" // where programs run, of whoever they are
	TokenRevoke      Action = "token.revoke"
	AgencyRead       Action = "agency.read"
	AgencyCreate     Action = "agency.create"
	AgencyUpdate     Action = "agency.update"
	AccountExport    Action = "account.export"
	AuditRead        Action = "audit.read"
	AuditExport      Action = "audit.export"
	AuditVerify      Action = "audit.verify"  // read the trail whole, note where it ends
	FactorUpdate     Action = "factor.update" // second factors of one's own account
	InvitationCreate Action = "invitation.create"
	InvitationRead   Action = "invitation.read"
	InvitationRevoke Action = "invitation.revoke"
	InvitationAccept Action = "invitation.accept" // by who holds its secret: no row
	MemberRead       Action = "member.read"       // who works in one's agency or for one's employer
	MemberUpdate     Action = "member.update"     // end a membership, and as an administrator begin one
	LinkUpdate       Action = "link.update"       // who an identity provider answers for
	FactorReset      Action = "factor.reset"      // take somebody's second factors away, when they are lost
	MessageRead      Action = "message.read"      // how far messages are, without recipients and contents
	MessageContents  Action = "message.contents"  // a demonstration's messages, codes included
	MessageShow      Action = "message.show"      // the same for who tries a demonstration on its own computer
)

// What happens to sessions, for the audit trail. No row permits them: secrets
// and their holders do.
const (
	SessionPassword Action = "session.password" // the password was given to sign in
	SessionCode     Action = "session.code"     // a code sent to a phone, or the second thing after it
	SessionSecond   Action = "session.second"   // the second factor was given to sign in
	SessionProvider Action = "session.provider" // an agency's identity provider answered for somebody
	SessionOpen     Action = "session.open"
	SessionClose    Action = "session.close"
	SessionStepUp   Action = "session.step_up" // somebody signed in said again who they are
)

func accountRows() []Row {
	admin := roles(domain.RoleAdministrator)
	return slices.Concat(
		permit(roles(domain.RoleAPIClient), OwnAccount, AccountRead),
		permit(but(domain.PeopleRoles(), domain.RoleAdministrator), OwnAccount,
			AccountRead, AccountUpdate, SessionRead, SessionKill, TokenRead, TokenRevoke),
		permit(domain.PeopleRoles(), OwnAccount, TokenCreate, FactorUpdate),
		permit(but(domain.PeopleRoles(), domain.RoleJobseeker), OwnAccount, AccountPassword), // jobseekers have none
		permit(admin, Anyone,
			AccountRead, AccountUpdate, AccountCreate, AccountDisable, AccountReset, AccountExport, SessionRead, SessionKill, TokenIssue, TokenRead, TokenRevoke,
			AgencyCreate, AgencyUpdate, MessageRead, FactorReset, InvitationCreate, InvitationRead, InvitationRevoke, MemberUpdate, LinkUpdate),
		permit(roles(domain.RoleLead), SameAgency, InvitationCreate, InvitationRead, InvitationRevoke, MemberRead, MemberUpdate, AccountReset),
		permit(roles(domain.RoleEmployer), SameOrganisation, InvitationCreate, InvitationRead, InvitationRevoke, MemberRead, MemberUpdate),
		permit(roles(domain.RoleDataProtection), Anyone, AuditRead, AuditExport, AuditVerify, TokenRegister),
		permit(everybody(), Anyone, AgencyRead),
		permit(but(everybody(), domain.RoleAPIClient), Anyone, MessageShow), // a page, which programs have none of
		permit(roles(domain.RoleCounsellor, domain.RoleLead, domain.RoleAdministrator), Anyone, MessageContents),
	)
}
