// Package audit is the trail of who did and saw what: a few chains of entries,
// in each of which every entry's hash covers the one before.
//
// What it promises: every act the policy decided about a person, a file or an
// account is an entry, written in the transaction of the act; what was refused
// is one too. A changed, removed or reordered entry breaks its chain, and a cut
// tail shows against an anchor kept elsewhere. Entries hold identifiers and
// actions, never what a record says.
//
// What it does not do: keep an administrator of the database from writing
// whole new chains. Only an anchor in other hands shows that.
package audit

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Entry is one line of the trail.
type Entry struct {
	Chain          int   // which of the chains it is in
	Seq            int64 // 1, 2, 3… in its chain, without gaps
	At             time.Time
	ActorID        domain.ID
	ActorRole      domain.Role
	AgencyID       domain.ID // the actor's
	OrganisationID domain.ID // the actor's
	RequestID      string
	Action         string
	Allowed        bool
	Kind           string // of the record
	RecordID       domain.ID
	PersonID       domain.ID // whom the record is about
	Reason         string
	Hash           [sha256.Size]byte
}

// Digest is the hash an entry must have after the one with hash before. The
// function audit_append in the schema computes the same.
func (e Entry) Digest(before [sha256.Size]byte) [sha256.Size]byte {
	var b strings.Builder
	b.Write(before[:])
	for _, field := range []string{
		strconv.Itoa(e.Chain), strconv.FormatInt(e.Seq, 10), strconv.FormatInt(e.At.UnixMicro(), 10), string(e.ActorID), string(e.ActorRole),
		string(e.AgencyID), string(e.OrganisationID), e.RequestID, e.Action, strconv.FormatBool(e.Allowed), e.Kind,
		string(e.RecordID), string(e.PersonID), e.Reason,
	} {
		b.WriteString(strconv.Itoa(len(field)))
		b.WriteByte(':')
		b.WriteString(field)
	}
	return sha256.Sum256([]byte(b.String()))
}
