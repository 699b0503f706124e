package admin_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

func TestAnAgencyReceivesWhatItServes(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	tab := o.Tab(t, browser, noScript(), o.cookies)
	tab.Open(o.URL + "/admin/agencies/new")
	tab.Do(chromedp.SendKeys("#f-name", "Agence de Gao"), chromedp.SendKeys("#f-phone", "12"), programtest.Submit())
	programtest.Failed(t, browser, tab, "Code", "Lieu", "numéro de téléphone complet")
	tab.Do(chromedp.SendKeys("#f-code", "BKO-1"), chromedp.SetValue("#f-place", "GAO"), chromedp.SetValue("#f-phone", "20 22 00 01"),
		chromedp.Click(`input[name="regions"][value="GAO"]`), chromedp.Click(`input[name="regions"][value="KID"]`), programtest.Submit())
	programtest.Failed(t, browser, tab, "Une agence porte déjà ce code")
	browser.Shot(tab, "admin-agency-error")
	tab.Do(chromedp.SetValue("#f-code", "GAO-1"), programtest.Submit(), chromedp.WaitVisible(`.note[role="status"]`))
	webtest.CheckTab(t, browser, tab)
	made := agencyBy(t, o, "GAO-1")
	if !slices.Equal(made.Serves, []string{"GAO", "KID"}) || made.Phone != "+22320220001" || made.PlaceCode != "GAO" {
		t.Errorf("made %+v", made)
	}

	inside := o.Directory.Present().WithinChoices("GAO", "fr")[0].Code
	tab.Open(o.URL + "/admin/agencies/" + string(made.ID))
	tab.Do(chromedp.Click(`input[name="regions"][value="KID"]`), chromedp.Click("main details summary"),
		chromedp.Click(`input[name="within"][value="`+inside+`"]`))
	_, err := o.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{
		ID: made.ID, Version: 1, Code: "GAO-1", Name: "Agence régionale de Gao", PlaceCode: "GAO", Serves: []string{"GAO", "MEN"},
	})
	must(t, err)
	tab.Do(programtest.Submit())
	programtest.Failed(t, browser, tab, "entre-temps")
	browser.Shot(tab, "admin-agency-conflict")
	tab.Do(programtest.Submit(), chromedp.WaitVisible(`.note[role="status"]`))
	now := agencyBy(t, o, "GAO-1")
	want := []string{"GAO", inside}
	slices.Sort(want)
	slices.Sort(now.Serves)
	if !slices.Equal(now.Serves, want) || now.Name != "Agence de Gao" {
		t.Errorf("saved %+v, want %v", now, want)
	}
}

func agencyBy(t *testing.T, o office, code string) identity.Agency {
	t.Helper()
	list, err := o.Agencies.List(t.Context(), domain.System())
	must(t, err)
	i := slices.IndexFunc(list, func(a identity.Agency) bool { return a.Code == code })
	if i < 0 {
		t.Fatalf("no agency %s", code)
	}
	return list[i]
}

func TestRebuildingTheIndexWhileSearchesGoOn(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	o.Publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	o.Searchable(t, 1)
	before := o.Index.Current()
	tab := o.Tab(t, browser, noScript(), o.cookies)
	tab.Open(o.URL + "/admin/index")
	tab.Do(programtest.Press("#rebuild ~ form button"), chromedp.WaitVisible(`.note[role="status"]`))
	webtest.CheckTab(t, browser, tab)
	browser.Shot(tab, "admin-index-asked")
	for o.Index.Current() == before {
		o.Searchable(t, 1) // answers throughout; the test's own limit ends a rebuild that never comes
	}
	o.Searchable(t, 1)
}
