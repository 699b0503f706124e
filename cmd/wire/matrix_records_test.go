package wire_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
)

// record is what a route is tried on, with everything around it.
type record struct {
	ids       map[string]domain.ID
	versions  map[string]int
	words     map[string]string     // secrets, codes and other values that are no identifiers
	jobseeker identity.User         // the account of the person it is about
	about     identity.User         // the account it is about
	as        identity.User         // for a persona's own: the account that acts
	form      map[string]url.Values // what the pages about it hold, by route
	none      map[string]domain.ID  // what no record has, where that is no identifier
	holds     string                // another cookie of the browser
	cookie    string                // its session, or the half-open one the route asks for
}

func (r *record) put(kind string, id domain.ID, version int) {
	r.ids[kind], r.versions[kind] = id, version
}

// nowhere is the record with identifiers that no record has.
func (r *record) nowhere() *record {
	out := *r
	out.ids = maps.Clone(r.ids)
	for kind := range out.ids {
		out.ids[kind] = cmp.Or(r.none[kind], nobody)
	}
	return &out
}

const nobody domain.ID = "01900000-0000-7000-8000-00000000dead"

func newRecord() *record {
	return &record{ids: map[string]domain.ID{}, versions: map[string]int{}, words: map[string]string{}}
}

// kinds makes records by kind. Those that begin with "own" are the persona's
// own; all others are Bamako's, with the referent as their counsellor.
func kinds() map[string]func(*service, testing.TB, persona) *record {
	of := func(state string) func(*service, testing.TB, persona) *record {
		return func(s *service, t testing.TB, _ persona) *record { return s.applied(t, state) }
	}
	posted := func(state string) func(*service, testing.TB, persona) *record {
		return func(s *service, t testing.TB, _ persona) *record { return s.vacancy(t, newRecord(), state) }
	}
	out := map[string]func(*service, testing.TB, persona) *record{
		"nothing": func(s *service, t testing.TB, _ persona) *record { return newRecord() },
		"waiting": func(s *service, t testing.TB, _ persona) *record { return s.somebody(t, s.persona("referent").actor()) },
		"person":  func(s *service, t testing.TB, _ persona) *record { return s.accepted(t) },
		"file":    func(s *service, t testing.TB, _ persona) *record { return s.file(t) },
		"given file": func(s *service, t testing.TB, _ persona) *record { // who gave the share had the file then
			r := s.file(t)
			s.exec(t, `UPDATE case_shares SET shared_by = $2 WHERE id = $1`, string(r.ids["share"]), string(s.persona("guest-lead").user.ID))
			return r
		},
		"published file": func(s *service, t testing.TB, _ persona) *record { return s.vacancy(t, s.file(t), "published") },
		"closed file": func(s *service, t testing.TB, _ persona) *record {
			r := s.file(t)
			c, err := s.core.Files.Move(t.Context(), s.persona("referent").actor(), casework.MoveFile{ID: r.ids["case"], Version: r.versions["case"], Transition: casework.Close, Reason: "left"})
			need(t, err)
			r.put("case", c.ID, c.Version)
			return r
		},
		"closed person": func(s *service, t testing.TB, _ persona) *record {
			r := s.accepted(t)
			reg, err := s.core.Registrations.Close(t.Context(), s.persona("referent").actor(), person.ChangeRegistration{
				PersonID: r.ids["person"], Version: r.versions["registration"], Reason: "left"})
			need(t, err)
			r.put("registration", reg.ID, reg.Version)
			return r
		},
		"draft": posted("draft"), "held": posted("held"), "published": posted("published"), "suspended": posted("suspended"), "submitted": posted("submitted"),
		"withdrawn": posted("withdrawn"), "expired": posted("expired"),
		"rival's": func(s *service, t testing.TB, _ persona) *record {
			return s.vacancyOf(t, newRecord(), s.persona("rival"), "published")
		},
		"proposed": of("proposed"), "consented": of("consented"), "sent": of("sent"), "offered": of("offered"), "refused": of("refused"),
		"hired": of("hired"), "planned": of("planned"), "started": of("started"), "ended": of("ended"),
		"organisation": func(s *service, t testing.TB, _ persona) *record { return s.employerRecord(t) },
		"pending":      func(s *service, t testing.TB, _ persona) *record { return s.pending(t) },
		"account":      func(s *service, t testing.TB, _ persona) *record { return s.accountRecord(t, s.bamako) },
		"member":       func(s *service, t testing.TB, _ persona) *record { return s.member(t) },
		"closed registration": func(s *service, t testing.TB, _ persona) *record {
			r := s.file(t)
			reg, err := s.core.Registrations.Close(t.Context(), s.persona("referent").actor(), person.ChangeRegistration{PersonID: r.ids["person"], Reason: "left"})
			need(t, err)
			r.put("registration", reg.ID, reg.Version)
			return r
		},
		"hired beside": func(s *service, t testing.TB, _ persona) *record { return s.beside(t) },
		"ended account": func(s *service, t testing.TB, _ persona) *record {
			r, over := s.accountRecord(t, s.bamako), true
			u, err := s.core.Accounts.Update(t.Context(), s.persona("administrator").actor(), identity.UpdateUser{ID: r.ids["user"], Version: r.versions["user"], Disabled: &over})
			need(t, err)
			r.put("user", u.ID, u.Version)
			return r
		},
		"another lead": func(s *service, t testing.TB, _ persona) *record {
			return s.accountOf(t, s.account(t, identity.User{Role: domain.RoleLead, AgencyID: s.bamako}))
		},
		"program": func(s *service, t testing.TB, _ persona) *record {
			return s.program(t, identity.NewClient{OrganisationID: s.firm})
		},
		"entry":  func(s *service, t testing.TB, _ persona) *record { return s.entry(t) },
		"export": func(s *service, t testing.TB, _ persona) *record { return s.export(t) },
		"former member": func(s *service, t testing.TB, _ persona) *record {
			r := s.accountRecord(t, s.bamako)
			need(t, s.core.Members.Leave(t.Context(), s.persona("administrator").actor(), r.ids["user"]))
			return r
		},
		"agency": func(s *service, t testing.TB, _ persona) *record {
			code := s.fresh("A")
			a, err := s.core.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{Code: code, Name: "Agence", PlaceCode: "GAO", Serves: []string{"GAO"}})
			need(t, err)
			r := newRecord()
			r.put("agency", a.ID, a.Version)
			r.words["code"] = code
			return r
		},
		"invitation": func(s *service, t testing.TB, _ persona) *record {
			return s.invitation(t, identity.NewInvitation{Role: domain.RoleCounsellor, AgencyID: s.bamako})
		},
		"colleague's invitation": func(s *service, t testing.TB, _ persona) *record {
			return s.invitation(t, identity.NewInvitation{Role: domain.RoleEmployer, OrganisationID: s.firm})
		},
	}
	maps.Copy(out, proofs())
	maps.Copy(out, between())
	maps.Copy(out, twofold())
	maps.Copy(out, watched())
	maps.Copy(out, requested())
	for kind, make := range maps.Clone(out) {
		for variant, owner := range awayOwners() {
			out[variant+" "+kind] = func(s *service, t testing.TB, p persona) *record { return s.away(t, make(s, t, p), owner) }
		}
	}
	return out
}

// somebody is registered by a counsellor and waits in the intake queue.
func (s *service) somebody(t testing.TB, by domain.Actor) *record {
	t.Helper()
	n := s.next()
	made, err := s.core.Jobseekers.Create(t.Context(), by, person.CreatePerson{
		KeepHere: true,
		Person:   newcomer(n),
		Consents: []person.GiveConsent{
			{Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByWriting},
		},
	})
	need(t, err)
	reg, err := s.core.Registrations.Of(t.Context(), by, made.ID)
	need(t, err)
	r := newRecord()
	r.put("person", made.ID, made.Version)
	r.put("registration", reg.ID, reg.Version)
	r.words["name"] = made.Family
	r.words["phone"] = made.Phones[0].Number
	r.words["reference"] = made.Reference
	r.jobseeker, err = s.core.Accounts.OfPerson(t.Context(), made.ID)
	need(t, err)
	s.exec(t, `UPDATE users SET password_hash = $2 WHERE id = $1`, string(r.jobseeker.ID), s.hash)
	r.words["secret"] = password
	return r
}

// newcomer is the nth person.
func newcomer(n int64) person.Person {
	return person.Person{
		Identity: person.Identity{Given: "Fanta", Family: spelt(n), Sex: person.Female, Birth: person.BornIn(1995, false)},
		Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
			Phones: []person.Phone{{Number: fmt.Sprintf("+22370%06d", n), Owner: person.OwnPhone}},
		},
		Skills:   []person.Skill{{Words: "monter un mur en briques", Evidence: person.Declared}, {Words: "poser du carrelage", Evidence: person.Declared}},
		Mobility: person.Mobility{Anywhere: true}, Wishes: []person.Wish{{Words: "maçon"}}, Experience: []person.Experience{{Title: "maçon"}},
	}
}

// spelt is a name for a number: the register of names knows no digits.
func spelt(n int64) string {
	name := []rune("Essai")
	for _, digit := range fmt.Sprint(n) {
		name = append(name, []rune("bcdfgklmnr")[digit-'0'], 'a')
	}
	return string(name)
}

// accepted is somebody with an active registration.
func (s *service) accepted(t testing.TB) *record {
	t.Helper()
	by := s.persona("referent").actor()
	r := s.somebody(t, by)
	reg, err := s.core.Registrations.Accept(t.Context(), by, person.ChangeRegistration{PersonID: r.ids["person"], Version: r.versions["registration"]})
	need(t, err)
	r.put("registration", reg.ID, reg.Version)
	return r
}

// file is somebody whose file the referent owns, shared with the guest now and
// with the former guest until yesterday, with a plan, notes and a journey.
func (s *service) file(t testing.TB) *record {
	t.Helper()
	ctx, by, r := t.Context(), s.persona("referent").actor(), s.accepted(t)
	f, err := s.core.Files.Take(ctx, by, r.ids["person"])
	need(t, err)
	for _, guest := range []string{"guest", "guest-lead", "former"} {
		share, err := s.core.Files.Share(ctx, by, casework.ShareFile{ID: f.ID, UserID: s.persona(guest).user.ID, Reason: "Formation", Until: time.Now().Add(24 * time.Hour)})
		need(t, err)
		if guest == "guest" {
			r.put("share", share.ID, 1)
		}
	}
	s.exec(t, `UPDATE case_shares SET since = now() - interval '2 days', until = now() - interval '1 day' WHERE case_id = $1 AND user_id = $2`,
		string(f.ID), string(s.persona("former").user.ID))
	for _, visibility := range []string{"file", "team", "author"} {
		n, err := s.core.Files.WriteNote(ctx, by, casework.WriteNote{CaseID: f.ID, Visibility: visibility, Body: "mot-" + visibility + "-" + string(f.ID)})
		need(t, err)
		r.put(visibility+" note", n.ID, 1)
		r.words[visibility+" note"] = "mot-" + visibility + "-" + string(f.ID)
	}
	own, err := s.core.Files.WriteNote(ctx, s.persona("guest-lead").actor(), casework.WriteNote{CaseID: f.ID, Visibility: "author", Body: "mot-guest-" + string(f.ID)})
	need(t, err)
	r.put("guest note", own.ID, 1)
	r.words["guest note"] = "mot-guest-" + string(f.ID)
	goal, err := s.core.Files.AddGoal(ctx, by, casework.AddGoal{CaseID: f.ID, Words: "Travailler comme maçonne"})
	need(t, err)
	action, err := s.core.Files.AddAction(ctx, by, casework.AddAction{CaseID: f.ID, GoalID: goal.ID, Words: "Préparer un CV", Doer: casework.ByJobseeker})
	need(t, err)
	r.put("goal", goal.ID, goal.Version)
	r.put("action", action.ID, action.Version)
	_, version, err := s.core.Jobseekers.SetJourney(ctx, by, person.SetJourney{PersonID: r.ids["person"], Version: r.versions["person"], Journey: person.Journey{
		Episodes:      []person.Episode{{Country: "LBY", Role: person.Destination}},
		Displacements: []person.Displacement{{OriginPlace: "GAO"}},
	}})
	need(t, err)
	r.put("person", r.ids["person"], version)
	j, err := s.core.Jobseekers.Journey(ctx, by, r.ids["person"])
	need(t, err)
	r.put("episode", j.Episodes[0].ID, 1)
	r.put("displacement", j.Displacements[0].ID, 1)
	consents, err := s.core.Consents.Of(ctx, by, f.PersonID)
	need(t, err)
	r.put("consent", consents[0].ID, 1)
	f, err = s.core.Files.Get(ctx, by, f.ID)
	need(t, err)
	r.put("case", f.ID, f.Version)
	return r
}
