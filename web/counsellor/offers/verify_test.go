package offers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

func TestTwoDifferentPeopleVerifyAWorkshop(t *testing.T) {
	d := open(t)
	for name, view := range views() {
		t.Run(name, func(t *testing.T) {
			d := d.in(t)
			tab := d.tab(view, d.cookies)
			tab.Open(d.URL + "/counsellor/employers")
			tab.Do(programtest.Press("main .btns a.btn"), fill("#f-legal_name", "Forge "+name), programtest.Submit())
			programtest.Failed(t, d.browser, tab, "téléphone ou une adresse")
			tab.Do(fill("#f-phone", "76 00 00 09"), fill("#f-place", "BKO"), programtest.Submit(), done())
			webtest.CheckTab(t, d.browser, tab)
			org := d.workshop("Forge " + name)
			if org.Kind != employer.KindWorkshop || org.Phone != "+22376000009" || org.AgencyID != d.Agency.ID {
				t.Fatalf("made %+v", org)
			}
			tab.Do(programtest.Press(`form[action$="/verify"] button`), done())
			if said := words(tab, ".note"); !strings.Contains(said, "La deuxième revient à un autre agent") {
				t.Errorf("the first verifier reads %q", said)
			}
			if again := webtest.Evaluate[int](tab, `document.querySelectorAll('form[action$="/verify"]').length`); again != 0 {
				t.Error("the first verifier is offered the second")
			}
			url := "/counsellor/employers/" + string(org.ID)
			if status, body := d.posts(url+"/verify", values(name), d.cookies); status != http.StatusConflict || !strings.Contains(body, "Une deuxième personne doit vérifier") {
				t.Errorf("verifying twice answers %d", status)
			}
			if d.workshop("Forge "+name).Verification != employer.VerificationFirst {
				t.Fatal("one person verified twice")
			}
			second := d.tab(view, d.signIn(d.staff("Mme Diabaté", d.Agency.ID)))
			second.Open(d.URL + url)
			second.Do(programtest.Press(`form[action$="/verify"] button`), done())
			if d.workshop("Forge "+name).Verification != employer.VerificationDone {
				t.Error("two people verified, and it is not verified")
			}
			second.Do(programtest.Press(`a[href$="/refuse"]`), programtest.Submit())
			programtest.Failed(t, d.browser, second, "Pour quelle raison")
			second.Do(fill("#f-reason", "Le numéro n’existe plus"), programtest.Submit(), done())
			if now := d.workshop("Forge " + name); now.Verification != employer.VerificationRefused || now.Refusal != "Le numéro n’existe plus" {
				t.Errorf("taken back: %s, %q", now.Verification, now.Refusal)
			}
		})
	}
}

func values(token string) url.Values { return url.Values{"_token": {"0123456789abcdef" + token}} }

func (d desk) workshop(name string) employer.Organisation {
	d.t.Helper()
	list, err := d.Organisations.List(d.t.Context(), d.user.Actor(), employer.OrganisationFilter{Words: name}, domain.Cursor{})
	must(d.t, err)
	if len(list.Items) != 1 {
		d.t.Fatalf("%d employers named %s", len(list.Items), name)
	}
	return list.Items[0]
}

func TestAVacancyIsRecordedForAKnownEmployer(t *testing.T) {
	d := open(t)
	org := d.organisation(d.user.Actor(), "Atelier Diallo")
	tab := d.tab(webtest.View{Width: 360, Height: 640, NoScript: true}, d.cookies)
	tab.Open(d.URL + "/counsellor/vacancies/new")
	tab.Do(chromedp.Click("main details summary"), fill("#f-employer", "diallo"), programtest.Press(".filters button"), programtest.Press("main details li a"),
		fill("#f-source", "visit"), fill("#f-title", "Soudeur"), fill("#f-contract", "permanent"), fill("#f-place", "BKO"), chromedp.Click("#f-fee_free"),
		programtest.Press(`form[method=post] .btns .btn:not(.sec)`), done())
	if v := d.newest(); v.OrganisationID != org.ID || v.ClientName != "" || v.State != employer.Published {
		t.Errorf("recorded %+v", v)
	}
	tab.Do(programtest.Press(`.kv a[href*="/employers/"]`))
	if listed := words(tab, "#vacancies + ul a"); listed != "Soudeur" {
		t.Errorf("the employer's page lists %q", listed)
	}
}
