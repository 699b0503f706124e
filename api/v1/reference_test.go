package v1_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/domain/lang"
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
		if texts := w.visitor.get(t, "/reference/consent-texts", header("Accept-Language", lang)).status(t, http.StatusOK); row(texts, "purpose", "matching") == nil {
			t.Errorf("what people agree to: %s", texts.body)
		}
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
	linked := get("/taxonomy/link?words=ma%C3%A7onnes")
	if linked.text("items.0.id") != id || linked.at("items.0.sure") != true {
		t.Errorf("a word that means one thing: %s", linked.body)
	}
	if asked := get("/taxonomy/link?words=chauffeur&limit=3"); asked.len("items") != 3 || asked.at("items.0.sure") != false {
		t.Errorf("a word that means many things: %s", asked.body)
	}
	if none := get("/taxonomy/link?kind=skill&words=xyzzy"); none.len("items") != 0 {
		t.Errorf("a word that means nothing: %s", none.body)
	}
	related := get("/taxonomy/concepts/" + id + "/related")
	if related.len("items") < 5 || related.text("items.0.relation") != "essential" {
		t.Errorf("related: %s", related.body)
	}
	if get("/taxonomy/releases").len("items") == 0 {
		t.Error("no release")
	}
}

// Every closed list of codes in the document is one that people can be shown
// the names of, or one of the API's own words.
func TestCodesHaveNames(t *testing.T) {
	url := served(t)
	var lists []map[string]bool
	for _, tag := range []lang.Tag{lang.French, lang.English} {
		body, _ := fetch(t, url+"/api/v1/reference/enumerations", "Accept-Language", string(tag))
		var page struct {
			Items []struct {
				Name   string
				Values []struct{ Code, Name, Lang string }
			}
		}
		must(t, json.Unmarshal([]byte(body), &page))
		for _, list := range page.Items {
			codes := map[string]bool{}
			for _, v := range list.Values {
				codes[v.Code] = true
				if v.Name == "" || strings.HasPrefix(v.Name, "reference.") || v.Lang != string(tag) {
					t.Errorf("%s %s in %s: %q in %q", list.Name, v.Code, tag, v.Name, v.Lang)
				}
			}
			lists = append(lists, codes)
		}
	}
	if len(lists) < 80 {
		t.Fatalf("%d lists", len(lists))
	}
	own := []string{
		"own", "staff", "public", "employer", "occupation skill", "essential optional broader related", "public organisation agency queue",
		"plan activate place follow suspend resume close reopen", "isco isced isced-f isic", "fr en pt bm ar",
		"nina name_phone name_birth_region parents phone", "SHA-256", "pdf jpeg png", "allowed refused", "verify anchor", "register sign_up",
		"2026-11 2026-11-27", // versions of texts: list-consent-texts has them
	}
	for where, codes := range documentCodes(v1.Describe()) {
		known := slices.Contains(own, strings.Join(codes, " ")) || slices.ContainsFunc(lists, func(list map[string]bool) bool {
			return !slices.ContainsFunc(codes, func(c string) bool { return !list[c] })
		})
		if !known {
			t.Errorf("%s: nobody can be told what %v mean", where, codes)
		}
	}
}

// documentCodes lists the enumerations of schemas and parameters, by their place.
func documentCodes(doc *huma.OpenAPI) map[string][]string {
	out := map[string][]string{}
	note := func(where string, s *huma.Schema) {
		if s.Items != nil {
			s = s.Items
		}
		var codes []string
		for _, v := range s.Enum {
			if code, ok := v.(string); ok {
				codes = append(codes, code)
			}
		}
		if len(codes) > 0 {
			out[where] = codes
		}
	}
	for name, s := range doc.Components.Schemas.Map() {
		for field, p := range s.Properties {
			note(name+"."+field, p)
		}
	}
	for _, op := range newTally(doc).operations {
		for _, p := range op.Parameters {
			note(op.OperationID+" "+p.Name, p.Schema)
		}
	}
	return out
}
