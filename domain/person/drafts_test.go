package person_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
)

var visitor = domain.Anonymous()

// draft starts a form with a phone and a second thing.
func (w *world) draft(phone, secret, given string) string {
	w.t.Helper()
	token, _, err := w.drafts.Start(w.ctx, visitor, "fr")
	w.must(err)
	answers := person.Answers{Identity: person.Identity{Given: given}, Contact: person.Contact{Phones: []person.Phone{{Number: phone}}}}
	_, err = w.drafts.SaveStep(w.ctx, visitor, person.SaveStep{Token: token, Step: "phone", Answers: answers, Secret: secret})
	w.must(err)
	return token
}

func (w *world) lastCode() string { return w.codes[len(w.codes)-1] }

func TestDraftKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	token, draft, err := w.drafts.Start(w.ctx, visitor, "bm")
	w.must(err)
	saved, err := w.drafts.SaveStep(w.ctx, visitor, person.SaveStep{Token: token, Version: draft.Version, Step: "skills", Answers: filledForm()})
	w.must(err)
	read, err := w.drafts.Get(w.ctx, visitor, token)
	w.must(err)
	if read.Answers.Family != "Coulibaly" || len(read.Answers.Skills) != 2 || read.Step != "skills" || read.Language != "bm" || read.Version != saved.Version {
		t.Errorf("draft reads %+v", read)
	}
	if read.Phone != "+22370123456" {
		t.Errorf("phone %q, want E.164", read.Phone)
	}
	_, err = w.drafts.SaveStep(w.ctx, visitor, person.SaveStep{Token: token, Version: draft.Version, Answers: filledForm()})
	refused(t, err, domain.KindStale)
	_, err = w.drafts.Get(w.ctx, visitor, "another token")
	refused(t, err, domain.KindNotFound)
	_, err = w.drafts.SaveStep(w.ctx, w.awa, person.SaveStep{Token: token, Answers: filledForm()})
	refused(t, err, domain.KindNotFound)
	w.sleep(31 * 24 * time.Hour)
	_, err = w.drafts.Get(w.ctx, visitor, token)
	refused(t, err, domain.KindNotFound)
	n, err := w.drafts.Clean(w.ctx, w.system)
	w.must(err)
	if n != 1 {
		t.Errorf("%d drafts cleaned, want 1", n)
	}
}

func TestDraftIsBounded(t *testing.T) {
	w := newWorld(t)
	token, _, err := w.drafts.Start(w.ctx, visitor, "fr")
	w.must(err)
	big := person.Answers{}
	for i := range 60 {
		big.Experience = append(big.Experience, person.Experience{Title: strings.Repeat("m", 180) + string(rune('a'+i%26)), Employer: strings.Repeat("é", 190)})
	}
	_, err = w.drafts.SaveStep(w.ctx, visitor, person.SaveStep{Token: token, Answers: big})
	refused(t, err, domain.KindInvalid)
}

func TestResumeByPhoneCodeAndSecondThing(t *testing.T) {
	w := newWorld(t)
	old := w.draft("70 12 34 56", "Mangue Verte", "Awa")
	w.must(w.drafts.SendResumeCode(w.ctx, visitor, "70123456"))
	if n, code := domaintest.Sent(t, w.db, "sms.code", "+22370123456"), domaintest.LastCode(t, w.db, "+22370123456"); n != 1 || code != w.lastCode() {
		t.Fatalf("%d messages, the last with the code %s, want one with %s", n, code, w.lastCode())
	}
	ticket, progress, err := w.drafts.CheckResumeCode(w.ctx, visitor, "+223 70 12 34 56", w.lastCode()[:3]+" "+w.lastCode()[3:])
	w.must(err)
	if len(progress) != 1 || progress[0].Step != "phone" || strings.Contains(dump(progress), "Awa") {
		t.Errorf("progress is %+v, want the step and nothing said", progress)
	}
	_, _, err = w.drafts.Resume(w.ctx, visitor, ticket, "papaye")
	refused(t, err, domain.KindInvalid)
	token, draft, err := w.drafts.Resume(w.ctx, visitor, ticket, "mangue verte")
	w.must(err)
	if draft.Answers.Given != "Awa" {
		t.Errorf("resumed %+v", draft.Answers)
	}
	_, err = w.drafts.Get(w.ctx, visitor, old)
	refused(t, err, domain.KindNotFound) // the lost phone's token
	if _, err := w.drafts.Get(w.ctx, visitor, token); err != nil {
		t.Error(err)
	}
	_, _, err = w.drafts.Resume(w.ctx, visitor, ticket, "mangue verte")
	refused(t, err, domain.KindUnauthenticated) // a ticket opens once
	_, _, err = w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", w.lastCode())
	refused(t, err, domain.KindInvalid) // and so does a code
}

func TestSecondThingTellsApartWhoSharesAPhone(t *testing.T) {
	w := newWorld(t)
	w.draft("70123456", "mangue", "Awa")
	w.draft("70123456", "baobab", "Adama")
	w.must(w.drafts.SendResumeCode(w.ctx, visitor, "70123456"))
	ticket, progress, err := w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", w.lastCode())
	w.must(err)
	if len(progress) != 2 {
		t.Errorf("%d drafts shown, want 2", len(progress))
	}
	_, draft, err := w.drafts.Resume(w.ctx, visitor, ticket, "MANGUE")
	w.must(err)
	if draft.Answers.Given != "Awa" {
		t.Errorf("mangue opens the draft of %s", draft.Answers.Given)
	}
}

func TestUnknownPhoneAnswersLikeAKnownOne(t *testing.T) {
	w := newWorld(t)
	w.draft("70123456", "mangue", "Awa")
	type answers struct{ send, again, check string }
	ask := func(phone string) answers {
		text := func(err error) string {
			if err == nil {
				return "ok"
			}
			return err.Error()
		}
		var a answers
		a.send = text(w.drafts.SendResumeCode(w.ctx, visitor, phone))
		a.again = text(w.drafts.SendResumeCode(w.ctx, visitor, phone))
		_, _, err := w.drafts.CheckResumeCode(w.ctx, visitor, phone, "000000")
		a.check = text(err)
		return a
	}
	known, unknown := ask("70123456"), ask("76999999")
	if known != unknown || known.send != "ok" {
		t.Errorf("known: %+v\nunknown: %+v", known, unknown)
	}
	for _, m := range domaintest.Messages(t, w.db) {
		if m.Recipient == "+22376999999" && m.State != person.MessageDropped {
			t.Errorf("a message to a phone nobody gave: %s", m.State)
		}
	}
}

func TestCodesAreLimited(t *testing.T) {
	w := newWorld(t)
	w.draft("70123456", "mangue", "Awa")
	w.must(w.drafts.SendResumeCode(w.ctx, visitor, "70123456"))
	refused(t, w.drafts.SendResumeCode(w.ctx, visitor, "70123456"), domain.KindTooMany)
	w.sleep(time.Minute)
	w.must(w.drafts.SendResumeCode(w.ctx, visitor, "70123456"))
	_, _, err := w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", w.codes[0])
	refused(t, err, domain.KindInvalid) // only the newest counts
	for range 4 {
		_, _, err = w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", "000000")
		refused(t, err, domain.KindInvalid)
	}
	_, _, err = w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", w.lastCode())
	refused(t, err, domain.KindInvalid) // the right one, after five tries
	if n := w.count(`SELECT max(tries) FROM one_time_codes`); n != 5 {
		t.Errorf("%d tries counted, want 5", n)
	}

	w.sleep(time.Minute)
	w.must(w.drafts.SendResumeCode(w.ctx, visitor, "70123456"))
	w.sleep(10 * time.Minute)
	_, _, err = w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", w.lastCode())
	refused(t, err, domain.KindInvalid) // too late

	w.must(w.drafts.SendResumeCode(w.ctx, visitor, "70123456"))
	ticket, _, err := w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", w.lastCode())
	w.must(err)
	for range 5 {
		_, _, err = w.drafts.Resume(w.ctx, visitor, ticket, "wrong")
		refused(t, err, domain.KindInvalid)
	}
	_, _, err = w.drafts.Resume(w.ctx, visitor, ticket, "mangue")
	refused(t, err, domain.KindUnauthenticated)
}

func TestSignInByPhoneCodeAndSecondThing(t *testing.T) {
	w := newWorld(t)
	_, receipt := w.send(filledForm(), "mangue")
	w.must(w.people.SendSignInCode(w.ctx, visitor, "70 12 34 56"))
	ticket, err := w.people.CheckSignInCode(w.ctx, visitor, "70123456", w.lastCode())
	w.must(err)
	_, err = w.people.SignIn(w.ctx, visitor, ticket, "papaye")
	refused(t, err, domain.KindInvalid)
	user, err := w.people.SignIn(w.ctx, visitor, ticket, "mangue")
	w.must(err)
	if user != receipt.UserID {
		t.Errorf("signed in as %s, want %s", user, receipt.UserID)
	}
	// A ticket for signing in resumes nothing, and the other way round.
	w.draft("70123456", "mangue", "Awa")
	w.must(w.drafts.SendResumeCode(w.ctx, visitor, "70123456"))
	ticket, _, err = w.drafts.CheckResumeCode(w.ctx, visitor, "70123456", w.lastCode())
	w.must(err)
	_, err = w.people.SignIn(w.ctx, visitor, ticket, "mangue")
	refused(t, err, domain.KindUnauthenticated)
}

func TestMissing(t *testing.T) {
	w := newWorld(t)
	for name, test := range map[string]struct {
		answers person.Answers
		want    []string
	}{
		"nothing yet": {person.Answers{}, []string{"given"}},
		"a minor":     {person.Answers{Identity: person.Identity{Family: "Ba", Birth: person.BornIn(2012, true)}}, []string{"guardian"}},
		"one name":    {person.Answers{Identity: person.Identity{Given: "Ɲamɔgɔ"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range w.drafts.Missing(test.answers) {
				got = append(got, f.Name)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("missing %q, want %q", got, test.want)
			}
		})
	}
}
