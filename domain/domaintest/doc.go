// Package domaintest is the test kit: a real, migrated PostgreSQL database for
// every test that asks for one, and builders for the records in it. Only tests
// may import it.
//
// Every test process runs one private cluster, made from a copy of an empty one
// that is initialised once a machine and user. It is not durable and lies in
// memory where there is enough, so it is fast: half a second a process, then
// some 40 ms a database, cloned from a template that was migrated once.
// Processes share nothing that runs, so packages test in parallel; the cluster
// ends with its process, however that ends, and its files are removed.
//
// A builder imports the context it builds for. A test of that context which
// uses it therefore lives in the package NAME_test.
package domaintest
