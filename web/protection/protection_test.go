package protection_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// canary is somebody's name, which no page of the officer's may show.
const canary = "Zoumanacanari"

// office is the program with an officer signed in and somebody's file read
// and refused.
type office struct {
	*programtest.Program
	officer identity.User
	cookies []*http.Cookie
	person  person.Person
}

func start(t *testing.T) office {
	t.Helper()
	o := office{Program: programtest.Start(t)}
	o.officer = o.StaffAt(t, domain.RoleDataProtection, "", "Mme Sidibé")
	o.cookies = o.Enter(t, o.officer.Email, programtest.Password)
	o.person = o.Jobseeker(t, "+22370000071", func(p *person.Person) { p.Identity.Given = canary })
	other, err := o.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{Code: "KAY-1", Name: "Agence de Kayes", PlaceCode: "KAY"})
	must(t, err)
	binta := o.StaffAt(t, domain.RoleCounsellor, other.ID, "=cmd|' /C calc'!A0")
	if _, err := o.Jobseekers.Get(t.Context(), binta.Actor(), o.person.ID); domain.KindOf(err) != domain.KindNotFound {
		t.Fatalf("another agency reads the record: %v", err)
	}
	_, err = o.Jobseekers.Get(t.Context(), o.Counsellor(t).Actor(), o.person.ID)
	must(t, err)
	return o
}

// One program for all that needs no browser.
func TestOfficer(t *testing.T) {
	o := start(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, office)
	}{
		{"only officers come in", onlyOfficersComeIn},
		{"every act has words", actsHaveWords},
		{"what nobody is called is told", whatNobodyIsCalledIsTold},
		{"the file bears its number", theFileBearsItsNumber},
		{"an export asks again who one is", anExportAsksAgainWhoOneIs},
		{"checking on the page", checkingOnThePage},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, o) })
	}
}

func TestPages(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	page, err := o.Trail.List(t.Context(), o.officer.Actor(), audit.Filter{About: o.person.Reference}, domain.Cursor{Limit: 1})
	must(t, err)
	one := page.Items[0]
	_, err = o.Trail.Anchor(t.Context(), domain.System())
	must(t, err)
	data := o.Data(t, "Mme Sidibé", "M. Traoré", "=cmd|' /C calc'!A0", o.person.Reference, "Agence de Kayes", "baara audit verify", "baara audit anchor --to …",
		string(o.person.ID), string(one.ActorID), one.RequestID, one.Action)
	for path, name := range map[string]string{
		"/protection": "home", "/protection/trail?decision=refused&who=traor%C3%A9": "trail-narrowed",
		"/protection/checks": "checks", "/protection/exports": "exports-none",
		"/protection/export?decision=refused": "export", "/protection/transfers": "transfers", entryPath(one): "entry",
	} {
		webtest.CheckPage(t, browser, o.URL+path, webtest.Options{
			Name: "protection-" + name, Cookies: o.cookies, Budget: webtest.Staff(), Data: data,
		})
		if _, body := o.Status(t, path, o.cookies); strings.Contains(body, canary) {
			t.Errorf("%s shows somebody's name", path)
		}
	}
	if answer, body := o.post(t, "/protection/export", url.Values{"decision": {"refused"}, "recipient": {"Direction nationale"}}); answer.StatusCode != http.StatusOK {
		t.Fatalf("no file: %d %s", answer.StatusCode, body)
	}
	var number string
	must(t, o.SQL.QueryRowContext(t.Context(), `SELECT reference FROM exports`).Scan(&number))
	webtest.CheckPage(t, browser, o.URL+"/protection/exports", webtest.Options{
		Name: "protection-exports", Cookies: o.cookies, Budget: webtest.Staff(), Data: append(data, number, "Direction nationale"),
	})
	if _, body := o.Status(t, "/protection/exports", o.cookies); !strings.Contains(body, number) {
		t.Error("the list of what left has no row: none was looked at")
	}
}

// A name nobody has, a day that is none: the page says so beside the field and lists nothing.
func whatNobodyIsCalledIsTold(t *testing.T, o office) {
	for path, word := range map[string]string{
		"?who=personne": "Personne ne porte ce nom", "?about=ML-1999-00001": "Aucune fiche ne porte cette référence", "?from=demain": "error-summary",
		"?action=x": "error-summary", "?role=king": "error-summary",
	} {
		status, body := o.Status(t, "/protection/trail"+path, o.cookies)
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, word) || strings.Contains(body, "/protection/trail/1/") {
			t.Errorf("%s: %d", path, status)
		}
	}
	for _, path := range []string{"/protection/trail/1/99999999", "/protection/trail/0/1", "/protection/trail/99999/1", "/protection/trail/x/1", "/protection/trail/1/-1"} {
		if status, _ := o.Status(t, path, o.cookies); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func entryPath(e audit.Entry) string { return fmt.Sprintf("/protection/trail/%d/%d", e.Chain, e.Seq) }

// post sends a form as the browser of the session does and gives the answer.
func (o office) post(t *testing.T, path string, values url.Values) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.URL+path, strings.NewReader(values.Encode()))
	must(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range o.cookies {
		request.AddCookie(c)
	}
	answer, err := webtest.Follow(http.DefaultTransport.RoundTrip, request)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer, string(body)
}

func theFileBearsItsNumber(t *testing.T, o office) {
	sent := url.Values{"about": {o.person.Reference}, "decision": {"refused"}, "recipient": {"ONEF"}}
	answer, body := o.post(t, "/protection/export", sent)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment;") {
		t.Fatalf("%d %v %s", answer.StatusCode, answer.Header, body)
	}
	if strings.Contains(body, canary) {
		t.Error("the file holds a jobseeker's name")
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
	r.Comma, r.FieldsPerRecord = ';', -1
	rows, err := r.ReadAll()
	must(t, err)
	number := regexp.MustCompile(`EXP-20\d\d-\d{5}`).FindString(rows[0][0])
	if number == "" || !strings.Contains(rows[0][0], "Mme Sidibé") || len(rows) != 3 || rows[2][0] != number {
		t.Fatalf("the file begins with %q and has %d rows", rows[0], len(rows))
	}
	for column, want := range map[string]string{
		"Acte": "person.read", "Réponse": "refused", "Référence de la personne": o.person.Reference, "Nom": "'=cmd|' /C calc'!A0",
	} {
		for i, head := range rows[1] {
			if head == column && rows[2][i] != want {
				t.Errorf("%s is %q, want %q", column, rows[2][i], want)
			}
		}
	}
	if _, body := o.Status(t, "/protection/exports", o.cookies); !strings.Contains(body, number) {
		t.Error("the export is not listed")
	}
}

// A session whose holder said long ago who they are is asked again, for the
// form and for the file.
func anExportAsksAgainWhoOneIs(t *testing.T, o office) {
	before := exports(t, o)
	o.Lapse(t, o.officer)
	if status, _ := o.Status(t, "/protection/export", o.cookies); status != http.StatusSeeOther {
		t.Errorf("the form: %d, want to be asked first", status)
	}
	answer, _ := o.post(t, "/protection/export", url.Values{})
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(answer.Header.Get("Location"), "/account/security/confirm") {
		t.Errorf("the file: %d %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	if now := exports(t, o); now != before {
		t.Errorf("%d exports noted", now-before)
	}
}

func exports(t *testing.T, o office) (n int) {
	t.Helper()
	must(t, o.SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM exports`).Scan(&n))
	return n
}

// Every act the policy knows has words, in the order officers look for them.
func actsHaveWords(t *testing.T, o office) {
	catalogue, err := lang.Load()
	must(t, err)
	l := catalogue.For(lang.French)
	for _, row := range o.Policy.Rows() {
		if key := "protection.act." + string(row.Action); !l.Has(key) {
			t.Errorf("no words for %s: give %s", row.Action, key)
		}
		if key := "protection.noun." + row.Action.Noun(); !l.Has(key) && row.Action.Noun() != access.ColleagueRead.Noun() {
			t.Errorf("no words for what %s is about: give %s", row.Action, key)
		}
	}
}

func onlyOfficersComeIn(t *testing.T, o office) {
	for _, role := range []domain.Role{domain.RoleCounsellor, domain.RoleLead, domain.RoleAnalyst, domain.RoleAdministrator} {
		cookies := o.Enter(t, o.Staff(t, role).Email, programtest.Password)
		for _, path := range []string{"/protection", "/protection/trail", "/protection/trail/1/1", "/protection/checks", "/protection/exports", "/protection/export"} {
			if status, _ := o.Status(t, path, cookies); status != http.StatusNotFound {
				t.Errorf("%s opens %s: %d", role, path, status)
			}
		}
	}
}

// Checking on the page reads the trail, finds tampering, and says so.
func checkingOnThePage(t *testing.T, o office) {
	answer, _ := o.post(t, "/protection/checks", url.Values{"_token": {"0123456789abcdef"}})
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", answer.StatusCode)
	}
	if _, body := o.Status(t, "/protection", o.cookies); !strings.Contains(body, "Le journal est intact") && !strings.Contains(body, "notée nulle part") {
		t.Error("the page does not say what was found")
	}
	_, err := o.SQL.ExecContext(t.Context(), `UPDATE audit_entries SET allowed = NOT allowed WHERE (chain, seq) = (SELECT chain, seq FROM audit_entries LIMIT 1)`)
	must(t, err)
	o.post(t, "/protection/checks", url.Values{"_token": {"0123456789abcdef"}})
	if _, body := o.Status(t, "/protection", o.cookies); !strings.Contains(body, "Le journal n’est pas intact") {
		t.Error("tampering is not told")
	}
}
