package wire

import (
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/jobseeker"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/public"
	"github.com/baara-platform/baara/web/vacancy"
)

// publicAreas are the pages of visitors and jobseekers, with the questions both are asked.
func (s *Server) publicAreas() []web.Area {
	return []web.Area{
		profile.Area(), vacancy.Area(),
		public.New(public.Deps{
			Jobseekers: s.Jobseekers, Drafts: s.Drafts, Work: s.Work, Accounts: s.Accounts, Agency: s.agencyName(), Agencies: s.Agencies, Matches: s.Matches,
			Concepts: s.Concepts, Linker: s.Linker, Places: s.Directory, ISCO: s.Classifications.ISCO, Registers: s.Registers, Clock: s.Clock,
		}),
		jobseeker.New(jobseeker.Deps{
			Jobseekers: s.Jobseekers, Registrations: s.Registrations, Consents: s.Consents, Merges: s.Merges, Applications: s.Applications, Complaints: s.Complaints,
			Matches: s.Matches, Sessions: s.Sessions, Agencies: s.Agencies, Concepts: s.Concepts, Linker: s.Linker,
			Places: s.Directory, Clock: s.Clock,
		}),
	}
}
