package wire_test

import (
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/seal"
)

// Records that prove who somebody is: sessions, factors, codes, secrets.

// password is every account's, and every jobseeker's second thing, which is
// compared without its spaces.
const password = "centbaobabsbleus"

// proofs makes records of proofs by kind.
func proofs() map[string]func(*service, testing.TB, persona) *record {
	return map[string]func(*service, testing.TB, persona) *record{
		"own account": func(s *service, t testing.TB, p persona) *record { return s.own(t, p) },
		"own session": func(s *service, t testing.TB, p persona) *record { return s.own(t, p) },
		"own password": func(s *service, t testing.TB, p persona) *record {
			r := s.own(t, p)
			r.words["email"] = s.member(t).words["email"]
			return r
		},
		"own enrolment": func(s *service, t testing.TB, p persona) *record { return s.enrolment(t, p) },
		"own factor": func(s *service, t testing.TB, p persona) *record {
			r := s.own(t, p)
			if r.ids["factor"] = nobody; p.signsIn() {
				s.factor(t, r)
			}
			return r
		},
		"own contact": func(s *service, t testing.TB, p persona) *record {
			r := s.own(t, p)
			if p.signsIn() {
				_, err := s.core.Contacts.Ask(t.Context(), r.as.Actor(), identity.ContactEmail, s.fresh("neuf")+"@example.org")
				need(t, err)
			}
			return r
		},
		"own token": func(s *service, t testing.TB, p persona) *record {
			r := s.own(t, p)
			if p.signsIn() {
				r.ids["token"] = s.token(t, r.as).ids["token"]
			}
			return r
		},
		"session":          func(s *service, t testing.TB, _ persona) *record { return s.accountRecord(t, s.bamako) },
		"member's session": func(s *service, t testing.TB, _ persona) *record { return s.member(t) },
		"token": func(s *service, t testing.TB, _ persona) *record {
			r := s.accountRecord(t, s.bamako)
			r.ids["token"] = s.token(t, r.about).ids["token"]
			return r
		},
		"factor": func(s *service, t testing.TB, _ persona) *record {
			r := s.accountRecord(t, s.bamako)
			s.factorOf(t, r, r.about)
			return r
		},
		"password": func(s *service, t testing.TB, _ persona) *record { return s.member(t) }, // one proof is enough for it,
		"code": func(s *service, t testing.TB, _ persona) *record {
			r := s.accepted(t)
			s.code(t, r)
			return r
		},
		"ticket": func(s *service, t testing.TB, _ persona) *record { return s.ticket(t) },
		"half session": func(s *service, t testing.TB, _ persona) *record {
			r := s.accountRecord(t, s.bamako)
			s.factorOf(t, r, r.about)
			_, r.cookie = s.sessionOf(t, map[string]any{"awaits": string(r.about.ID), "since": time.Now().Unix()}, r.about.ID)
			return r
		},
		"half session without": func(s *service, t testing.TB, _ persona) *record { // on a service that insists on a second factor
			r := s.accountRecord(t, s.bamako)
			begun, err := s.core.Factors.BeginTOTP(t.Context(), r.about.Actor())
			need(t, err)
			_, r.cookie = s.sessionOf(t, map[string]any{"awaits": string(r.about.ID), "since": time.Now().Unix(), "kept.app": begun.Secret + "\n" + begun.URL}, r.about.ID)
			r.words["code"] = codeAt(t, begun.Secret, 0)
			return r
		},
		"handed password": func(s *service, t testing.TB, _ persona) *record { // right, and everything else too: what is left is to choose another
			r := s.accountRecord(t, s.bamako)
			s.exec(t, `UPDATE users SET password_until = now() + interval '1 day' WHERE id = $1`, string(r.about.ID))
			_, r.cookie = s.sessionOf(t, map[string]any{"awaits": string(r.about.ID), "since": time.Now().Unix(), "proven": true}, r.about.ID)
			return r
		},
		"own file": func(s *service, t testing.TB, p persona) *record {
			r := s.own(t, p)
			if p.role == domain.RoleJobseeker {
				r = s.accepted(t)
				s.exec(t, `UPDATE person_wishes SET occupation_id = NULL, link_score = 0 WHERE person_id = $1`, string(r.ids["person"])) // words to ask about
				r.as = r.jobseeker
				_, r.cookie = s.session(t, r.as.ID)
			}
			return r
		},
		"own phone": func(s *service, t testing.TB, p persona) *record { return s.holding(t, p, s.accepted(t)) },
		"own code": func(s *service, t testing.TB, p persona) *record {
			r := s.accepted(t)
			s.code(t, r)
			return s.holding(t, p, r)
		},
		"own ticket": func(s *service, t testing.TB, p persona) *record { return s.holding(t, p, s.ticket(t)) },
		"own invitation": func(s *service, t testing.TB, p persona) *record {
			return s.holding(t, p, s.invitation(t, identity.NewInvitation{Role: domain.RoleCounsellor, AgencyID: s.bamako}))
		},
		"resume code": func(s *service, t testing.TB, _ persona) *record { return s.resume(t) },
		"resume ticket": func(s *service, t testing.TB, _ persona) *record {
			r := s.resume(t)
			ticket, _, err := s.core.Drafts.CheckResumeCode(t.Context(), domain.Anonymous(), r.words["phone"], r.words["code"])
			need(t, err)
			r.words["ticket"] = ticket
			return r
		},
		"sent form": func(s *service, t testing.TB, _ persona) *record {
			r := s.draft(t)
			_, err := s.core.Jobseekers.Register(t.Context(), domain.Anonymous(), person.Send{Token: r.words["draft"]})
			need(t, err)
			return r
		},
		"own draft form": func(s *service, t testing.TB, _ persona) *record { return s.draft(t) },
		"concept": func(s *service, t testing.TB, _ persona) *record {
			r := newRecord()
			var id string
			need(t, s.sql.QueryRowContext(t.Context(), `SELECT concept_id FROM concept_labels LIMIT 1`).Scan(&id))
			r.put("concept", domain.ID(id), 1)
			return r
		},
	}
}

// own is an account that stands as the persona does, signed in with a session
// of its own: what happens to it happens to nobody else. Visitors have none.
func (s *service) own(t testing.TB, p persona) *record {
	t.Helper()
	r := newRecord()
	switch p.role {
	case domain.RoleAnonymous:
		r.ids["user"], r.ids["session"], r.ids["token"], r.ids["factor"] = nobody, nobody, nobody, nobody
		return r
	case domain.RoleAPIClient:
		r = s.program(t, identity.NewClient{AgencyID: p.user.AgencyID, OrganisationID: p.user.OrganisationID})
		r.as, r.cookie, r.ids["session"] = r.about, r.words["bearer"], nobody
		return r
	case domain.RoleJobseeker:
		r.as = s.somebody(t, s.persona("referent").actor()).jobseeker
	default:
		r.as = s.account(t, identity.User{Role: p.role, AgencyID: p.user.AgencyID, OrganisationID: p.user.OrganisationID})
	}
	r.put("user", r.as.ID, r.as.Version)
	var session domain.ID
	session, r.cookie = s.session(t, r.as.ID)
	r.put("session", session, 1)
	return r
}

// factor gives the record's own account an app.
func (s *service) factor(t testing.TB, r *record) { s.factorOf(t, r, r.as) }

func (s *service) factorOf(t testing.TB, r *record, u identity.User) {
	t.Helper()
	r.ids["factor"] = nobody
	if u.ID == "" {
		return
	}
	begun, err := s.core.Factors.BeginTOTP(t.Context(), u.Actor())
	need(t, err)
	_, err = s.core.Factors.ConfirmTOTP(t.Context(), u.Actor(), begun.Secret, codeAt(t, begun.Secret, -1), "Téléphone")
	need(t, err)
	list, _, err := s.core.Factors.Mine(t.Context(), u.Actor())
	need(t, err)
	r.put("factor", list[0].ID, 1)
	r.words["code"] = codeAt(t, begun.Secret, 0)
}

// enrolment is an app that is being set up; the session keeps its secret.
func (s *service) enrolment(t testing.TB, p persona) *record {
	t.Helper()
	r := s.own(t, p)
	if !p.signsIn() {
		r.words["code"] = "123456"
		return r
	}
	begun, err := s.core.Factors.BeginTOTP(t.Context(), r.as.Actor())
	need(t, err)
	_, r.cookie = s.sessionOf(t, map[string]any{
		"user_id": string(r.as.ID), "device": "", "stepped": time.Now().Unix(), "kept.api_app": begun.Secret, "kept.app": begun.Secret + "\n" + begun.URL,
	}, r.as.ID)
	r.words["code"] = codeAt(t, begun.Secret, 0)
	return r
}

func codeAt(t testing.TB, secret string, periods int) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(periods)*30*time.Second))
	need(t, err)
	return code
}

// code is what was sent to the record's phone to sign in with.
func (s *service) code(t testing.TB, r *record) {
	t.Helper()
	need(t, s.core.Jobseekers.SendSignInCode(t.Context(), domain.Anonymous(), r.words["phone"]))
	s.sent(t, r)
}

// sent reads the last code that was sent to the record's phone.
func (s *service) sent(t testing.TB, r *record) {
	t.Helper()
	r.words["code"] = domaintest.LastCode(t, s.core.DB, r.words["phone"])
}

// hashed is the password's hash, made once.
func hashed(t testing.TB) string {
	t.Helper()
	hash, err := seal.NewPasswords(1).Hash(t.Context(), password)
	need(t, err)
	return hash
}

// holding is the persona with what a record holds: a code, a ticket, a secret.
// What it does with them ends no standing session.
func (s *service) holding(t testing.TB, p persona, r *record) *record {
	t.Helper()
	own := s.own(t, p)
	r.as, r.cookie = own.as, own.cookie
	return r
}

func (s *service) ticket(t testing.TB) *record {
	t.Helper()
	r := s.accepted(t)
	s.code(t, r)
	ticket, err := s.core.Jobseekers.CheckSignInCode(t.Context(), domain.Anonymous(), r.words["phone"], r.words["code"])
	need(t, err)
	r.words["ticket"] = ticket
	return r
}

// draft is a visitor's form, filled in and not sent; the browser holds its token.
func (s *service) draft(t testing.TB) *record {
	t.Helper()
	p := newcomer(s.next())
	token, _, err := s.core.Drafts.Start(t.Context(), domain.Anonymous(), "fr")
	need(t, err)
	_, err = s.core.Drafts.SaveStep(t.Context(), domain.Anonymous(), person.SaveStep{
		Token: token, Step: "check", Secret: password,
		Answers: person.Answers{
			Identity: p.Identity, Contact: p.Contact, Skills: p.Skills, TextVersion: "2026-11-27", Experience: p.Experience, Wishes: p.Wishes,
		},
	})
	need(t, err)
	r := newRecord()
	r.words["draft"], r.words["phone"], r.words["secret"], r.holds = token, p.Phones[0].Number, password, "baara_draft="+token
	return r
}

// resume is a draft whose phone was sent a code to go on with it.
func (s *service) resume(t testing.TB) *record {
	t.Helper()
	r := s.draft(t)
	need(t, s.core.Drafts.SendResumeCode(t.Context(), domain.Anonymous(), r.words["phone"]))
	s.sent(t, r)
	r.holds = ""
	return r
}
