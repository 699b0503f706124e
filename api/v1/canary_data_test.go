package v1_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
)

// asks has her ask something about her data and be told no, and wait for
// another number to sign in with.
func (tale *tale) asks(t *testing.T) {
	w, c := tale.w, tale.canaries
	path := "/jobseekers/" + tale.person.id + "/rights-requests"
	asked := tale.person.post(t, path, object{"kind": "rectification", "words": c.in("what she asks")}).status(t, http.StatusCreated)
	c.seen(w.awa.get(t, "/rights-requests/"+asked.text("id")), "what she asks")
	refused := w.awa.post(t, "/rights-requests/"+asked.text("id")+"/decide", object{"act": "refuse", "reason": c.in("what she is answered")}, based(asked)).status(t, http.StatusOK)
	c.seen(refused, "what she is answered")

	changes := tale.signedIn.post(t, "/users/me/contacts", object{"kind": "phone", "value": c.as("phone to come", "+22379310021")}).status(t, http.StatusAccepted)
	c.seen(changes, "phone to come")
	c.seen(tale.signedIn.get(t, "/users/me/contacts"), "phone to come")
	_, _, err := w.server.Tokens.Create(t.Context(), tale.person.user.Actor(), identity.NewToken{Name: c.in("token's name"), Scopes: []string{"person.*"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	must(t, err)
	c.seen(tale.person.get(t, "/tokens"), "token's name")
}

// keeps has papers of hers kept, another file of hers absorbed, and a form that
// somebody else has not sent yet.
func (tale *tale) keeps(t *testing.T) {
	w, c := tale.w, tale.canaries
	read := crawler{w: w}
	paper, err := w.server.Documents.Add(t.Context(), w.awa.user.Actor(), document.AddDocument{
		PersonID: domain.ID(tale.person.id), Kind: "diploma", Title: c.in("paper's title"), Body: []byte("%PDF-1.4\n% " + c.in("paper's words") + "\nstartxref\n0\n%%EOF\n"),
	})
	must(t, err)
	papers := "/counsellor/people/" + tale.person.id + "/documents"
	awa := w.awa.inSession(t)
	c.seen(read.open(t, awa, papers), "paper's title")
	c.seen(read.open(t, awa, papers+"/"+string(paper.ID)), "paper's words")

	twin := w.registered(t, object{"given": c.in("twin's name"), "residence": object{"place": "BKO", "detail": c.in("twin's home")}})
	c.seen(w.awa.get(t, "/jobseekers/"+twin.id), "twin's name", "twin's home")
	merged, err := w.server.Merges.Make(t.Context(), w.fia.user.Actor(), person.MakeMerge{
		SurvivorID: domain.ID(tale.person.id), AbsorbedID: domain.ID(twin.id), SurvivorVersion: tale.version(t, tale.person.id), AbsorbedVersion: tale.version(t, twin.id),
		Reason: c.in("merge's reason"),
	})
	must(t, err)
	c.seen(read.open(t, w.fia.inSession(t), "/counsellor/merges/"+string(merged.ID)), "merge's reason")

	token, _, err := w.server.Drafts.Start(t.Context(), domain.Anonymous(), "fr")
	must(t, err)
	answers := person.Answers{}
	answers.Given, answers.Residence.Detail = c.in("name in a form"), c.in("home in a form")
	_, err = w.server.Drafts.SaveStep(t.Context(), domain.Anonymous(), person.SaveStep{Token: token, Step: "home", Answers: answers})
	must(t, err)
	form, err := w.server.Drafts.Get(t.Context(), domain.Anonymous(), token)
	must(t, err)
	c.seen(answer{asked: "the form, by who holds its token", body: fmt.Append(nil, form.Answers)}, "name in a form", "home in a form")
}

func (tale *tale) version(t *testing.T, id string) int {
	t.Helper()
	p, err := tale.w.server.Jobseekers.Get(t.Context(), tale.w.fia.user.Actor(), domain.ID(id))
	must(t, err)
	return p.Version
}

// office has the staff write down what is theirs: why somebody's data must
// stay, why an employer may see more people, whom they invited.
func (tale *tale) office(t *testing.T) {
	w, c := tale.w, tale.canaries
	tale.officer = w.account(t, identity.NewUser{Role: domain.RoleDataProtection}).inSession(t)
	must(t, w.server.Requests.Place(t.Context(), tale.officer.user.Actor(), c.word["reference"], c.in("hold's reason")))
	c.seen(crawler{w: w}.open(t, tale.officer, "/protection/retention"), "hold's reason")

	views := "/organisations/" + w.organisation + "/views"
	w.fia.post(t, views+"/allowances", object{
		"daily": 200, "until": domain.DateOf(w.server.Clock.Now()).AddDays(2).String(), "reason": c.in("why more views"),
	}).status(t, http.StatusNoContent)
	c.seen(w.fia.get(t, views), "why more views")

	c.seen(w.fia.post(t, "/invitations", object{"role": "counsellor", "name": c.in("invited"), "email": c.in("invited address") + "@example.org"}).status(t, http.StatusCreated),
		"invited", "invited address")
	tale.administrated = slices.Concat(tale.administrated, []string{"invited", "invited address"})
}
