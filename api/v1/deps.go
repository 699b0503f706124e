package v1

import (
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Deps are the use-cases the API serves.
type Deps struct {
	Accounts        *identity.Accounts
	Agencies        *identity.Agencies
	Sessions        *identity.Sessions
	Tokens          *identity.Tokens
	Concepts        *taxonomy.Concepts
	Places          *place.Directory
	Classifications taxonomy.Classifications
}
