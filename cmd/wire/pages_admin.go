package wire

import (
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/account"
	"github.com/baara-platform/baara/web/admin"
	"github.com/baara-platform/baara/web/protection"
	"github.com/baara-platform/baara/web/team"
)

// adminAreas are the administrator's pages and everybody's own account.
func (s *Server) adminAreas() []web.Area {
	return []web.Area{
		admin.New(admin.Deps{
			Accounts: s.Accounts, Agencies: s.Agencies, Sessions: s.Sessions, Factors: s.Factors, Members: s.Members, Clients: s.Clients, Tokens: s.Tokens,
			Organisations: s.Organisations, Messages: s.Messages, Registers: s.Registers,
			Index: matchmaking.NewIndex(s.DB, indexer{s.Feed, s.Index, s.Engine}, s.Policy), Places: s.Directory, Phones: phone.Parser{}, Clock: s.Clock,
		}),
		protection.New(protection.Deps{Trail: s.Trail, Agencies: s.Agencies, Registers: s.Registers, Clock: s.Clock}),
		team.New(team.Deps{
			Accounts: s.Accounts, Agencies: s.Agencies, Members: s.Members, Invitations: s.Invitations, Organisations: s.Organisations,
		}),
		account.New(account.Deps{Accounts: s.Accounts, Agencies: s.Agencies, Sessions: s.Sessions, Tokens: s.Tokens, Contacts: s.Contacts, Registers: s.Registers, Country: s.Directory.Present().Pack().Country, Clock: s.Clock}),
	}
}
