package counsellor_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestChangingPartsOfARecord(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	record := "/counsellor/people/" + string(awa.ID)
	now := func() person.Person {
		p, err := w.Jobseekers.Get(t.Context(), w.Me.Actor(), awa.ID)
		must(t, err)
		return p
	}
	save := func(part string, want int, pairs ...string) string {
		t.Helper()
		status, body := w.send(t, record+"/edit/"+part, filled(w, append(pairs, "version", itoa(now().Version))...))
		if status != want {
			t.Errorf("%s answers %d, want %d", part, status, want)
		}
		return body
	}
	save("identity", http.StatusSeeOther, "given", "Awa", "family", "Coulibaly", "alias_dit", "Petite", "father", "Bakary", "nationality", "MLI", "nina", "12345678901234X")
	if p := now(); p.Father != "Bakary" || p.NINA != "12345678901234X" || len(p.Aliases) != 1 || len(p.Nationalities) != 1 {
		t.Errorf("identity is %+v", p.Identity)
	}
	// The first number goes, a second stays with hours as people type them.
	save("contact", http.StatusSeeOther, "phones.0.number", "", "phones.1.number", "70 00 00 77", "phones.1.owner", "helper", "phones.1.helper_name", "Oumou",
		"phones.1.never_sms", "1", "phones.1.safe_from", "8", "phones.1.safe_until", "18h30", "channel", "voice", "reading", "voice", "language", "bm")
	if p := now(); len(p.Phones) != 1 || p.Phones[0].Number != "+22370000077" || p.Phones[0].SafeFrom != "08:00" || p.Phones[0].SafeUntil != "18:30" || !p.Phones[0].NeverSMS || p.Contact.Language != "bm" {
		t.Errorf("contact is %+v", p.Contact)
	}
	body := save("contact", http.StatusUnprocessableEntity, "phones.0.number", "12", "phones.0.owner", "own", "channel", "sms")
	if !strings.Contains(body, `value="12"`) || !strings.Contains(body, "f-phones-0-number-error") {
		t.Error("a wrong number is not kept with its complaint beside it")
	}
	save("proof", http.StatusSeeOther, "skills.0.evidence", "declared", "skills.1.evidence", "certified")
	if p := now(); p.Skills[0].Evidence != person.Declared || p.Skills[1].Evidence != person.Certified {
		t.Errorf("skills are %+v", p.Skills)
	}
	save("availability", http.StatusSeeOther, "mobility.absent_until-day", "1", "mobility.absent_until-month", "10", "mobility.absent_until-year", "2030")
	if p := now(); p.Mobility.AbsentUntil.Year != 2030 || !p.Mobility.Anywhere {
		t.Errorf("mobility is %+v", p.Mobility)
	}
	if status, _ := w.get(t, record+"/edit/nothing"); status != http.StatusNotFound {
		t.Errorf("an unknown part answers %d", status)
	}
}

func TestTheLifeOfARegistration(t *testing.T) {
	w := open(t)
	awa := w.Jobseeker(t, phone, mason)
	path := "/counsellor/people/" + string(awa.ID) + "/registration"
	now := func() person.Registration {
		r, err := w.Registrations.Of(t.Context(), w.Me.Actor(), awa.ID)
		must(t, err)
		return r
	}
	for _, step := range []struct {
		name  string
		pairs []string
		want  int
		state domain.State
	}{
		{"closed without a reason", []string{"change", "close"}, http.StatusUnprocessableEntity, person.Active},
		{"renewed", []string{"change", "renew"}, http.StatusSeeOther, person.Active},
		{"closed", []string{"change", "close", "reason", "job"}, http.StatusSeeOther, person.Closed},
		{"renewed when closed", []string{"change", "renew"}, http.StatusConflict, person.Closed},
		{"reopened", []string{"change", "reopen"}, http.StatusSeeOther, person.Active},
	} {
		status, _ := w.send(t, path, filled(w, append(step.pairs, "version", itoa(now().Version))...))
		if status != step.want || now().State != step.state {
			t.Errorf("%s answers %d and is %s", step.name, status, now().State)
		}
	}
	if status, _ := w.send(t, path, filled(w, "change", "close", "reason", "job", "version", "1")); status != http.StatusPreconditionFailed {
		t.Errorf("a late form answers %d", status)
	}
}

func TestStageReferentAndShare(t *testing.T) {
	w := open(t)
	colleague := signIn(t, w.Program, w.StaffAt(t, domain.RoleCounsellor, w.Agency.ID, "F. Keïta"))
	f := w.file(t, w.Jobseeker(t, phone, mason))
	file := "/counsellor/cases/" + string(f.ID)
	now := func() casework.CaseFile {
		c, err := w.Files.Get(t.Context(), w.Me.Actor(), f.ID)
		must(t, err)
		return c
	}
	send := func(path string, want int, pairs ...string) string {
		t.Helper()
		status, body := w.send(t, file+path, filled(w, append(pairs, "version", itoa(now().Version))...))
		if status != want {
			t.Errorf("%s %v answers %d, want %d", path, pairs, status, want)
		}
		return body
	}
	send("/stage", http.StatusUnprocessableEntity, "transition", "suspend")
	send("/stage", http.StatusSeeOther, "transition", "suspend", "until-day", "1", "until-month", "3", "until-year", "2040")
	if now().Stage != casework.Suspended {
		t.Errorf("the file is %s", now().Stage)
	}
	send("/stage", http.StatusSeeOther, "transition", "resume")
	if body := send("/stage", http.StatusUnprocessableEntity, "transition", "close"); !strings.Contains(body, "f-close_reason-error") {
		t.Error("the missing reason is not said beside its field")
	}
	send("/stage", http.StatusSeeOther, "transition", "close", "close_reason", "self_employed")
	if c := now(); c.Stage != casework.Closed || c.CloseReason != "self_employed" {
		t.Errorf("the file is %s, %q", c.Stage, c.CloseReason)
	}
	send("/goals", http.StatusConflict, "words", "Un objectif de plus")
	send("/stage", http.StatusSeeOther, "transition", "reopen", "reason", "Revient chercher")
	send("/share", http.StatusSeeOther, "with", "u"+string(colleague.Me.ID), "days", "30", "reason", "congés")
	if shared := now().SharedWith; len(shared) != 1 || shared[0] != colleague.Me.ID || now().OwnerID != w.Me.ID {
		t.Errorf("shared with %v, owned by %s", shared, now().OwnerID)
	}
	send("/referent", http.StatusSeeOther, "owner", string(colleague.Me.ID))
	if now().OwnerID != colleague.Me.ID {
		t.Errorf("owned by %s", now().OwnerID)
	}
	if status, _ := w.send(t, file+"/notes", filled(w, "body", "Une note", "contact", "none", "visibility", "file")); status != http.StatusForbidden {
		t.Errorf("who handed the file over may still write: %d", status)
	}
}

func TestTheCaseloadIsNarrowedByItsAddress(t *testing.T) {
	w := open(t)
	f := w.file(t, w.Jobseeker(t, phone, mason))
	w.history(t, f)
	w.file(t, w.Jobseeker(t, "+22370000035", func(p *person.Person) { p.Given = "Fanta"; p.Residence.Place = "SEG" }))
	colleague := signIn(t, w.Program, w.StaffAt(t, domain.RoleCounsellor, w.Agency.ID, "F. Keïta"))
	for _, test := range []struct {
		who        desk
		query      string
		status     int
		awa, fanta bool
	}{
		{w, "", http.StatusOK, true, true},
		{w, "?needs=overdue", http.StatusOK, true, false},
		{w, "?region=SEG", http.StatusOK, false, true},
		{w, "?stage=active", http.StatusOK, false, false},
		{w, "?stage=nothing", http.StatusUnprocessableEntity, true, true},
		{colleague, "", http.StatusOK, false, false},
		{colleague, "?whose=agency", http.StatusOK, true, true},
	} {
		status, body := test.who.get(t, "/counsellor/cases"+test.query)
		if status != test.status || strings.Contains(body, "Awa") != test.awa || strings.Contains(body, "Fanta") != test.fanta {
			t.Errorf("%q of %s answers %d, Awa %v, Fanta %v", test.query, test.who.Me.Name, status, strings.Contains(body, "Awa"), strings.Contains(body, "Fanta"))
		}
	}
}
