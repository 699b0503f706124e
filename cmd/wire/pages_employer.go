package wire

import (
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/employer"
)

// employerAreas are the pages of those who offer work.
func (s *Server) employerAreas() []web.Area {
	return []web.Area{employer.New(employer.Deps{
		Organisations: s.Organisations, Vacancies: s.Vacancies, Applications: s.Applications, Placements: s.Placements,
		Matches: s.Matches, Work: s.Work, Agencies: s.Agencies, Concepts: s.Concepts, Classifications: s.Classifications, Places: s.Directory,
		Phones: phone.Parser{}, Clock: s.Clock,
	})}
}
