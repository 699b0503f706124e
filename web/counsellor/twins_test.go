package counsellor_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/seal"
)

// registers sends a visitor's registration to the running program and gives the reference.
func (d desk) registers(t *testing.T, profile map[string]any) string {
	t.Helper()
	post := func(path string, body any) map[string]any {
		encoded, err := json.Marshal(body)
		must(t, err)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL+"/api/v1"+path, bytes.NewReader(encoded))
		must(t, err)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", seal.Secret())
		res, err := http.DefaultClient.Do(r)
		must(t, err)
		defer func() { _ = res.Body.Close() }()
		out := map[string]any{}
		must(t, json.NewDecoder(res.Body).Decode(&out))
		if res.StatusCode != http.StatusCreated {
			t.Fatalf("%s answers %d: %v", path, res.StatusCode, out)
		}
		for key := range out {
			if strings.Contains(key, "duplicate") {
				t.Errorf("a visitor learns of duplicates: %v", out)
			}
		}
		return out
	}
	draft := post("/registrations/drafts", profile)
	return post("/registrations", map[string]any{"draft": draft["draft"]})["reference"].(string)
}

// TestTwinsRegister: the same surname, the same 1 January, a cousin's phone for both. Nobody is blocked, the counsellor is
// warned, there are two files, and a misspelt name finds both.
func TestTwinsRegister(t *testing.T) {
	w := open(t)
	twin := func(given string) map[string]any {
		return map[string]any{
			"given": given, "family": "Coulibaly", "sex": "female", "birth": map[string]any{"precision": "day", "date": "1999-01-01"},
			"residence": map[string]any{"place": "BKO"}, "phones": []any{map[string]any{"number": "70 00 00 77", "owner": "helper", "helper_name": "le cousin Bakary"}},
			"wishes": []any{map[string]any{"words": "couturière"}}, "consents": []string{"matching"}, "text_version": "2026-11-27", "secret": "le vieux puits",
		}
	}
	first, second := w.registers(t, twin("Hawa")), w.registers(t, twin("Adama"))
	if first == second {
		t.Fatalf("both have the reference %s", first)
	}
	ids := map[string]domain.ID{}
	for _, words := range []string{"Kulubali", "hawa koulibaly", "Adama Kulibaly"} { // as somebody else spells it
		list, err := w.Jobseekers.Find(t.Context(), w.Me.Actor(), words, person.FindFilter{}, domain.Cursor{})
		must(t, err)
		for _, f := range list.Items {
			ids[f.Reference] = f.PersonID
		}
		if words == "Kulubali" && (ids[first] == "" || ids[second] == "") {
			t.Errorf("%q finds %v, want both twins", words, ids)
		}
	}
	for reference, other := range map[string]string{first: second, second: first} {
		status, body := w.Status(t, "/counsellor/people/"+string(ids[reference]), w.cookies)
		if status != http.StatusOK || !strings.Contains(body, `id="likely"`) || !strings.Contains(body, other) || !strings.Contains(body, "Même téléphone") {
			t.Errorf("the counsellor is not warned on the page of %s of %s: %d", reference, other, status)
		}
	}
	// Each is taken: the warning refuses nothing.
	for _, reference := range []string{first, second} {
		who, err := w.Jobseekers.Get(t.Context(), w.Me.Actor(), ids[reference])
		must(t, err)
		if who.Birth.Precision != person.BirthYear || who.Birth.Year != 1999 {
			t.Errorf("1 January became %+v, want the year", who.Birth)
		}
		_, err = w.Files.Take(t.Context(), w.Me.Actor(), who.ID)
		must(t, err)
	}
	var files int
	must(t, w.SQL.QueryRowContext(t.Context(), `SELECT count(DISTINCT person_id) FROM case_files WHERE stage <> 'closed'`).Scan(&files))
	if files != 2 {
		t.Errorf("%d open files, want one for each twin", files)
	}
}
