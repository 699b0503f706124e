package counsellor_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
)

// asked sends a request with cookies and follows nothing.
func (d desk) asked(t *testing.T, method, address string, values url.Values, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, d.URL+address, strings.NewReader(values.Encode()))
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	for _, c := range d.cookies {
		r.AddCookie(c)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer, string(body)
}

// mistaken sends a form with mistakes and gives where its answer waits.
func (d desk) mistaken(t *testing.T, path string, pairs ...string) string {
	t.Helper()
	answer, body := d.asked(t, http.MethodPost, path, filled(d, pairs...))
	at := answer.Header.Get("Location")
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, path+"?again=") || body != "" {
		t.Fatalf("a form with mistakes is answered %d, leads to %q and says %.200s", answer.StatusCode, at, body)
	}
	return at
}

func (d desk) keptRows(t *testing.T) (n int) {
	t.Helper()
	must(t, d.SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM kept_pages`).Scan(&n))
	return n
}

const word = "Brandimarque"

func tooLong() string { return word + " " + strings.Repeat("x", casework.MaxNote) }

// What was typed is shown again to the browser that sent it, and to nobody else;
// signing out, a quarter of an hour and the corrected form each end it.
func TestMistakesWaitForTheirBrowserAlone(t *testing.T) {
	w := open(t)
	notes := "/counsellor/cases/" + string(w.file(t, w.Jobseeker(t, phone, mason, person.ForMatching)).ID) + "/notes"
	at := w.mistaken(t, notes, "body", tooLong(), "visibility", "file", "contact", "call")
	for range 2 { // and again when it is read again
		answer, body := w.asked(t, http.MethodGet, at, nil)
		if answer.StatusCode != http.StatusUnprocessableEntity || answer.Header.Get("Cache-Control") != "no-store" || !strings.Contains(body, word) || !strings.Contains(body, "error-summary") {
			t.Fatalf("the answer: %d %s", answer.StatusCode, answer.Header.Get("Cache-Control"))
		}
	}
	if answer, body := w.asked(t, http.MethodGet, at+"&l=ar", nil); answer.Header.Get("Content-Language") != "fr" || !strings.Contains(body, word) {
		t.Errorf("in another language: %s", answer.Header.Get("Content-Language"))
	}
	colleague, again, stranger := signIn(t, w.Program, w.Counsellor(t)), signIn(t, w.Program, w.Me), desk{Program: w.Program}
	for name, other := range map[string]desk{"a colleague": colleague, "the same account elsewhere": again, "nobody": stranger} {
		if answer, body := other.asked(t, http.MethodGet, at, nil); strings.Contains(body, word) || answer.StatusCode != http.StatusNotFound && answer.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: %d %.200s", name, answer.StatusCode, body)
		}
	}
	for name, wrong := range map[string]string{"another form": strings.Replace(at, "/notes", "/goals", 1), "another key": at[:len(at)-1] + "_"} {
		if answer, body := w.asked(t, http.MethodGet, wrong, nil); strings.Contains(body, word) || answer.StatusCode != http.StatusNotFound || !strings.Contains(body, "quart d’heure") {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
	var sealed []byte
	must(t, w.SQL.QueryRowContext(t.Context(), `SELECT sealed FROM kept_pages`).Scan(&sealed))
	if strings.Contains(string(sealed), word) || len(sealed) > 32<<10 {
		t.Errorf("%d bytes are kept", len(sealed))
	}
	// The corrected form, sent from the page with the mistakes, does away with it.
	answer, _ := w.asked(t, http.MethodPost, notes, filled(w, "body", "Court.", "visibility", "file", "contact", "call"), "Referer", w.URL+at)
	if answer.StatusCode != http.StatusSeeOther || w.keptRows(t) != 0 {
		t.Errorf("corrected: %d, %d answers kept", answer.StatusCode, w.keptRows(t))
	}
	// A quarter of an hour.
	at = w.mistaken(t, notes, "body", tooLong(), "visibility", "file", "contact", "call")
	_, err := w.SQL.ExecContext(t.Context(), `UPDATE kept_pages SET expires_at = expires_at - interval '15 minutes'`)
	must(t, err)
	if answer, body := w.asked(t, http.MethodGet, at, nil); answer.StatusCode != http.StatusNotFound || !strings.Contains(body, "quart d’heure") {
		t.Errorf("after a quarter of an hour: %d", answer.StatusCode)
	}
	find := w.mistaken(t, "/counsellor/search", "words", "")
	_, err = w.SQL.ExecContext(t.Context(), `UPDATE kept_pages SET expires_at = expires_at - interval '15 minutes'`)
	must(t, err)
	if answer, _ := w.asked(t, http.MethodGet, find, nil); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/counsellor/search" {
		t.Errorf("where there is a page to read, it leads to %q", answer.Header.Get("Location"))
	}
	if gone, err := w.DB.PruneRequests(t.Context(), w.Clock.Now()); err != nil || gone < 2 || w.keptRows(t) != 0 {
		t.Errorf("pruning: %d %v, %d left", gone, err, w.keptRows(t))
	}
	// Signing out.
	at = w.mistaken(t, notes, "body", tooLong(), "visibility", "file", "contact", "call")
	w.asked(t, http.MethodPost, "/sign-out", filled(w))
	if n := w.keptRows(t); n != 0 {
		t.Errorf("signed out: %d answers kept", n)
	}
	if _, body := w.asked(t, http.MethodGet, at, nil); strings.Contains(body, word) {
		t.Error("signed out, it is still shown")
	}
}

// A page that names somebody on the ground of a consent names her no more when
// she took it back; the rest of what waits is not touched.
func TestMistakesForgetWhoTookConsentBack(t *testing.T) {
	w := open(t)
	who := w.Jobseeker(t, phone, mason, person.ForMatching)
	notes := "/counsellor/cases/" + string(w.file(t, who).ID) + "/notes"
	at := w.mistaken(t, notes, "body", tooLong(), "visibility", "file", "contact", "call")
	elsewhere := w.mistaken(t, "/counsellor/register", "family", word)
	must(t, w.Consents.Withdraw(t.Context(), w.Me.Actor(), person.WithdrawConsent{PersonID: who.ID, Purpose: person.ForMatching, Mode: person.ByWriting}))
	if answer, body := w.asked(t, http.MethodGet, at, nil); answer.StatusCode != http.StatusNotFound || strings.Contains(body, word) {
		t.Errorf("after the withdrawal: %d", answer.StatusCode)
	}
	if answer, body := w.asked(t, http.MethodGet, elsewhere, nil); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, word) {
		t.Errorf("a form about somebody else: %d", answer.StatusCode)
	}
}

// Mistakes cannot fill the disk, and forms work where nothing can be kept. What
// is shown once is never kept.
func TestMistakesAreBounded(t *testing.T) {
	w := open(t)
	for range 11 {
		w.mistaken(t, "/counsellor/search", "words", "")
	}
	if n := w.keptRows(t); n != 8 {
		t.Errorf("%d answers are kept for one browser, want 8", n)
	}
	store, now := w.DB.KeptPages(), w.Clock.Now()
	page := func(key, owner string) error {
		return store.Keep(t.Context(), identity.KeptPage{KeyHash: key, Owner: owner, Place: "p", Sealed: []byte{1}, ExpiresAt: now.Add(time.Minute)}, identity.KeptBounds{Each: 2, Visitors: 3}, now)
	}
	for _, key := range []string{"a", "b", "c"} {
		must(t, page(key, "visitor "+key))
	}
	if err := page("d", "visitor d"); err == nil {
		t.Error("visitors keep more than all of them may")
	}
	before := w.keptRows(t)
	token, body := w.asked(t, http.MethodPost, "/account/tokens", filled(w, "name", "Essai", "days", "7", "recipient", "ONEF", "scopes", "vacancy.read"))
	if token.StatusCode != http.StatusOK || !strings.Contains(body, `class="secret"`) || w.keptRows(t) != before {
		t.Errorf("a token is shown by %d, and %d answers are kept", token.StatusCode, w.keptRows(t)-before)
	}
	// A browser without cookies, and a database that takes nothing, are answered at once.
	if answer, body := (desk{Program: w.Program}).asked(t, http.MethodPost, "/resume", filled(w, "phone", "")); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "error-summary") {
		t.Errorf("without cookies: %d", answer.StatusCode)
	}
	_, err := w.SQL.ExecContext(t.Context(), `REVOKE INSERT ON kept_pages FROM baara_system`)
	must(t, err)
	if answer, body := w.asked(t, http.MethodPost, "/counsellor/register", filled(w, "family", word)); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, word) {
		t.Errorf("with a full database: %d", answer.StatusCode)
	}
}
