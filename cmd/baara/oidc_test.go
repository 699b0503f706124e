package main

import "testing"

func TestAProviderIsConfiguredWholeAndOverTLS(t *testing.T) {
	whole := oidcFlags{Issuer: "https://id.example", ClientID: "baara", PublicURL: "https://baara.example/"}
	for name, c := range map[string]struct {
		change func(*oidcFlags)
		ok     bool
	}{
		"whole":                      {func(*oidcFlags) {}, true},
		"none":                       {func(f *oidcFlags) { *f = oidcFlags{} }, true},
		"on this machine, in clear":  {func(f *oidcFlags) { f.Issuer, f.PublicURL = "http://127.0.0.1:9000", "http://localhost:8080" }, true},
		"without a client":           {func(f *oidcFlags) { f.ClientID = "" }, false},
		"without an address of ours": {func(f *oidcFlags) { f.PublicURL = "" }, false},
		"elsewhere, in clear":        {func(f *oidcFlags) { f.Issuer = "http://id.example" }, false},
		"no address":                 {func(f *oidcFlags) { f.Issuer = "id.example" }, false},
	} {
		f := whole
		c.change(&f)
		if err := f.check(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := whole.config().Redirect; got != "https://baara.example/sign-in/agency/back" {
		t.Errorf("the provider sends browsers to %s", got)
	}
}
