package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on accounts, sessions, API tokens and agencies.
const (
	AccountRead    Action = "account.read"
	AccountUpdate  Action = "account.update"
	AccountCreate  Action = "account.create"
	AccountDisable Action = "account.disable"
	SessionRead    Action = "session.read"
	SessionKill    Action = "session.kill"
	TokenCreate    Action = "token.create"
	TokenRead      Action = "token.read"
	TokenRevoke    Action = "token.revoke"
	AgencyRead     Action = "agency.read"
	AgencyCreate   Action = "agency.create"
	AgencyUpdate   Action = "agency.update"
	AuditRead      Action = "audit.read"
	MessageRead    Action = "message.read" // the demonstration's outbox of messages
)

func accountRows() []Row {
	admin := roles(domain.RoleAdministrator)
	return slices.Concat(
		permit(domain.AccountRoles(), OwnAccount,
			AccountRead, AccountUpdate, SessionRead, SessionKill, TokenCreate, TokenRead, TokenRevoke),
		permit(admin, Anyone,
			AccountRead, AccountUpdate, AccountCreate, AccountDisable, SessionRead, SessionKill, TokenRead, TokenRevoke,
			AgencyCreate, AgencyUpdate),
		permit(roles(domain.RoleDataProtection), Anyone, AuditRead),
		permit(domain.AllRoles(), Anyone, AgencyRead),
		permit(roles(domain.RoleCounsellor, domain.RoleLead, domain.RoleAdministrator), Anyone, MessageRead),
	)
}
