package wire

import (
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/counsellor/offers"
)

// offersAreas are the desk's pages on vacancies, applications and employers.
func (s *Server) offersAreas() []web.Area {
	return []web.Area{offers.New(offers.Deps{
		Organisations: s.Organisations, Vacancies: s.Vacancies, Applications: s.Applications, Placements: s.Placements,
		Matches: s.Matches, Complaints: s.Complaints, Views: s.Views, Jobseekers: s.Jobseekers, Files: s.Files, Agencies: s.Agencies, Concepts: s.Concepts,
		Classifications: s.Classifications, Places: s.Directory, Phones: phone.Parser{}, Policy: s.Policy, Clock: s.Clock,
	})}
}
