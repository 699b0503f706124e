package offers_test

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web/webtest"
)

func TestPages(t *testing.T) {
	d := open(t)
	awa := d.jobseeker("+22370000021", "Awa", "Coulibaly", d.Agency.ID)
	other := d.jobseeker("+22370000022", canary, canary, d.elsewhere())
	v := d.vacancy("Maçon qualifié", 2)
	hired := d.vacancy("Carreleur", 1)
	draft, err := d.Vacancies.Record(t.Context(), d.user.Actor(), employer.RecordVacancy{
		Source: employer.SourceRadio, SourceDetail: "Radio Kayira", Draft: true, Fields: employer.VacancyFields{Title: "Gardien de nuit", ClientName: "Boutique Ba"},
	})
	must(t, err)
	held := d.held("Chauffeur de camion")
	org := d.organisation(d.user.Actor(), "Atelier Diallo")
	soudeur, err := d.Vacancies.Create(t.Context(), d.user.Actor(), org.ID, employer.VacancyFields{Title: "Soudeur"})
	must(t, err)
	proposed, err := d.Applications.Propose(t.Context(), d.user.Actor(), placement.Begin{PersonID: awa.ID, VacancyID: v.ID})
	must(t, err)
	sent := d.sent(awa, hired)
	result, err := d.Applications.Hire(t.Context(), d.user.Actor(), placement.Hire{Act: placement.Act{ID: sent.ID}, StartsOn: domain.DateOf(d.Clock.Now()).AddDays(5)})
	must(t, err)
	d.matched(v, 2)
	_ = other
	ferrailleur := d.vacancy("Ferrailleur", 1)
	bad, err := d.Complaints.Make(t.Context(), d.user.Actor(), watch.Complain{
		VacancyID: ferrailleur.ID, PersonID: awa.ID, Kind: "money", Words: "Cinq mille francs pour le badge.", Call: true,
	})
	must(t, err)
	one, app := "/counsellor/vacancies/"+string(v.ID), "/counsellor/applications/"
	data := d.data(
		"Ferrailleur", "Cinq mille francs pour le badge.", "Maçon qualifié", "Carreleur", "Gardien de nuit", "Chauffeur de camion", "Atelier Sidibé", "Atelier Diallo", "Boutique Ba", "M. Sidibé", "monter un mur",
		"lire un plan", "Awa", "Coulibaly", "Mme Keïta", "Une école à bâtir.", "Transport Sahel", "Radio Kayira", "Agence de Kayes", "macon", "rien",
		ferrailleur.Reference, v.Reference, hired.Reference, draft.Reference, held.Reference, org.Reference, "Orange Money", "orange money", "frais de dossier",
		"Soudeur", soudeur.Reference, "Turénistan", "maçon/maçonne", "diallo", "introuvable", awa.Reference,
	)
	for name, path := range map[string]string{
		"vacancies": "/counsellor/vacancies", "vacancies-public": "/counsellor/vacancies?state=public&whose=mine&region=BKO&words=macon",
		"vacancies-none": "/counsellor/vacancies?words=rien", "new": "/counsellor/vacancies/new", "new-search": "/counsellor/vacancies/new?employer=diallo",
		"new-for": "/counsellor/vacancies/new?organisation=" + string(org.ID), "vacancy": one, "edit": one + "/edit", "matches": one + "/matches",
		"vacancy-applications": one + "/applications", "history": one + "/history", "close": one + "/close", "suspend": one + "/suspend",
		"renew": one + "/renew", "posts": one + "/posts", "complaint": one + "/complaint", "complaints": "/counsellor/complaints",
		"complaint-open": "/counsellor/complaints/" + string(bad.ID), "withdraw": one + "/withdraw",
		"draft": "/counsellor/vacancies/" + string(draft.ID), "held": "/counsellor/vacancies/" + string(held.ID),
		"review": "/counsellor/vacancies/" + string(held.ID) + "/review", "filled": "/counsellor/vacancies/" + string(hired.ID),
		"applications": "/counsellor/applications", "applications-ended": "/counsellor/applications?state=ended&whose=mine&chased=1",
		"application": app + string(proposed.ID), "application-hired": app + string(sent.ID), "hire": app + string(proposed.ID) + "/hire",
		"refuse": app + string(proposed.ID) + "/refuse", "interview": app + string(proposed.ID) + "/interview",
		"reply-withdraw": app + string(proposed.ID) + "/withdraw",
		"placements":     "/counsellor/placements", "placement": "/counsellor/placements/" + string(result.Placement.ID),
		"start": "/counsellor/placements/" + string(result.Placement.ID) + "/start", "no-start": "/counsellor/placements/" + string(result.Placement.ID) + "/no-start",
		"end": "/counsellor/placements/" + string(result.Placement.ID) + "/end", "convert": "/counsellor/placements/" + string(result.Placement.ID) + "/convert",
		"employers": "/counsellor/employers", "employers-none": "/counsellor/employers?words=introuvable&state=refused&whose=agency",
		"employer": "/counsellor/employers/" + string(org.ID), "employer-new": "/counsellor/employers/new",
		"employer-edit": "/counsellor/employers/" + string(org.ID) + "/edit", "employer-refuse": "/counsellor/employers/" + string(org.ID) + "/refuse",
	} {
		webtest.CheckPage(t, d.browser, d.URL+path, webtest.Options{Name: "offers-" + name, Cookies: d.cookies, Budget: webtest.Staff(), Data: data})
	}
	// The desk speaks of the person, not as the person.
	for path, said := range map[string]string{
		"/counsellor/complaints": "De l’argent a été demandé", "/counsellor/complaints/" + string(bad.ID): "De l’argent a été demandé", one + "/complaint": "Les papiers de la personne sont gardés",
	} {
		if _, page := d.Status(t, path, d.cookies); !strings.Contains(page, said) || strings.Contains(page, "On m’a demandé") || strings.Contains(page, "mes papiers") {
			t.Errorf("%s does not say %q", path, said)
		}
	}
}

// held records a vacancy whose text mentions a fee.
func (d desk) held(title string) employer.Vacancy {
	d.t.Helper()
	v, err := d.Vacancies.Record(d.t.Context(), d.user.Actor(), employer.RecordVacancy{
		Source: employer.SourceNewspaper, Fields: employer.VacancyFields{
			ClientName: "Transport Sahel", Title: title, Description: "Frais de dossier à envoyer par Orange Money.", Lang: "fr", Posts: 1,
			Contract: employer.ContractPermanent, PlaceCode: "BKO", FeeFree: true,
		},
	})
	must(d.t, err)
	if v.State != employer.Held {
		d.t.Fatalf("a text with a fee is %s", v.State)
	}
	return v
}

func (d desk) organisation(by domain.Actor, name string) employer.Organisation {
	d.t.Helper()
	o, err := d.Organisations.Create(d.t.Context(), by, employer.OrganisationFields{
		Kind: employer.KindWorkshop, LegalName: name, Phone: "+22376000001", PlaceCode: "BKO",
	})
	must(d.t, err)
	return o
}
