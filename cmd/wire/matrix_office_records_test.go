package wire_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
)

// awayOwners names the variants of a line in which the file's referent works at
// another agency, and who it is then.
func awayOwners() map[string]string {
	return map[string]string{"away": "elsewhere", "lead away": "lead-elsewhere"}
}

// away gives the record's file to a referent of another agency, whose the
// person's registration and applications are not: so it is while somebody moves.
func (s *service) away(t testing.TB, r *record, owner string) *record {
	t.Helper()
	s.exec(t, `UPDATE case_files SET owner_id = $2 WHERE id = $1`, string(r.ids["case"]), string(s.persona(owner).user.ID))
	return r
}

func (s *service) employerRecord(t testing.TB) *record {
	t.Helper()
	o, err := s.core.Organisations.Get(t.Context(), s.persona("referent").actor(), s.firm)
	need(t, err)
	r := newRecord()
	r.put("organisation", o.ID, o.Version)
	r.words["name"] = o.LegalName
	return r
}

// pending is an employer nobody has verified.
func (s *service) pending(t testing.TB) *record {
	t.Helper()
	o, err := s.core.Organisations.Create(t.Context(), s.persona("referent").actor(), employer.OrganisationFields{
		Kind: employer.KindCompany, LegalName: s.fresh("Nouvelle "), PlaceCode: "BKO", Phone: "+22370000002",
	})
	need(t, err)
	r := newRecord()
	r.put("organisation", o.ID, o.Version)
	return r
}

func (s *service) accountRecord(t testing.TB, agency domain.ID) *record {
	t.Helper()
	u := s.account(t, identity.User{Role: domain.RoleCounsellor, AgencyID: agency})
	return s.accountOf(t, u)
}

func (s *service) accountOf(t testing.TB, u identity.User) *record {
	t.Helper()
	r := newRecord()
	r.about, r.words["email"], r.words["words"] = u, u.Email, u.Email
	r.put("user", u.ID, u.Version)
	session, _ := s.session(t, u.ID)
	r.put("session", session, 1)
	return r
}

func (s *service) member(t testing.TB) *record {
	t.Helper()
	return s.accountOf(t, s.account(t, identity.User{Role: domain.RoleEmployer, OrganisationID: s.firm}))
}

func (s *service) invitation(t testing.TB, in identity.NewInvitation) *record {
	t.Helper()
	in.Name, in.Email = "Kadia", s.fresh("kadia")+"@example.org"
	i, secret, err := s.core.Invitations.Create(t.Context(), s.persona("administrator").actor(), in)
	need(t, err)
	r := newRecord()
	r.put("invitation", i.ID, 1)
	r.words["secret"] = secret
	return r
}

func (s *service) token(t testing.TB, u identity.User) *record {
	t.Helper()
	made, _, err := s.core.Tokens.Create(t.Context(), u.Actor(), identity.NewToken{Name: s.fresh("programme"), Scopes: []string{"vacancy.*"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	need(t, err)
	r := newRecord()
	r.put("token", made.ID, 1)
	return r
}

// entry is one of the audit trail: the referent of Bamako read somebody.
func (s *service) entry(t testing.TB) *record {
	t.Helper()
	r := s.accepted(t)
	_, err := s.core.Jobseekers.Get(t.Context(), s.persona("referent").actor(), r.ids["person"])
	need(t, err)
	var chain, seq, hash string
	need(t, s.sql.QueryRowContext(t.Context(), `SELECT chain, seq, encode(hash, 'hex') FROM audit_entries WHERE person_id = $1 ORDER BY seq DESC LIMIT 1`,
		string(r.ids["person"])).Scan(&chain, &seq, &hash))
	r.ids["chain"], r.ids["seq"] = domain.ID(chain), domain.ID(seq)
	r.words["hash"] = hash
	r.none = map[string]domain.ID{"chain": domain.ID(chain), "seq": "999999999"}
	return r
}

// export is a part of the trail that left in a file.
func (s *service) export(t testing.TB) *record {
	t.Helper()
	r := s.entry(t)
	made, err := s.core.Trail.Export(t.Context(), s.persona("data-protection").actor(), audit.Filter{About: string(r.ids["person"])}, domain.Destination{Recipient: "ONEF"},
		func(domain.Export) func(audit.Entry, map[domain.ID]string) error {
			return func(audit.Entry, map[domain.ID]string) error { return nil }
		})
	need(t, err)
	r.put("export", made.ID, 1)
	r.words["export"] = made.Reference
	return r
}
