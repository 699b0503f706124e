package employer_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web/programtest"
)

// TestAConsentNamesOneEmployer: saying yes to a proposal is the consent to that employer and no other; it can be printed, and
// taken back with one tap, without a script.
func TestAConsentNamesOneEmployer(t *testing.T) {
	h := signUp(t, programtest.Start(t), "BTP Sahel", "sanogo@exemple.ml")
	verify(t, h.Program, h.org.ID)
	v := h.publish(t, h.vacancy(t, "Maçon", 3))
	other := h.Publish(t, "Maçonne", "BKO", "monter un mur", "lire un plan")
	who := h.Jobseeker(t, canaryPhone, mason, person.ForMatching)
	desk := h.Counsellor(t).Actor()
	sent := h.send(t, who, v)
	phoned, err := h.Applications.Propose(t.Context(), desk, placement.Begin{PersonID: who.ID, VacancyID: other.ID})
	must(t, err)
	_, err = h.Applications.Consent(t.Context(), desk, placement.Answer{Act: placement.Act{ID: phoned.ID}, Mode: person.ByWord})
	must(t, err)

	all, err := h.Consents.Of(t.Context(), jobseeker(who.ID), who.ID)
	must(t, err)
	byContact := map[domain.ID]person.Consent{}
	for _, c := range all {
		if c.Purpose == person.ForSharing {
			byContact[c.ApplicationID] = c
		}
	}
	if c := byContact[sent.ID]; c.OrganisationID != h.org.ID || c.Employer != "BTP Sahel" || c.Mode != person.ByClick || c.TextVersion != "2026-11-27" {
		t.Errorf("the consent to the contact is %+v", c)
	}
	if c := byContact[phoned.ID]; c.OrganisationID != "" || c.Mode != person.ByWord || c.RecordedBy != desk.UserID || len(byContact) != 2 {
		t.Errorf("the consent on the telephone is %+v, of %d", c, len(byContact))
	}

	mine := h.SignedIn(t, canaryPhone)
	status, body := get(t, h.URL+"/me/consents", mine)
	if status != http.StatusOK || !strings.Contains(body, "Donner votre nom à BTP Sahel") {
		t.Errorf("status %d, and the employer is not named", status)
	}
	proof := "/me/consents/" + string(byContact[sent.ID].ID)
	if status, body = get(t, h.URL+proof, mine); status != http.StatusOK ||
		!strings.Contains(body, "Nous donnons à BTP Sahel votre nom") || !strings.Contains(body, "sharing/2026-11-27/fr") {
		t.Errorf("the proof: status %d\n%s", status, body)
	}
	if status, _ = get(t, h.URL+"/counsellor/people/"+string(who.ID)+"/consents/"+string(byContact[sent.ID].ID), h.Enter(t, h.Counsellor(t).Email, programtest.Password)); status != http.StatusOK {
		t.Errorf("the desk's proof: status %d", status)
	}

	must(t, h.Applications.EndContact(t.Context(), jobseeker(who.ID), sent.ID))
	employers := h.Enter(t, h.email, programtest.Password)
	for _, path := range []string{"/employer/vacancies/" + string(v.ID) + "/candidates", "/employer/candidates/" + string(sent.ID), "/employer"} {
		_, body := get(t, h.URL+path, employers)
		pseudonymous(t, path, body)
	}
	if a, err := h.Applications.Get(t.Context(), desk, phoned.ID); err != nil || a.State != placement.Consented {
		t.Errorf("the other contact is %s: %v", a.State, err)
	}
	must(t, h.Consents.Withdraw(t.Context(), desk, person.WithdrawConsent{PersonID: who.ID, Purpose: person.ForSharing, Mode: person.ByWord}))
	if a, err := h.Applications.Get(t.Context(), desk, phoned.ID); err != nil || a.State != placement.Withdrawn {
		t.Errorf("after she took everything back the other contact is %s: %v", a.State, err)
	}
	if n := h.count(t, `SELECT count(*) FROM consents WHERE purpose = 'sharing' AND withdrawn_at IS NOT NULL AND (withdrawn_mode = 'oral' OR withdrawn_mode = 'click')`); n != 2 {
		t.Errorf("%d of 2 withdrawals say how", n)
	}
	if status, _ = get(t, h.URL+proof, mine); status != http.StatusOK {
		t.Errorf("the proof of a consent that ended: status %d", status)
	}
}

// TestNobodyUnderEighteenAppliesForHazardousWork, neither herself nor by a counsellor; other work needs the guardian.
func TestNobodyUnderEighteenAppliesForHazardousWork(t *testing.T) {
	h := signUp(t, programtest.Start(t), "BTP Sahel", "sanogo@exemple.ml")
	verify(t, h.Program, h.org.ID)
	mine, shop := h.vacancy(t, "Manœuvre", 3), h.vacancy(t, "Vendeur", 3)
	_, err := h.SQL.ExecContext(t.Context(), `UPDATE vacancies SET occupation_id = NULL, isco = CASE WHEN id = $1 THEN '9311' ELSE '5223' END`, string(mine.ID))
	must(t, err)
	mine, shop = h.publish(t, mine), h.publish(t, shop)
	desk := h.Counsellor(t).Actor()
	who, err := h.Jobseekers.Create(t.Context(), desk, person.CreatePerson{KeepHere: true, Person: person.Person{
		Identity: person.Identity{Given: "Sira", Family: "Keïta", Birth: person.BornIn(h.Clock.Now().Year()-16, false), Guardian: "Modibo Keïta", GuardianPhone: "+22376000001"},
		Contact:  person.Contact{Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.ByVisit},
		Mobility: person.Mobility{Anywhere: true},
	}, Consents: []person.GiveConsent{{Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByRepresentative}}})
	must(t, err)
	_, err = h.Registrations.Accept(t.Context(), desk, person.ChangeRegistration{PersonID: who.ID})
	must(t, err)
	for name, apply := range map[string]func(v employer.Vacancy) (placement.Application, error){
		"she applies": func(v employer.Vacancy) (placement.Application, error) {
			return h.Applications.Apply(t.Context(), jobseeker(who.ID), placement.Begin{VacancyID: v.ID})
		},
		"a counsellor proposes": func(v employer.Vacancy) (placement.Application, error) {
			return h.Applications.Propose(t.Context(), desk, placement.Begin{PersonID: who.ID, VacancyID: v.ID})
		},
	} {
		if _, err := apply(mine); domain.KindOf(err) != domain.KindConflict || !strings.Contains(err.Error(), "error.application.hazardous") {
			t.Errorf("%s for work in a mine: %v", name, err)
		}
	}
	a, err := h.Applications.Apply(t.Context(), jobseeker(who.ID), placement.Begin{VacancyID: shop.ID})
	must(t, err)
	all, err := h.Consents.Of(t.Context(), desk, who.ID)
	must(t, err)
	for _, c := range all {
		if c.Mode != person.ByRepresentative || c.Representative != "Modibo Keïta" || c.RepresentativePhone != "+22376000001" {
			t.Errorf("a minor's consent to %s is %+v", c.Purpose, c)
		}
	}
	if len(all) != 2 || a.Consent != person.ByRepresentative {
		t.Errorf("%d consents, the application by %s", len(all), a.Consent)
	}
}
