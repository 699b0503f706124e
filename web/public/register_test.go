package public_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// visitor is somebody filling in the form in a tab.
type visitor struct {
	t       *testing.T
	w       *programtest.Program
	browser *webtest.Browser
	tab     *webtest.Tab
	shots   string // beginning of the pictures' names, "" for none
}

// on waits for a page of the form, looks at it, and does what is asked there.
func (v visitor) on(page string, steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	v.tab.Do(chromedp.WaitReady(`form[action="` + page + `"]`))
	webtest.CheckTab(v.t, v.browser, v.tab)
	v.tab.Do(steps...)
	v.shot(page)
	v.submit()
}

func (v visitor) submit() {
	v.t.Helper()
	v.tab.Do(programtest.Submit())
}

func (v visitor) shot(page string) {
	v.t.Helper()
	if v.shots != "" {
		v.browser.Shot(v.tab, v.shots+pictureName(page))
	}
}

func pictureName(page string) string {
	out := []rune{}
	for _, r := range page {
		if r == '/' {
			r = '-'
		}
		out = append(out, r)
	}
	return string(out)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func click(selector string) chromedp.Action[chromedp.Void] { return chromedp.Click(selector) }

func fill(selector, text string) chromedp.Action[chromedp.Void] {
	return chromedp.SendKeys(selector, text)
}

func choose(selector, value string) chromedp.Action[chromedp.Void] {
	return chromedp.SetValue(selector, value)
}

// register fills in the whole form as far as the page to check.
func (v visitor) register(phone string) {
	v.t.Helper()
	v.tab.Open(v.w.URL + "/register")
	v.on("/register", click("#f-who"))
	v.on("/register/names", fill("#f-given", "Awa"), fill("#f-family", "Coulibaly"))
	v.on("/register/phone", fill("#f-phones-0-number", phone), click("#f-phones-0-owner"), click("#f-channel"), fill("#f-secret", "Tonton Modibo"))
	v.on("/register/birth", click("#f-sex"), fill("#f-birth-date-year", "1998"))
	v.on("/register/home", click("#f-residence-kind"), choose("#f-region", "SEG"))
	v.on("/register/around", fill("#f-residence-detail", "Pelengana"), click("#f-mobility-2"))
	v.on("/register/trades", click(`label[for="f-trades"]`), fill("#f-own_trades", "poseuse de zelliges"))
	v.tab.Do(chromedp.WaitReady(`form[action="/register/meant"], form[action="/register/skills"]`))
	if webtest.Evaluate[bool](v.tab, `!!document.querySelector('form[action="/register/meant"]')`) {
		v.on("/register/meant", click("main input[value=words]"))
	}
	v.on("/register/skills", click(`label[for="f-skills"]`), fill("#f-own_skills", "réparer une pompe"))
	v.on("/register/experience", choose("#f-trades-0-months", "year3"), choose("#f-trades-0-kind", "waged"), choose("#f-trades-1-months", "never"))
	v.on("/register/schooling", click("#f-isced-2"), click("#f-educations"))
	v.on("/register/languages", click("#f-languages"), click("#f-licences-2"))
	v.on("/register/groups", click("#f-worked_abroad"))
	v.on("/register/consents", click("#f-consent-matching"), click("#f-consent-follow_up"), click("#f-consent-messages-1"))
	v.tab.Do(chromedp.WaitReady(`form[action="/register/check"]`))
	webtest.CheckTab(v.t, v.browser, v.tab)
	v.shot("/register/check")
}

func TestRegistration(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	for name, test := range map[string]struct {
		view  webtest.View
		phone string
	}{
		"scripts":  {webtest.Phone(), "70 00 00 01"},
		"noscript": {webtest.View{Width: 360, Height: 640, NoScript: true}, "70 00 00 02"},
		"desktop":  {webtest.Desktop(), "70 00 00 03"},
	} {
		t.Run(name, func(t *testing.T) {
			v := visitor{t, w, browser, browser.Tab(t, test.view), "register-" + name}
			v.register(test.phone)
			v.submit()
			v.tab.Do(chromedp.WaitVisible(".next"))
			webtest.CheckTab(t, browser, v.tab)
			v.shot("/register/done")
			reference := webtest.Evaluate[string](v.tab, `document.querySelector('.next bdi').textContent`)
			var id domain.ID
			var place, state string
			var skills, consents, months int
			err := w.SQL.QueryRowContext(t.Context(), `SELECT p.id, p.residence_place, r.state,
				(SELECT count(*) FROM person_skills WHERE person_id = p.id),
				(SELECT count(*) FROM consents WHERE person_id = p.id AND withdrawn_at IS NULL),
				(SELECT months FROM experiences WHERE person_id = p.id)
				FROM persons p JOIN registrations r ON r.person_id = p.id WHERE p.reference = $1`, reference).
				Scan(&id, &place, &state, &skills, &consents, &months)
			must(t, err)
			want := "intake"
			if test.view.NoScript {
				want = "quarantine"
			}
			given := ""
			must(t, w.DB.View(t.Context(), domain.System(), func(tx domain.Tx) error {
				p, err := w.DB.Persons().Get(t.Context(), tx, id)
				given = p.Given
				return err
			}))
			if given != "Awa" || place != "SEG" || state != want || skills != 2 || consents != 2 || months != 42 {
				t.Errorf("%s %s %s: %d skills, %d consents, %d months", given, place, state, skills, consents, months)
			}
		})
	}
}
