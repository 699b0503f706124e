package counsellor_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// A computer that several people use keeps nothing of who was looked up on it:
// a counsellor signs in, reads, writes and registers, signs out and closes the
// browser; somebody begins to register; the next one searches every file of the
// profile. Addresses hold identifiers and titles a reference, which lead nobody
// anywhere who has no account.
func TestNothingOfAPersonStaysInTheBrowser(t *testing.T) {
	w := open(t)
	who := w.Jobseeker(t, "+22370009117", func(p *person.Person) {
		p.Given, p.Family, p.Residence.Detail = "Zawadika", "Quintessari", "Village Vestibulon"
	}, person.ForMatching)
	file := w.file(t, who)
	_, err := w.Files.WriteNote(t.Context(), w.Me.Actor(), casework.WriteNote{CaseID: file.ID, Visibility: casework.VisibleFile, Contact: "call", Body: "Parle de Maribundo"})
	must(t, err)

	folder := t.TempDir()
	browser := webtest.OpenProfile(t, folder)
	tab := w.StaffTab(t, browser, w.Me, webtest.Desktop())
	tab.Open(w.URL + "/counsellor/search")
	tab.Do(chromedp.SendKeys("#f-words", "Quintesari Zawadique"), programtest.Submit(), chromedp.WaitVisible("main .tasks a")) // not as it is written
	answer := webtest.Evaluate[string](tab, `location.href`)
	tab.Do(chromedp.Reload(), programtest.Press("main .tasks a"), chromedp.NavigateBack(), chromedp.WaitVisible("main .tasks a"))
	if typed := webtest.Evaluate[string](tab, `document.querySelector("#f-words").value`); typed != "Quintesari Zawadique" {
		t.Errorf("going back from a record shows a search for %q", typed)
	}
	tab.Open(w.URL + "/counsellor/cases/" + string(file.ID))
	tab.Do(chromedp.Click("#note > summary"), chromedp.SendKeys("#f-body", "Ecrit par Torvalik"), programtest.Press("#note button"), chromedp.WaitVisible(`.note.ok[role="status"]`))
	// A note that is too long, a number that is none, a newcomer without a name: each is shown again with what was typed.
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-body").value = "Parle de Brandimarque. " + "x".repeat(20000)`), chromedp.Click("#note > summary"), programtest.Press("#note button"))
	failed(t, tab, "#f-body", "Parle de Brandimarque")
	tab.Open(w.URL + "/counsellor/people/" + string(who.ID) + "/edit/contact")
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-phones-1-number").value = "70 00 91"; document.querySelector("#f-phones-1-helper_name").value = "Gontranissime"`), programtest.Submit())
	failed(t, tab, "#f-phones-1-helper_name", "Gontranissime")
	tab.Open(w.URL + "/counsellor/register")
	tab.Do(chromedp.SendKeys("#f-family", "Fandorelle"), chromedp.SendKeys("#f-phones-0-number", "70 00 91 9"), programtest.Press("main form > .btns button"))
	failed(t, tab, "#f-family", "Fandorelle")
	mistaken := webtest.Evaluate[string](tab, `location.href`)
	tab.Open(w.URL + "/counsellor/register")
	tab.Do(
		chromedp.SendKeys("#f-given", "Mirabolus"), chromedp.SendKeys("#f-family", "Fandorine"), chromedp.Click(`input[name="sex"][value="female"]`),
		chromedp.SendKeys("#f-birth-date-year, [name='birth.date-year']", "1998"), chromedp.SendKeys("#f-phones-0-number", "70009118"),
		chromedp.SetAttributeValue(`#f-residence-place option[value="BKO"]`, "selected", "selected"),
		chromedp.Click(`input[name="agency"][value="here"]`), programtest.Press("main form > .btns button"),
	)
	if said := programtest.Text(tab, "main"); !bytes.Contains([]byte(said), []byte("Fandorine")) {
		t.Fatalf("nobody was registered: %.300s", said)
	}
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector('form[action="/sign-out"]').submit()`), chromedp.WaitReady("body"))
	tab.Open(answer)
	if said := programtest.Text(tab, "body"); strings.Contains(said, "Quintes") {
		t.Errorf("signed out, the address of a search still says %.300s", said)
	}
	tab.Open(mistaken)
	if said := programtest.Text(tab, "body"); strings.Contains(said, "Fandorelle") {
		t.Errorf("signed out, the address of a form with mistakes still says %.300s", said)
	}
	tab.Open(w.URL + "/register")
	tab.Do(chromedp.Click("#f-who"), programtest.Submit())
	tab.Do(chromedp.SendKeys("#f-given", "Yolandique"), chromedp.SendKeys("#f-family", "Bertuzzi"), programtest.Submit())
	tab.Do(chromedp.SendKeys("#f-phones-0-number", "70 00 91 8"), chromedp.SendKeys("#f-secret", "Tonton Karimbo"), programtest.Submit())
	failed(t, tab, "#f-secret", "Tonton Karimbo")
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-phones-0-number").value = "70009119"`), chromedp.Click("#f-phones-0-owner"), chromedp.Click("#f-channel"), programtest.Submit())
	tab.Open(w.URL + "/sign-in")
	browser.Close(t)

	if len(found(t, folder, "/sign-in")) == 0 {
		t.Fatal("the profile does not even hold the address of a page: nothing was searched")
	}
	for _, word := range []string{"Zawadika", "Quintessari", "Vestibulon", "Quintesari", "Zawadique", "Maribundo", "Torvalik", "Mirabolus", "Fandorine", "Brandimarque", "Gontranissime", "Fandorelle", "70 00 91 8", "70009117", "70009118", "70 00 91 17", "Yolandique", "Bertuzzi", "70009119", "Karimbo"} {
		for _, path := range found(t, folder, word) {
			t.Errorf("%s holds %s", path, word)
		}
	}
}

// failed wants the tab to show a form with mistakes, and what was typed in a field of it.
func failed(t *testing.T, tab *webtest.Tab, field, typed string) {
	t.Helper()
	tab.Do(chromedp.WaitVisible("#error-summary"))
	if now := webtest.Evaluate[string](tab, `document.querySelector('`+field+`').value`); !strings.HasPrefix(now, typed) {
		t.Errorf("%s became %.100q", field, now)
	}
	if !strings.Contains(webtest.Evaluate[string](tab, `location.search`), "again=") {
		t.Errorf("%s: a page answers the form itself", field)
	}
}

// found gives the files of a folder that hold a word, as UTF-8 or as UTF-16.
func found(t *testing.T, folder, word string) (paths []string) {
	t.Helper()
	var wide []byte
	for _, unit := range utf16.Encode([]rune(word)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte(word)) || bytes.Contains(text, wide) {
			inside, _ := filepath.Rel(folder, path)
			paths = append(paths, inside)
		}
		return err
	}))
	return paths
}
