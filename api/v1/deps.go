package v1

import "github.com/baara-platform/baara/domain/identity"

// Deps are the use-cases the API serves.
type Deps struct {
	Accounts *identity.Accounts
	Agencies *identity.Agencies
	Sessions *identity.Sessions
	Tokens   *identity.Tokens
}
