package offers_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web/webtest"
)

// body reads a page as somebody signed in.
func (d desk) body(path string, cookies []*http.Cookie) (int, string) {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), http.MethodGet, d.URL+path, nil)
	must(d.t, err)
	return d.sendRequest(request, cookies)
}

// posts sends a form as somebody signed in, whatever buttons the pages show.
func (d desk) posts(path string, values url.Values, cookies []*http.Cookie) (int, string) {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.URL+path, strings.NewReader(values.Encode()))
	must(d.t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.sendRequest(request, cookies)
}

func (d desk) sendRequest(request *http.Request, cookies []*http.Cookie) (int, string) {
	d.t.Helper()
	for _, c := range cookies {
		request.AddCookie(c)
	}
	answer, err := webtest.Follow(http.DefaultTransport.RoundTrip, request)
	must(d.t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(d.t, err)
	return answer.StatusCode, string(body)
}

func TestPeopleOfOtherAgenciesAreCards(t *testing.T) {
	d := open(t)
	kayes := d.elsewhere()
	other := d.jobseeker("+22370009922", canary, canary, kayes)
	v := d.vacancy("Maçon", 2)
	d.matched(v, 1)
	one := "/counsellor/vacancies/" + string(v.ID)
	status, body := d.body(one+"/matches", d.cookies)
	if status != http.StatusOK || !strings.Contains(body, "Agence de Kayes") || !strings.Contains(body, `href="tel:+22321520000"`) {
		t.Fatalf("%d, nobody says whom to ask", status)
	}
	for _, hidden := range []string{canary, "70009922", other.Reference, string(other.ID), "/propose", "1998"} {
		if strings.Contains(body, hidden) {
			t.Errorf("the card holds %q", hidden)
		}
	}
	// Proposing somebody one may not read is refused like somebody who does not exist.
	unknown := url.Values{"person": {string(d.IDs.New())}, "_token": {"0123456789abcdef01"}}
	hidden := url.Values{"person": {string(other.ID)}, "_token": {"0123456789abcdef02"}}
	none, _ := d.posts(one+"/propose", unknown, d.cookies)
	refused, said := d.posts(one+"/propose", hidden, d.cookies)
	if refused != none || refused != http.StatusNotFound || strings.Contains(said, canary) {
		t.Errorf("proposing answers %d for a card and %d for nobody", refused, none)
	}
	// What Kayes does with its own people stays there.
	theirs := d.staff("Mme Diabaté", kayes)
	a, err := d.Applications.Propose(t.Context(), theirs.Actor(), placement.Begin{PersonID: other.ID, VacancyID: v.ID})
	must(t, err)
	for path, want := range map[string]int{
		one + "/applications": http.StatusOK, one + "/matches": http.StatusOK, one + "/close": http.StatusOK, "/counsellor/applications": http.StatusOK,
		"/counsellor/applications/" + string(a.ID): http.StatusNotFound, "/counsellor/applications/" + string(a.ID) + "/hire": http.StatusNotFound,
	} {
		if status, body := d.body(path, d.cookies); status != want || strings.Contains(body, canary) {
			t.Errorf("%s: %d, want %d; shows the name: %v", path, status, want, strings.Contains(body, canary))
		}
	}
	if status, body := d.body(one+"/matches", d.signIn(theirs)); status != http.StatusOK || !strings.Contains(body, canary) {
		t.Errorf("her own agency does not see her name: %d", status)
	}
}

func TestAnotherAgencysVacancyIsReadNotChanged(t *testing.T) {
	d := open(t)
	v := d.vacancy("Maçon", 1)
	theirs := d.signIn(d.staff("Mme Diabaté", d.elsewhere()))
	tab := d.tab(webtest.Phone(), theirs)
	tab.Open(d.URL + "/counsellor/vacancies/" + string(v.ID))
	if acts := webtest.Evaluate[int](tab, `document.querySelectorAll('main form, #acts button, #acts a:not([href$="/complaint"]), .chg').length`); acts != 0 {
		t.Errorf("%d ways to change it", acts)
	}
	if said := words(tab, ".hint"); !strings.Contains(said, d.Agency.Name) {
		t.Errorf("nobody says whose it is: %q", said)
	}
	for _, path := range []string{"/edit", "/withdraw", "/posts"} {
		if status, _ := d.body("/counsellor/vacancies/"+string(v.ID)+path, theirs); status != http.StatusForbidden {
			t.Errorf("%s answers %d", path, status)
		}
	}
	status, _ := d.posts("/counsellor/vacancies/"+string(v.ID)+"/withdraw", url.Values{"_token": {"0123456789abcdef01"}}, theirs)
	if now := d.now(v); status != http.StatusForbidden || !now.Public() {
		t.Errorf("withdrawing answers %d, the vacancy is %s", status, now.State)
	}
}

func TestOnlyTheDeskOpensThesePages(t *testing.T) {
	d := open(t)
	d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID)
	awa := d.SignedIn(t, "+22370000021")
	for _, path := range []string{"/counsellor/vacancies", "/counsellor/vacancies/new", "/counsellor/applications", "/counsellor/placements", "/counsellor/employers"} {
		if status, _ := d.body(path, awa); status != http.StatusNotFound {
			t.Errorf("%s answers %d to a jobseeker", path, status)
		}
		if status, _ := d.body(path, nil); status != http.StatusSeeOther {
			t.Errorf("%s answers %d to a visitor", path, status)
		}
	}
	lead := d.user
	lead.Role = domain.RoleLead
	if !d.Policy.Allows(lead.Actor(), "vacancy.publish", d.now(d.vacancy("Maçon", 1)).Facts()) {
		t.Error("a lead may not publish")
	}
}

func TestProposingTwiceIsOneProposal(t *testing.T) {
	d := open(t)
	awa := d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID)
	v := d.vacancy("Maçon", 1)
	d.matched(v, 1)
	same := url.Values{"person": {string(awa.ID)}, "_token": {"0123456789abcdef01"}}
	for range 2 {
		if status, _ := d.posts("/counsellor/vacancies/"+string(v.ID)+"/propose", same, d.cookies); status != http.StatusSeeOther {
			t.Errorf("answers %d", status)
		}
	}
	if d.live(awa, v).State != placement.Proposed {
		t.Error("not proposed")
	}
	same.Set("_token", "0123456789abcdef02")
	if status, body := d.posts("/counsellor/vacancies/"+string(v.ID)+"/propose", same, d.cookies); status != http.StatusConflict || !strings.Contains(body, "déjà candidate") {
		t.Errorf("another proposal answers %d", status)
	}
}
