package v1_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Two files of one person: found, compared, made one with their work, told in a
// copy, and taken apart.
func merges(t *testing.T, w *world) {
	kept, _ := w.taken(t)
	at := kept.get(t, "/jobseekers/"+kept.id).status(t, http.StatusOK)
	number := at.text("phones.0.number")
	gone := w.registered(t, object{"family": at.text("family"), "phones": []object{{"number": number}}, "mother": "Sira Traoré"})
	twin := w.registered(t, object{"given": "Bintou", "family": at.text("family"), "phones": []object{{"number": number}}})
	w.awa.post(t, "/jobseekers/"+gone.id+"/case", nil).status(t, http.StatusCreated)
	v := w.published(t, nil)
	x := w.sent(t, gone, v.text("id"))
	w.employer.post(t, "/applications/"+x.text("id")+"/hire", object{"starts_on": "2026-12-01"}, based(w.employer.get(t, "/applications/"+x.text("id")))).status(t, http.StatusOK)

	listed := w.fia.get(t, "/duplicates").status(t, http.StatusOK)
	found := -1
	for i := range listed.len("items") {
		p := "items." + string(rune('0'+i))
		if listed.text(p+".survivor.id") == kept.id && listed.text(p+".absorbed.id") == gone.id && listed.text(p+".reason") == "name_phone" {
			found = i
		}
	}
	if found < 0 {
		t.Errorf("the list to work off is %s", listed.body)
	}
	w.awa.get(t, "/duplicates").problem(t, http.StatusForbidden, "forbidden")
	if of := w.awa.get(t, "/jobseekers/"+kept.id+"/duplicates").status(t, http.StatusOK); row(of, "id", gone.id) == nil || row(of, "id", twin.id) == nil {
		t.Errorf("likely the same: %s", of.body)
	}
	apart := "/jobseekers/" + kept.id + "/apart/" + twin.id
	w.awa.post(t, apart, nil).problem(t, http.StatusForbidden, "forbidden")
	w.fia.post(t, apart, nil, key("they-are-twins")).status(t, http.StatusNoContent)
	w.fia.post(t, apart, nil, key("they-are-twins")).status(t, http.StatusNoContent)
	if of := w.fia.get(t, "/jobseekers/"+kept.id+"/duplicates"); row(of, "id", twin.id) != nil || row(of, "id", gone.id) == nil {
		t.Errorf("after saying that they are two: %s", of.body)
	}

	compare := "/jobseekers/" + kept.id + "/compare/" + gone.id
	beside := w.fia.get(t, compare).status(t, http.StatusOK)
	if beside.text("survivor.id") != kept.id || beside.text("absorbed.reference") == "" || beside.at("absorbed.account") != true || beside.len("obstacles") != 0 {
		t.Errorf("side by side: %s", beside.body)
	}
	in := object{
		"survivor_id": kept.id, "absorbed_id": gone.id, "survivor_version": beside.number("survivor.version"), "absorbed_version": beside.number("absorbed.version"),
		"reason": "The same phone, the same face", "opens": true,
	}
	stale := object{}
	for name, value := range in {
		stale[name] = value
	}
	stale["absorbed_version"] = beside.number("absorbed.version") + 7
	w.fia.post(t, "/merges", stale).problem(t, http.StatusPreconditionFailed, "stale")
	w.awa.post(t, "/merges", in).problem(t, http.StatusForbidden, "forbidden")
	for name, c := range map[string]caller{"the person": kept.caller, "another agency": w.binta, "an employer": w.employer, "the administrator": w.admin} {
		t.Log(name)
		c.post(t, "/merges", in).problem(t, http.StatusNotFound, "not_found")
		c.get(t, compare).problem(t, http.StatusNotFound, "not_found")
	}
	made := w.fia.post(t, "/merges", in, key("one-of-the-two")).status(t, http.StatusCreated)
	if again := w.fia.post(t, "/merges", in, key("one-of-the-two")).status(t, http.StatusCreated); again.text("id") != made.text("id") {
		t.Errorf("repeated: %s, first %s", again.body, made.body)
	}
	path := "/merges/" + made.text("id")
	var came []string
	for _, one := range made.at("came").([]any) {
		came = append(came, one.(object)["kind"].(string))
	}
	if !strings.HasSuffix(made.header.Get("Location"), path) || !slices.Equal(came, []string{"application", "case", "placement"}) || made.at("can_undo") != true || made.text("survivor_id") != kept.id {
		t.Errorf("made: %s at %q", made.body, made.header.Get("Location"))
	}
	w.fia.post(t, "/merges", in).problem(t, http.StatusConflict, "conflict")
	if got := w.awa.get(t, path).status(t, http.StatusOK); got.at("can_undo") != false {
		t.Errorf("a counsellor reads %s", got.body)
	}
	w.awa.post(t, path+"/undo", nil, based(made)).problem(t, http.StatusForbidden, "forbidden") // a counsellor reads it, and may not undo it
	for _, c := range []caller{kept.caller, w.binta, w.employer} {
		c.get(t, path).problem(t, http.StatusNotFound, "not_found")
	}

	// The employer knows her by the application that came along, until she takes
	// it back at the file that stands for both.
	candidate := "/applications/" + x.text("id")
	name := at.text("given") + " " + at.text("family")
	if got := w.employer.get(t, candidate).status(t, http.StatusOK); got.text("name") != name {
		t.Errorf("the employer reads %s, want %s", got.body, name)
	}
	contact := row(kept.get(t, "/jobseekers/"+kept.id+"/consents").status(t, http.StatusOK), "application_id", x.text("id"))
	if contact == nil || contact["withdrawn_at"] != nil {
		t.Errorf("the consent to the contact that came along is %v", contact)
	}
	kept.delete(t, "/jobseekers/"+kept.id+"/consents/sharing").status(t, http.StatusNoContent)
	contact = row(kept.get(t, "/jobseekers/"+kept.id+"/consents").status(t, http.StatusOK), "application_id", x.text("id"))
	if contact == nil || contact["withdrawn_at"] == nil {
		t.Errorf("taken back, the consent to the contact is %v", contact)
	}

	copies(t, w, kept, made.text("absorbed_reference"))
	parted := w.fia.post(t, path+"/undo", nil, based(made)).status(t, http.StatusOK)
	if parted.at("undone_at") == nil || parted.at("can_undo") != false {
		t.Errorf("taken apart: %s", parted.body)
	}
	w.fia.post(t, path+"/undo", nil, based(parted)).problem(t, http.StatusConflict, "conflict")
}

// copies is the copy of a file that another became one with.
func copies(t *testing.T, w *world, j jobseeker, merged string) {
	t.Helper()
	path := "/jobseekers/" + j.id + "/copies"
	j.post(t, path, nil).problem(t, http.StatusForbidden, "step_up")
	officer := w.account(t, identity.NewUser{Role: domain.RoleDataProtection})
	for name, c := range map[string]caller{"a colleague": w.moussa, "another agency": w.binta, "an employer": w.employer, "the officer": officer} {
		t.Log(name)
		c.inSession(t).post(t, path, nil).problem(t, http.StatusNotFound, "not_found")
	}
	for name, c := range map[string]caller{"her counsellor": w.awa.inSession(t), "the lead": w.fia.inSession(t)} {
		got := c.post(t, path, nil).status(t, http.StatusOK)
		if got.text("format") != "baara-own-data" || got.text("merged_files.0.reference") != merged || strings.Contains(string(got.body), "the same face") ||
			!strings.Contains(got.header.Get("Content-Disposition"), got.text("export")+".json") {
			t.Errorf("%s takes %s (%s)", name, got.body, got.header.Get("Content-Disposition"))
		}
	}
}
