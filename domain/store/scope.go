package store

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// columns tells where a noun's query keeps what relations look at: SQL
// expressions over its table and joins. An empty column relates to nobody.
type columns struct {
	person, account, owner, agency, organisation, author string
	published                                            string // a condition
	sharedCase                                           string // the case file's id, for shares
}

// scope is the SQL form of the relations a policy gave: a condition and its
// arguments. No relation means no row.
func scope(actor domain.Actor, relations []access.Relation, c columns) (string, []any) {
	var parts []string
	var args []any
	equal := func(column string, id domain.ID) {
		if column != "" && !id.IsZero() {
			parts = append(parts, column+" = ?")
			args = append(args, string(id))
		}
	}
	for _, r := range relations {
		switch r {
		case access.Anyone:
			return "TRUE", nil
		case access.Self:
			equal(c.person, actor.PersonID)
		case access.OwnAccount:
			equal(c.account, actor.UserID)
		case access.Referent:
			equal(c.owner, actor.UserID)
		case access.SameAgency:
			equal(c.agency, actor.AgencyID)
		case access.SameOrganisation:
			equal(c.organisation, actor.OrganisationID)
		case access.Author:
			equal(c.author, actor.UserID)
		case access.Published:
			if c.published != "" {
				parts = append(parts, c.published)
			}
		case access.Emergency:
			if c.person != "" && !actor.UserID.IsZero() {
				parts = append(parts, `EXISTS (SELECT 1 FROM emergencies o WHERE o.person_id = `+c.person+liveEmergency+` AND o.user_id = ?)`)
				args = append(args, string(actor.UserID))
			}
		case access.SharedWith:
			if c.sharedCase != "" && !actor.UserID.IsZero() {
				parts = append(parts, `EXISTS (SELECT 1 FROM case_shares s WHERE s.case_id = `+c.sharedCase+
					` AND s.since <= now() AND now() < s.until AND (s.user_id = ? OR s.agency_id = ?))`)
				args = append(args, string(actor.UserID), nullID(actor.AgencyID))
			}
		}
	}
	if len(parts) == 0 {
		return "FALSE", nil
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}
