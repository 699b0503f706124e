package employer_test

import (
	"net/http"
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

// What no page of an employer may show before the person agreed and a counsellor sent them.
const (
	canaryGiven  = "Zoumanawati"
	canaryFamily = "Xanthokeïta"
	canaryPhone  = "+22376543210"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func noScript() webtest.View { return webtest.View{Width: 360, Height: 640, NoScript: true} }

// house is the program with an employer's organisation and its first member.
type house struct {
	*programtest.Program
	org   employer.Organisation
	actor domain.Actor
	email string
}

// signUp makes an organisation in Bamako through the use-case.
func signUp(t *testing.T, w *programtest.Program, name, email string) house {
	t.Helper()
	made, err := w.Organisations.SignUp(t.Context(), domain.Anonymous(), employer.SignUp{
		Organisation: employer.OrganisationFields{Kind: employer.KindCompany, LegalName: name, PlaceCode: "BKO"},
		Name:         "Mme Sanogo", Email: email, Phone: "+22366000001", Password: programtest.Password, Language: "fr",
	})
	must(t, err)
	return house{Program: w, org: made.Organisation, actor: made.User.Actor(), email: email}
}

// verify lets two members of staff verify an organisation, the day after it
// signed up: without proof of work it waits.
func verify(t *testing.T, w *programtest.Program, id domain.ID) {
	t.Helper()
	_, err := w.SQL.ExecContext(t.Context(), `UPDATE organisations SET created_at = created_at - interval '25 hours' WHERE id = $1`, string(id))
	must(t, err)
	for range 2 {
		o, err := w.Organisations.Get(t.Context(), domain.System(), id)
		must(t, err)
		_, err = w.Organisations.Verify(t.Context(), w.Counsellor(t).Actor(), employer.VerifyOrganisation{ID: id, Version: o.Version})
		must(t, err)
	}
}

// vacancy makes a complete draft of the employer's.
func (h house) vacancy(t *testing.T, title string, posts int) employer.Vacancy {
	t.Helper()
	v, err := h.Vacancies.Create(t.Context(), h.actor, "", employer.VacancyFields{
		Title: title, Description: "Pour une école à Sébénikoro.", Lang: "fr", Posts: posts, Contract: employer.ContractFixedTerm, WageMin: 90000,
		WageMax: 120000, WagePeriod: employer.PerMonth, PlaceCode: "BKO", FeeFree: true, Languages: []string{"bm"},
		Skills: []employer.SkillField{{Words: "monter un mur", Importance: employer.Essential}, {Words: "lire un plan", Importance: employer.Optional}},
	})
	must(t, err)
	return v
}

func (h house) publish(t *testing.T, v employer.Vacancy) employer.Vacancy {
	t.Helper()
	v, err := h.Vacancies.Publish(t.Context(), h.Counsellor(t).Actor(), employer.VacancyAct{ID: v.ID, Version: v.Version})
	must(t, err)
	return v
}

// mason fits the vacancy and carries the canaries.
func mason(p *person.Person) {
	p.Given, p.Family = canaryGiven, canaryFamily
	p.Wishes = []person.Wish{{Words: "maçon"}}
	p.Experience = []person.Experience{{Title: "maçon", Kind: person.Waged, Months: 42}}
	p.Skills = []person.Skill{{Words: "monter un mur"}}
	p.Languages = []person.Language{{Code: "bm", Speaking: person.SpeaksNative}}
	p.WorkedAbroad = person.Yes
}

// send proposes somebody, takes their yes and sends them, as a counsellor does.
func (h house) send(t *testing.T, who person.Person, v employer.Vacancy) placement.Application {
	t.Helper()
	desk := h.Counsellor(t).Actor()
	a, err := h.Applications.Propose(t.Context(), desk, placement.Begin{PersonID: who.ID, VacancyID: v.ID})
	must(t, err)
	a, err = h.Applications.Consent(t.Context(), domain.Actor{Role: domain.RoleJobseeker, PersonID: who.ID}, placement.Answer{Act: placement.Act{ID: a.ID, Version: a.Version}})
	must(t, err)
	a, err = h.Applications.Send(t.Context(), desk, placement.Act{ID: a.ID, Version: a.Version})
	must(t, err)
	return a
}

// pseudonymous fails on anything of the person's in a page.
func pseudonymous(t *testing.T, where, html string) {
	t.Helper()
	folded := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(html)
	for _, canary := range []string{
		canaryGiven, canaryFamily, canaryPhone, canaryPhone[4:], "76 54 32 10", "Féminin", "féminin", "Femme", "femme", "1998", "étranger",
	} {
		if strings.Contains(folded, canary) {
			t.Errorf("%s shows %q", where, canary)
		}
	}
}

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	h := signUp(t, w, "BTP Sahel", "sanogo@exemple.ml")
	verify(t, w, h.org.ID)
	draft, open := h.vacancy(t, "Maçon qualifié", 2), h.publish(t, h.vacancy(t, "Chef maçon", 3))
	who := w.Jobseeker(t, canaryPhone, mason, person.ForMatching)
	w.Searchable(t, 1)
	sent := h.send(t, who, open)
	cookies := w.Enter(t, h.email, programtest.Password)
	data := w.Data(t, "BTP Sahel", "Mme Sanogo", "sanogo@exemple.ml", "Maçon qualifié", "Chef maçon", canaryGiven, canaryFamily, "monter un mur",
		"lire un plan", "Pour une école à Sébénikoro.", h.org.Reference, draft.Reference, open.Reference)
	one, two, candidate := "/employer/vacancies/"+string(draft.ID), "/employer/vacancies/"+string(open.ID), "/employer/candidates/"+string(sent.ID)
	for _, page := range []struct{ path, name string }{
		{"/employer", "dashboard"}, {"/employer/organisation", "organisation"}, {"/employer/organisation/edit", "organisation-edit"},
		{"/employer/vacancies", "vacancies"}, {"/employer/vacancies?words=absent", "vacancies-none"}, {"/employer/vacancies/new", "new"},
		{one + "/edit/work", "work"}, {one + "/edit/occupation", "occupation"}, {one + "/edit/skills", "skills"}, {one + "/edit/conditions", "conditions"},
		{one + "/edit/profile", "profile"}, {one + "/edit/publication", "publication"}, {one + "/check", "check"},
		{two, "vacancy"}, {two + "/matches", "matches"}, {two + "/candidates", "candidates"}, {two + "/posts", "posts"}, {two + "/withdraw", "withdraw"},
		{two + "/renew", "renew"}, {candidate, "candidate"}, {candidate + "/interview", "interview"}, {candidate + "/refuse", "refuse"}, {candidate + "/hire", "hire"},
	} {
		webtest.CheckPage(t, browser, w.URL+page.path, webtest.Options{Name: "employer-" + page.name, Cookies: cookies, Budget: webtest.Staff(), Data: append(data, "absent")})
	}
	for path, budget := range map[string]webtest.Budget{"/employers": webtest.PublicFirst(), "/employers/sign-up": webtest.Work(), "/employers/done": webtest.Staff()} {
		webtest.CheckPage(t, browser, w.URL+path, webtest.Options{Name: strings.ReplaceAll(path, "/", "-")[1:], Budget: budget, Data: data})
	}
}

// TestNobodyIsShownByName looks at every page on which people are ranked or listed before anybody was sent.
func TestNobodyIsShownByName(t *testing.T) {
	w := programtest.Start(t)
	h := signUp(t, w, "BTP Sahel", "sanogo@exemple.ml")
	open := h.publish(t, h.vacancy(t, "Maçon", 2))
	who := w.Jobseeker(t, canaryPhone, mason, person.ForMatching)
	w.Searchable(t, 1)
	matches, candidates := "/employer/vacancies/"+string(open.ID)+"/matches", "/employer/vacancies/"+string(open.ID)+"/candidates"
	cookies := w.Enter(t, h.email, programtest.Password)
	status, body := w.Status(t, matches, cookies)
	if status != http.StatusOK || strings.Contains(body, `class="card rank"`) {
		t.Errorf("before the verification: %d, or somebody is ranked", status)
	}
	pseudonymous(t, "the unverified employer's page", body)

	verify(t, w, h.org.ID)
	for status, body = w.Status(t, matches, cookies); !strings.Contains(body, `class="card rank"`); status, body = w.Status(t, matches, cookies) {
		if t.Context().Err() != nil || status != http.StatusOK {
			t.Fatalf("nobody is ranked: %d", status)
		}
	}
	pseudonymous(t, "the ranking", body)

	a, err := w.Applications.Propose(t.Context(), w.Counsellor(t).Actor(), placement.Begin{PersonID: who.ID, VacancyID: open.ID})
	must(t, err)
	for _, path := range []string{matches, candidates, "/employer", "/employer/candidates/" + string(a.ID)} {
		_, body := w.Status(t, path, cookies)
		pseudonymous(t, path, body)
	}
	h.sendOn(t, a, who)
	if _, body := w.Status(t, "/employer/candidates/"+string(a.ID), cookies); !strings.Contains(body, canaryFamily) || !strings.Contains(body, canaryPhone) {
		t.Error("somebody who was sent is not introduced")
	}
}

// sendOn takes the person's yes to a proposal and sends them.
func (h house) sendOn(t *testing.T, a placement.Application, who person.Person) {
	t.Helper()
	a, err := h.Applications.Consent(t.Context(), domain.Actor{Role: domain.RoleJobseeker, PersonID: who.ID}, placement.Answer{Act: placement.Act{ID: a.ID, Version: a.Version}})
	must(t, err)
	_, err = h.Applications.Send(t.Context(), h.Counsellor(t).Actor(), placement.Act{ID: a.ID, Version: a.Version})
	must(t, err)
}

func TestAnotherEmployersVacancyDoesNotExist(t *testing.T) {
	w := programtest.Start(t)
	ours, theirs := signUp(t, w, "BTP Sahel", "a@exemple.ml"), signUp(t, w, "Bâti Niger", "b@exemple.ml")
	verify(t, w, theirs.org.ID)
	draft, open := theirs.vacancy(t, "Maçon", 1), theirs.publish(t, theirs.vacancy(t, "Carreleur", 1))
	who := w.Jobseeker(t, canaryPhone, mason, person.ForMatching)
	sent := theirs.send(t, who, open)
	cookies := w.Enter(t, ours.email, programtest.Password)
	for _, path := range []string{
		"/employer/vacancies/" + string(draft.ID), "/employer/vacancies/" + string(draft.ID) + "/check",
		"/employer/vacancies/" + string(draft.ID) + "/edit/work", "/employer/vacancies/" + string(open.ID),
		"/employer/vacancies/" + string(open.ID) + "/matches", "/employer/vacancies/" + string(open.ID) + "/candidates",
		"/employer/vacancies/" + string(open.ID) + "/close", "/employer/candidates/" + string(sent.ID), "/employer/candidates/" + string(sent.ID) + "/hire",
	} {
		status, body := w.Status(t, path, cookies)
		if status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
		pseudonymous(t, path, body)
	}
}

func TestErrorsKeepWhatWasTyped(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	h := signUp(t, w, "BTP Sahel", "sanogo@exemple.ml")
	draft := h.vacancy(t, "Maçon", 2)
	cookies := w.Enter(t, h.email, programtest.Password)
	for name, view := range map[string]webtest.View{"scripts": webtest.Phone(), "noscript": noScript()} {
		t.Run(name, func(t *testing.T) {
			tab := w.Tab(t, browser, view, cookies)
			tab.Open(w.URL + "/employer/vacancies/new")
			tab.Do(chromedp.SendKeys("#f-title", "Soudeur"), chromedp.SendKeys("#f-posts", "mille"), programtest.Submit())
			programtest.Failed(t, browser, tab, "Écrivez un nombre")
			if kept := webtest.Evaluate[string](tab, `document.querySelector('#f-title').value + document.querySelector('#f-posts').value`); kept != "Soudeurmille" {
				t.Errorf("what was typed became %q", kept)
			}
			tab.Open(w.URL + "/employer/vacancies/" + string(draft.ID) + "/edit/conditions")
			tab.Do(chromedp.SetValue("#f-wage_min", "200000"), chromedp.SetValue("#f-wage_max", "100000"), programtest.Submit())
			programtest.Failed(t, browser, tab)
			browser.Shot(tab, "employer-error-"+name)
			if kept := webtest.Evaluate[string](tab, `document.querySelector('#f-wage_min').value`); kept != "200000" {
				t.Errorf("the wage became %q", kept)
			}
		})
	}
}

func TestSomebodyElseChangedTheVacancy(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	h := signUp(t, w, "BTP Sahel", "sanogo@exemple.ml")
	draft := h.vacancy(t, "Maçon", 2)
	tab := w.Tab(t, browser, noScript(), w.Enter(t, h.email, programtest.Password))
	tab.Open(w.URL + "/employer/vacancies/" + string(draft.ID) + "/edit/work?only=1")
	fields := draft.Fields()
	fields.Posts = 5
	_, err := h.Vacancies.Update(t.Context(), h.actor, employer.UpdateVacancy{ID: draft.ID, Version: draft.Version, Fields: fields})
	must(t, err)
	tab.Do(chromedp.SetValue("#f-title", "Maçon finisseur"), programtest.Submit())
	programtest.Failed(t, browser, tab, "entre-temps")
	browser.Shot(tab, "employer-conflict")
	if both := programtest.Text(tab, "main table tbody"); !strings.Contains(both, "Maçon finisseur") || !strings.Contains(both, "5") {
		t.Errorf("the conflict shows %q", both)
	}
	tab.Do(chromedp.SetValue("#f-posts", "5"), programtest.Submit())
	now, err := h.Vacancies.Get(t.Context(), h.actor, draft.ID)
	must(t, err)
	if now.Title != "Maçon finisseur" || now.Posts != 5 {
		t.Errorf("saved %q for %d", now.Title, now.Posts)
	}
}
