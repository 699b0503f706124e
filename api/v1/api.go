// Package v1 is the JSON API under /api/v1: routes, and the request and
// response types, which are its own. One file a noun.
//
// A handler is short: the actor from the context, one use-case, one mapping to
// what this reader may see. A record that readers see differently has one Go
// type for each, told apart in JSON by the field "view": what a type has no
// field for cannot leave. Errors are returned as they come; the edge turns them
// into RFC 9457 problems in the reader's language. Unsafe calls carry an
// Idempotency-Key, updates and changes of state an If-Match; a repeated call is
// answered by reading the record again, under the reader's own permission.
//
// What may be sent is a closed list: unknown members and unknown parameters are
// refused rather than ignored.
package v1

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// API holds what the handlers call.
type API struct{ Deps }

// Mount puts the API, its OpenAPI document (/openapi.json) and its reference
// page (/docs) on the engine and gives the document's model.
func Mount(engine *gin.Engine, d Deps) *huma.OpenAPI {
	installHooks()
	root := humagin.New(engine, config())
	a := &API{Deps: d}
	group := huma.NewGroup(root, Prefix)
	for _, mount := range []func(huma.API){
		a.mountRegistrations, a.mountJobseekers, a.mountProfiles, a.mountMigration, a.mountConsents,
		a.mountOrganisations, a.mountVacancies, a.mountVacancyActs, a.mountMatches, a.mountNear,
		a.mountCases, a.mountPlans, a.mountNotes, a.mountTransfers, a.mountEmergencies, a.mountApplications, a.mountPlacements,
		a.mountComplaints, a.mountViews, a.mountWork, a.mountRights, a.mountAgreements,
		a.mountDocuments, a.mountMerges, a.mountCopies,
		a.mountTaxonomy, a.mountReference, a.mountUsers, a.mountSessions, a.mountPhoneSessions, a.mountFactors, a.mountInvitations, a.mountContacts, a.mountTokens, a.mountAgencies,
		a.mountAudit,
	} {
		mount(group)
	}
	mountDocs(engine, root.OpenAPI())
	return root.OpenAPI()
}

func config() huma.Config {
	c := huma.DefaultConfig("Baara", "1")
	c.Info.Description = "Job matching and labour insertion: jobseekers, vacancies, case files, applications and placements."
	c.CreateHooks = nil // no Host-dependent $schema in answers
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.Servers = []*huma.Server{{URL: "/"}}
	c.Formats = map[string]huma.Format{"application/json": bounded(), "json": bounded()}
	c.RejectUnknownQueryParameters = true // a misspelt filter would find everything
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "An API token, for programs."},
		"session": {Type: "apiKey", In: "cookie", Name: "baara_session", Description: "The session of a signed-in browser."},
	}
	return c
}
