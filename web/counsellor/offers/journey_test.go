package offers_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// setDate fills the parts of a date.
func setDate(name string, day domain.Date) chromedp.Action[chromedp.Void] {
	part := strings.Split(day.String(), "-")
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		return chromedp.Do(ctx, fill("#f-"+name, part[2]), fill("#f-"+name+"-month", part[1]), fill("#f-"+name+"-year", part[0]))
	})
}

// From the ranked list to the last post filled, with everything a counsellor writes down on the way.
func TestFromAMatchToAFilledVacancy(t *testing.T) {
	d := open(t)
	awa := d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID)
	binta := d.jobseeker("+22370000022", "Binta", "Sow", d.Agency.ID)
	for name, view := range views() {
		t.Run(name, func(t *testing.T) {
			d := d.in(t)
			v := d.vacancy("Maçon "+name, 1)
			other := d.sent(binta, v)
			d.matched(v, 2)
			tab := d.tab(view, d.cookies)
			tab.Open(d.URL + "/counsellor/vacancies/" + string(v.ID))
			tab.Do(programtest.Press(".next a.btn"))
			if said := words(tab, ".rank b"); said != "1 compétence sur 2 | 1 compétence sur 2" {
				t.Errorf("the reasons are %q", said)
			}
			proposing := `.rank form[action*="/propose"]`
			if n := webtest.Evaluate[int](tab, "document.querySelectorAll('"+proposing+"').length"); n != 1 {
				t.Fatalf("%d people can be proposed, want Awa alone", n)
			}
			tab.Do(programtest.Press(proposing+" button"), done())
			webtest.CheckTab(t, d.browser, tab)
			d.browser.Shot(tab, "offers-proposed-"+name)
			live := d.live(awa, v)
			if live.State != placement.Proposed || live.ProposedBy != d.user.ID {
				t.Fatalf("proposed: %+v", live)
			}
			tab.Do(programtest.Press(`.rank a[href$="`+string(live.ID)+`"]`),
				chromedp.Click(`input[name=answer][value=yes]`), programtest.Submit())
			programtest.Failed(t, d.browser, tab, "Dites comment l’accord est donné", "qui a répondu")
			tab.Do(chromedp.Click(`input[value=oral]`), fill("#f-words", "Awa elle-même, au téléphone"), programtest.Submit(), done())
			if now := d.live(awa, v); now.State != placement.Consented || now.Consent != person.ByWord {
				t.Fatalf("agreed: %s by %s", now.State, now.Consent)
			}
			tab.Do(programtest.Press(`form[action$="/send"] button`), done())
			d.browser.Shot(tab, "offers-sent-"+name)
			tab.Do(programtest.Press(`a[href$="/hire"]`), setDate("starts_on", domain.DateOf(d.Clock.Now())), programtest.Submit(), done())
			if now := d.now(v); now.State != employer.Filled || now.PostsFilled != 1 {
				t.Errorf("the vacancy is %s with %d filled", now.State, now.PostsFilled)
			}
			// The others are asked about, one by one.
			if boxes := webtest.Evaluate[[]string](tab, `[...document.querySelectorAll('input[name=applications]')].map(b => b.value + b.checked)`); !slices.Equal(boxes, []string{string(other.ID) + "false"}) {
				t.Fatalf("asked about %v", boxes)
			}
			tab.Do(chromedp.Click(`input[name=applications]`), programtest.Submit(), done())
			closed, err := d.Applications.Get(t.Context(), d.user.Actor(), other.ID)
			must(t, err)
			if closed.State != placement.Obsolete {
				t.Errorf("the ticked one is %s", closed.State)
			}
			placed, err := d.Placements.List(t.Context(), d.user.Actor(), placement.PlacementFilter{PersonID: awa.ID, VacancyID: v.ID}, domain.Cursor{})
			must(t, err)
			if len(placed.Items) != 1 || placed.Items[0].Placement.Kind != employer.ContractFixedTerm {
				t.Errorf("placements %+v", placed.Items)
			}
		})
	}
}

// live gives somebody's application to a vacancy.
func (d desk) live(who person.Person, v employer.Vacancy) placement.Application {
	d.t.Helper()
	list, err := d.Applications.List(d.t.Context(), d.user.Actor(), placement.ApplicationFilter{PersonID: who.ID, VacancyID: v.ID}, domain.Cursor{})
	must(d.t, err)
	if len(list.Items) != 1 {
		d.t.Fatalf("%d applications, want 1", len(list.Items))
	}
	return list.Items[0].Application
}

func TestTwoCounsellorsHireForTheLastPost(t *testing.T) {
	d := open(t)
	v := d.vacancy("Maçon", 1)
	colleague := d.signIn(d.staff("M. Sissoko", d.Agency.ID))
	var tabs []*webtest.Tab
	var sent []placement.Application
	for i, who := range []person.Person{d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID), d.jobseeker("+22370000022", "Binta", "Sow", d.Agency.ID)} {
		a := d.sent(who, v)
		cookies := [][]*http.Cookie{d.cookies, colleague}[i]
		tab := d.tab(webtest.View{Width: 360, Height: 640, NoScript: true}, cookies)
		tab.Open(d.URL + "/counsellor/applications/" + string(a.ID) + "/hire")
		tab.Do(setDate("starts_on", domain.DateOf(d.Clock.Now())), fill("#f-wage", "95000"))
		tabs, sent = append(tabs, tab), append(sent, a)
	}
	for _, tab := range tabs { // both are on their way before either is answered
		tab.Do(chromedp.Click("main form .btn:not(.sec)"))
	}
	for _, tab := range tabs {
		tab.Do(chromedp.WaitVisible(`.note[role="status"], #error-summary`))
	}
	if now := d.now(v); now.PostsFilled != 1 || now.State != employer.Filled {
		t.Fatalf("%d of %d posts filled, %s", now.PostsFilled, now.Posts, now.State)
	}
	hired, late := 0, -1
	for i, a := range sent {
		now, err := d.Applications.Get(t.Context(), d.user.Actor(), a.ID)
		must(t, err)
		if now.State == placement.Hired {
			hired++
		} else {
			late = i
		}
	}
	if hired != 1 {
		t.Fatalf("%d hired for one post", hired)
	}
	tab := tabs[late]
	programtest.Failed(t, d.browser, tab, "Tous les postes de cette offre sont pourvus")
	d.browser.Shot(tab, "offers-hire-late")
	if said := words(tab, ".next"); !strings.Contains(said, "Rien n’est enregistré") || !strings.Contains(said, "Ajouter des postes") {
		t.Errorf("the loser reads %q", said)
	}
	if wage := webtest.Evaluate[string](tab, `document.querySelector('#f-wage').value`); wage != "95000" {
		t.Errorf("the wage typed became %q", wage)
	}
}

func TestAnEmployerWithoutAnAccountRefuses(t *testing.T) {
	d := open(t)
	a := d.sent(d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID), d.vacancy("Maçon", 1))
	tab := d.tab(webtest.View{Width: 360, Height: 640, NoScript: true}, d.cookies)
	tab.Open(d.URL + "/counsellor/applications/" + string(a.ID))
	tab.Do(programtest.Press(`form[action$="/see"] button`), done(), programtest.Press(`a[href$="/interview"]`), programtest.Submit())
	programtest.Failed(t, d.browser, tab, "Jour de l’entretien")
	tab.Do(setDate("on", domain.DateOf(d.Clock.Now()).AddDays(2)), programtest.Submit(), done(),
		programtest.Press(`form[action$="/offer"] button`), done(), programtest.Press(`a[href$="/refuse"]`), programtest.Submit())
	programtest.Failed(t, d.browser, tab, "Pour quelle raison")
	tab.Do(chromedp.Click(`input[value=skills]`), fill("#f-words", "Ne lit pas les plans."), programtest.Submit(), done())
	now, err := d.Applications.Get(t.Context(), d.user.Actor(), a.ID)
	must(t, err)
	if now.State != placement.Refused || now.Refusal != "skills" || now.Reason != "Ne lit pas les plans." {
		t.Errorf("%s: %s, %q", now.State, now.Refusal, now.Reason)
	}
	if left := webtest.Evaluate[int](tab, `document.querySelectorAll('main form').length`); left != 0 {
		t.Errorf("%d forms left on an ended application", left)
	}
}

func TestSomebodyWhoDidNotComeFreesThePost(t *testing.T) {
	d := open(t)
	v := d.vacancy("Maçon", 1)
	a := d.sent(d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID), v)
	today := domain.DateOf(d.Clock.Now())
	result, err := d.Applications.Hire(t.Context(), d.user.Actor(), placement.Hire{Act: placement.Act{ID: a.ID}, StartsOn: today})
	must(t, err)
	tab := d.tab(webtest.View{Width: 360, Height: 640, NoScript: true}, d.cookies)
	tab.Open(d.URL + "/counsellor/applications/" + string(a.ID))
	tab.Do(programtest.Press(".next a.btn"), programtest.Press(`a[href$="/no-start"]`), programtest.Submit())
	programtest.Failed(t, d.browser, tab, "Pour quelle raison")
	tab.Do(fill("#f-reason", "Repartie à Kita"), programtest.Submit(), done())
	if now := d.now(v); now.State != employer.Published || now.PostsFilled != 0 {
		t.Errorf("the vacancy is %s with %d filled", now.State, now.PostsFilled)
	}
	if now, err := d.Placements.Get(t.Context(), d.user.Actor(), result.Placement.ID); err != nil || now.State != placement.NoStart {
		t.Errorf("the placement is %s, %v", now.State, err)
	}
}

func TestAnInternshipBecomesAJob(t *testing.T) {
	d := open(t)
	v := d.vacancy("Maçon", 1)
	a := d.sent(d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID), v)
	today := domain.DateOf(d.Clock.Now())
	result, err := d.Applications.Hire(t.Context(), d.user.Actor(), placement.Hire{
		Act: placement.Act{ID: a.ID}, StartsOn: today, Kind: employer.ContractInternship,
	})
	must(t, err)
	tab := d.tab(webtest.Desktop(), d.cookies)
	tab.Open(d.URL + "/counsellor/placements/" + string(result.Placement.ID))
	tab.Do(programtest.Press(".next a.btn"), programtest.Submit(), done(), programtest.Press(`a[href$="/convert"]`),
		setDate("on", today), fill("#f-kind", "permanent"), programtest.Submit(), done())
	webtest.CheckTab(t, d.browser, tab)
	if said := words(tab, ".kv"); !strings.Contains(said, "CDI") || !strings.Contains(said, "Contrat précédent") {
		t.Errorf("the page shown is %q", said)
	}
	if before, err := d.Placements.Get(t.Context(), d.user.Actor(), result.Placement.ID); err != nil || before.State != placement.Converted {
		t.Errorf("the internship is %s, %v", before.State, err)
	}
}
