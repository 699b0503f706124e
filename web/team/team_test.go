package team_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// crew is the program with a lead of Bamako, a counsellor each of Bamako and
// Kayes, an administrator, and two members of one employer and one of another.
type crew struct {
	*programtest.Program
	lead, awa, binta, admin      identity.User
	member, colleague, stranger  identity.User
	organisation                 employer.Organisation
	leads, admins, members, awas []*http.Cookie
}

func start(t *testing.T) crew {
	t.Helper()
	w := crew{Program: programtest.Start(t)}
	kayes, err := w.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{Code: "KAY-1", Name: "Agence de Kayes", PlaceCode: "KAY"})
	must(t, err)
	w.lead = w.StaffAt(t, domain.RoleLead, w.Agency.ID, "Mme Sissoko")
	w.awa = w.StaffAt(t, domain.RoleCounsellor, w.Agency.ID, "Awa Keïta")
	w.binta = w.StaffAt(t, domain.RoleCounsellor, kayes.ID, "Binta Sangaré")
	w.admin = w.StaffAt(t, domain.RoleAdministrator, "", "M. Sylla")
	employers := func(name string) employer.Organisation {
		o, err := w.Organisations.Create(t.Context(), w.awa.Actor(), employer.OrganisationFields{
			Kind: employer.KindCompany, LegalName: name, PlaceCode: "BKO", Phone: "+22320000001",
		})
		must(t, err)
		return o
	}
	works := func(o employer.Organisation, name string) identity.User {
		u, err := w.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
			Role: domain.RoleEmployer, Name: name, Email: "membre-" + string(w.IDs.New()) + "@exemple.ml", Password: programtest.Password, OrganisationID: o.ID,
		})
		must(t, err)
		return u
	}
	w.organisation = employers("Chantiers du Fleuve")
	w.member, w.colleague, w.stranger = works(w.organisation, "M. Diallo"), works(w.organisation, "Mme Bah"), works(employers("Atelier Sahel"), "M. Cissé")
	w.leads, w.admins, w.members, w.awas = w.StaffCookies(t, w.lead), w.StaffCookies(t, w.admin), w.StaffCookies(t, w.member), w.StaffCookies(t, w.awa)
	return w
}

func (w crew) post(t *testing.T, path string, cookies []*http.Cookie, pairs ...string) (int, string) {
	t.Helper()
	values := url.Values{"_token": {string(w.IDs.New())}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+path, strings.NewReader(values.Encode()))
	must(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		request.AddCookie(c)
	}
	answer, err := webtest.Follow(http.DefaultTransport.RoundTrip, request)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(body)
}

var secret = regexp.MustCompile(`<p class="secret"><code>([^<]+)</code>`)

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), start(t)
	if status, _ := w.post(t, "/team/invite", w.leads, "name", "Kadia Traoré", "email", "kadia@exemple.ml"); status != http.StatusOK {
		t.Fatalf("inviting: %d", status)
	}
	data := w.Data(t, "Mme Sissoko", "Awa Keïta", "Kadia Traoré", "kadia@exemple.ml", w.lead.Email, w.awa.Email, "Agence de Kayes", "M. Sylla")
	for path, c := range map[string]struct {
		name    string
		cookies []*http.Cookie
	}{
		"/team": {"lead", w.leads}, "/team/members/" + string(w.awa.ID): {"member", w.leads}, "/team/invite": {"invite", w.admins},
	} {
		webtest.CheckPage(t, browser, w.URL+path, webtest.Options{Name: "team-" + c.name, Cookies: c.cookies, Budget: webtest.Staff(), Data: data})
	}
}

// One program for all that needs no browser.
func TestTeam(t *testing.T) {
	w := start(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, crew)
	}{
		{"everybody sees their own", everybodySeesTheirOwn},
		{"inviting and taking back", invitingAndTakingBack},
		{"an administrator invites anybody", anAdministratorInvitesAnybody},
		{"a lead hands over a password", aLeadHandsOverAPassword},
		{"leaving ends access at once", leavingEndsAccess},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, w) })
	}
}

func everybodySeesTheirOwn(t *testing.T, w crew) {
	for name, c := range map[string]struct {
		cookies   []*http.Cookie
		see, miss []string
	}{
		"a lead":     {w.leads, []string{"Awa Keïta", "Mme Sissoko"}, []string{"Binta", "Diallo", "Sylla"}},
		"a member":   {w.members, []string{"M. Diallo", "Mme Bah"}, []string{"Cissé", "Awa"}},
		"the office": {w.admins, nil, []string{"Awa", "Diallo"}},
	} {
		status, body := w.Status(t, "/team", c.cookies)
		if status != http.StatusOK {
			t.Errorf("%s: %d", name, status)
		}
		for _, word := range c.see {
			if !strings.Contains(body, word) {
				t.Errorf("%s misses %s", name, word)
			}
		}
		for _, word := range c.miss {
			if strings.Contains(body, word) {
				t.Errorf("%s sees %s", name, word)
			}
		}
	}
	for what, c := range map[string]struct {
		cookies []*http.Cookie
		path    string
	}{
		"a counsellor's team":               {w.awas, "/team"},
		"a counsellor inviting":             {w.awas, "/team/invite"},
		"another agency's counsellor":       {w.leads, "/team/members/" + string(w.binta.ID)},
		"an employer's member, by a lead":   {w.leads, "/team/members/" + string(w.member.ID)},
		"a stranger":                        {w.members, "/team/members/" + string(w.stranger.ID)},
		"a member of staff, by an employer": {w.members, "/team/members/" + string(w.awa.ID)},
		"nobody":                            {w.leads, "/team/members/01900000-0000-7000-8000-0000000000ff"},
	} {
		if status, _ := w.Status(t, c.path, c.cookies); status != http.StatusNotFound {
			t.Errorf("%s: %d", what, status)
		}
	}
}

func invitingAndTakingBack(t *testing.T, w crew) {
	if status, body := w.post(t, "/team/invite", w.members, "name", "Oumar", "email", "nulle part"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "f-email-error") {
		t.Errorf("a wrong form: %d", status)
	}
	status, body := w.post(t, "/team/invite", w.members, "name", "Oumar", "email", "Oumar@exemple.ml", "role", "administrator", "organisation", "E-1")
	found := secret.FindStringSubmatch(body)
	if status != http.StatusOK || found == nil || !strings.HasPrefix(found[1], w.URL+"/invitation?code=") {
		t.Fatalf("%d: %v", status, found)
	}
	code := strings.TrimPrefix(found[1], w.URL+"/invitation?code=")
	i, err := w.Invitations.Read(t.Context(), code)
	must(t, err)
	if i.Role != domain.RoleEmployer || i.OrganisationID != w.organisation.ID || i.Email != "oumar@exemple.ml" {
		t.Errorf("invited %+v", i)
	}
	_, body = w.Status(t, "/team", w.members)
	if !strings.Contains(body, "oumar@exemple.ml") || strings.Contains(body, code) {
		t.Error("the list shows the invitation, and never its link")
	}
	if _, body := w.Status(t, "/team", w.leads); strings.Contains(body, "oumar@exemple.ml") {
		t.Error("a lead sees an employer's invitation")
	}
	if status, _ := w.post(t, "/team/revoke", w.leads, "invitation", string(i.ID)); status != http.StatusNotFound {
		t.Errorf("a lead revokes an employer's: %d", status)
	}
	if status, _ := w.post(t, "/team/revoke", w.members, "invitation", string(i.ID)); status != http.StatusSeeOther {
		t.Errorf("revoking: %d", status)
	}
	if _, err := w.Invitations.Read(t.Context(), code); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("a revoked one is good: %v", err)
	}
}

func anAdministratorInvitesAnybody(t *testing.T, w crew) {
	invited := func(pairs ...string) (int, identity.Invitation) {
		t.Helper()
		status, body := w.post(t, "/team/invite", w.admins, append([]string{"name", "X", "email", "x" + string(w.IDs.New()) + "@exemple.ml"}, pairs...)...)
		found := secret.FindStringSubmatch(body)
		if found == nil {
			return status, identity.Invitation{}
		}
		_, code, _ := strings.Cut(found[1], "code=")
		i, err := w.Invitations.Read(t.Context(), code)
		must(t, err)
		return status, i
	}
	if _, i := invited("role", "counsellor", "agency", string(w.Agency.ID), "until-day", "1", "until-month", "2", "until-year", "2030"); i.AgencyID != w.Agency.ID || i.Until.Year != 2030 {
		t.Errorf("a counsellor: %+v", i)
	}
	if _, i := invited("role", "employer", "organisation", strings.ToLower(w.organisation.Reference)); i.OrganisationID != w.organisation.ID {
		t.Errorf("an employer's member: %+v", i)
	}
	if _, i := invited("role", "analyst"); i.Role != domain.RoleAnalyst {
		t.Errorf("an analyst: %+v", i)
	}
	for name, pairs := range map[string][]string{
		"no role": {}, "no agency": {"role", "lead"}, "no such employer": {"role", "employer", "organisation", "E-1999-1"}, "a jobseeker": {"role", "jobseeker"},
	} {
		if status, _ := invited(pairs...); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, status)
		}
	}
}

func aLeadHandsOverAPassword(t *testing.T, w crew) {
	for what, u := range map[string]identity.User{"another agency's": w.binta, "an employer's member": w.member} {
		if status, _ := w.post(t, "/team/members/"+string(u.ID)+"/password", w.leads, "version", "1"); status != http.StatusNotFound {
			t.Errorf("%s: %d", what, status)
		}
	}
	other := w.StaffAt(t, domain.RoleLead, w.Agency.ID, "Mme Bagayoko")
	if status, _ := w.post(t, "/team/members/"+string(other.ID)+"/password", w.leads, "version", "1"); status != http.StatusForbidden { // whose page the lead has
		t.Errorf("another lead's: %d", status)
	}
	if status, _ := w.post(t, "/team/members/"+string(w.lead.ID)+"/password", w.leads, "version", "1"); status != http.StatusConflict {
		t.Errorf("the lead's own: %d", status)
	}
	status, body := w.post(t, "/team/members/"+string(w.awa.ID)+"/password", w.leads, "version", "1")
	found := secret.FindStringSubmatch(body)
	if status != http.StatusOK || found == nil {
		t.Fatalf("%d", status)
	}
	if status, _ := w.Status(t, "/account", w.awas); status != http.StatusSeeOther {
		t.Errorf("her old session answers %d", status)
	}
	_, err := w.Accounts.SignIn(t.Context(), domain.Anonymous(), w.awa.Email, found[1])
	must(t, err)
	w.Lapse(t, w.lead)
	if status, _ := w.post(t, "/team/members/"+string(w.awa.ID)+"/password", w.leads, "version", "2"); status != http.StatusSeeOther {
		t.Errorf("without saying again who one is: %d", status)
	}
	if _, err := w.Accounts.SignIn(t.Context(), domain.Anonymous(), w.awa.Email, found[1]); err != nil {
		t.Errorf("it was changed all the same: %v", err)
	}
}

func leavingEndsAccess(t *testing.T, w crew) {
	hers := w.StaffCookies(t, w.colleague)
	if status, _ := w.post(t, "/team/members/"+string(w.stranger.ID)+"/leave", w.members); status != http.StatusNotFound {
		t.Errorf("a stranger's: %d", status)
	}
	if status, _ := w.post(t, "/team/members/"+string(w.member.ID)+"/leave", w.members); status != http.StatusConflict {
		t.Errorf("one's own: %d", status)
	}
	if status, _ := w.post(t, "/team/members/"+string(w.colleague.ID)+"/leave", w.members); status != http.StatusSeeOther {
		t.Errorf("a colleague's: %d", status)
	}
	if status, _ := w.Status(t, "/employer", hers); status != http.StatusSeeOther {
		t.Errorf("she still comes in: %d", status)
	}
	if _, body := w.Status(t, "/team", w.members); strings.Contains(body, "Mme Bah") {
		t.Error("she is still listed")
	}
}
