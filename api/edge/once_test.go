package edge_test

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

func TestVersionOf(t *testing.T) {
	for header, want := range map[string]int{
		`"1"`: 1, `"27"`: 27, ` "3" `: 3, `W/"3"`: 3,
		``: 0, `*`: 0, `3`: 0, `"0"`: 0, `"-1"`: 0, `"3`: 0, `3"`: 0, `"3", "4"`: 0, `"x"`: 0, `""`: 0, `"99999999999999999999"`: 0, `"+3"`: 3,
	} {
		got, err := edge.VersionOf(header)
		if got != want || (want == 0) != (domain.KindOf(err) == domain.KindStale) {
			t.Errorf("%q: %d %v, want %d", header, got, err, want)
		}
	}
}

func FuzzVersionOf(f *testing.F) {
	for _, seed := range []string{`"1"`, `W/"2"`, `*`, `"3", "4"`, "\"\x00\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		version, err := edge.VersionOf(header)
		if (err == nil) != (version >= 1) {
			t.Fatalf("%q: %d %v", header, version, err)
		}
		if err == nil {
			if again, err := edge.VersionOf(edge.ETag(version)); again != version || err != nil {
				t.Fatalf("%q: %d became %d", header, version, again)
			}
		}
	})
}

func TestOnceBelongsToOneAccountRouteAndPayload(t *testing.T) {
	const key = "a-random-key"
	awa, moussa := domain.Actor{UserID: "01900000-0000-7000-8000-000000000001"}, domain.Actor{UserID: "01900000-0000-7000-8000-000000000002"}
	of := func(a domain.Actor, route, payload string) domain.Once {
		t.Helper()
		got, err := edge.WithOnce(a, route, key, []byte(payload))
		must(t, err)
		return got.Once
	}
	first := of(awa, "POST /a", "x")
	if of(awa, "POST /a", "x") != first {
		t.Error("the same request is another one")
	}
	if other := of(awa, "POST /a", "y"); other.Scope != first.Scope || other.PayloadHash == first.PayloadHash {
		t.Error("another payload has another scope, or the same hash")
	}
	for name, other := range map[string]domain.Once{
		"another account": of(moussa, "POST /a", "x"), "another route": of(awa, "POST /b", "x"), "a visitor": of(domain.Anonymous(), "POST /a", "x"),
	} {
		if other.Scope == first.Scope {
			t.Errorf("%s shares the scope", name)
		}
	}
}

func TestKeysThatCannotBe(t *testing.T) {
	for name, key := range map[string]string{
		"none": "", "short": "1234567", "long": strings.Repeat("k", 129), "with a space": "1234 5678", "with a line": "12345678\n", "not ASCII": "clé-unique",
	} {
		if _, err := edge.WithOnce(domain.Anonymous(), "POST /", key, nil); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, key := range []string{"12345678", strings.Repeat("k", 128)} {
		if _, err := edge.WithOnce(domain.Anonymous(), "POST /", key, nil); err != nil {
			t.Errorf("%d signs: %v", len(key), err)
		}
	}
}
