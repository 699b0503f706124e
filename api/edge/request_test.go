package edge_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
)

func hello(_ *edge.Edge, engine *gin.Engine) {
	say := func(c *gin.Context) { c.String(http.StatusOK, edge.NonceFrom(c.Request.Context())) }
	engine.GET("/people/:name", say)
	engine.POST("/people/:name", say)
}

// The log knows which route answered how, never who or what was asked for.
func TestTheLogHoldsPatternsOnly(t *testing.T) {
	f := newFront(t, nil, hello)
	f.ask(t, http.MethodGet, "/people/Fanta?phone=70000000", "", "Cookie", "other=Keita", "User-Agent", "Sogona")
	f.ask(t, http.MethodGet, "/unknown/Coulibaly", "")
	log := f.log.String()
	for _, secret := range []string{"Fanta", "70000000", "Keita", "Sogona", "Coulibaly", "127.0.0.1"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %s: %s", secret, log)
		}
	}
	for _, kept := range []string{"route=/people/:name", "status=200", "route=none", "status=404", "role=anonymous"} {
		if !strings.Contains(log, kept) {
			t.Errorf("the log lacks %s: %s", kept, log)
		}
	}
}

func TestHeaders(t *testing.T) {
	plain := newFront(t, nil, hello).ask(t, http.MethodGet, "/people/x", "")
	secure := newFront(t, func(d *edge.Deps) { d.Config.Secure = true }, hello).ask(t, http.MethodGet, "/people/x", "")
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := plain.header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	policy := plain.header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "'nonce-" + plain.body + "'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy lacks %s: %s", part, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		t.Errorf("the policy lets in what it should not: %s", policy)
	}
	if len(plain.body) < 20 || plain.body == secure.body {
		t.Errorf("nonces %q and %q", plain.body, secure.body)
	}
	if plain.header.Get("Strict-Transport-Security") != "" || secure.header.Get("Strict-Transport-Security") == "" {
		t.Error("strict transport is for TLS alone")
	}
	if plain.header.Get("X-Request-Id") == "" {
		t.Error("no request id")
	}
}

func TestAnotherSiteCannotAct(t *testing.T) {
	f := newFront(t, nil, hello)
	for name, c := range map[string]struct {
		method, header, value string
		want                  int
	}{
		"another site posts":       {http.MethodPost, "Sec-Fetch-Site", "cross-site", http.StatusForbidden},
		"a sister site posts":      {http.MethodPost, "Sec-Fetch-Site", "same-site", http.StatusForbidden},
		"an old browser elsewhere": {http.MethodPost, "Origin", "https://elsewhere.example", http.StatusForbidden},
		"this site posts":          {http.MethodPost, "Sec-Fetch-Site", "same-origin", http.StatusOK},
		"a program posts":          {http.MethodPost, "User-Agent", "curl", http.StatusOK},
		"another site links here":  {http.MethodGet, "Sec-Fetch-Site", "cross-site", http.StatusOK},
	} {
		if got := f.ask(t, c.method, "/people/x", "", c.header, c.value); got.code != c.want {
			t.Errorf("%s: %d, want %d", name, got.code, c.want)
		}
	}
	refused := f.ask(t, http.MethodPost, "/people/x", "", "Sec-Fetch-Site", "cross-site", "Accept-Language", "en")
	if p := refused.problem(t, http.StatusForbidden); p.Title != "You may not do this" || p.RequestID == "" {
		t.Errorf("%+v", p)
	}
}

func TestTheReadersLanguage(t *testing.T) {
	f := newFront(t, nil, hello)
	for name, c := range map[string]struct {
		query   string
		headers []string
		want    string
	}{
		"nothing said":                  {"", nil, "fr"},
		"the browser's":                 {"", []string{"Accept-Language", "en-US"}, "en"},
		"remembered before the browser": {"", []string{"Accept-Language", "en", "Cookie", edge.LanguageCookie + "=pt"}, "pt"},
		"asked before remembered":       {"?l=ar", []string{"Cookie", edge.LanguageCookie + "=pt"}, "ar"},
		"unknown ones are passed over":  {"?l=xx", []string{"Cookie", edge.LanguageCookie + "=yy", "Accept-Language", "de, bm"}, "bm"},
	} {
		if got := f.ask(t, http.MethodGet, "/people/x"+c.query, "", c.headers...); got.header.Get("Content-Language") != c.want {
			t.Errorf("%s: %s, want %s", name, got.header.Get("Content-Language"), c.want)
		}
	}
}
