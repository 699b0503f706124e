package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on accounts, sessions, API tokens and agencies.
const (
	AccountRead     Action = "account.read"
	AccountUpdate   Action = "account.update"
	AccountCreate   Action = "account.create"
	AccountDisable  Action = "account.disable"
	AccountPassword Action = "account.password" // change one's own, with the one before
	AccountReset    Action = "account.reset"    // give somebody a new one
	SessionRead     Action = "session.read"
	SessionKill     Action = "session.kill"
	TokenCreate     Action = "token.create"
	TokenRead       Action = "token.read"
	TokenRevoke     Action = "token.revoke"
	AgencyRead      Action = "agency.read"
	AgencyCreate    Action = "agency.create"
	AgencyUpdate    Action = "agency.update"
	AuditRead       Action = "audit.read"
	MessageRead     Action = "message.read"     // how far messages are, without recipients and contents
	MessageContents Action = "message.contents" // a demonstration's messages, codes included
	MessageShow     Action = "message.show"     // the same for who tries a demonstration on its own computer
)

func accountRows() []Row {
	admin := roles(domain.RoleAdministrator)
	return slices.Concat(
		permit(domain.AccountRoles(), OwnAccount,
			AccountRead, AccountUpdate, AccountPassword, SessionRead, SessionKill, TokenCreate, TokenRead, TokenRevoke),
		permit(admin, Anyone,
			AccountRead, AccountUpdate, AccountCreate, AccountDisable, AccountReset, SessionRead, SessionKill, TokenRead, TokenRevoke,
			AgencyCreate, AgencyUpdate, MessageRead),
		permit(roles(domain.RoleDataProtection), Anyone, AuditRead),
		permit(domain.AllRoles(), Anyone, AgencyRead, MessageShow),
		permit(roles(domain.RoleCounsellor, domain.RoleLead, domain.RoleAdministrator), Anyone, MessageContents),
	)
}
