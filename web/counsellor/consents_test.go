package counsellor_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/person/wording"
)

// At the desk the text is there in the language of who is asked, whatever the
// counsellor reads; the record says which was read and the proof prints it.
func TestConsentsAreAskedInTheLanguageOfThePerson(t *testing.T) {
	w := open(t)
	she := w.Jobseeker(t, phone, func(p *person.Person) { mason(p); p.Contact.Language = "bm" })
	path := "/counsellor/people/" + string(she.ID) + "/consents"
	_, body := w.get(t, path)
	for _, l := range lang.Languages() {
		if text := wording.Ask("matching", string(l.Tag)).Title; !strings.Contains(body, strings.ReplaceAll(text, "'", "&#39;")) {
			t.Errorf("the page has no text in %s: %s", l.Name, text)
		}
	}
	if theirs := strings.Count(body, "<details open>"); theirs != 1 || !strings.Contains(body, `<details open><summary>`) || !strings.Contains(body, `<dl lang="bm" dir="ltr">`) || !strings.Contains(body, `<dl lang="ar" dir="rtl">`) {
		t.Errorf("%d texts are open, want the person's", theirs)
	}
	for purpose, c := range map[person.Purpose]struct{ said, want string }{person.ForMatching: {"", "bm"}, person.ForMessages: {"ar", "ar"}} {
		if status, _ := w.send(t, path, filled(w, "purposes", string(purpose), "mode", "oral", "witness", "Modibo Keïta", "consent_language", c.said)); status != http.StatusSeeOther {
			t.Fatalf("%s read in %q answers %d", purpose, c.said, status)
		}
		all, err := w.Consents.Of(t.Context(), w.Me.Actor(), she.ID)
		must(t, err)
		for _, one := range all {
			if one.Purpose != purpose {
				continue
			}
			if one.Language != c.want {
				t.Errorf("%s read in %q is kept as %q", purpose, c.said, one.Language)
			}
			if _, proof := w.get(t, path+"/"+string(one.ID)); !strings.Contains(proof, wording.Ask(string(purpose), c.want).Body) {
				t.Errorf("the proof of %s does not print what was read in %s", purpose, c.want)
			}
		}
	}
	if status, _ := w.send(t, path, filled(w, "purposes", "follow_up", "mode", "oral", "witness", "x", "consent_language", "xx")); status != http.StatusUnprocessableEntity {
		t.Errorf("a language there is no text in answers %d", status)
	}
}
