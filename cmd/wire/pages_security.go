package wire

import (
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/security"
)

// securityAreas are the pages of proving who one is.
func (s *Server) securityAreas() []web.Area {
	return []web.Area{security.New(security.Deps{Accounts: s.Accounts, Factors: s.Factors, Invitations: s.Invitations, Links: s.Links, Organisations: s.Organisations, Provider: s.provider, Clock: s.Clock})}
}

// agencyName is what people call their agency's identity provider, "" without one.
func (s *Server) agencyName() string {
	if s.provider == nil {
		return ""
	}
	return s.provider.Name()
}
