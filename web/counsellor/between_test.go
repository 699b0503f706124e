package counsellor_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// hint searches for somebody of another agency and gives what the page's links name her by.
func (d desk) hint(t *testing.T, who person.Person) string {
	t.Helper()
	status, body := d.search(t, who.Reference)
	found := regexp.MustCompile(`/counsellor/transfers/ask\?hint=([\w-]+)`).FindStringSubmatch(body)
	if status != http.StatusOK || found == nil || strings.Contains(body, who.FullName()) || strings.Contains(body, string(who.ID)) {
		t.Fatalf("another agency's search answers %d, with a hint: %v", status, found != nil)
	}
	return found[1]
}

// versionIn reads the version a page's form carries.
func versionIn(t *testing.T, body string) string {
	t.Helper()
	found := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatal("the page has no form with a version")
	}
	return found[1]
}

func TestATransferIsAskedForAndAccepted(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	f := w.file(t, awa)
	kayes := elsewhere(t, w)
	file, ask := "/counsellor/cases/"+string(f.ID), "/counsellor/transfers/ask"
	if status, _ := kayes.get(t, ask); status != http.StatusNotFound {
		t.Errorf("without a hint the page answers %d", status)
	}
	hint := kayes.hint(t, awa)
	if status, body := kayes.send(t, ask, filled(kayes, "hint", hint, "reason", " ")); status != http.StatusUnprocessableEntity || !strings.Contains(body, hint) {
		t.Errorf("without words it answers %d", status)
	}
	if status, _ := kayes.send(t, ask, filled(kayes, "hint", hint, "reason", "Elle habite Kayes")); status != http.StatusSeeOther {
		t.Fatalf("asking answers %d", status)
	}
	list, err := w.Transfers.List(t.Context(), w.Me.Actor(), false, domain.Cursor{})
	must(t, err)
	path := "/counsellor/transfers/" + string(list.Items[0].Transfer.ID)
	if _, body := w.get(t, "/counsellor"); !strings.Contains(body, `href="/counsellor/transfers"`) || !strings.Contains(body, "transfert attend votre réponse") {
		t.Error("the referent's day does not tell of the transfer")
	}
	_, theirs := kayes.get(t, path)
	if strings.Contains(theirs, awa.FullName()) || strings.Contains(theirs, "/accept") || !strings.Contains(theirs, "/withdraw") || !strings.Contains(theirs, w.Agency.Name) {
		t.Error("who asked sees more or less than the agency, the state and how to take it back")
	}
	_, ours := w.get(t, path)
	if !strings.Contains(ours, awa.FullName()) || !strings.Contains(ours, "/accept") || strings.Contains(ours, "/withdraw") {
		t.Error("the referent does not see whom it is about, or may not answer")
	}
	if status, body := w.send(t, path+"/decline", filled(w, "version", versionIn(t, ours), "reason", "")); status != http.StatusUnprocessableEntity || !strings.Contains(body, "/accept") {
		t.Errorf("declining without words answers %d", status)
	}
	if status, _ := kayes.send(t, path+"/accept", filled(kayes, "version", versionIn(t, ours))); status != http.StatusForbidden {
		t.Errorf("who asked accepts: %d", status)
	}
	if status, _ := w.send(t, path+"/accept", filled(w, "version", versionIn(t, ours))); status != http.StatusSeeOther {
		t.Fatalf("accepting answers %d", status)
	}
	for _, gone := range []string{file, file + "/history", "/counsellor/people/" + string(awa.ID)} {
		if status, _ := w.get(t, gone); status != http.StatusNotFound {
			t.Errorf("after the transfer %s answers the old agency %d", gone, status)
		}
	}
	_, body := kayes.get(t, file)
	if !strings.Contains(body, awa.FullName()) || !strings.Contains(body, "Dossier transféré") || !strings.Contains(body, "/counsellor/people/"+string(awa.ID)+"/transfer") {
		t.Error("the new referent's page has no name, no history or no way on")
	}
	if status, _ := kayes.send(t, "/counsellor/people/"+string(awa.ID)+"/transfer", filled(kayes, "agency", string(w.Agency.ID), "reason", "Elle rentre")); status != http.StatusSeeOther {
		t.Errorf("offering answers %d", status)
	}
	if _, body := w.get(t, "/counsellor/transfers"); !strings.Contains(body, "Proposé par Agence de Kayes") || strings.Contains(body, awa.FullName()) {
		t.Error("the agency that is offered does not see the offer, or sees whom it is about")
	}
}

func TestAFileIsOpenedInAnEmergency(t *testing.T) {
	browser, w := webtest.Open(t), open(t)
	awa := w.Jobseeker(t, phone, mason)
	f := w.file(t, awa)
	kayes := elsewhere(t, w)
	lead := signIn(t, w.Program, w.StaffAt(t, domain.RoleLead, w.Agency.ID, "A. Maïga"))
	file := "/counsellor/cases/" + string(f.ID)

	tab := w.StaffTab(t, browser, kayes.Me, webtest.View{Width: 360, Height: 640, NoScript: true})
	tab.Open(w.URL + "/counsellor/transfers/ask?hint=" + kayes.hint(t, awa))
	browser.Shot(tab, "counsellor-transfer-ask")
	webtest.CheckTab(t, browser, tab)
	tab.Open(w.URL + "/counsellor/emergencies/open?hint=" + kayes.hint(t, awa))
	browser.Shot(tab, "counsellor-emergency")
	webtest.CheckTab(t, browser, tab)
	tab.Do(chromedp.Click(`input[value="missing"]`), chromedp.SendKeys(`textarea[name="reason"]`, "trop court"), programtest.Press("main form .btn"))
	programtest.Failed(t, browser, tab, "Écrivez au moins 20 caractères")
	tab.Do(chromedp.SendKeys(`textarea[name="reason"]`, ", mais sa sœur la cherche"), programtest.Press("main form .btn"))
	if said := programtest.Text(tab, "main"); !strings.Contains(said, "Ouvert en urgence jusqu’au") || !strings.Contains(said, awa.FullName()) {
		t.Fatalf("opening shows %q", said)
	}
	webtest.CheckTab(t, browser, tab)

	_, page := kayes.get(t, file)
	for _, never := range []string{file + "/notes", file + "/stage", file + "/share", file + "/goals", "/edit/", "/counsellor/people/" + string(awa.ID) + "/vacancies"} {
		if strings.Contains(page, never) {
			t.Errorf("the page of an emergency leads to %s", never)
		}
	}
	if !strings.Contains(page, "Ouvert en urgence jusqu’au") || !strings.Contains(page, "/counsellor/people/"+string(awa.ID)+"/journey") {
		t.Error("the file's page has no banner or does not lead to the journey")
	}
	if status, journey := kayes.get(t, "/counsellor/people/"+string(awa.ID)+"/journey"); status != http.StatusOK || strings.Contains(journey, "/journey/episodes/") {
		t.Errorf("the journey answers %d, or leads to changing it", status)
	}
	_, list := lead.get(t, "/counsellor/emergencies")
	for _, words := range []string{awa.FullName(), "S. Diarra", "mais sa sœur la cherche", "On la cherche", "Marquer comme vu"} {
		if !strings.Contains(strings.ToLower(list), strings.ToLower(words)) {
			t.Errorf("the lead's list does not say %q", words)
		}
	}
	if _, day := lead.get(t, "/counsellor"); !strings.Contains(day, "accès d’urgence à regarder") {
		t.Error("the lead's day does not tell of the emergency")
	}
	id := regexp.MustCompile(`/counsellor/emergencies/([\w-]{36})/seen`).FindStringSubmatch(list)[1]
	if status, _ := lead.send(t, "/counsellor/emergencies/"+id+"/seen", filled(lead)); status != http.StatusSeeOther {
		t.Errorf("marking answers %d", status)
	}
	if _, day := lead.get(t, "/counsellor"); strings.Contains(day, "accès d’urgence à regarder") {
		t.Error("what was seen still waits")
	}
	tab.Do(programtest.Press(`form[action*="/end"] button`))
	for there, nowhere := range map[string]string{file: "/counsellor/cases/" + string(w.IDs.New()), "/counsellor/people/" + string(awa.ID): "/counsellor/people/" + string(w.IDs.New())} {
		after, _ := kayes.get(t, there)
		missing, _ := kayes.get(t, nowhere)
		if after != http.StatusNotFound || missing != http.StatusNotFound {
			t.Errorf("after its end %s answers %d, and what does not exist %d", there, after, missing)
		}
	}
}

// forgetsProof makes the session one of somebody who signed in an hour ago.
func (d desk) forgetsProof(t *testing.T) {
	t.Helper()
	now := d.Clock.Now()
	data, err := scs.GobCodec{}.Encode(now.Add(time.Hour), map[string]any{"user_id": string(d.Me.ID), "stepped": now.Add(-time.Hour).Unix()})
	must(t, err)
	_, err = d.SQL.ExecContext(t.Context(), `UPDATE sessions SET data = $1 WHERE user_id = $2`, data, string(d.Me.ID))
	must(t, err)
}

// Opening is for who says again who they are.
func TestAnEmergencyAsksWhoOneIs(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	w.file(t, awa)
	kayes := elsewhere(t, w)
	path := "/counsellor/emergencies/open"
	hint := kayes.hint(t, awa)
	kayes.forgetsProof(t)
	for name, status := range map[string]int{
		"the form": func() int { s, _ := kayes.get(t, path+"?hint="+url.QueryEscape(hint)); return s }(),
		"the act": func() int {
			s, _ := kayes.send(t, path, filled(kayes, "hint", hint, "kind", "danger", "reason", "Elle est en danger chez son patron"))
			return s
		}(),
	} {
		if status != http.StatusSeeOther {
			t.Errorf("%s answers %d without a fresh proof", name, status)
		}
	}
	if list, err := w.Emergencies.List(t.Context(), kayes.Me.Actor(), domain.Cursor{}); err != nil || len(list.Items) != 0 {
		t.Errorf("%d files were opened (%v)", len(list.Items), err)
	}
}

func TestAShareIsEndedOnItsPage(t *testing.T) {
	w := open(t)
	f := w.file(t, w.Jobseeker(t, phone, mason))
	kayes := elsewhere(t, w)
	share, err := w.Files.Share(t.Context(), w.Me.Actor(), casework.ShareFile{ID: f.ID, UserID: kayes.Me.ID, Until: w.Clock.Now().AddDate(0, 0, 7)})
	must(t, err)
	file := "/counsellor/cases/" + string(f.ID)
	end := file + "/shares/" + string(share.ID) + "/end"
	if _, body := w.get(t, file+"/share"); !strings.Contains(body, end) {
		t.Error("the page does not offer to end the share")
	}
	if status, _ := kayes.send(t, end, filled(kayes)); status != http.StatusForbidden {
		t.Errorf("who has the share ends it: %d", status)
	}
	if status, _ := w.send(t, end, filled(w)); status != http.StatusSeeOther {
		t.Errorf("ending answers %d", status)
	}
	if status, _ := kayes.get(t, file); status != http.StatusNotFound {
		t.Errorf("after its end the file answers %d", status)
	}
}
