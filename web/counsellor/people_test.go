package counsellor_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// filled is a form with a token of its own and pairs of names and values.
func filled(d desk, pairs ...string) url.Values {
	out := url.Values{"_token": {strings.ReplaceAll(string(d.IDs.New()), "-", "")}}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Add(pairs[i], pairs[i+1])
	}
	return out
}

// newcomer is what a counsellor types to register somebody.
func newcomer(d desk, given string, more ...string) url.Values {
	return filled(d, append([]string{
		"given", given, "family", "Coulibaly", "sex", "female", "birth.date-year", "1998", "birth.date-precision", "year",
		"phones.0.number", "70 00 00 31", "phones.0.owner", "shared", "channel", "sms", "language", "fr", "residence.place", "BKO",
		"trades", "maçon", "agency", "here",
	}, more...)...)
}

func (d desk) count(t *testing.T, name string) int {
	t.Helper()
	list, err := d.Jobseekers.Find(t.Context(), d.Me.Actor(), name, person.FindFilter{}, domain.Cursor{})
	must(t, err)
	return len(list.Items)
}

func TestRegisteringWarnsOfDuplicatesAndNeverRefuses(t *testing.T) {
	browser, w := webtest.Open(t), open(t)
	w.Jobseeker(t, phone, mason)
	kayes := elsewhere(t, w)

	t.Run("the warning is shown, then the person registered", func(t *testing.T) {
		tab := w.StaffTab(t, browser, w.Me, webtest.View{Width: 360, Height: 640, NoScript: true})
		tab.Open(w.URL + "/counsellor/register")
		tab.Do(
			chromedp.SendKeys("#f-given", "Awa"), chromedp.SendKeys("#f-family", "Koulibaly"), chromedp.Click(`input[name="sex"][value="female"]`),
			chromedp.SendKeys("#f-birth-date-year, [name='birth.date-year']", "1998"), chromedp.SendKeys("#f-phones-0-number", "70 00 00 31"),
			chromedp.SetAttributeValue(`#f-residence-place option[value="BKO"]`, "selected", "selected"),
			chromedp.Click(`input[name="agency"][value="here"]`), programtest.Press("main form > .btns button"), chromedp.WaitVisible("#likely"),
		)
		browser.Shot(tab, "counsellor-duplicates")
		webtest.CheckTab(t, browser, tab)
		if said := webtest.Evaluate[string](tab, `document.querySelector('[aria-labelledby="likely"]').textContent`); !strings.Contains(said, "Même nom et même téléphone") {
			t.Errorf("the warning says %q", said)
		}
		if typed := webtest.Evaluate[string](tab, `document.querySelector('#f-family').value`); typed != "Koulibaly" {
			t.Errorf("typed became %q", typed)
		}
		tab.Do(programtest.Press("main form > .btns button"))
		if said := told(tab); !strings.Contains(said, "inscrite") {
			t.Errorf("registering says %q", said)
		}
		entered := programtest.Text(tab, "main")
		if !strings.Contains(entered, "Par l’agence : "+w.Me.Name) {
			t.Error("the record does not say who entered it")
		}
	})
	t.Run("sent twice registers once", func(t *testing.T) {
		before := w.count(t, "Aminata Sidibé")
		form := newcomer(w, "Aminata")
		form.Set("family", "Sidibé")
		form.Set("phones.0.number", "70 00 00 61")
		_, first := w.send(t, "/counsellor/register", form)
		status, second := w.send(t, "/counsellor/register", form)
		if status != http.StatusSeeOther || first != second || w.count(t, "Aminata Sidibé") != before+1 {
			t.Errorf("the repeat answers %d, %d are registered", status, w.count(t, "Aminata Sidibé")-before)
		}
	})
	t.Run("of another agency only the agency is named", func(t *testing.T) {
		form := newcomer(kayes, "Awa")
		status, body := kayes.send(t, "/counsellor/register", form)
		if status != http.StatusOK || !strings.Contains(body, "Une fiche possible à") || !strings.Contains(body, w.Agency.Name) {
			t.Fatalf("the warning answers %d", status)
		}
		if strings.Contains(body, "ML-2026-") || strings.Contains(body, "/counsellor/people/") {
			t.Error("the warning says more than the agency")
		}
	})
	t.Run("a helper's phone keeps the helper's name", func(t *testing.T) {
		form := newcomer(w, "Sira", "phones.0.helper_name", "Tante Oumou")
		form.Set("phones.0.owner", "helper")
		form.Set("phones.0.number", "70 00 00 62")
		if status, _ := w.send(t, "/counsellor/register", form); status != http.StatusSeeOther {
			t.Fatalf("registering answers %d", status)
		}
		list, err := w.Jobseekers.Find(t.Context(), w.Me.Actor(), "Sira Coulibaly", person.FindFilter{}, domain.Cursor{})
		must(t, err)
		who, err := w.Jobseekers.Get(t.Context(), w.Me.Actor(), list.Items[0].PersonID)
		must(t, err)
		if len(who.Phones) != 1 || who.Phones[0].HelperName != "Tante Oumou" || who.Entry.Mode != person.EntryStaff || who.Entry.By != w.Me.ID {
			t.Errorf("kept %+v, entered %+v", who.Phones, who.Entry)
		}
	})
	t.Run("somebody living elsewhere goes to that agency", func(t *testing.T) {
		form := newcomer(w, "Djeneba")
		form.Set("residence.place", "KAY")
		form.Set("agency", "place")
		form.Set("phones.0.number", "70 00 00 63")
		if status, _ := w.send(t, "/counsellor/register", form); status != http.StatusSeeOther {
			t.Fatalf("registering answers %d", status)
		}
		if list, err := w.Registrations.Intake(t.Context(), kayes.Me.Actor(), domain.Cursor{}); err != nil || len(list.Items) != 1 || list.Items[0].Given != "Djeneba" {
			t.Errorf("Kayes has %v waiting, %v", list.Items, err)
		}
	})
}

func TestConsentsAtTheDesk(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	path := "/counsellor/people/" + string(awa.ID) + "/consents"
	live := func() map[person.Purpose]person.Consent {
		all, err := w.Consents.Of(t.Context(), w.Me.Actor(), awa.ID)
		must(t, err)
		out := map[person.Purpose]person.Consent{}
		for _, one := range all {
			if one.Live(w.Clock.Now()) {
				out[one.Purpose] = one
			}
		}
		return out
	}
	status, body := w.send(t, path, filled(w, "purposes", "matching", "purposes", "messages", "mode", "thumbprint"))
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Écrivez le nom du témoin") || len(live()) != 0 {
		t.Errorf("a thumbprint without a witness answers %d, %d consents stand", status, len(live()))
	}
	if status, _ = w.send(t, path, filled(w, "purposes", "matching", "purposes", "messages", "mode", "thumbprint", "witness", "Modibo Keïta")); status != http.StatusSeeOther {
		t.Fatalf("with a witness it answers %d", status)
	}
	for _, purpose := range []person.Purpose{person.ForMatching, person.ForMessages} {
		if one := live()[purpose]; one.Mode != person.ByThumbprint || one.Witness != "Modibo Keïta" || one.RecordedBy != w.Me.ID {
			t.Errorf("%s is kept as %+v", purpose, one)
		}
	}
	if status, _ = w.send(t, path+"/withdraw", filled(w, "purpose", "matching")); status != http.StatusSeeOther {
		t.Fatalf("withdrawing answers %d", status)
	}
	if _, stands := live()[person.ForMatching]; stands || len(live()) != 1 {
		t.Errorf("after the withdrawal %v stand", live())
	}
	if _, body = w.get(t, path); !strings.Contains(body, "retiré le") {
		t.Error("the page does not show the withdrawal")
	}
}

func TestNotesAreReadByWhoMay(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	f := w.file(t, awa)
	file := "/counsellor/cases/" + string(f.ID)
	for visibility, words := range map[string]string{"file": "mot pour tous", "team": "mot de l’équipe", "author": "mot pour moi"} {
		if status, _ := w.send(t, file+"/notes", filled(w, "body", words, "contact", "none", "visibility", visibility)); status != http.StatusSeeOther {
			t.Fatalf("writing for %s answers %d", visibility, status)
		}
	}
	colleague := signIn(t, w.Program, w.StaffAt(t, domain.RoleCounsellor, w.Agency.ID, "F. Keïta"))
	lead := signIn(t, w.Program, w.StaffAt(t, domain.RoleLead, w.Agency.ID, "A. Maïga"))
	kayes := elsewhere(t, w)
	_, err := w.Files.Share(t.Context(), w.Me.Actor(), casework.ShareFile{ID: f.ID, UserID: kayes.Me.ID, Until: w.Clock.Now().Add(24 * time.Hour)})
	must(t, err)
	for _, test := range []struct {
		name          string
		who           desk
		all, team, me bool
	}{
		{"the author", w, true, true, true}, {"a colleague", colleague, true, true, false}, {"the lead", lead, true, true, true},
		{"whom the file is shared with", kayes, true, false, false},
	} {
		_, body := test.who.get(t, file)
		for words, want := range map[string]bool{"mot pour tous": test.all, "mot de l’équipe": test.team, "mot pour moi": test.me} {
			if strings.Contains(body, words) != want {
				t.Errorf("%s reads %q: %v, want %v", test.name, words, !want, want)
			}
		}
	}
	if _, body := colleague.get(t, file); strings.Contains(body, file+"/goals") || strings.Contains(body, file+"/stage") {
		t.Error("a colleague is offered what only the referent may do")
	}
}

func TestTheJourneyIsForWhoAccompanies(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	w.file(t, awa)
	record := "/counsellor/people/" + string(awa.ID)
	current, err := w.Jobseekers.Get(t.Context(), w.Me.Actor(), awa.ID)
	must(t, err)
	version := map[string]string{"first": itoa(current.Version), "second": itoa(current.Version + 1)}
	status, body := w.send(t, record+"/journey/episodes/new", filled(w, "version", version["first"], "from_year", "2019"))
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, `value="2019"`) {
		t.Errorf("without a country it answers %d", status)
	}
	if status, _ = w.send(t, record+"/journey/episodes/new", filled(w, "version", version["first"], "country", "LBY", "from_year", "2019", "reason", "not_said")); status != http.StatusSeeOther {
		t.Fatalf("adding answers %d", status)
	}
	if status, _ = w.send(t, record+"/journey/displacements/new", filled(w, "version", version["first"], "origin_place", "SEG", "cause", "conflict")); status != http.StatusPreconditionFailed {
		t.Errorf("a late form answers %d", status)
	}
	if status, _ = w.send(t, record+"/journey/displacements/new", filled(w, "version", version["second"], "origin_place", "SEG", "cause", "conflict")); status != http.StatusSeeOther {
		t.Fatalf("adding a displacement answers %d", status)
	}
	j, err := w.Jobseekers.Journey(t.Context(), w.Me.Actor(), awa.ID)
	must(t, err)
	if len(j.Episodes) != 1 || j.Episodes[0].Country != "LBY" || j.Episodes[0].CreatedBy != w.Me.ID || len(j.Displacements) != 1 {
		t.Errorf("the journey is %+v", j)
	}
	colleague := signIn(t, w.Program, w.StaffAt(t, domain.RoleCounsellor, w.Agency.ID, "F. Keïta"))
	if status, _ = colleague.get(t, record+"/journey"); status != http.StatusForbidden {
		t.Errorf("a colleague gets %d", status)
	}
	if _, body = colleague.get(t, record); strings.Contains(body, "/journey") || strings.Contains(body, "Libye") {
		t.Error("a colleague's page leads to the journey")
	}
}

func TestProposingAVacancy(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason, person.ForMatching)
	w.file(t, awa)
	v := w.Publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.Searchable(t, 1)
	path := "/counsellor/people/" + string(awa.ID) + "/vacancies"
	if _, body := w.get(t, path); !strings.Contains(body, "1 compétence sur 2") || !strings.Contains(body, "lire un plan") {
		t.Error("the match does not say what is found and what is missing")
	}
	form := filled(w, "vacancy", string(v.ID))
	for range 2 {
		if status, _ := w.send(t, path, form); status != http.StatusSeeOther {
			t.Fatalf("proposing answers %d", status)
		}
	}
	list, err := w.Applications.List(t.Context(), w.Me.Actor(), placement.ApplicationFilter{PersonID: awa.ID}, domain.Cursor{})
	must(t, err)
	if len(list.Items) != 1 || list.Items[0].Application.State != placement.Proposed || list.Items[0].Application.ProposedBy != w.Me.ID {
		t.Fatalf("applications are %+v", list.Items)
	}
	if _, body := w.get(t, path); strings.Contains(body, `name="vacancy"`) || !strings.Contains(body, "/counsellor/applications/"+string(list.Items[0].Application.ID)) {
		t.Error("what was proposed is offered again")
	}
	if status, body := w.send(t, path, filled(w, "vacancy", string(v.ID))); status != http.StatusConflict || !strings.Contains(body, "déjà candidate") {
		t.Errorf("proposing again answers %d", status)
	}
}

func TestSearchingBySkills(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason, person.ForMatching)
	w.Jobseeker(t, "+22370000034", func(p *person.Person) { mason(p); p.Given = "Fanta" })
	kayes := elsewhere(t, w)
	w.found(t, 1)
	_, body := w.get(t, "/counsellor/search/skills?q=monter+un+mur")
	if !strings.Contains(body, "Awa Coulibaly") || strings.Contains(body, "Fanta") {
		t.Error("the own agency sees by name who agreed, and nobody else")
	}
	_, body = kayes.get(t, "/counsellor/search/skills?q=monter+un+mur")
	if strings.Contains(body, "Coulibaly") || strings.Contains(body, awa.Reference) || !strings.Contains(body, person.Pseudonym(awa.ID)) || !strings.Contains(body, "Suivi par") {
		t.Error("another agency sees more or less than a card and whom to ask")
	}
	if status, body := w.get(t, "/counsellor/search/skills?region=NOWHERE"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Choisissez une réponse de la liste") {
		t.Errorf("an unknown region answers %d and must be said", status)
	}
}

// found waits until so many people are in the index.
func (d desk) found(t *testing.T, people int) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		found, err := d.Matches.SearchPeople(t.Context(), d.Me.Actor(), matching.WordSearch{Page: matching.Page{Size: 1}})
		if err == nil && found.Total >= people {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("%d people searchable, want %d: %v", found.Total, people, err)
		case <-tick.C:
		}
	}
}
