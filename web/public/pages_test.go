package public_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/web/webtest"
)

// searchable waits until the index holds so many vacancies.
func (w *world) searchable(t *testing.T, vacancies int) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		found, err := w.Matches.SearchVacancies(ctx, domain.Anonymous(), matching.WordSearch{Page: matching.Page{Size: 1}})
		if err == nil && found.Total >= vacancies {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%d vacancies searchable, want %d: %v", found.Total, vacancies, err)
		case <-tick.C:
		}
	}
}

// visit gives the cookies of somebody who has seen a page before.
func (w *world) visit(t *testing.T) []*http.Cookie {
	t.Helper()
	answer, err := http.Get(w.url + "/")
	must(t, err)
	defer answer.Body.Close()
	return answer.Cookies()
}

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), start(t)
	v := w.publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.publish(t, "Chauffeur poids lourd", "SEG", "conduire un camion", "charger un camion")
	w.searchable(t, 2)
	data := []string{"Agence pour l’emploi (essai)", "Maçon qualifié", "Chauffeur poids lourd", "macon", "astronaute"}
	for _, region := range w.Directory.Present().RegionChoices("fr") {
		data = append(data, region.Name)
	}
	been := w.visit(t)
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
		webtest.CheckPage(t, browser, w.url+page.path, o)
	}
}

func TestSearchingVacancies(t *testing.T) {
	browser, w := webtest.Open(t), start(t)
	w.publish(t, "Maçon qualifié", "BKO", "monter un mur", "lire un plan")
	w.publish(t, "Chauffeur poids lourd", "SEG", "conduire un camion", "charger un camion")
	w.searchable(t, 2)
	tab := browser.Tab(t, webtest.View{Width: 360, Height: 640, NoScript: true})
	tab.Open(w.url + "/vacancies")
	tab.Do(fill("#f-q", "maconnes"), press("main form button"), chromedp.WaitVisible(".chip"))
	if titles := webtest.Evaluate[[]string](tab, `[...document.querySelectorAll('li.card h3')].map(e => e.textContent)`); len(titles) != 1 || titles[0] != "Maçon qualifié" {
		t.Fatalf("found %q", titles)
	}
	tab.Do(press("li.card h3 a"), chromedp.WaitVisible(".ident"))
	posting := webtest.Evaluate[map[string]any](tab, `JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent)`)
	if posting["@type"] != "JobPosting" || posting["title"] != "Maçon qualifié" || posting["totalJobOpenings"] != float64(3) {
		t.Errorf("described as %v", posting)
	}
	tab.Do(press(".btns a.btn"), chromedp.WaitVisible("#by-phone"))
	if next := webtest.Evaluate[string](tab, `document.querySelector('input[name=next]').value`); len(next) < 20 {
		t.Errorf("applying leads to %q after signing in", next)
	}
}
