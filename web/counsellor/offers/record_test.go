package offers_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// newest gives the vacancy recorded last.
func (d desk) newest() employer.Vacancy {
	d.t.Helper()
	list, err := d.Vacancies.List(d.t.Context(), d.user.Actor(), employer.VacancyFilter{View: employer.ViewMine}, domain.Cursor{Limit: 1})
	must(d.t, err)
	if len(list.Items) == 0 {
		d.t.Fatal("nothing is recorded")
	}
	return list.Items[0]
}

func TestAPhonedVacancyIsPublishedFromOnePage(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct {
		view            webtest.View
		lang, published string
	}{
		"scripts, French":    {webtest.Desktop(), "fr", "Publiée"},
		"scripts, English":   {webtest.Phone(), "en", "Published"},
		"noscript, French":   {webtest.View{Width: 360, Height: 640, NoScript: true}, "fr", "Publiée"},
		"noscript, English ": {webtest.View{Width: 1280, Height: 800, NoScript: true}, "en", "Published"},
	} {
		t.Run(name, func(t *testing.T) {
			d := d.in(t)
			tab := d.tab(c.view, d.cookies)
			tab.Open(d.URL + "/counsellor/vacancies?l=" + c.lang)
			tab.Do(programtest.Press("main .btns a.btn"),
				fill("#f-source", "phone"), fill("#f-source_detail", "M. Sidibé, 76 11 22 33"), fill("#f-client_name", "Atelier Sidibé"),
				fill("#f-title", "Menuisier "+c.lang), fill("#f-posts", "2"), fill("#f-skills_essential", "raboter\nlire un plan\nRaboter"),
				fill("#f-contract", "daily"), fill("#f-place", "BKO"), fill("#f-wage_min", "3 500"), fill("#f-wage_period", "day"),
				chromedp.Click("#f-fee_free"), programtest.Press(`form[method=post] .btns .btn:not(.sec)`), done())
			webtest.CheckTab(t, d.browser, tab)
			if tag := words(tab, ".ident .tag"); tag != c.published {
				t.Errorf("the page says %q", tag)
			}
			v := d.newest()
			if v.State != employer.Published || v.Source != employer.SourcePhone || v.SourceDetail != "M. Sidibé, 76 11 22 33" ||
				v.Posts != 2 || v.WageMin != 3500 || v.AgencyID != d.Agency.ID || len(v.Skills) != 2 || v.Skills[0].Importance != employer.Essential {
				t.Errorf("recorded %+v", v)
			}
			if !v.OrganisationID.IsZero() {
				t.Error("the employer got a record by itself")
			}
		})
	}
}

func TestWhatIsMissingIsSaidAndNothingTypedIsLost(t *testing.T) {
	d := open(t)
	tab := d.tab(webtest.View{Width: 360, Height: 640, NoScript: true}, d.cookies)
	tab.Open(d.URL + "/counsellor/vacancies/new")
	tab.Do(fill("#f-client_name", "Boutique Ba"), fill("#f-skills_essential", "garder la nuit"), programtest.Press(`form[method=post] .btns .btn:not(.sec)`))
	programtest.Failed(t, d.browser, tab, "Comment l’avez-vous su", "Titre de l’offre", "Contrat", "lieu", "paie quelque chose")
	d.browser.Shot(tab, "offers-new-error")
	if typed := webtest.Evaluate[string](tab, `document.querySelector('#f-client_name').value + '/' + document.querySelector('#f-skills_essential').value`); typed != "Boutique Ba/garder la nuit" {
		t.Errorf("typed became %q", typed)
	}
	// A draft needs no more than who and what.
	tab.Do(fill("#f-source", "radio"), fill("#f-title", "Gardien"), programtest.Press(`button[name=draft]`), done())
	if v := d.newest(); v.State != employer.Draft || v.Title != "Gardien" || v.FeeFree {
		t.Fatalf("the draft is %+v", v)
	}
	tab.Do(programtest.Press(".next a.btn"), programtest.Press(`form[method=post] .btns .btn:not(.sec)`))
	programtest.Failed(t, d.browser, tab, "Contrat", "paie quelque chose")
	tab.Do(fill("#f-contract", "permanent"), fill("#f-place", "BKO"), fill("#f-skills_optional", "parler français"), fill("#f-isced_min", "1"),
		chromedp.Click("#f-fee_free"), programtest.Press(`form[method=post] .btns .btn:not(.sec)`), done())
	v := d.newest()
	important := slices.IndexFunc(v.Skills, func(s employer.RequiredSkill) bool { return s.Importance == employer.Optional })
	if v.State != employer.Published || v.ISCEDMin != 1 || v.Source != employer.SourceRadio || important < 0 || v.Skills[important].Words != "parler français" {
		t.Errorf("published %+v", v)
	}
}

func TestAnEditThatComesTooLateIsShownBesideTheOther(t *testing.T) {
	d := open(t)
	v := d.vacancy("Maçon", 1)
	tab := d.tab(webtest.Desktop(), d.cookies)
	tab.Open(d.URL + "/counsellor/vacancies/" + string(v.ID) + "/edit")
	theirs := v.Fields()
	theirs.Posts = 4
	_, err := d.Vacancies.Update(t.Context(), d.user.Actor(), employer.UpdateVacancy{ID: v.ID, Version: v.Version, Fields: theirs})
	must(t, err)
	tab.Do(fill("#f-title", "Maçon coffreur"), programtest.Press(`form[method=post] .btns .btn:not(.sec)`))
	programtest.Failed(t, d.browser, tab, "entre-temps")
	if table := words(tab, "main table tbody tr"); table != "Titre de l’offreMaçon coffreurMaçon | Nombre de postes14" {
		t.Errorf("the difference is %q", table)
	}
	if now := d.now(v); now.Title != "Maçon" || now.Posts != 4 {
		t.Errorf("overwritten: %s, %d posts", now.Title, now.Posts)
	}
}

func TestTheListIsNarrowedByItsAddress(t *testing.T) {
	d := open(t)
	mine := d.vacancy("Maçon", 1)
	held := d.held("Chauffeur")
	d.Publish(t, "Carreleur", "SEG", "poser des carreaux", "lire un plan") // a colleague's
	tab := d.tab(webtest.View{Width: 1280, Height: 800, NoScript: true}, d.cookies)
	for query, want := range map[string]string{
		"":                         "Chauffeur | Carreleur | Maçon",
		"?whose=mine&state=public": "Maçon",
		"?state=review":            "Chauffeur",
		"?region=SEG":              "Carreleur",
		"?words=" + mine.Reference: "Maçon",
		"?state=filled":            "",
	} {
		tab.Open(d.URL + "/counsellor/vacancies" + query)
		if got := words(tab, ".tasks a"); got != want {
			t.Errorf("%q lists %q, want %q", query, got, want)
		}
	}
	tab.Open(d.URL + "/counsellor/vacancies")
	if first := webtest.Evaluate[string](tab, `document.querySelector('section .tasks a').getAttribute('href')`); first != "/counsellor/vacancies/"+string(held.ID) {
		t.Errorf("first stands %s", first)
	}
}
