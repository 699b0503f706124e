package wire

import (
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/rights"
)

// rightsAreas are the pages of what people may ask about their data.
func (s *Server) rightsAreas() []web.Area {
	return []web.Area{rights.New(rights.Deps{
		Seen: s.Seen, Copies: s.Copies, Requests: s.Requests, Keeping: s.Keeping, Registers: s.Registers, Tokens: s.Tokens, Jobseekers: s.Jobseekers, Places: s.Directory,
		Policy: s.Policy, Clock: s.Clock,
	})}
}
