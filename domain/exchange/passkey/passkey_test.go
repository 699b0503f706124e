package passkey_test

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/passkey"
	"github.com/baara-platform/baara/domain/identity"
)

// The whole way is tried with a real browser in web/security; here is what no
// browser sends.
func TestAnswersNobodyAskedFor(t *testing.T) {
	site, user := identity.Site{Host: "baara.example", Origin: "https://baara.example"}, identity.User{ID: "01900000-0000-7000-8000-000000000001", Email: "awa@example.org"}
	options, kept, err := passkey.Keys{}.BeginRegistration(site, user, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"id":"baara.example"`, `"challenge":`, `"publicKey":`} {
		if !strings.Contains(string(options), part) {
			t.Errorf("the browser is not asked with %s: %s", part, options)
		}
	}
	for name, c := range map[string][2]string{
		"nothing begun": {"", "{}"}, "nothing said": {string(kept), ""}, "no answer": {string(kept), "{}"}, "no JSON": {string(kept), "<"},
	} {
		if _, _, err := (passkey.Keys{}).FinishRegistration(site, user, nil, []byte(c[0]), []byte(c[1])); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
