package wire

import (
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/counsellor"
)

// counsellorAreas are the pages of the desk.
func (s *Server) counsellorAreas() []web.Area {
	return []web.Area{counsellor.New(counsellor.Deps{
		Files: s.Files, Transfers: s.Transfers, Emergencies: s.Emergencies, Jobseekers: s.Jobseekers, Registrations: s.Registrations, Consents: s.Consents, Merges: s.Merges, Matches: s.Matches, Complaints: s.Complaints, Requests: s.Requests, Views: s.Views,
		Applications: s.Applications, Registers: s.Registers, Agencies: s.Agencies, Places: s.Directory, Concepts: s.Concepts, Linker: s.Linker,
		Classifications: s.Classifications, Asked: seal.Asked{Box: s.box}, Policy: s.Policy, Clock: s.Clock,
	})}
}
