package employer_test

import (
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

// owner is somebody of an employer with a tab.
type owner struct {
	t       *testing.T
	w       *programtest.Program
	browser *webtest.Browser
	tab     *webtest.Tab
	shots   string
}

// on looks at the page that is open, does what is asked there and sends its form.
func (o owner) on(name string, steps ...chromedp.Action[chromedp.Void]) {
	o.t.Helper()
	webtest.CheckTab(o.t, o.browser, o.tab)
	o.tab.Do(steps...)
	o.browser.Shot(o.tab, o.shots+name)
	o.tab.Do(programtest.Submit())
}

func (o owner) path() string { return webtest.Evaluate[string](o.tab, `location.pathname`) }

// wizard fills in a vacancy as far as the page to check and gives its id.
func (o owner) wizard(title string) domain.ID {
	o.t.Helper()
	o.tab.Open(o.w.URL + "/employer/vacancies/new")
	o.on("work", chromedp.SendKeys("#f-title", title), chromedp.SendKeys("#f-posts", "2"))
	if strings.HasSuffix(o.path(), "/edit/occupation") {
		o.on("occupation", chromedp.Click("#f-occupation"))
	}
	o.on("skills", chromedp.SendKeys("#f-own_essential", "monter un mur"), chromedp.SendKeys("#f-own_optional", "lire un plan"))
	o.on("conditions", chromedp.SetValue("#f-contract", "fixed_term"), chromedp.SetValue("#f-place", "BKO"), chromedp.SendKeys("#f-wage_min", "90000"),
		chromedp.SendKeys("#f-wage_max", "120000"), chromedp.SetValue("#f-wage_period", "month"))
	o.on("profile", chromedp.Click(`input[name="languages"][value="bm"]`))
	o.on("publication-error")
	programtest.Failed(o.t, o.browser, o.tab, "ne paie rien")
	o.on("publication", chromedp.SendKeys("#f-description", "Construire une école."), chromedp.Click("#f-fee_free"))
	if !strings.HasSuffix(o.path(), "/check") {
		o.t.Fatalf("after the last page comes %s", o.path())
	}
	parts := strings.Split(o.path(), "/")
	return domain.ID(parts[len(parts)-2])
}

func TestFromSignUpToHire(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	o := owner{t, w, browser, browser.Tab(t, noScript()), "employer-journey-"}
	o.tab.Open(w.URL + "/employers")
	o.tab.Do(programtest.Press(`a[href="/employers/sign-up"]`))
	o.on("sign-up-error", chromedp.SendKeys("#f-legal_name", "Atelier Diarra"), chromedp.SendKeys("#f-account-password", "court"))
	programtest.Failed(t, browser, o.tab, "Votre nom", "10 caractères")
	if kept := webtest.Evaluate[string](o.tab, `document.querySelector('#f-legal_name').value + document.querySelector('#f-account-password').value`); kept != "Atelier Diarra" {
		t.Errorf("what was typed became %q", kept)
	}
	o.on("sign-up", chromedp.Click(`input[name="kind"]`), chromedp.SetValue("#f-place", "BKO"), chromedp.SendKeys("#f-account-name", "Moussa Diarra"),
		chromedp.SendKeys("#f-account-phone", "66 00 00 09"), chromedp.SendKeys("#f-account-email", "diarra@exemple.ml"),
		chromedp.SendKeys("#f-account-password", programtest.Password))
	webtest.CheckTab(t, browser, o.tab)
	o.tab.Do(programtest.Press("main a.btn"), chromedp.SendKeys("#f-email", "diarra@exemple.ml"), chromedp.SendKeys("#f-password", programtest.Password),
		programtest.Press(`form[action="/sign-in"] .btn`))
	if o.path() != "/employer" || !strings.Contains(programtest.Text(o.tab, "main"), "vérif") {
		t.Errorf("signing in leads to %s, without a word on the verification", o.path())
	}
	browser.Shot(o.tab, "employer-journey-pending")
	user, err := w.Accounts.SignIn(t.Context(), domain.Anonymous(), "diarra@exemple.ml", programtest.Password)
	must(t, err)

	// Sent before the verification, a vacancy waits for a counsellor.
	first := o.wizard("Maçon")
	o.on("check")
	webtest.CheckTab(t, browser, o.tab)
	browser.Shot(o.tab, "employer-journey-held")
	if v := o.vacancy(user.Actor(), first); v.State != employer.Held {
		t.Errorf("the vacancy is %s", v.State)
	}
	verify(t, w, user.OrganisationID)
	v := o.vacancy(user.Actor(), first)
	_, err = w.Vacancies.Publish(t.Context(), w.Counsellor(t).Actor(), employer.VacancyAct{ID: v.ID, Version: v.Version})
	must(t, err)

	// Sent after it, it is public at once; with scripts this time.
	with := owner{t, w, browser, w.Tab(t, browser, webtest.Desktop(), w.Enter(t, user.Email, programtest.Password)), "employer-scripts-"}
	second := with.wizard("Carreleur")
	with.on("check")
	if v := o.vacancy(user.Actor(), second); v.State != employer.Published {
		t.Errorf("the verified employer's vacancy is %s", v.State)
	}
	o.hire(user.Actor(), first)
}

func (o owner) vacancy(actor domain.Actor, id domain.ID) employer.Vacancy {
	o.t.Helper()
	v, err := o.w.Vacancies.Get(o.t.Context(), actor, id)
	must(o.t, err)
	return v
}

// hire takes somebody a counsellor sent from the first look to the contract.
func (o owner) hire(actor domain.Actor, vacancy domain.ID) {
	t, w := o.t, o.w
	t.Helper()
	who := w.Jobseeker(t, canaryPhone, mason, person.ForMatching)
	h := house{Program: w, actor: actor}
	sent := h.send(t, who, o.vacancy(actor, vacancy))
	o.tab.Open(w.URL + "/employer")
	if next := programtest.Text(o.tab, ".next"); !strings.Contains(next, canaryFamily) {
		t.Errorf("the next thing is %q", next)
	}
	o.tab.Do(programtest.Press(".next a"))
	webtest.CheckTab(t, o.browser, o.tab)
	o.browser.Shot(o.tab, "employer-journey-candidate")
	o.tab.Do(programtest.Press(`form[action$="/seen"] button`), chromedp.WaitVisible(`.note[role="status"]`))
	o.tab.Do(programtest.Press(`a[href$="/interview"]`))
	o.on("interview-error")
	programtest.Failed(t, o.browser, o.tab, "Répondez")
	o.on("interview", date("on", "2030")...)
	o.tab.Do(programtest.Press(`a[href$="/hire"]`))
	o.on("hire", append(date("starts_on", "2030"), chromedp.SetValue("#f-wage", "100000"))...)
	webtest.CheckTab(t, o.browser, o.tab)
	o.browser.Shot(o.tab, "employer-journey-hired")
	a, err := w.Applications.Get(t.Context(), domain.System(), sent.ID)
	must(t, err)
	if v := o.vacancy(actor, vacancy); a.State != placement.Hired || v.PostsFilled != 1 || v.State != employer.PartlyFilled {
		t.Errorf("the application is %s, the vacancy %s with %d posts filled", a.State, v.State, v.PostsFilled)
	}

	o.tab.Open(w.URL + "/employer/vacancies/" + string(vacancy) + "/posts")
	o.on("posts-error", chromedp.SetValue("#f-posts", "1"))
	programtest.Failed(t, o.browser, o.tab)
	o.on("posts", chromedp.SetValue("#f-posts", "4"))
	if v := o.vacancy(actor, vacancy); v.Posts != 4 {
		t.Errorf("%d posts, want 4", v.Posts)
	}
}

func date(name, year string) []chromedp.Action[chromedp.Void] {
	return []chromedp.Action[chromedp.Void]{
		chromedp.SendKeys("#f-"+name, "4"), chromedp.SendKeys("#f-"+name+"-month", "3"), chromedp.SendKeys("#f-"+name+"-year", year),
	}
}
