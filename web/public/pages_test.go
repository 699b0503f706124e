package public_test

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// visit gives the cookies of somebody who has seen a page before.
func visit(t *testing.T, w *programtest.Program) []*http.Cookie {
	t.Helper()
	answer, err := http.Get(w.URL + "/")
	must(t, err)
	defer answer.Body.Close()
	return answer.Cookies()
}

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	v := w.Publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.Publish(t, "Chauffeur poids lourd", "SEG", "conduire un camion", "charger un camion")
	w.Searchable(t, 2)
	data := w.Data(t, "Maçon qualifié", "Chauffeur poids lourd", "BTP Sahel", "macon", "astronaute")
	been := visit(t, w)
	first, step := webtest.PublicFirst(), webtest.PublicStep()
	for _, page := range []struct {
		path, name string
		budget     webtest.Budget
	}{
		{"/", "home", first},
		{"/register", "register", first},
		{"/vacancies", "vacancies", first},
		{"/vacancies?q=macon&region=BKO", "vacancies-search", step},
		{"/vacancies?q=astronaute", "vacancies-none", step},
		{"/vacancies/" + string(v.ID), "vacancy", webtest.Budget{First: first.First, Requests: 4}},
		{"/sign-in", "signin", first},
		{"/sign-in?next=/counsellor", "signin-desk", webtest.Budget{}},
		{"/resume", "resume", first},
		{"/privacy", "privacy", first},
		{"/accessibility", "accessibility", first},
		{"/languages", "languages", first},
	} {
		o := webtest.Options{Name: "public-" + page.name, Budget: page.budget, Data: data}
		if page.budget.Repeat > 0 {
			o.Cookies = been
		}
		webtest.CheckPage(t, browser, w.URL+page.path, o)
	}
}

func TestSearchingVacancies(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	w.Publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.Publish(t, "Chauffeur poids lourd", "SEG", "conduire un camion", "charger un camion")
	w.Searchable(t, 2)
	tab := browser.Tab(t, webtest.View{Width: 360, Height: 640, NoScript: true})
	tab.Open(w.URL + "/vacancies")
	tab.Do(fill("#f-q", "maconnes"), programtest.Press("main form button"), chromedp.WaitVisible(".chip"))
	if titles := webtest.Evaluate[[]string](tab, `[...document.querySelectorAll('li.card h3')].map(e => e.textContent)`); len(titles) != 1 || titles[0] != "Maçon qualifié" {
		t.Fatalf("found %q", titles)
	}
	tab.Do(programtest.Press("li.card h3 a"), chromedp.WaitVisible(".ident"))
	posting := webtest.Evaluate[map[string]any](tab, `JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent)`)
	if posting["@type"] != "JobPosting" || posting["title"] != "Maçon qualifié" || posting["totalJobOpenings"] != float64(3) {
		t.Errorf("described as %v", posting)
	}
	tab.Do(programtest.Press(".btns a.btn"), chromedp.WaitVisible("#by-phone"))
	if next := webtest.Evaluate[string](tab, `document.querySelector('input[name=next]').value`); len(next) < 20 {
		t.Errorf("applying leads to %q after signing in", next)
	}
}
