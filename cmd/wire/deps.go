package wire

import (
	"net/http"
	"slices"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/paper"
)

// Persons is the store of people, with the keys of the name register.
func (c *Core) Persons() store.Persons { return c.DB.Persons() }

// apiDeps are the use-cases the API serves.
func (s *Server) apiDeps() v1.Deps {
	return v1.Deps{
		Accounts: s.Accounts, Agencies: s.Agencies, Sessions: s.Sessions, Tokens: s.Tokens, Factors: s.Factors,
		Invitations: s.Invitations, Members: s.Members, Links: s.Links, Contacts: s.Contacts,
		Concepts: s.Concepts, Places: s.Directory, Classifications: s.Classifications,
		Jobseekers: s.Jobseekers, Registrations: s.Registrations, Consents: s.Consents, Drafts: s.Drafts,
		Organisations: s.Organisations, Vacancies: s.Vacancies, Matches: s.Matches, Files: s.Files, Transfers: s.Transfers, Emergencies: s.Emergencies,
		Applications: s.Applications, Placements: s.Placements, Complaints: s.Complaints, Views: s.Views, Work: s.Work, Trail: s.Trail,
		Seen: s.Seen, Requests: s.Requests, Copies: s.Copies, Registers: s.Registers, Merges: s.Merges, Documents: s.Documents,
	}
}

// uploads tells how large a request that brings a file may be, by page or API.
func uploads(r *http.Request) int64 { return max(paper.Upload(r), v1.Upload(r)) }

// areas are the pages, a group for each kind of reader.
func (s *Server) areas() []web.Area {
	return slices.Concat(s.publicAreas(), s.employerAreas(), s.counsellorAreas(), s.offersAreas(), s.adminAreas(), s.securityAreas(), s.rightsAreas(),
		[]web.Area{paper.New(paper.Deps{Documents: s.Documents, Jobseekers: s.Jobseekers, Merges: s.Merges})})
}
