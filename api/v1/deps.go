package v1

import (
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/watch"
)

// Deps are the use-cases the API serves.
type Deps struct {
	Accounts *identity.Accounts
	Agencies *identity.Agencies
	Sessions *identity.Sessions
	Tokens   *identity.Tokens
	Factors  *identity.Factors

	Invitations *identity.Invitations
	Members     *identity.Members
	Links       *identity.Links
	Contacts    *identity.Contacts

	Concepts        *taxonomy.Concepts
	Places          *place.Directory
	Classifications taxonomy.Classifications

	Jobseekers    *person.Jobseekers
	Registrations *person.Registrations
	Consents      *person.Consents
	Drafts        *person.Drafts
	Merges        *person.Merges
	Documents     *document.Documents

	Organisations *employer.Organisations
	Vacancies     *employer.Vacancies
	Matches       *matchmaking.Matches
	Files         *casework.Files
	Transfers     *casework.Transfers
	Emergencies   *casework.Emergencies
	Applications  *placement.Applications
	Placements    *placement.Placements
	Complaints    *watch.Complaints
	Views         *watch.Views
	Work          *watch.Work
	Trail         *audit.Trail
	Seen          *rights.Views
	Requests      *rights.Requests
	Copies        *rights.Copies
	Registers     *rights.Registers
}
