package wire

import (
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/security"
)

// securityAreas are the pages of proving who one is.
func (s *Server) securityAreas() []web.Area {
	return []web.Area{security.New(security.Deps{Accounts: s.Accounts, Factors: s.Factors, Clock: s.Clock})}
}
