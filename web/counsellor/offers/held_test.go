package offers_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

func TestATextThatMentionsAFeeWaitsForADecision(t *testing.T) {
	d := open(t)
	v := d.held("Chauffeur de camion")
	tab := d.tab(webtest.View{Width: 360, Height: 640, NoScript: true}, d.cookies)
	tab.Open(d.URL + "/counsellor/vacancies/" + string(v.ID))
	if said := words(tab, ".note.warn"); !strings.Contains(said, "retenue") || !strings.Contains(said, "frais de dossier, orange money") {
		t.Errorf("the page says %q", said)
	}
	if forms := webtest.Evaluate[[]string](tab, `[...document.querySelectorAll('main form')].map(f => f.action)`); len(forms) != 0 {
		t.Errorf("one click sends %v", forms)
	}
	tab.Do(programtest.Press(".next a.btn"), chromedp.Click(`input[value=publish]`), programtest.Submit())
	programtest.Failed(t, d.browser, tab, "Écrivez pourquoi")
	if now := d.now(v); now.State != employer.Held {
		t.Fatalf("without words it is %s", now.State)
	}
	tab.Do(fill("#f-reason", "Appelé : l’employeur rembourse, rien à payer."), programtest.Submit(), done())
	if now := d.now(v); now.State != employer.Published {
		t.Errorf("decided, it is %s", now.State)
	}
	tab.Do(programtest.Press(`.tabs li:last-child a`))
	if story := words(tab, ".tl li:first-child"); !strings.Contains(story, "Mme Keïta") || !strings.Contains(story, "rien à payer") {
		t.Errorf("the history says %q", story)
	}
}

// The rule stands below the pages: no caller publishes such a text by the way.
func TestNobodyPublishesAFeeByTheWay(t *testing.T) {
	d := open(t)
	draft, err := d.Vacancies.Record(t.Context(), d.user.Actor(), employer.RecordVacancy{
		Source: employer.SourceNewspaper, Draft: true, Fields: employer.VacancyFields{
			ClientName: "Transport Sahel", Title: "Chauffeur", Description: "Caution demandée", Contract: employer.ContractPermanent, PlaceCode: "BKO", FeeFree: true,
		},
	})
	must(t, err)
	if draft.State != employer.Draft {
		t.Fatalf("the draft is %s", draft.State)
	}
	act := employer.VacancyAct{ID: draft.ID}
	held, err := d.Vacancies.Publish(t.Context(), d.user.Actor(), act)
	must(t, err)
	if held.State != employer.Held || held.Reason != employer.HeldFee {
		t.Fatalf("published, the draft is %s (%s)", held.State, held.Reason)
	}
	_, err = d.Vacancies.Publish(t.Context(), d.user.Actor(), act)
	domaintest.Refused(t, "publishing it without a reason", err, domain.KindInvalid)
	act.Reason = "La caution est payée par l’employeur"
	public, err := d.Vacancies.Publish(t.Context(), d.user.Actor(), act)
	must(t, err)
	steps, err := d.Vacancies.History(t.Context(), d.user.Actor(), draft.ID)
	must(t, err)
	if last := steps[len(steps)-1]; public.State != employer.Published || last.Reason != act.Reason {
		t.Errorf("%s, because %q", public.State, last.Reason)
	}
	_, err = d.Vacancies.Record(t.Context(), d.user.Actor(), employer.RecordVacancy{
		Source: employer.SourceRadio, Draft: true, Fields: employer.VacancyFields{Title: "Gardien"},
	})
	domaintest.Refused(t, "a draft of nobody", err, domain.KindInvalid)
}

func TestAnEmployersTextIsSentBack(t *testing.T) {
	d := open(t)
	org := d.organisation(d.user.Actor(), "Atelier Diallo")
	draft, err := d.Vacancies.Create(t.Context(), d.user.Actor(), org.ID, employer.VacancyFields{
		Title: "Soudeur", Contract: employer.ContractPermanent, PlaceCode: "BKO", FeeFree: true,
	})
	must(t, err)
	_, err = d.Vacancies.Submit(t.Context(), d.user.Actor(), employer.VacancyAct{ID: draft.ID})
	must(t, err)
	tab := d.tab(webtest.Desktop(), d.cookies)
	tab.Open(d.URL + "/counsellor/vacancies/" + string(draft.ID) + "/review")
	tab.Do(chromedp.Click(`input[value=return]`), fill("#f-reason", "Précisez le salaire."), programtest.Submit(), done())
	webtest.CheckTab(t, d.browser, tab)
	if now := d.now(draft); now.State != employer.Returned || now.Reason != "Précisez le salaire." {
		t.Errorf("it is %s: %q", now.State, now.Reason)
	}
}
