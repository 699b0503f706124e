package offers_test

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// Canary stands in every name of a person of another agency: no page of the desk may show it.
const canary = "Zoumbèrèkèlè"

// desk is the program with a counsellor of Bamako at a browser.
type desk struct {
	*programtest.Program
	t       *testing.T
	browser *webtest.Browser
	user    identity.User
	cookies []*http.Cookie
}

func open(t *testing.T) desk {
	t.Helper()
	d := desk{Program: programtest.Start(t), t: t, browser: webtest.Open(t)}
	d.user = d.staff("Mme Keïta", d.Agency.ID)
	d.cookies = d.signIn(d.user)
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// staff makes the account of a counsellor.
func (d desk) staff(name string, agency domain.ID) identity.User {
	d.t.Helper()
	u, err := d.Accounts.Create(d.t.Context(), domain.System(), identity.NewUser{
		Role: domain.RoleCounsellor, Name: name, Email: "u" + string(d.IDs.New()) + "@exemple.ml", Password: programtest.Password, AgencyID: agency,
	})
	must(d.t, err)
	return u
}

// elsewhere makes another agency, which serves Kayes.
func (d desk) elsewhere() domain.ID {
	d.t.Helper()
	agency, err := d.Agencies.Save(d.t.Context(), domain.System(), identity.SaveAgency{
		Code: "KAY-1", Name: "Agence de Kayes", PlaceCode: "KAY", Serves: []string{"KAY"}, Phone: "+22321520000",
	})
	must(d.t, err)
	return agency.ID
}

// signIn gives the cookies of an account that signed in as a browser does.
func (d desk) signIn(u identity.User) []*http.Cookie {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	must(d.t, err)
	client := &http.Client{Jar: jar}
	answer, err := client.PostForm(d.URL+"/sign-in", url.Values{"email": {u.Email}, "password": {programtest.Password}})
	must(d.t, err)
	must(d.t, answer.Body.Close())
	at, err := url.Parse(d.URL)
	must(d.t, err)
	return jar.Cookies(at)
}

// tab opens a tab in which somebody is signed in.
func (d desk) tab(view webtest.View, cookies []*http.Cookie) *webtest.Tab {
	d.t.Helper()
	tab := d.browser.Tab(d.t, view)
	for _, c := range cookies {
		tab.SetCookie(d.URL, c.Name, c.Value)
	}
	return tab
}

// in gives the desk of a subtest.
func (d desk) in(t *testing.T) desk {
	d.t = t
	return d
}

// jobseeker registers a mason at an agency, ready to be matched.
func (d desk) jobseeker(phone, given, family string, agency domain.ID) person.Person {
	d.t.Helper()
	by := d.staff("M. Diarra", agency).Actor()
	who := person.Person{
		Identity: person.Identity{Given: given, Family: family, Sex: person.Female, Birth: person.BornIn(1998, false)},
		Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
			Phones: []person.Phone{{Number: phone, Owner: person.OwnPhone}},
		},
		Mobility: person.Mobility{Anywhere: true}, Wishes: []person.Wish{{Words: "maçon"}},
		Experience: []person.Experience{{Title: "maçon", Kind: person.Waged, Months: 42}},
		Skills:     []person.Skill{{Words: "monter un mur"}}, Languages: []person.Language{{Code: "bm", Speaking: person.SpeaksNative}},
	}
	who.WorkedAbroad = person.No
	made, err := d.Jobseekers.Create(d.t.Context(), by, person.CreatePerson{
		Person: who, KeepHere: true, Secret: programtest.Secret,
		Consents: []person.GiveConsent{{Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByWriting}},
	})
	must(d.t, err)
	_, err = d.Registrations.Accept(d.t.Context(), by, person.ChangeRegistration{PersonID: made.ID})
	must(d.t, err)
	return made
}

// vacancy records a published vacancy of the counsellor's agency.
func (d desk) vacancy(title string, posts int) employer.Vacancy {
	d.t.Helper()
	v, err := d.Vacancies.Record(d.t.Context(), d.user.Actor(), employer.RecordVacancy{
		Source: employer.SourcePhone, SourceDetail: "M. Sidibé",
		Fields: employer.VacancyFields{
			ClientName: "Atelier Sidibé", Title: title, Description: "Une école à bâtir.", Lang: "fr", Posts: posts, Contract: employer.ContractFixedTerm,
			WageMin: 90000, WagePeriod: employer.PerMonth, PlaceCode: "BKO", FeeFree: true,
			Skills: []employer.SkillField{{Words: "monter un mur"}, {Words: "lire un plan"}},
		},
	})
	must(d.t, err)
	return v
}

// sent brings somebody to an employer: proposed, agreed and sent.
func (d desk) sent(who person.Person, v employer.Vacancy) placement.Application {
	d.t.Helper()
	a, err := d.Applications.Propose(d.t.Context(), d.user.Actor(), placement.Begin{PersonID: who.ID, VacancyID: v.ID})
	must(d.t, err)
	act := placement.Act{ID: a.ID}
	_, err = d.Applications.Consent(d.t.Context(), d.user.Actor(), placement.Answer{Act: act, Mode: person.ByWord})
	must(d.t, err)
	a, err = d.Applications.Send(d.t.Context(), d.user.Actor(), act)
	must(d.t, err)
	return a
}

// matched waits until so many people are ranked for a vacancy.
func (d desk) matched(v employer.Vacancy, people int) {
	d.t.Helper()
	ctx, stop := context.WithTimeout(d.t.Context(), 30*time.Second)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		found, err := d.Matches.ForVacancy(ctx, d.user.Actor(), v.ID, matching.Page{Size: 50})
		if err == nil && found.Total >= people {
			return
		}
		select {
		case <-ctx.Done():
			d.t.Fatalf("%d people ranked, want %d: %v", found.Total, people, err)
		case <-tick.C:
		}
	}
}

func (d desk) now(v employer.Vacancy) employer.Vacancy {
	d.t.Helper()
	out, err := d.Vacancies.Get(d.t.Context(), d.user.Actor(), v.ID)
	must(d.t, err)
	return out
}

// data lists the words of the fixture and of the choices that no catalogue holds, the longest first.
func (d desk) data(more ...string) []string {
	out := d.Data(d.t, more...)
	g := d.Directory.Present()
	add := func(list []place.Choice) {
		for _, one := range list {
			out = append(out, one.Name)
		}
	}
	for _, region := range g.RegionChoices("fr") {
		add(g.WithinChoices(region.Code, "fr"))
	}
	add(g.Countries("fr"))
	add(g.Languages("fr"))
	for _, licence := range g.Licences("fr") {
		out = append(out, licence.Name, licence.Code)
	}
	for _, section := range d.Classifications.ISIC.Level(1) {
		name, _ := section.Names.In("fr")
		out = append(out, name)
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// words gives what an element says, fixed spaces as ordinary ones.
func words(tab *webtest.Tab, selector string) string {
	return webtest.Evaluate[string](tab, `[...document.querySelectorAll(`+"`"+selector+"`"+`)].map(e => e.textContent).join(' | ').replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ').trim()`)
}

func fill(selector, value string) chromedp.Action[chromedp.Void] {
	return chromedp.SetValue(selector, value)
}

// done waits for the words of a redirect.
func done() chromedp.Action[chromedp.Void] { return chromedp.WaitVisible(`.note[role="status"]`) }

// views are the ways a journey is tried.
func views() map[string]webtest.View {
	return map[string]webtest.View{"scripts": webtest.Desktop(), "noscript": {Width: 360, Height: 640, NoScript: true}}
}
