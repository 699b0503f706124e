package domaintest

import (
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// every process of a test run has the same keys: databases are shared among them.
const testSecret = "what tests confide is invented"

var wrappingKeys = seal.NewDerivedKeys(testSecret)

// Keys open what tests keep in a database, whichever test wrote it. Every store
// a test opens is given them.
func Keys() store.Keys {
	return store.Keys{Wrapper: wrappingKeys, Lookup: seal.NewLookup([]byte(testSecret))}
}
