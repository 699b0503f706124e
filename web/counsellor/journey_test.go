package counsellor_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// told waits for the notice of what was just done, and gives its words.
func told(tab *webtest.Tab) string {
	tab.Do(chromedp.WaitVisible(`.note.ok[role="status"]`))
	return webtest.Evaluate[string](tab, `document.querySelector('.note.ok').textContent`)
}

// TestFromTheQueueToTheNextStage walks the whole way a counsellor goes with somebody new.
func TestFromTheQueueToTheNextStage(t *testing.T) {
	browser, w := webtest.Open(t), open(t)
	for name, view := range map[string]webtest.View{"scripts": webtest.Desktop(), "noscript": {Width: 360, Height: 640, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			number := map[string]string{"scripts": "+22370000041", "noscript": "+22370000042"}[name]
			who := w.waiting(t, "Mariam "+name, number)
			tab := w.StaffTab(t, browser, w.Me, view)
			tab.Open(w.URL + "/counsellor/intake")
			tab.Do(programtest.Press("main li form button"))
			if said := told(tab); !strings.Contains(said, "Le dossier est ouvert") {
				t.Errorf("taking says %q", said)
			}
			f, err := w.Files.OfPerson(t.Context(), w.Me.Actor(), who.ID)
			must(t, err)
			if f.OwnerID != w.Me.ID || f.Stage != casework.Assessment {
				t.Fatalf("the file belongs to %s in %s", f.OwnerID, f.Stage)
			}
			tab.Do(
				chromedp.Click("#note > summary"), chromedp.SendKeys("#f-body", "Veut travailler à son compte."),
				chromedp.SetAttributeValue(`#f-contact option[value="call"]`, "selected", "selected"), programtest.Press("#note button"),
			)
			told(tab)
			tab.Do(
				chromedp.SendKeys("#f-words", "Ouvrir un atelier de couture"), chromedp.SendKeys("#f-first-words", "Chercher un local"),
				chromedp.SetAttributeValue(`#f-first-due_on_in option[value="7"]`, "selected", "selected"), programtest.Press("#goal button"),
			)
			told(tab)
			webtest.CheckTab(t, browser, tab)
			browser.Shot(tab, "counsellor-journey-"+name)
			if next := webtest.Evaluate[string](tab, `document.querySelector('.next p').textContent`); next != "Chercher un local" {
				t.Errorf("the next action is %q", next)
			}
			tab.Do(programtest.Press(".next form button"))
			told(tab)
			plan, err := w.Files.Plan(t.Context(), w.Me.Actor(), f.ID)
			must(t, err)
			today := domain.DateOf(w.Clock.Now())
			if len(plan.Actions) != 1 || plan.Actions[0].State != casework.Done || plan.Actions[0].DueOn != today.AddDays(7) {
				t.Errorf("the plan is %+v", plan)
			}
			tab.Do(programtest.Press(".pathbox + .btns button"))
			told(tab)
			f, err = w.Files.Get(t.Context(), w.Me.Actor(), f.ID)
			must(t, err)
			if f.Stage != casework.Planning || f.LastContactAt.IsZero() {
				t.Errorf("the file is in %s, last contact %v", f.Stage, f.LastContactAt)
			}
		})
	}
}

// TestTwoWhoTakeTheSamePerson lets two counsellors press at once: one has the file, the other reads why not.
func TestTwoWhoTakeTheSamePerson(t *testing.T) {
	w := open(t)
	other := signIn(t, w.Program, w.StaffAt(t, domain.RoleCounsellor, w.Agency.ID, "F. Keïta"))
	who := w.waiting(t, "Mariam", "+22370000043")
	var both sync.WaitGroup
	answers := make([]int, 2)
	bodies := make([]string, 2)
	for i, d := range []desk{w, other} {
		both.Go(func() {
			answers[i], bodies[i] = d.send(t, "/counsellor/intake/"+string(who.ID)+"/take", url.Values{"_token": {"aaaaaaaaaaaaaaaaaaaaaaaaaa" + string(rune('a'+i))}})
		})
	}
	both.Wait()
	slower := 0
	if answers[0] == http.StatusSeeOther {
		slower = 1
	}
	if answers[1-slower] != http.StatusSeeOther || answers[slower] != http.StatusConflict {
		t.Fatalf("the two got %v", answers)
	}
	if !strings.Contains(bodies[slower], "Cette personne a déjà un dossier ouvert") {
		t.Error("the slower one is not told why")
	}
}

// TestALateFormKeepsWhatWasTyped saves needs and a record after a colleague did.
func TestALateFormKeepsWhatWasTyped(t *testing.T) {
	browser, w := webtest.Open(t), open(t)
	awa := w.Jobseeker(t, phone, mason)
	f := w.file(t, awa)
	me := w.Me.Actor()

	t.Run("needs", func(t *testing.T) {
		tab := w.StaffTab(t, browser, w.Me, webtest.Phone())
		tab.Open(w.URL + "/counsellor/cases/" + string(f.ID) + "/needs")
		_, err := w.Files.SetBarriers(t.Context(), me, casework.SaveBarriers{ID: f.ID, Version: f.Version, Barriers: []casework.Barrier{{Kind: "papers"}}})
		must(t, err)
		tab.Do(chromedp.Click(`input[name="barriers"][value="housing"]`), programtest.Submit(), chromedp.WaitVisible(".note.warn"))
		browser.Shot(tab, "counsellor-stale-needs")
		if !webtest.Evaluate[bool](tab, `document.querySelector('input[value="housing"]').checked`) {
			t.Error("what was ticked is gone")
		}
		if seen := webtest.Evaluate[string](tab, `document.querySelector('table').textContent`); !strings.Contains(seen, "A besoin de papiers") || !strings.Contains(seen, "A besoin d’un logement") {
			t.Errorf("the two versions are not side by side: %q", seen)
		}
		tab.Do(programtest.Submit())
		told(tab)
		now, err := w.Files.Get(t.Context(), me, f.ID)
		must(t, err)
		if len(now.Barriers) != 1 || now.Barriers[0].Kind != "housing" {
			t.Errorf("needs are %v", now.Barriers)
		}
	})

	t.Run("record", func(t *testing.T) {
		tab := w.StaffTab(t, browser, w.Me, webtest.View{Width: 1280, Height: 800, NoScript: true})
		tab.Open(w.URL + "/counsellor/people/" + string(awa.ID) + "/edit/identity")
		current, err := w.Jobseekers.Get(t.Context(), me, awa.ID)
		must(t, err)
		theirs := current.Identity
		theirs.Given = "Hawa"
		_, err = w.Jobseekers.Update(t.Context(), me, person.UpdatePerson{ID: awa.ID, Version: current.Version, Identity: &theirs})
		must(t, err)
		tab.Do(chromedp.SendKeys("#f-father", "Bakary Coulibaly"), programtest.Submit(), chromedp.WaitVisible("#theirs"))
		browser.Shot(tab, "counsellor-stale-record")
		if stored := webtest.Evaluate[string](tab, `document.querySelector('#theirs').parentElement.textContent`); !strings.Contains(stored, "Hawa Coulibaly") {
			t.Errorf("stored is shown as %q", stored)
		}
		if typed := webtest.Evaluate[string](tab, `document.querySelector('#f-father').value`); typed != "Bakary Coulibaly" {
			t.Errorf("typed became %q", typed)
		}
		tab.Do(programtest.Submit())
		told(tab)
		saved, err := w.Jobseekers.Get(t.Context(), me, awa.ID)
		must(t, err)
		if saved.Given != "Awa" || saved.Father != "Bakary Coulibaly" {
			t.Errorf("saved %q, father %q", saved.Given, saved.Father)
		}
	})
}

// elsewhere opens a second agency, in Kayes, with a counsellor.
func elsewhere(t *testing.T, w desk) desk {
	t.Helper()
	kayes, err := w.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{
		Code: "KAY-1", Name: "Agence de Kayes", PlaceCode: "KAY", Serves: []string{"KAY"}, Phone: "+22321520000",
	})
	must(t, err)
	return signIn(t, w.Program, w.StaffAt(t, domain.RoleCounsellor, kayes.ID, "S. Diarra"))
}

// TestAnotherAgencyFindsNothing opens every page about somebody as a counsellor of another agency.
func TestAnotherAgencyFindsNothing(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	f := w.file(t, awa)
	kayes := elsewhere(t, w)
	file, record := "/counsellor/cases/"+string(f.ID), "/counsellor/people/"+string(awa.ID)
	for _, path := range []string{
		file, file + "/history", file + "/summary", file + "/stage", file + "/needs", file + "/referent", file + "/share",
		record, record + "/consents", record + "/journey", record + "/vacancies", record + "/edit/identity",
	} {
		if status, body := kayes.get(t, path); status != http.StatusNotFound || strings.Contains(body, "Coulibaly") {
			t.Errorf("%s answers %d", path, status)
		}
		if status, _ := w.get(t, path); status != http.StatusOK {
			t.Errorf("%s answers its own counsellor %d", path, status)
		}
	}
	status, body := kayes.search(t, "Awa Coulibaly")
	if status != http.StatusOK || !strings.Contains(body, w.Agency.Name) || strings.Contains(body, awa.Reference) {
		t.Errorf("the name register answers %d and must name the agency alone", status)
	}
}
