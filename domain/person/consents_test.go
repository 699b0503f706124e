package person_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
)

func (w *world) live(id domain.ID, purpose person.Purpose) bool {
	w.t.Helper()
	var live bool
	w.must(w.db.View(w.ctx, w.system, func(tx domain.Tx) error {
		var err error
		live, err = w.consents.Live(w.ctx, tx, id, purpose)
		return err
	}))
	return live
}

func TestConsentGivenReplacedWithdrawn(t *testing.T) {
	w := newWorld(t)
	p := w.aPerson().Unmatched().At(w.bamako)
	w.stored(p)
	id, self := p.Person.ID, w.jobseeker(p.Person.ID)
	give := person.GiveConsent{PersonID: id, Purpose: person.ForMatching, TextVersion: "2026-11", Mode: person.ByClick}

	if w.live(id, person.ForMatching) {
		t.Error("a consent nobody gave is live")
	}
	_, err := w.consents.Give(w.ctx, self, give)
	w.must(err)
	give.TextVersion = "2026-11-27"
	second, err := w.consents.Give(w.ctx, self, give)
	w.must(err)
	if !w.live(id, person.ForMatching) || w.live(id, person.ForSharing) {
		t.Error("want matching live and sharing not")
	}
	all, err := w.consents.Of(w.ctx, self, id)
	w.must(err)
	if len(all) != 2 || all[0].ID != second.ID || !all[1].Replaced || all[1].WithdrawnAt.IsZero() {
		t.Errorf("consents are %+v, want the newer one to have replaced the older", all)
	}
	withdraw := person.WithdrawConsent{PersonID: id, Purpose: person.ForMatching}
	w.must(w.consents.Withdraw(w.ctx, self, withdraw))
	w.must(w.consents.Withdraw(w.ctx, self, withdraw)) // already so
	if w.live(id, person.ForMatching) {
		t.Error("withdrawn and still live")
	}
	all, err = w.consents.Of(w.ctx, self, id)
	w.must(err)
	if all[0].Replaced || all[0].WithdrawnAt.IsZero() {
		t.Errorf("the withdrawn consent reads %+v", all[0])
	}
}

func TestConsentExpires(t *testing.T) {
	w := newWorld(t)
	p := w.aPerson().Unmatched().At(w.bamako)
	w.stored(p)
	_, err := w.consents.Give(w.ctx, w.jobseeker(p.Person.ID),
		person.GiveConsent{PersonID: p.Person.ID, Purpose: person.ForMatching, TextVersion: "2026-11", Mode: person.ByClick})
	w.must(err)
	w.sleep(3 * 365 * 24 * time.Hour)
	if w.live(p.Person.ID, person.ForMatching) {
		t.Error("a consent of two years is live after three")
	}
}

func TestConsentModes(t *testing.T) {
	w := newWorld(t)
	adult, minor := w.aPerson().Born(1990).At(w.bamako), w.aPerson().Born(2012).At(w.bamako)
	w.stored(adult, minor)
	tests := map[string]struct {
		who  domain.Actor
		of   person.Newcomer
		give person.GiveConsent
		want domain.Kind // "" where it is taken
	}{
		"she clicks":                  {w.jobseeker(adult.Person.ID), adult, person.GiveConsent{Mode: person.ByClick}, ""},
		"staff click for her":         {w.awa, adult, person.GiveConsent{Mode: person.ByClick}, domain.KindInvalid},
		"signed before staff":         {w.awa, adult, person.GiveConsent{Mode: person.ByWriting}, ""},
		"said, nobody heard":          {w.awa, adult, person.GiveConsent{Mode: person.ByWord}, domain.KindInvalid},
		"said before a witness":       {w.awa, adult, person.GiveConsent{Mode: person.ByWord, Witness: "S. Keïta"}, ""},
		"thumb, nobody saw":           {w.awa, adult, person.GiveConsent{Mode: person.ByThumbprint, Witness: " "}, domain.KindInvalid},
		"for her, by nobody named":    {w.awa, adult, person.GiveConsent{Mode: person.ByRepresentative}, domain.KindInvalid},
		"import is not for people":    {w.awa, adult, person.GiveConsent{Mode: person.ByImport}, domain.KindInvalid},
		"a minor signs":               {w.awa, minor, person.GiveConsent{Mode: person.ByWriting}, domain.KindInvalid},
		"a minor's guardian":          {w.awa, minor, person.GiveConsent{Mode: person.ByRepresentative, Representative: "M. Diarra"}, ""},
		"unknown purpose":             {w.awa, adult, person.GiveConsent{Mode: person.ByWriting, Purpose: "sale"}, domain.KindInvalid},
		"another agency's counsellor": {w.binta, adult, person.GiveConsent{Mode: person.ByWriting}, domain.KindNotFound},
		"another jobseeker":           {w.jobseeker(minor.Person.ID), adult, person.GiveConsent{Mode: person.ByClick}, domain.KindNotFound},
		"a visitor":                   {domain.Anonymous(), adult, person.GiveConsent{Mode: person.ByClick}, domain.KindUnauthenticated},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in := test.give
			in.PersonID, in.TextVersion = test.of.Person.ID, "2026-11-27"
			if in.Purpose == "" {
				in.Purpose = person.ForFollowUp
			}
			_, err := w.consents.Give(w.ctx, test.who, in)
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			refused(t, err, test.want)
		})
	}
}

func TestMatchable(t *testing.T) {
	w := newWorld(t)
	absent := w.aPerson().At(w.bamako)
	absent.Person.Mobility.AbsentUntil = domain.Date{Year: 2026, Month: time.November, Day: 25}
	back := w.aPerson().At(w.bamako)
	back.Person.Mobility.AbsentUntil = domain.Date{Year: 2026, Month: time.November, Day: 24}
	tests := map[string]struct {
		who  person.Newcomer
		want bool
	}{
		"active and willing":    {w.aPerson().At(w.bamako), true},
		"waiting in the queue":  {w.aPerson().Waiting().At(w.bamako), false},
		"refused to be matched": {w.aPerson().Unmatched().At(w.bamako), false},
		"away until tomorrow":   {absent, false},
		"back today":            {back, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w.stored(test.who)
			id := test.who.Person.ID
			got, err := w.deps.People.Matchable(w.ctx, []domain.ID{id}, w.now)
			w.must(err)
			if got[id] != test.want {
				t.Errorf("matchable is %v, want %v", got[id], test.want)
			}
			_, err = w.people.Card(w.ctx, w.binta, id)
			if test.want {
				w.must(err)
			} else {
				refused(t, err, domain.KindNotFound)
			}
		})
	}
}

// TestWhoIsReminded: once, before the end, who agreed to messages; the counsellor's day lists everybody of hers.
func TestWhoIsReminded(t *testing.T) {
	w := newWorld(t)
	willing, silent := w.aPerson().Phoned("+22370000001").At(w.bamako), w.aPerson().Phoned("+22370000002").At(w.bamako)
	willing.Consents = append(willing.Consents, consentTo(w, willing.Person.ID, person.ForMessages))
	done := w.aPerson().Phoned("+22370000003").At(w.bamako)
	done.Consents = append(done.Consents, consentTo(w, done.Person.ID, person.ForMessages))
	w.stored(willing, silent, done)
	w.exec(`UPDATE consents SET withdrawn_at = now() WHERE person_id = $1 AND purpose = 'matching'`, string(done.Person.ID))
	end := w.now.AddDate(0, 0, 31)
	w.exec(`UPDATE consents SET expires_at = $1 WHERE purpose = 'matching'`, end)
	for _, n := range []person.Newcomer{willing, silent} {
		w.exec(`INSERT INTO case_files (id, person_id, owner_id, agency_id, stage, opened_at) VALUES ($1, $2, $3, $4, 'active', now())`,
			string(w.ids.New()), string(n.Person.ID), string(w.awa.UserID), string(w.bamako))
	}
	reminded := func(want int) {
		t.Helper()
		if _, err := w.consents.RemindEnding(w.ctx, 10); err != nil {
			t.Fatal(err)
		}
		if got := domaintest.Sent(t, w.db, "sms.consent_ends", "+22370000001"); got != want {
			t.Errorf("%d reminders, want %d", got, want)
		}
		for what, phone := range map[string]string{"who wants none": "+22370000002", "who took it back": "+22370000003"} {
			if got := domaintest.Sent(t, w.db, "sms.consent_ends", phone); got != 0 {
				t.Errorf("%d messages to %s", got, what)
			}
		}
	}
	day := func(who domain.Actor, want int) {
		t.Helper()
		list, err := w.consents.Ending(w.ctx, who)
		w.must(err)
		if len(list) != want {
			t.Errorf("the day lists %+v, want %d", list, want)
		}
	}
	reminded(0)
	day(w.awa, 0)
	w.sleep(24 * time.Hour)
	reminded(1)
	reminded(1)
	day(w.awa, 2)
	day(w.lead, 0)
	_, err := w.consents.Give(w.ctx, w.jobseeker(silent.Person.ID), person.GiveConsent{
		PersonID: silent.Person.ID, Purpose: person.ForMatching, TextVersion: "2026-11-27", Mode: person.ByClick,
	})
	w.must(err)
	day(w.awa, 1)
}

// TestWhoRefusesMatchingIsServed: a file, found by name, matched by nobody, counted unless she objects.
func TestWhoRefusesMatchingIsServed(t *testing.T) {
	w := newWorld(t)
	p := w.aPerson().Named("Kadidia", "Coulibaly").Unmatched().At(w.bamako)
	w.stored(p)
	id := p.Person.ID
	found, err := w.people.Find(w.ctx, w.awa, "Kulubali Kadidia", person.FindFilter{}, domain.Cursor{})
	w.must(err)
	if len(found.Items) != 1 || found.Items[0].PersonID != id {
		t.Errorf("found by name: %+v", found.Items)
	}
	if may, err := w.deps.People.Matchable(w.ctx, []domain.ID{id}, w.now); err != nil || may[id] {
		t.Errorf("may be matched: %v (%v)", may, err)
	}
	since := func() time.Time {
		t.Helper()
		at, err := w.consents.StatisticsObjection(w.ctx, w.awa, id)
		w.must(err)
		return at
	}
	if !since().IsZero() {
		t.Error("she objects before she said so")
	}
	w.must(w.consents.ObjectToStatistics(w.ctx, w.jobseeker(id), id))
	first := since()
	w.sleep(time.Hour)
	w.must(w.consents.ObjectToStatistics(w.ctx, w.awa, id)) // said again at the desk
	if first.IsZero() || !since().Equal(first) {
		t.Errorf("objected at %s, and then at %s", first, since())
	}
	refused(t, w.consents.ObjectToStatistics(w.ctx, w.binta, id), domain.KindNotFound)
	w.must(w.consents.WithdrawStatisticsObjection(w.ctx, w.jobseeker(id), id))
	if !since().IsZero() {
		t.Error("the objection was taken back and stands")
	}
}
