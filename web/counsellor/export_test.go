package counsellor_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
)

// A lead takes the agency's files out as a table; each file in it is in the
// trail. A counsellor does not, and another agency's files are in nobody's.
func TestALeadTakesTheCaseloadOut(t *testing.T) {
	w := open(t)
	w.file(t, w.Jobseeker(t, phone, func(p *person.Person) { p.Given = "=cmd|' /C calc'!A0" }))
	w.file(t, w.Jobseeker(t, "+22370000035", func(p *person.Person) { p.Given = "Fanta"; p.Residence.Place = "SEG" }))
	kayes, err := w.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{Code: "KAY-1", Name: "Agence de Kayes", PlaceCode: "KAY"})
	must(t, err)
	lead := signIn(t, w.Program, w.StaffAt(t, domain.RoleLead, w.Agency.ID, "Mme Sissoko"))
	elsewhere := signIn(t, w.Program, w.StaffAt(t, domain.RoleLead, kayes.ID, "M. Sylla"))

	const path = "/counsellor/cases/export"
	if status, body := lead.get(t, "/counsellor/cases?region=SEG"); status != http.StatusOK || !strings.Contains(body, path+"?region=SEG") {
		t.Errorf("the list leads nowhere: %d", status)
	}
	if status, body := w.get(t, "/counsellor/cases"); status != http.StatusOK || strings.Contains(body, path) {
		t.Errorf("a counsellor is led to what is refused: %d", status)
	}
	if status, _ := w.get(t, path); status != http.StatusForbidden {
		t.Errorf("a counsellor: %d", status)
	}
	if status, _ := w.send(t, path, filled(w)); status != http.StatusForbidden {
		t.Errorf("a counsellor takes out: %d", status)
	}
	if status, body := lead.get(t, path+"?region=SEG"); status != http.StatusOK || !strings.Contains(body, `name="region" value="SEG"`) {
		t.Errorf("the form: %d", status)
	}
	rows := func(d desk, pairs ...string) [][]string {
		t.Helper()
		status, body := d.send(t, path, filled(d, append(pairs, "recipient", "ONEF")...))
		if status != http.StatusOK {
			t.Fatalf("%d: %s", status, body)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
		r.Comma, r.FieldsPerRecord = ';', -1
		all, err := r.ReadAll()
		must(t, err)
		return all
	}
	all := rows(lead)
	if len(all) != 4 || !strings.Contains(all[0][0], "Mme Sissoko") || all[2][0] == "" || all[2][0] != all[3][0] {
		t.Fatalf("%d rows, the first %q", len(all), all[0])
	}
	if given := all[2][2] + all[3][2]; !strings.Contains(given, "'=cmd") || !strings.Contains(given, "Fanta") {
		t.Errorf("holds %q", given)
	}
	if only := rows(lead, "region", "SEG"); len(only) != 3 || only[2][2] != "Fanta" {
		t.Errorf("narrowed: %q", only)
	}
	if none := rows(elsewhere); len(none) != 2 {
		t.Errorf("another agency's lead takes out %d files", len(none)-2)
	}
	var noted, files int
	must(t, w.SQL.QueryRowContext(t.Context(), `SELECT count(*), (SELECT count(*) FROM audit_entries WHERE action = 'case.export' AND person_id IS NOT NULL) FROM exports WHERE kind = 'case'`).Scan(&noted, &files))
	if noted != 3 || files != 3 {
		t.Errorf("%d exports and %d files in them noted, want 3 and 3", noted, files)
	}
	lead.Lapse(t, lead.Me)
	if status, _ := lead.send(t, path, filled(lead)); status != http.StatusSeeOther {
		t.Errorf("without saying again who one is: %d", status)
	}
}
