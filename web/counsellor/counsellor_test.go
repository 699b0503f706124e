package counsellor_test

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

const phone = "+22370000031"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// mason knows the work of the vacancy but for one skill.
func mason(p *person.Person) {
	p.Wishes = []person.Wish{{Words: "maçon"}}
	p.Experience = []person.Experience{{Title: "maçon", Kind: person.Waged, Months: 42}}
	p.Skills = []person.Skill{{Words: "monter un mur", Evidence: person.Assessed}, {Words: "poser des carreaux"}}
	p.Languages = []person.Language{{Code: "bm", Speaking: person.SpeaksNative}}
	p.WorkedAbroad = person.No
}

// desk is a counsellor signed in to a running program.
type desk struct {
	*programtest.Program
	Me      identity.User
	cookies []*http.Cookie
}

func open(t *testing.T) desk {
	t.Helper()
	w := programtest.Start(t)
	return signIn(t, w, w.Counsellor(t))
}

func signIn(t *testing.T, w *programtest.Program, u identity.User) desk {
	t.Helper()
	return desk{Program: w, Me: u, cookies: w.StaffCookies(t, u)}
}

// waiting registers somebody who waits in the intake queue of the agency.
func (d desk) waiting(t *testing.T, given, number string) person.Person {
	t.Helper()
	made, err := d.Jobseekers.Create(t.Context(), d.Me.Actor(), person.CreatePerson{KeepHere: true, Person: person.Person{
		Identity: person.Identity{Given: given, Family: "Coulibaly", Sex: person.Female, Birth: person.BornIn(1998, false)},
		Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
			Phones: []person.Phone{{Number: number, Owner: person.OwnPhone}},
		},
	}})
	must(t, err)
	return made
}

// file opens a file for somebody with an active registration.
func (d desk) file(t *testing.T, who person.Person) casework.CaseFile {
	t.Helper()
	f, err := d.Files.Take(t.Context(), d.Me.Actor(), who.ID)
	must(t, err)
	return f
}

func (d desk) request(t *testing.T, method, path string, values url.Values) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, d.URL+path, strings.NewReader(values.Encode()))
	must(t, err)
	if values != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range d.cookies {
		request.AddCookie(c)
	}
	answer, err := webtest.Follow(http.DefaultTransport.RoundTrip, request)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(body)
}

// get reads a page.
func (d desk) get(t *testing.T, path string) (int, string) {
	t.Helper()
	return d.request(t, http.MethodGet, path, nil)
}

// send fills in a form by itself, without a browser.
func (d desk) send(t *testing.T, path string, values url.Values) (int, string) {
	t.Helper()
	return d.request(t, http.MethodPost, path, values)
}

// history gives a file something to show.
func (d desk) history(t *testing.T, f casework.CaseFile) {
	t.Helper()
	me, yesterday := d.Me.Actor(), domain.DateOf(d.Clock.Now()).AddDays(-1)
	goal, err := d.Files.AddGoal(t.Context(), me, casework.AddGoal{
		CaseID: f.ID, Words: "Devenir chef d’équipe", First: casework.AddAction{Words: "Appeler le centre de formation", Doer: casework.ByCounsellor, DueOn: yesterday},
	})
	must(t, err)
	done, err := d.Files.AddAction(t.Context(), me, casework.AddAction{CaseID: f.ID, GoalID: goal.ID, Words: "Refaire la carte NINA", Doer: casework.ByJobseeker})
	must(t, err)
	_, err = d.Files.Settle(t.Context(), me, casework.SettleAction{ID: done.ID, Version: done.Version, State: casework.Done})
	must(t, err)
	note, err := d.Files.WriteNote(t.Context(), me, casework.WriteNote{CaseID: f.ID, Body: "D’accord pour la formation.", Visibility: casework.VisibleTeam, Contact: "call"})
	must(t, err)
	_, err = d.Files.WriteNote(t.Context(), me, casework.WriteNote{CaseID: f.ID, Body: "La formation commence en mars.", Amends: note.ID})
	must(t, err)
	now, err := d.Files.Get(t.Context(), me, f.ID)
	must(t, err)
	_, err = d.Files.SetBarriers(t.Context(), me, casework.SaveBarriers{ID: f.ID, Version: now.Version, Barriers: []casework.Barrier{{Kind: "childcare"}}})
	must(t, err)
}

// gazetteer lists the names of places, countries and languages, longest first, with words of the fixture.
func (d desk) gazetteer(more ...string) []string {
	g := d.Directory.Present()
	lists := [][]place.Choice{g.Countries("fr"), g.Languages("fr"), g.RegionChoices("fr")}
	for _, region := range g.RegionChoices("fr") {
		lists = append(lists, g.WithinChoices(region.Code, "fr"))
	}
	out := append([]string{programtest.Operator, d.Agency.Name}, more...)
	for _, choice := range slices.Concat(lists...) {
		out = append(out, choice.Name)
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), open(t)
	awa := w.Jobseeker(t, phone, mason, person.ForMatching)
	f := w.file(t, awa)
	w.history(t, f)
	alone := w.Jobseeker(t, "+22370000032", func(p *person.Person) { p.Given = "Fanta" })
	w.waiting(t, "Mariam", "+22370000033")
	current, err := w.Jobseekers.Get(t.Context(), w.Me.Actor(), awa.ID)
	must(t, err)
	past, _, err := w.Jobseekers.SetJourney(t.Context(), w.Me.Actor(), person.SetJourney{PersonID: awa.ID, Version: current.Version, Journey: person.Journey{
		Episodes:      []person.Episode{{Country: "LBY", FromYear: 2019, UntilYear: 2023, Occupation: "maçon", ReturnMode: "assisted"}},
		Displacements: []person.Displacement{{OriginPlace: "SEG", Cause: "conflict"}},
	}})
	must(t, err)
	w.Publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.Publish(t, "Maçon chef d’équipe", "SEG", "monter un mur", "conduire une équipe")
	w.Searchable(t, 2)
	file, record := "/counsellor/cases/"+string(f.ID), "/counsellor/people/"+string(awa.ID)
	data := w.gazetteer("Maçon qualifié", "Maçon chef d’équipe", "BTP Sahel", "monter un mur", "lire un plan", "M. Traoré", awa.Reference, alone.Reference,
		"Français", "Bamanankan", "English", "Português", "العربية", "poser des carreaux", "Devenir chef d’équipe", "Awa Coulibaly", "Fanta Coulibaly", "Mariam Coulibaly",
		"Appeler le centre de formation", "Refaire la carte NINA", "maçonner des briques et des parpaings", "conduire une équipe")
	for name, path := range map[string]string{
		"day": "/counsellor", "intake": "/counsellor/intake", "caseload": "/counsellor/cases", "caseload-filtered": "/counsellor/cases?whose=agency&stage=assessment&needs=overdue",
		"file": file, "history": file + "/history", "summary": file + "/summary", "stage": file + "/stage", "referent": file + "/referent",
		"share": file + "/share", "needs": file + "/needs", "record": record, "matches": record + "/vacancies",
		"record-no-file": "/counsellor/people/" + string(alone.ID), "matches-no-consent": "/counsellor/people/" + string(alone.ID) + "/vacancies",
		"transfer": record + "/transfer", "transfers-none": "/counsellor/transfers", "emergencies-none": "/counsellor/emergencies",
		"search": "/counsellor/search", "skills": "/counsellor/search/skills?q=monter+un+mur", "register": "/counsellor/register",
		"consents": record + "/consents", "journey": record + "/journey", "episode": record + "/journey/episodes/" + string(past.Episodes[0].ID),
		"displacement":  record + "/journey/displacements/new",
		"edit-identity": record + "/edit/identity", "edit-contact": record + "/edit/contact", "edit-proof": record + "/edit/proof",
		"edit-availability": record + "/edit/availability", "edit-trades": record + "/edit/trades", "edit-birth": record + "/edit/birth",
	} {
		webtest.CheckPage(t, browser, w.URL+path, webtest.Options{Name: "counsellor-" + name, Cookies: w.cookies, Budget: webtest.Staff(), Data: data})
	}
}
