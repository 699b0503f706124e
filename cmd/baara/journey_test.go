package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// The town of the whole journey: what an operator gets from `baara seed`.
const (
	townPeople    = 20_000
	townVacancies = 800
)

// town is a running program with its people, and the passwords it printed.
type town struct {
	*process
	browser *webtest.Browser
	printed string
}

func newTown(t *testing.T) *town {
	t.Helper()
	dir := dataDir(t)
	seeded, status := run(t, "seed", "--data-dir", dir, "--people", fmt.Sprint(townPeople), "--vacancies", fmt.Sprint(townVacancies))
	if status != 0 {
		t.Fatalf("seed: status %d, %s", status, seeded.err.String())
	}
	w := &town{process: serve(t, nil, "--data-dir", dir), browser: webtest.Open(t), printed: seeded.out.String()}
	return w
}

// password reads what the first start printed for a login.
func (w *town) password(login string) string {
	w.Helper()
	found := regexp.MustCompile(regexp.QuoteMeta(login) + `\s+(\S+)`).FindStringSubmatch(w.printed)
	if found == nil {
		w.Fatalf("no password was printed for %s: %s", login, w.printed)
	}
	return found[1]
}

// walk is one way through the program, in one language and kind of browser.
type walk struct {
	*testing.T
	*town
	lang, name string
	view       webtest.View
	phone      string // of the returnee, national
	family     string // only she is called that
	craft      string // only she can do that
	entered    map[string]*webtest.Tab
}

func (w *walk) open() *webtest.Tab {
	w.T.Helper()
	return w.browser.Tab(w.T, w.view)
}

// at opens an address in the walk's language, which the browser keeps.
func (w *walk) at(tab *webtest.Tab, path string) { tab.Open(w.url + path + "?l=" + w.lang) }

// look checks a page as every page is checked, and keeps its picture.
func (w *walk) look(tab *webtest.Tab, page string) {
	w.T.Helper()
	webtest.CheckTab(w.T, w.browser, tab)
	w.browser.Shot(tab, "journey-"+w.name+"-"+page)
}

// enter gives the tab in which an account is signed in: once a walk, as people
// do, and because tries to sign in are counted.
func (w *walk) enter(login string) *webtest.Tab {
	w.T.Helper()
	if tab, ok := w.entered[login]; ok {
		return tab
	}
	tab := w.open()
	w.at(tab, "/sign-in")
	tab.Do(fill("#f-email", login), fill("#f-password", w.password(login)), programtest.Press(`form[action="/sign-in"] .btn`), chromedp.WaitVisible("h1"))
	w.entered[login] = tab
	return tab
}

func fill(selector, text string) chromedp.Action[chromedp.Void] {
	return chromedp.SendKeys(selector, text)
}

func set(selector, value string) chromedp.Action[chromedp.Void] {
	return chromedp.SetValue(selector, value)
}

// told waits for the notice of what was just done.
func told() chromedp.Action[chromedp.Void] { return chromedp.WaitVisible(`.note.ok[role="status"]`) }

// TestTheWholeJourney is what Baara is for, on the program an operator runs
// with 20,000 people: somebody who came back registers on a phone, a counsellor
// takes her from the queue and writes a note, an employer posts a vacancy, each
// finds the other with reasons, she is proposed, agrees, is sent and hired, and
// the post is filled. With scripts and without, in French and in English.
func TestTheWholeJourney(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole journey is long: left to the full run")
	}
	w := newTown(t)
	for i, test := range []struct {
		lang   string
		script bool
	}{{"fr", true}, {"fr", false}, {"en", true}, {"en", false}} {
		name := test.lang + map[bool]string{true: "-scripts", false: "-noscript"}[test.script]
		t.Run(name, func(t *testing.T) {
			one := &walk{
				T: t, town: w, lang: test.lang, name: name, entered: map[string]*webtest.Tab{}, view: webtest.View{Width: 360, Height: 640, NoScript: !test.script},
				phone: fmt.Sprintf("7019990%d", i), family: []string{"Wulpazé", "Zekrimou", "Obitomda", "Bafiokadié"}[i], craft: []string{"zellige ajouré", "tadelakt poli", "moucharabieh tourné", "gebs sculpté"}[i],
			}
			one.register()
			vacancy := one.post()
			file := one.take()
			application := one.propose(vacancy)
			one.agree()
			one.send(application)
			one.hire()
			one.filled(vacancy, file)
		})
	}
	t.Run("the last post by the API", w.raceForTheLastPost)
}

// register fills in the public form.
func (w *walk) register() {
	w.T.Helper()
	tab := w.open()
	step := func(page string, do ...chromedp.Action[chromedp.Void]) {
		w.T.Helper()
		tab.Do(append([]chromedp.Action[chromedp.Void]{chromedp.WaitReady(`form[action="/register` + page + `"]`)}, do...)...)
		tab.Do(programtest.Submit())
	}
	w.at(tab, "/register")
	step("", chromedp.Click("#f-who"))
	step("/names", fill("#f-given", "Nana"), fill("#f-family", w.family))
	step("/phone", fill("#f-phones-0-number", w.phone), chromedp.Click("#f-phones-0-owner"), chromedp.Click("#f-channel"), fill("#f-secret", "Tonton Modibo"))
	step("/birth", chromedp.Click("#f-sex"), fill("#f-birth-date-year", "1994"))
	step("/home", chromedp.Click("#f-residence-kind"), set("#f-region", "BKO"))
	step("/around", fill("#f-residence-detail", "Lafiabougou"), chromedp.Click("#f-mobility-2"))
	step("/trades", fill("#f-own_trades", "poseuse de "+w.craft))
	tab.Do(chromedp.WaitReady(`form[action="/register/meant"], form[action="/register/skills"]`))
	if webtest.Evaluate[bool](tab, `!!document.querySelector('form[action="/register/meant"]')`) {
		step("/meant", chromedp.Click("main input[value=words]"))
	}
	step("/skills", fill("#f-own_skills", w.craft))
	step("/experience", set("#f-trades-0-months", "year3"), set("#f-trades-0-kind", "waged"))
	step("/schooling", chromedp.Click("#f-isced-2"))
	step("/languages", chromedp.Click("#f-languages"))
	step("/groups", chromedp.Click("#f-worked_abroad"))
	step("/consents", chromedp.Click("#f-consent-matching"), chromedp.Click("#f-consent-follow_up"), chromedp.Click("#f-consent-messages"))
	step("/check")
	tab.Do(chromedp.WaitVisible(".next bdi"))
	w.look(tab, "receipt")
}

// post makes a vacancy for somebody who can do the craft and gives its address.
func (w *walk) post() string {
	w.T.Helper()
	tab := w.enter("employeur1@demo.invalid")
	on := func(do ...chromedp.Action[chromedp.Void]) { w.T.Helper(); tab.Do(do...); tab.Do(programtest.Submit()) }
	tab.Open(w.url + "/employer/vacancies/new")
	on(fill("#f-title", "Poseur de "+w.craft), set("#f-posts", "1"))
	if strings.HasSuffix(webtest.Evaluate[string](tab, `location.pathname`), "/edit/occupation") {
		on(chromedp.Click(`input[name="occupation"]:last-of-type`))
	}
	on(fill("#f-own_essential", w.craft))
	on(set("#f-contract", "fixed_term"), set("#f-place", "BKO"), fill("#f-wage_min", "90000"), fill("#f-wage_max", "120000"), set("#f-wage_period", "month"))
	on()
	on(fill("#f-description", "Une école."), chromedp.Click("#f-fee_free"))
	on()
	w.look(tab, "vacancy")
	path := webtest.Evaluate[string](tab, `location.pathname`)
	return strings.TrimPrefix(path, "/employer/vacancies/")
}

// take finds her in the name register, opens her file and writes a note.
func (w *walk) take() string {
	w.T.Helper()
	tab := w.enter("conseil.bamako@demo.invalid")
	tab.Open(w.url + "/counsellor/search")
	tab.Do(fill("#f-words", w.family), programtest.Submit(), programtest.Press("main .tasks a"))
	w.look(tab, "record")
	tab.Do(programtest.Press(`form[action$="/take"] button`), told())
	file := webtest.Evaluate[string](tab, `location.pathname`)
	tab.Do(chromedp.Click("#note > summary"), fill("#f-body", "Revenue du Maroc, cherche un chantier."), programtest.Press("#note button"), told())
	w.look(tab, "file")
	return file
}

// propose opens the vacancy's ranked people, finds her first with her reason
// and proposes her. It gives the application's address.
func (w *walk) propose(vacancy string) string {
	w.T.Helper()
	tab := w.enter("conseil.bamako@demo.invalid")
	mine := `document.querySelector('.rank')?.textContent ?? ''`
	waitFor(w.T, "she is ranked first", func() bool {
		tab.Open(w.url + "/counsellor/vacancies/" + vacancy + "/matches")
		return strings.Contains(webtest.Evaluate[string](tab, mine), w.family)
	})
	if first := webtest.Evaluate[string](tab, mine); !strings.Contains(first, w.craft) {
		w.T.Errorf("the reason does not name the craft: %q", first)
	}
	w.look(tab, "matches")
	tab.Do(programtest.Press(`.rank form[action*="/propose"] button`), told())
	return webtest.Evaluate[string](tab, `new URL(document.querySelector('.rank a[href*="/counsellor/applications/"]').href).pathname`)
}

// agree signs her in by phone, with the code her phone would have shown, and
// accepts the proposal.
func (w *walk) agree() {
	w.T.Helper()
	tab := w.open()
	w.at(tab, "/sign-in")
	tab.Do(fill("#f-phone", w.phone), programtest.Press(`form[action="/sign-in/phone"] .btn`), chromedp.WaitVisible("#f-code"))
	tab.Do(fill("#f-code", w.code()), programtest.Submit())
	tab.Do(chromedp.WaitVisible("#f-secret"), fill("#f-secret", "tonton modibo"), programtest.Submit())
	w.look(tab, "her-home")
	tab.Open(w.url + "/me/vacancies")
	w.look(tab, "her-matches")
	if said := webtest.Evaluate[string](tab, `document.querySelector('.rank').textContent`); !strings.Contains(said, w.craft) {
		w.T.Errorf("her first vacancy is %q", said)
	}
	tab.Open(w.url + "/me")
	tab.Do(programtest.Press(".next a"), programtest.Press(".btns form:nth-child(1) button"), told())
	w.look(tab, "her-answer")
}

// code reads the telephone of the demonstration.
func (w *walk) code() string {
	w.T.Helper()
	tab := w.open()
	code := ""
	waitFor(w.T, "the code is there", func() bool {
		tab.Open(w.url + "/demo/messages")
		text := webtest.Evaluate[string](tab, `[...document.querySelectorAll('main li')].map(e => e.textContent.replace(/[\s\u00a0\u202f]/g, '')).find(s => s.includes('`+w.phone+`')) ?? ''`)
		found := regexp.MustCompile(`\d{6}`).FindString(strings.ReplaceAll(text, w.phone, ""))
		code = found
		return code != ""
	})
	return code
}

// send passes her on to the employer.
func (w *walk) send(application string) {
	w.T.Helper()
	tab := w.enter("conseil.bamako@demo.invalid")
	tab.Open(w.url + application)
	tab.Do(programtest.Press(`form[action$="/send"] button`), told())
	w.look(tab, "sent")
}

// hire is the employer's: her name now shows, and she is hired.
func (w *walk) hire() {
	w.T.Helper()
	tab := w.enter("employeur1@demo.invalid")
	tab.Open(w.url + "/employer")
	tab.Do(programtest.Press(fmt.Sprintf(`//main//a[contains(., %q)]`, w.family)))
	w.look(tab, "candidate")
	tab.Do(programtest.Press(`a[href$="/hire"]`))
	day := time.Now().AddDate(0, 0, 3)
	tab.Do(set("#f-starts_on", fmt.Sprint(day.Day())), set("#f-starts_on-month", fmt.Sprint(int(day.Month()))), set("#f-starts_on-year", fmt.Sprint(day.Year())), set("#f-wage", "100000"))
	tab.Do(programtest.Submit(), told())
	w.look(tab, "hired")
}

// filled sees what the counsellor sees afterwards: the post is filled and the
// file says that she is in work.
func (w *walk) filled(vacancy, file string) {
	w.T.Helper()
	tab := w.enter("conseil.bamako@demo.invalid")
	tab.Open(w.url + "/counsellor/vacancies/" + vacancy)
	state := map[string]string{"fr": "Pourvue", "en": "Filled"}[w.lang]
	if said := webtest.Evaluate[string](tab, `document.querySelector('.ident').textContent`); !strings.Contains(said, state) {
		w.T.Errorf("the vacancy says %q, want %s", said, state)
	}
	tab.Open(w.url + file)
	stage := map[string]string{"fr": "En emploi", "en": "Placed"}[w.lang]
	if said := webtest.Evaluate[string](tab, `document.querySelector('.ident').textContent`); !strings.Contains(said, stage) {
		w.T.Errorf("the file says %q, want %s", said, stage)
	}
	w.look(tab, "placed")
}
