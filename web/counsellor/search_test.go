package counsellor_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// searched types words into the name register and gives the address of the answer.
func (d desk) searched(t *testing.T, words string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL+"/counsellor/search", strings.NewReader(filled(d, "words", words).Encode()))
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range d.cookies {
		r.AddCookie(c)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	where := answer.Header.Get("Location")
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(where, "/counsellor/search?q=") {
		t.Fatalf("a search answers %d and leads to %q: %.200s", answer.StatusCode, where, body)
	}
	return where
}

// search types words into the name register and reads the answer.
func (d desk) search(t *testing.T, words string) (int, string) {
	t.Helper()
	return d.get(t, d.searched(t, words))
}

func TestASearchStaysOutOfAddresses(t *testing.T) {
	w := open(t)
	who := w.Jobseeker(t, "+22370009131", func(p *person.Person) { p.Given, p.Family = "Zawadika", "Quintessari" })
	where := w.searched(t, "Quintesari")
	if unescaped, err := url.QueryUnescape(where); err != nil || strings.Contains(strings.ToLower(unescaped), "quint") {
		t.Errorf("the address of the answer is %s (%v)", where, err)
	}
	for range 2 { // loaded again it says the same
		status, body := w.get(t, where)
		if status != http.StatusOK || !strings.Contains(body, who.Reference) || !strings.Contains(body, `value="Quintesari"`) {
			t.Fatalf("the answer is %d, with the person: %v", status, strings.Contains(body, who.Reference))
		}
	}
	const over = "Écrivez-la de nouveau"
	again := signIn(t, w.Program, w.Me) // the same account on another device
	colleague := signIn(t, w.Program, w.StaffAt(t, domain.RoleCounsellor, w.Agency.ID, "Moussa Diarra"))
	for name, c := range map[string]struct {
		desk desk
		path string
	}{
		"another session": {again, where}, "somebody else": {colleague, where}, "changed": {w, where[:len(where)-3] + "AAA"}, "nothing of ours": {w, "/counsellor/search?q=Quintesari"},
	} {
		status, body := c.desk.get(t, c.path)
		if status != http.StatusOK || !strings.Contains(body, over) || strings.Contains(body, who.Reference) || strings.Contains(body, `value="Quintesari"`) {
			t.Errorf("%s: answers %d, and says that it is over: %v", name, status, strings.Contains(body, over))
		}
	}
	if status, body := w.send(t, "/counsellor/search", filled(w, "words", "")); status != http.StatusUnprocessableEntity || !strings.Contains(body, "error-summary") {
		t.Errorf("nothing typed answers %d", status)
	}
}
