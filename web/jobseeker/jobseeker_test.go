package jobseeker_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

const phone = "+22370000021"

// mason knows the work of the vacancy but for one skill.
func mason(p *person.Person) {
	p.Wishes = []person.Wish{{Words: "maçon"}}
	p.Experience = []person.Experience{{Title: "maçon", Kind: person.Waged, Months: 42}}
	p.Skills = []person.Skill{{Words: "monter un mur"}}
	p.Languages = []person.Language{{Code: "bm", Speaking: person.SpeaksNative}}
	p.WorkedAbroad = person.No
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// signedTab opens a tab in which the jobseeker is signed in.
func signedTab(t *testing.T, b *webtest.Browser, w *programtest.Program, view webtest.View) *webtest.Tab {
	t.Helper()
	return w.Tab(t, b, view, w.SignedIn(t, phone))
}

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	awa := w.Jobseeker(t, phone, mason, person.ForMatching)
	v := w.Publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.Publish(t, "Maçon chef d’équipe", "SEG", "monter un mur", "conduire une équipe")
	proposed := w.Publish(t, "Carreleur", "BKO", "poser des carreaux", "lire un plan")
	_, err := w.Applications.Propose(t.Context(), w.Counsellor(t).Actor(), placement.Begin{PersonID: awa.ID, VacancyID: proposed.ID})
	must(t, err)
	w.Searchable(t, 3)
	cookies := w.SignedIn(t, phone)
	data := w.Data(t, "Maçon qualifié", "Maçon chef d’équipe", "Carreleur", "BTP Sahel", "monter un mur", "lire un plan", "conduire une équipe", awa.Reference)
	budget := webtest.PublicStep()
	for _, path := range []string{
		"/me", "/me/profile", "/me/profile/names", "/me/profile/phone", "/me/profile/trades", "/me/profile/skills", "/me/vacancies",
		"/me/vacancies/" + string(v.ID), "/me/vacancies/" + string(v.ID) + "/complaint", "/me/applications", "/me/consents", "/me/devices",
	} {
		name := "jobseeker" + strings.Replace(path[3:], "/vacancies/"+string(v.ID), "/vacancy", 1)
		webtest.CheckPage(t, browser, w.URL+path, webtest.Options{Name: flat(name), Cookies: cookies, Budget: budget, Data: data})
	}
}

func flat(path string) string {
	out := []rune(path)
	for i, r := range out {
		if r == '/' {
			out[i] = '-'
		}
	}
	return string(out)
}

func TestApplyingAndChangingOnesMind(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	awa := w.Jobseeker(t, phone, mason, person.ForMatching)
	w.Publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.Searchable(t, 1)
	cookies := w.SignedIn(t, phone)
	for name, view := range map[string]webtest.View{
		"scripts": webtest.Phone(), "noscript": {Width: 360, Height: 640, NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			tab := w.Tab(t, browser, view, cookies)
			tab.Open(w.URL + "/me/vacancies")
			if said := webtest.Evaluate[string](tab, `document.querySelector('.rank b').textContent`); said != "1 compétence sur 2" {
				t.Errorf("the reason is %q", said)
			}
			tab.Do(programtest.Press(".rank h3 a"), programtest.Press(`main form button`), chromedp.WaitVisible(`.note[role="status"]`))
			webtest.CheckTab(t, browser, tab)
			browser.Shot(tab, "jobseeker-applied-"+name)
			live, err := w.Applications.List(t.Context(), actorOf(awa), placement.ApplicationFilter{PersonID: awa.ID, States: placement.LiveStates()}, domain.Cursor{})
			must(t, err)
			if len(live.Items) != 1 || live.Items[0].Application.State != placement.Applied {
				t.Fatalf("applications %v", live.Items)
			}
			tab.Do(chromedp.Click("main details summary"), programtest.Press("main details button"), chromedp.WaitVisible(`.note[role="status"]`))
			if ended := webtest.Evaluate[string](tab, `document.querySelector('#ended').closest('section').textContent`); ended == "" {
				t.Error("the withdrawn application is gone")
			}
		})
	}
}

func actorOf(p person.Person) domain.Actor {
	return domain.Actor{Role: domain.RoleJobseeker, PersonID: p.ID}
}

func TestAnsweringAProposal(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	awa := w.Jobseeker(t, phone, mason, person.ForMatching)
	cookies := w.SignedIn(t, phone)
	for _, test := range []struct{ name, button, state string }{
		{"yes", "form:nth-child(1) button", "consented"}, {"no", "form:nth-child(2) button", "declined"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := w.Publish(t, "Maçon "+test.name, "BKO", "monter un mur", "lire un plan")
			a, err := w.Applications.Propose(t.Context(), w.Counsellor(t).Actor(), placement.Begin{PersonID: awa.ID, VacancyID: v.ID})
			must(t, err)
			tab := w.Tab(t, browser, webtest.View{Width: 360, Height: 640, NoScript: true}, cookies)
			tab.Open(w.URL + "/me")
			tab.Do(programtest.Press(".next a"), programtest.Press(".btns "+test.button), chromedp.WaitVisible(`.note[role="status"]`))
			now, err := w.Applications.Get(t.Context(), actorOf(awa), a.ID)
			must(t, err)
			if string(now.State) != test.state {
				t.Errorf("the proposal is %s", now.State)
			}
		})
	}
}

func TestAChangeInBetweenIsShown(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	awa := w.Jobseeker(t, phone, mason)
	tab := signedTab(t, browser, w, webtest.Phone())
	tab.Open(w.URL + "/me/profile/names")
	other := awa.Identity
	other.Given = "Hawa"
	current, err := w.Jobseekers.Get(t.Context(), domain.System(), awa.ID)
	must(t, err)
	_, err = w.Jobseekers.Update(t.Context(), domain.System(), person.UpdatePerson{ID: awa.ID, Version: current.Version, Identity: &other})
	must(t, err)
	tab.Do(chromedp.SendKeys("#f-alias", "Petite"), programtest.Submit())
	programtest.Failed(t, browser, tab, "entre-temps")
	browser.Shot(tab, "jobseeker-stale")
	if stored := webtest.Evaluate[string](tab, `document.querySelector('#theirs').closest('section').querySelector('dd').textContent`); stored != "Hawa Coulibaly" {
		t.Errorf("stored is shown as %q", stored)
	}
	if typed := webtest.Evaluate[string](tab, `document.querySelector('#f-given').value + document.querySelector('#f-alias').value`); typed != "AwaPetite" {
		t.Errorf("typed became %q", typed)
	}
	tab.Do(programtest.Submit(), chromedp.WaitVisible(`.note[role="status"]`))
	saved, err := w.Jobseekers.Get(t.Context(), domain.System(), awa.ID)
	must(t, err)
	if saved.Given != "Awa" || len(saved.Aliases) != 1 {
		t.Errorf("saved %q with %v", saved.Given, saved.Aliases)
	}
}

func TestConsentsActAtOnce(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	awa := w.Jobseeker(t, phone, mason)
	cookies := w.SignedIn(t, phone)
	tab := w.Tab(t, browser, webtest.View{Width: 360, Height: 640, NoScript: true}, cookies)
	for _, want := range []bool{true, false} {
		tab.Open(w.URL + "/me/consents")
		tab.Do(programtest.Press("main section:nth-of-type(1) button"), chromedp.WaitVisible(`.note[role="status"]`))
		all, err := w.Consents.Of(t.Context(), domain.System(), awa.ID)
		must(t, err)
		if live := len(all) > 0 && all[0].Purpose == person.ForMatching && all[0].Live(w.Clock.Now()); live != want {
			t.Errorf("consent is %v, want %v", live, want)
		}
	}
	if hint, _ := w.Status(t, "/me/vacancies", cookies); hint != http.StatusOK {
		t.Errorf("without consent the page answers %d", hint)
	}
}

func TestALostPhoneIsSignedOut(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	w.Jobseeker(t, phone, mason)
	lost := signedTab(t, browser, w, webtest.Phone())
	lost.Open(w.URL + "/me/devices")
	lost.Do(programtest.Press("main li:nth-child(1) button"))
	lost.Open(w.URL + "/me")
	if at := webtest.Evaluate[string](lost, `location.pathname`); at != "/sign-in" {
		t.Errorf("the ended session opens %s", at)
	}
}
