package programtest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
)

// Secret is the second thing of every jobseeker tests make.
const Secret = "Tonton Modibo"

// Counsellor makes an account of the agency.
func (p *Program) Counsellor(t *testing.T) identity.User {
	t.Helper()
	return p.Staff(t, domain.RoleCounsellor)
}

// Staff makes an account of the agency in a role.
func (p *Program) Staff(t *testing.T, role domain.Role) identity.User {
	t.Helper()
	return p.StaffAt(t, role, p.Agency.ID, "M. Traoré")
}

// Enter gives the cookies of an account that signed in by password as a browser does.
func (p *Program) Enter(t *testing.T, email, password string) []*http.Cookie {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	at, err := url.Parse(p.URL)
	must(t, err)
	p.post(t, &http.Client{Jar: jar}, "/sign-in", url.Values{"email": {email}, "password": {password}})
	return jar.Cookies(at)
}

// Jobseeker registers somebody with an active registration, a phone and a second thing. change edits the record first;
// consents are given in writing.
func (p *Program) Jobseeker(t *testing.T, phone string, change func(*person.Person), consents ...person.Purpose) person.Person {
	t.Helper()
	desk := p.Counsellor(t).Actor()
	who := person.Person{
		Identity: person.Identity{Given: "Awa", Family: "Coulibaly", Sex: person.Female, Birth: person.BornIn(1998, false)},
		Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
			Phones: []person.Phone{{Number: phone, Owner: person.OwnPhone}},
		},
		Mobility: person.Mobility{Anywhere: true},
	}
	if change != nil {
		change(&who)
	}
	in := person.CreatePerson{Person: who, KeepHere: true, Secret: Secret}
	for _, purpose := range consents {
		in.Consents = append(in.Consents, person.GiveConsent{Purpose: purpose, TextVersion: "2026-11-27", Mode: person.ByWriting})
	}
	made, err := p.Jobseekers.Create(t.Context(), desk, in)
	must(t, err)
	_, err = p.Registrations.Accept(t.Context(), desk, person.ChangeRegistration{PersonID: made.ID})
	must(t, err)
	return made
}

// Code reads the last code that was to be sent to a phone.
func (p *Program) Code(t *testing.T, phone string) string {
	t.Helper()
	return domaintest.LastCode(t, p.Core.DB, phone)
}

// SignedIn gives the cookies of a jobseeker who signed in by phone as a browser does.
func (p *Program) SignedIn(t *testing.T, phone string) []*http.Cookie {
	t.Helper()
	return p.EnterByPhone(t, phone, Secret)
}

// EnterByPhone is SignedIn for somebody with another second thing.
func (p *Program) EnterByPhone(t *testing.T, phone, secret string) []*http.Cookie {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	client := &http.Client{Jar: jar}
	p.post(t, client, "/sign-in/phone", url.Values{"phone": {phone}})
	body := p.post(t, client, "/sign-in/code", url.Values{"phone": {phone}, "code": {p.Code(t, phone)}})
	ticket := regexp.MustCompile(`name="ticket" value="([^"]+)"`).FindStringSubmatch(body)
	if ticket == nil {
		t.Fatal("the code was not accepted")
	}
	p.post(t, client, "/sign-in/open", url.Values{"ticket": {ticket[1]}, "secret": {secret}})
	at, err := url.Parse(p.URL)
	must(t, err)
	return jar.Cookies(at)
}

// Send sends forms one after the other, as one browser with its cookies does, and gives the cookies it has then.
func (p *Program) Send(t *testing.T, forms ...Form) []*http.Cookie {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	client := &http.Client{Jar: jar}
	for _, f := range forms {
		p.post(t, client, f.Path, f.Values)
	}
	at, err := url.Parse(p.URL)
	must(t, err)
	return jar.Cookies(at)
}

// Form is a form's address and what is filled in.
type Form struct {
	Path   string
	Values url.Values
}

func (p *Program) post(t *testing.T, client *http.Client, path string, values url.Values) string {
	t.Helper()
	answer, err := client.PostForm(p.URL+path, values)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return string(body)
}
