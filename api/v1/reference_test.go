package v1_test

import (
	"net/http"
	"testing"
)

// Expectations are facts of the classifications, not of the code.
func referenceData(t *testing.T, w *world) {
	get := func(path string) answer { t.Helper(); return w.visitor.get(t, path).status(t, http.StatusOK) }
	for path, want := range map[string]int{
		"/reference/classifications/isco?level=1":   10,
		"/reference/classifications/isco?level=2":   43,
		"/reference/classifications/isco?level=3":   130,
		"/reference/classifications/isco?level=4":   436,
		"/reference/classifications/isco?under=711": 6,
		"/reference/classifications/isced":          9,
		"/reference/classifications/isic?level=1":   21,
		"/reference/classifications/isic?level=2":   88,
		"/reference/places":                         20,
	} {
		if got := get(path).len("items"); got != want {
			t.Errorf("%s lists %d, want %d", path, got, want)
		}
	}
	if got := get("/reference/countries").len("items"); got < 240 {
		t.Errorf("%d countries", got)
	}
	groups := get("/reference/country-groups?on=2024-06-01")
	if members := row(groups, "code", "ECOWAS15"); members == nil || len(members["members"].([]any)) != 15 {
		t.Errorf("ECOWAS in 2024: %v", members)
	}
	place := w.visitor.get(t, "/reference/places/KAY", header("Accept-Language", "en")).status(t, http.StatusOK)
	if place.text("name") != "Kayes" || place.text("kind") != "region" || place.text("iso") != "ML-1" {
		t.Errorf("Kayes: %s", place.body)
	}
	for _, path := range []string{"/reference/places/NOWHERE", "/reference/classifications/isco?under=99999", "/reference/classifications/other"} {
		w.visitor.get(t, path).problem(t, http.StatusNotFound, "not_found")
	}
	if languages := get("/reference/languages"); row(languages, "code", "bm") == nil || row(languages, "code", "fr") == nil {
		t.Errorf("languages: %s", languages.body)
	}
	if licences := get("/reference/licences"); row(licences, "code", "B") == nil {
		t.Errorf("licences: %s", licences.body)
	}
	for lang, want := range map[string]string{"fr": "CDD (durée limitée)", "en": "Fixed-term contract"} {
		lists := w.visitor.get(t, "/reference/enumerations", header("Accept-Language", lang)).status(t, http.StatusOK)
		contract := row(lists, "name", "contract")
		found := ""
		for _, v := range contract["values"].([]any) {
			if v.(object)["code"] == "fixed_term" {
				found = v.(object)["name"].(string)
			}
		}
		if found != want {
			t.Errorf("fixed_term in %s is %q", lang, found)
		}
	}
	concepts := get("/taxonomy/concepts?words=macon&kind=occupation")
	if concepts.len("items") == 0 || concepts.number("items.0.score") < 90 {
		t.Fatalf("concepts: %s", concepts.body)
	}
	id := concepts.text("items.0.id")
	if c := get("/taxonomy/concepts/" + id); c.text("kind") != "occupation" || c.len("labels") < 3 {
		t.Errorf("concept: %s", c.body)
	}
	related := get("/taxonomy/concepts/" + id + "/related")
	if related.len("items") < 5 || related.text("items.0.relation") != "essential" {
		t.Errorf("related: %s", related.body)
	}
	if get("/taxonomy/releases").len("items") == 0 {
		t.Error("no release")
	}
}
