package person_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
)

// filledForm is a finished public form of a returnee in Kayes.
func filledForm() person.Answers {
	return person.Answers{
		Identity: person.Identity{Given: "Awa", Family: "Coulibaly", Sex: person.Female, Birth: person.Birth{Precision: person.BirthYear, Year: 1998}},
		Contact: person.Contact{
			Residence: person.Residence{Place: "KAY-BAFOULABE", Detail: "Mahina"},
			Phones:    []person.Phone{{Number: "70 12 34 56", Owner: person.OwnPhone}},
		},
		Population:  person.Population{WorkedAbroad: person.Yes},
		Experience:  []person.Experience{{Title: "maçon", FromYear: 2018, UntilYear: 2021, Country: "DZ"}},
		Skills:      []person.Skill{{Words: "poser des briques", Evidence: person.Certified}, {Words: "bricoler"}},
		Wishes:      []person.Wish{{Words: "maçon"}},
		Consents:    []person.Purpose{person.ForMatching, person.ForMessages},
		TextVersion: "2026-11",
	}
}

func (w *world) send(answers person.Answers, secret string) (string, person.Receipt) {
	w.t.Helper()
	token, _, err := w.drafts.Start(w.ctx, domain.Anonymous(), "fr")
	w.must(err)
	_, err = w.drafts.SaveStep(w.ctx, domain.Anonymous(), person.SaveStep{Token: token, Step: "check", Answers: answers, Secret: secret})
	w.must(err)
	receipt, err := w.people.Register(w.ctx, domain.Anonymous(), person.Send{Token: token, Work: "done"})
	w.must(err)
	return token, receipt
}

func TestRegisterMakesAJobseekerOfAForm(t *testing.T) {
	w := newWorld(t)
	token, receipt := w.send(filledForm(), "mangue")

	if !strings.HasPrefix(receipt.Reference, "ML-2026-") || receipt.AgencyID != w.kayes || receipt.UserID.IsZero() {
		t.Errorf("receipt is %+v, want a reference of 2026, the agency of Kayes and an account", receipt)
	}
	p, err := w.people.Get(w.ctx, w.binta, receipt.PersonID)
	w.must(err)
	if p.Phones[0].Number != "+22370123456" {
		t.Errorf("phone is %q, want E.164", p.Phones[0].Number)
	}
	if p.Residence.Region != "KAY" || p.Entry.Mode != person.EntrySelf {
		t.Errorf("region %q, entry %q; want KAY, self", p.Residence.Region, p.Entry.Mode)
	}
	if e := p.Experience[0]; e.OccupationID.IsZero() || e.ISCO != "7112" || e.Country != "DZA" || e.Months != 36 {
		t.Errorf("experience is %+v, want it linked to ISCO 7112, in DZA, 36 months", e)
	}
	if s := p.Skills[0]; s.ConceptID.IsZero() || s.Evidence != person.Declared {
		t.Errorf("skill is %+v, want it linked and only declared", s)
	}
	if s := p.Skills[1]; !s.ConceptID.IsZero() || s.Words != "bricoler" {
		t.Errorf("skill is %+v, want the words kept and no link below the sure score", s)
	}
	r, err := w.registrations.Of(w.ctx, w.binta, p.ID)
	w.must(err)
	if r.State != person.Intake || !r.RenewBy.IsZero() {
		t.Errorf("registration is %+v, want it in the intake queue", r)
	}
	consents, err := w.consents.Of(w.ctx, w.binta, p.ID)
	w.must(err)
	if len(consents) != 2 || consents[0].Mode != person.ByClick || consents[0].ExpiresAt.IsZero() {
		t.Errorf("consents are %+v, want two clicked ones that expire", consents)
	}
	queue, err := w.registrations.Intake(w.ctx, w.binta, domain.Cursor{})
	w.must(err)
	if len(queue.Items) != 1 || queue.Items[0].Family != "Coulibaly" || queue.Items[0].Phone != "+22370123456" {
		t.Errorf("queue is %+v, want her alone", queue.Items)
	}
	if n := domaintest.Sent(t, w.db, "sms.receipt", "+22370123456"); n != 1 {
		t.Errorf("%d receipts queued, want 1", n)
	}
	if n := w.count(`SELECT count(*) FROM river_job WHERE kind = 'send_message'`); n != 1 {
		t.Errorf("%d jobs queued, want 1", n)
	}
	again, err := w.people.Register(w.ctx, domain.Anonymous(), person.Send{Token: token, Work: "done"})
	w.must(err)
	if again.Reference != receipt.Reference || w.count(`SELECT count(*) FROM persons`) != 1 {
		t.Errorf("sending twice gives %+v and %d people", again, w.count(`SELECT count(*) FROM persons`))
	}
	left, err := w.drafts.Get(w.ctx, domain.Anonymous(), token)
	w.must(err)
	if !reflect.DeepEqual(left.Answers, person.Answers{}) || left.Phone != "" || left.SecretHash != "" {
		t.Errorf("the sent draft still holds %+v", left)
	}
}

func TestRegisterHonoursNeverSMS(t *testing.T) {
	w := newWorld(t)
	form := filledForm()
	form.Phones[0].NeverSMS = true
	w.send(form, "")
	if n := w.count(`SELECT count(*) FROM messages`); n != 0 {
		t.Errorf("%d messages to a phone that gets none", n)
	}
}

func TestRegisterRefuses(t *testing.T) {
	w := newWorld(t)
	tests := map[string]struct {
		change func(*person.Answers)
		want   []string
	}{
		"no name at all":       {func(a *person.Answers) { a.Given, a.Family = "", "" }, []string{"given"}},
		"minor, no guardian":   {func(a *person.Answers) { a.Birth.Year = 2012 }, []string{"guardian"}},
		"birth in the future":  {func(a *person.Answers) { a.Birth.Year = 2030 }, []string{"birth.year"}},
		"seven-digit number":   {func(a *person.Answers) { a.Phones[0].Number = "7012345" }, []string{"phones.0.number"}},
		"unknown place":        {func(a *person.Answers) { a.Residence.Place = "ATLANTIS" }, []string{"residence.place"}},
		"unknown country":      {func(a *person.Answers) { a.Experience[0].Country = "XX" }, []string{"experience.0.country"}},
		"ends before it began": {func(a *person.Answers) { a.Experience[0].UntilYear = 2000 }, []string{"experience.0.until_year"}},
		"level out of range":   {func(a *person.Answers) { n := 9; a.ISCED = &n }, []string{"isced"}},
		"half a safe hour":     {func(a *person.Answers) { a.Phones[0].SafeFrom = "08:00" }, []string{"phones.0.safe_from"}},
		"several at once":      {func(a *person.Answers) { a.Sex, a.Email = "x", "nonsense" }, []string{"sex", "email"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			form := filledForm()
			test.change(&form)
			token, _, err := w.drafts.Start(w.ctx, domain.Anonymous(), "fr")
			w.must(err)
			_, err = w.drafts.SaveStep(w.ctx, domain.Anonymous(), person.SaveStep{Token: token, Answers: form})
			if err == nil {
				_, err = w.people.Register(w.ctx, domain.Anonymous(), person.Send{Token: token, Work: "done"})
			}
			refused(t, err, domain.KindInvalid)
			if got := fields(err); !slices.Equal(got, test.want) {
				t.Errorf("fields %q, want %q", got, test.want)
			}
		})
	}
	if n := w.count(`SELECT count(*) FROM persons`); n != 0 {
		t.Errorf("%d people registered by refused forms", n)
	}
}

func TestRegisterMinorWithGuardian(t *testing.T) {
	w := newWorld(t)
	form := filledForm()
	form.Birth.Year, form.Guardian, form.GuardianPhone = 2010, "Moussa Coulibaly", "76 00 00 01"
	_, receipt := w.send(form, "")
	consents, err := w.consents.Of(w.ctx, w.binta, receipt.PersonID)
	w.must(err)
	for _, c := range consents {
		if c.Mode != person.ByRepresentative || c.Representative != "Moussa Coulibaly" {
			t.Errorf("a minor's consent is %q by %q, want the guardian's", c.Mode, c.Representative)
		}
	}
}

func TestAgencyOfAPlace(t *testing.T) {
	w := newWorld(t)
	commune := w.agency("COMMUNE", "BKO-C3")
	tests := map[string]struct {
		place string
		want  domain.ID
	}{
		"its own commune":              {"BKO-C3", commune},
		"the region, for its communes": {"BKO-C1", w.bamako},
		"the region, for its cercles":  {"KAY-BAFOULABE", w.kayes},
		"nobody serves it: the first":  {"GAO", w.bamako},
		"no place at all: also":        {"", w.bamako},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			form := filledForm()
			form.Residence.Place = test.place
			form.Phones = nil
			if _, receipt := w.send(form, ""); receipt.AgencyID != test.want {
				t.Errorf("goes to %s, want %s", receipt.AgencyID, test.want)
			}
		})
	}
}

func TestCreateByStaff(t *testing.T) {
	w := newWorld(t)
	in := person.CreatePerson{
		Person:   person.Person{Identity: person.Identity{Family: "Oumou"}, Contact: person.Contact{Residence: person.Residence{Place: "KAY"}}},
		Consents: []person.GiveConsent{{Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByThumbprint, Witness: "S. Traoré"}},
	}
	p, err := w.people.Create(w.ctx, w.awa, in)
	w.must(err)
	if p.Entry.Mode != person.EntryStaff || p.Entry.By != w.awa.UserID {
		t.Errorf("entry is %+v, want staff and who", p.Entry)
	}
	_, err = w.people.Get(w.ctx, w.awa, p.ID)
	refused(t, err, domain.KindNotFound) // helping does not make the file hers
	if _, err := w.people.Get(w.ctx, w.binta, p.ID); err != nil {
		t.Errorf("the agency of the place cannot read the record: %v", err)
	}
	in.KeepHere = true
	p, err = w.people.Create(w.ctx, w.awa, in)
	w.must(err)
	if _, err := w.people.Get(w.ctx, w.awa, p.ID); err != nil {
		t.Errorf("kept here, and still not readable: %v", err)
	}

	in.Consents[0].Witness = ""
	_, err = w.people.Create(w.ctx, w.awa, in)
	refused(t, err, domain.KindInvalid)
	_, err = w.people.Create(w.ctx, domain.Anonymous(), in)
	refused(t, err, domain.KindUnauthenticated)
	_, err = w.people.Create(w.ctx, w.jobseeker(p.ID), in)
	refused(t, err, domain.KindNotFound)
}

func TestCreateTwiceIsOnce(t *testing.T) {
	w := newWorld(t)
	actor := w.awa
	actor.Once = domain.Once{Scope: "test", Key: "k", PayloadHash: "h"}
	in := person.CreatePerson{Person: person.Person{Identity: person.Identity{Family: "Oumou"}}}
	p, err := w.people.Create(w.ctx, actor, in)
	w.must(err)
	_, err = w.people.Create(w.ctx, actor, in)
	if id, again := domain.Replayed(err); !again || id != p.ID {
		t.Errorf("the repeat gives %v, want a replay of %s", err, p.ID)
	}
	if n := w.count(`SELECT count(*) FROM persons`); n != 1 {
		t.Errorf("%d people, want 1", n)
	}
}

// Without proof of work a registration waits apart: nobody is told, nobody is
// matched, and it leaves when staff say so, or by itself when a day has passed
// and the phone was proven, whichever comes last.
func TestWithoutWorkARegistrationWaitsInQuarantine(t *testing.T) {
	w := newWorld(t)
	register := func(phone string) person.Receipt {
		token := w.filledDraft(phone)
		r, err := w.people.Register(w.ctx, domain.Anonymous(), person.Send{Token: token})
		w.must(err)
		if !r.Quarantined {
			t.Errorf("the receipt does not say that it waits: %+v", r)
		}
		if again, err := w.people.Receipt(w.ctx, domain.Anonymous(), token); err != nil || !again.Quarantined {
			t.Errorf("shown again it says %+v (%v)", again, err)
		}
		return r
	}
	state := func(r person.Receipt) (s string) {
		w.must(w.sql.SQL.QueryRowContext(w.ctx, `SELECT state FROM registrations WHERE person_id = $1`, string(r.PersonID)).Scan(&s))
		return s
	}
	messages := func() int { return w.count(`SELECT count(*) FROM messages WHERE template = 'sms.receipt'`) }
	clear := func() int {
		n, err := w.registrations.ClearDue(w.ctx, domain.System())
		w.must(err)
		return n
	}
	looked, proven, silent := register("+22376000061"), register("+22376000062"), register("+22376000063")
	queue, err := w.registrations.Intake(w.ctx, w.awa, domain.Cursor{})
	if err != nil || len(queue.Items) != 0 || messages() != 0 {
		t.Errorf("%d wait in the queue and %d messages were sent (%v)", len(queue.Items), messages(), err)
	}
	apart, err := w.registrations.Quarantined(w.ctx, w.awa, domain.Cursor{})
	if err != nil || len(apart.Items) != 3 {
		t.Errorf("%d wait apart, want 3 (%v)", len(apart.Items), err)
	}
	if elsewhere, err := w.registrations.Quarantined(w.ctx, w.binta, domain.Cursor{}); err != nil || len(elsewhere.Items) != 0 {
		t.Errorf("another agency sees %d (%v)", len(elsewhere.Items), err)
	}
	_, err = w.registrations.Clear(w.ctx, w.binta, person.ChangeRegistration{PersonID: looked.PersonID})
	if domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("another agency lets somebody out: %v", err)
	}
	_, err = w.registrations.Clear(w.ctx, w.awa, person.ChangeRegistration{PersonID: looked.PersonID})
	w.must(err)
	if state(looked) != "intake" || messages() != 1 {
		t.Errorf("looked at: %s, %d messages", state(looked), messages())
	}
	w.exec(`UPDATE registrations SET phone_proven_at = now() WHERE person_id = $1`, string(proven.PersonID))
	if n := clear(); n != 0 {
		t.Errorf("%d left before a day had passed", n)
	}
	w.sleep(25 * time.Hour)
	if n := clear(); n != 1 || state(proven) != "intake" || state(silent) != "quarantine" || messages() != 2 {
		t.Errorf("a day later %d left: proven %s, silent %s, %d messages", n, state(proven), state(silent), messages())
	}
}

// A code sent to the phone, and the second thing, prove whose it is.
func TestSigningInProvesThePhoneOfAQuarantine(t *testing.T) {
	w := newWorld(t)
	r, err := w.people.Register(w.ctx, domain.Anonymous(), person.Send{Token: w.filledDraft("+22376000064")})
	w.must(err)
	proven := func() int {
		return w.count(`SELECT count(*) FROM registrations WHERE person_id = $1 AND phone_proven_at IS NOT NULL`, string(r.PersonID))
	}
	w.must(w.people.SendSignInCode(w.ctx, domain.Anonymous(), "+22376000064"))
	ticket, err := w.people.CheckSignInCode(w.ctx, domain.Anonymous(), "+22376000064", w.codes[len(w.codes)-1])
	w.must(err)
	if proven() != 0 {
		t.Error("the code alone proves it: whoever finds the phone has that")
	}
	_, err = w.people.SignIn(w.ctx, domain.Anonymous(), ticket, "Niamakoro")
	w.must(err)
	if proven() != 1 {
		t.Error("signing in leaves no trace")
	}
}

// filledDraft is a form of somebody of Bamako that needs only to be sent.
func (w *world) filledDraft(phone string) string {
	w.t.Helper()
	token, _, err := w.drafts.Start(w.ctx, domain.Anonymous(), "fr")
	w.must(err)
	_, err = w.drafts.SaveStep(w.ctx, domain.Anonymous(), person.SaveStep{Token: token, Step: "check", Secret: "Niamakoro", Answers: person.Answers{
		Identity: person.Identity{Given: "Oumou", Family: "Sidibé", Birth: person.Birth{Precision: person.BirthYear, Year: 1994}},
		Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Place: "BKO"}, Language: "fr", Channel: person.BySMS,
			Phones: []person.Phone{{Number: phone, Owner: person.OwnPhone}},
		},
	}})
	w.must(err)
	return token
}
