package v1_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/baara-platform/baara/api/v1"
)

// TestAPI runs every test of the API against one program, and then asks
// whether any operation was left out.
func TestAPI(t *testing.T) {
	w := newWorld(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *world)
	}{
		{"from registration to placement", journey},
		{"reference data", referenceData},
		{"a jobseeker's record", jobseekerRecord},
		{"the name register", nameRegister},
		{"migration", migration},
		{"consents", consents},
		{"registrations", registrations},
		{"employers", organisations},
		{"a vacancy's life", vacancyLife},
		{"vacancies heard of", recordedVacancy},
		{"matches", matches},
		{"near matches", nearMatches},
		{"complaints", complaints},
		{"views", views},
		{"proof of work", proofOfWork},
		{"a case file", caseFile},
		{"a plan", plan},
		{"notes", notes},
		{"transfers", transfers},
		{"emergencies", emergencies},
		{"rights", ownRights},
		{"documents", documents},
		{"merges", merges},
		{"applications", applications},
		{"placements", placements},
		{"accounts", accounts},
		{"sessions", sessions},
		{"second factors", factors},
		{"invitations", invitations},
		{"contacts", contacts},
		{"tokens", tokens},
		{"agreements", agreements},
		{"agencies", agencies},
		{"the audit trail", trail},
		{"mistakes", mistakes},
		{"depths", depths},
		{"languages", languages},
		{"every operation", everyOperation},
		{"once only", onceOnly},
		{"a visitor's budget", budget},
		{"hidden is missing", hidden},
		{"nothing leaks", nothingLeaks},
		{"foreign members", foreignMembers},
		{"guarded members", guardedMembers},
		{"read-only members", readOnlyMembers},
		{"beyond one's reach", beyondOnesReach},
		{"few queries", fewQueries},
		{"paging", paging},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, w) })
	}
	w.tally.readers.observed(t)
	if t.Failed() || testing.Short() {
		return
	}
	for _, id := range w.tally.missing() {
		t.Errorf("no test has seen %s succeed", id)
	}
}

// The document in the repository is what programs are written against.
func TestDocumentIsUpToDate(t *testing.T) {
	want, err := v1.Document(v1.Describe())
	must(t, err)
	got, err := os.ReadFile("openapi.json")
	must(t, err)
	if !bytes.Equal(got, want) {
		t.Error("openapi.json is stale: run go generate ./api/v1")
	}
}
