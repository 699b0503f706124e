// Package sheet says what stands in the tables that leave Baara for people to
// open in a spreadsheet: the audit trail, a caseload, the accounts.
//
// Columns have stable names; who shows them gives the words. Cells hold codes,
// identifiers, names and times in UTC. It writes nothing: that is package
// table's, which sees to it that no cell is computed.
package sheet

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/identity"
)

// Trail are the columns of the audit trail.
func Trail() []string {
	return []string{
		"at", "account", "account_name", "role", "agency", "organisation", "action", "decision", "kind", "record", "record_name",
		"person", "person_name", "reason", "request", "chain", "seq", "hash",
	}
}

// TrailRow are an entry's cells; names says what identifiers stand for.
func TrailRow(e audit.Entry, names map[domain.ID]string) []string {
	decision := "refused"
	if e.Allowed {
		decision = "allowed"
	}
	return []string{
		e.At.UTC().Format("2006-01-02T15:04:05.000000Z"), string(e.ActorID), names[e.ActorID], string(e.ActorRole), string(e.AgencyID), string(e.OrganisationID),
		e.Action, decision, e.Kind, string(e.RecordID), names[e.RecordID], string(e.PersonID), names[e.PersonID], e.Reason, e.RequestID,
		strconv.Itoa(e.Chain), strconv.FormatInt(e.Seq, 10), hex.EncodeToString(e.Hash[:]),
	}
}

// Caseload are the columns of a list of case files.
func Caseload() []string {
	return []string{"reference", "given_names", "family_name", "place", "referent", "stage", "opened", "last_contact", "next_action", "next_due"}
}

// CaseloadRow are a file's cells; place is where the person lives, in words.
func CaseloadRow(r casework.CaseRow, place string) []string {
	return []string{
		r.Reference, r.Given, r.Family, place, r.OwnerName, string(r.File.Stage), day(r.File.OpenedAt), day(r.File.LastContactAt),
		r.NextAction, r.NextDue.String(),
	}
}

// Accounts are the columns of the accounts.
func Accounts() []string {
	return []string{"account", "name", "role", "email", "agency", "organisation", "made", "ended"}
}

// AccountRow are an account's cells; agency is its agency's name.
func AccountRow(u identity.User, agency string) []string {
	return []string{
		string(u.ID), u.Name, string(u.Role), u.Email, agency, string(u.OrganisationID), day(u.CreatedAt), day(u.DisabledAt),
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
