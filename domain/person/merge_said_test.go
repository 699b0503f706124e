package person_test

import (
	"slices"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
)

// agreed puts a consent on record; to one contact where an application is named.
func (w *world) agreed(id domain.ID, purpose person.Purpose, at time.Time, application domain.ID) domain.ID {
	w.t.Helper()
	c := w.ids.New()
	w.exec(`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at, application_id) VALUES ($1, $2, $3, '2026-11-27', 'fr', 'written', $4, nullif($5, '')::uuid)`,
		string(c), string(id), string(purpose), at, string(application))
	return c
}

func (w *world) stands(consent domain.ID) bool {
	w.t.Helper()
	return w.count(`SELECT count(*) FROM consents WHERE id = $1 AND withdrawn_at IS NULL`, string(consent)) == 1
}

// A contact goes to the survivor with its application, and what was agreed to
// about it is taken back there; two files later it is still taken back.
func TestAContactOfTheAbsorbedFileIsTakenBackAtTheSurvivor(t *testing.T) {
	x := newTwice(t)
	contact := x.agreed(x.gone, person.ForSharing, x.now, x.files["application"])
	m, err := x.make()
	x.must(err)
	for name, actor := range map[string]domain.Actor{"the lead": x.lead, "the person": x.jobseeker(x.kept)} {
		all, err := x.consents.Of(x.ctx, actor, x.kept)
		x.must(err)
		found := false
		for _, c := range all {
			found = found || c.ID == contact && c.ApplicationID == x.files["application"]
		}
		if !found {
			t.Errorf("%s does not find the consent to the contact among %+v", name, all)
		}
	}
	x.must(x.consents.Withdraw(x.ctx, x.jobseeker(x.kept), person.WithdrawConsent{PersonID: x.kept, Purpose: person.ForSharing}))
	if x.stands(contact) {
		t.Error("the employer may still know who she is")
	}
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	if x.stands(contact) {
		t.Error("after taking the files apart the employer may know who she is again")
	}
}

// Of one contact the same holds, which placement ends by its application.
func TestOneContactOfTheAbsorbedFileIsTakenBack(t *testing.T) {
	x := newTwice(t)
	contact := x.agreed(x.gone, person.ForSharing, x.now, x.files["application"])
	other := x.agreed(x.kept, person.ForSharing, x.now, x.application(x.kept, x.world.vacancy("B"), "applied"))
	_, err := x.make()
	x.must(err)
	x.must(x.db.InTx(x.ctx, x.jobseeker(x.kept), func(tx domain.Tx) error {
		return x.consents.EndIn(x.ctx, tx, x.jobseeker(x.kept), x.kept, x.files["application"])
	}))
	if x.stands(contact) || !x.stands(other) {
		t.Errorf("the contact stands: %v, another one: %v; want the other alone", x.stands(contact), x.stands(other))
	}
}

// Who takes back messages at the survivor gets none by the absorbed file either:
// neither one that waits nor a reminder.
func TestNoMessageRestsOnAConsentOfAnAbsorbedFile(t *testing.T) {
	x := newTwice(t)
	for _, id := range []domain.ID{x.kept, x.gone} {
		x.agreed(id, person.ForMessages, x.now, "")
	}
	x.exec(`UPDATE consents SET expires_at = $1`, x.now.AddDate(0, 0, 10))
	waits := x.queued("sms.consent_ends", x.gone, person.BySMS, "+22370000002")
	_, err := x.make()
	x.must(err)
	x.must(x.consents.Withdraw(x.ctx, x.lead, person.WithdrawConsent{PersonID: x.kept, Purpose: person.ForMessages, Mode: person.ByWord}))
	gateway := &phones{}
	x.must(x.messages(gateway).Deliver(x.ctx, waits))
	if len(gateway.sent) != 0 {
		t.Errorf("sent %+v", gateway.sent)
	}
	before := x.count(`SELECT count(*) FROM messages`)
	_, err = x.consents.RemindEnding(x.ctx, 100)
	x.must(err)
	if n := x.count(`SELECT count(*) FROM messages`) - before; n != 0 {
		t.Errorf("%d reminders were written to who wants no messages", n)
	}
}

// Of a file that was absorbed nobody is reminded; of one that is a file again,
// its person is, as if it had always been one.
func TestWhoIsRemindedOfAnAbsorbedFile(t *testing.T) {
	x := newTwice(t)
	x.exec(`DELETE FROM consents`)
	x.agreed(x.gone, person.ForMessages, x.now, "")
	x.exec(`UPDATE consents SET expires_at = $1`, x.now.AddDate(0, 0, 10))
	m, err := x.make()
	x.must(err)
	remind := func(want int) {
		t.Helper()
		_, err := x.consents.RemindEnding(x.ctx, 100)
		x.must(err)
		if n := domaintest.Sent(t, x.db, "sms.consent_ends", "+22370000001"); n != want {
			t.Errorf("%d reminders, want %d", n, want)
		}
	}
	remind(0)
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	remind(1)
}

// What one woman takes back ends nothing of her neighbours', whoever of the
// agency writes it down; of files that are two again, nothing of the other.
func TestOnlyOnesOwnContactsAreTakenBack(t *testing.T) {
	x := newTwice(t)
	one, two := x.aPerson().Named("Sira", "Keita").At(x.bamako), x.aPerson().Named("Siraba", "Keïta").At(x.bamako)
	x.stored(one, two)
	vacancy := x.world.vacancy("B")
	neighbours := map[string]domain.ID{
		"said at a record":          x.agreed(one.Person.ID, person.ForSharing, x.now, x.application(one.Person.ID, vacancy, "applied")),
		"brought by a merge":        x.agreed(two.Person.ID, person.ForSharing, x.now, x.application(two.Person.ID, x.world.vacancy("C"), "applied")),
		"for a purpose":             x.agreed(one.Person.ID, person.ForSharing, x.now, ""),
		"for what she does not end": x.agreed(x.kept, person.ForFollowUp, x.now, ""),
	}
	x.exec(`UPDATE applications SET agency_id = $1`, string(x.bamako)) // the lead sees them all
	pair, err := x.merges.Compare(x.ctx, x.lead, one.Person.ID, two.Person.ID)
	x.must(err)
	_, err = x.merges.Make(x.ctx, x.lead, person.MakeMerge{
		SurvivorID: one.Person.ID, AbsorbedID: two.Person.ID, SurvivorVersion: pair.Survivor.Version, AbsorbedVersion: pair.Absorbed.Version, Reason: "one woman",
	})
	x.must(err)
	m, err := x.make()
	x.must(err)
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	neighbours["of the file that is another again"] = x.agreed(x.gone, person.ForSharing, x.now, x.files["application"])

	all, err := x.consents.Of(x.ctx, x.lead, x.kept)
	x.must(err)
	x.must(x.consents.Withdraw(x.ctx, x.lead, person.WithdrawConsent{PersonID: x.kept, Purpose: person.ForSharing, Mode: person.ByWord}))
	for what, consent := range neighbours {
		if !x.stands(consent) {
			t.Errorf("a consent %s ended", what)
		}
		if own := what == "for what she does not end"; own != slices.ContainsFunc(all, func(c person.Consent) bool { return c.ID == consent }) {
			t.Errorf("a consent %s is listed: %v", what, !own)
		}
	}
}

// Her last word counts, whichever file heard it.
func TestWhatWasTakenBackAtTheFileThatGoesEnds(t *testing.T) {
	x := newTwice(t)
	x.exec(`DELETE FROM consents`)
	hour := func(n int) time.Time { return x.now.Add(time.Duration(n-10) * time.Hour) }
	given := map[person.Purpose]domain.ID{}
	for purpose, at := range map[person.Purpose]int{person.ForMatching: 1, person.ForMessages: 5, person.ForFollowUp: 1} {
		given[purpose] = x.agreed(x.kept, purpose, hour(at), "")
		was := x.agreed(x.gone, purpose, hour(0), "")
		if purpose != person.ForFollowUp { // that one stands at both
			x.exec(`UPDATE consents SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_mode = 'oral' WHERE id = $1`, string(was), hour(3), string(x.awa.UserID))
		}
	}
	m, err := x.make()
	x.must(err)
	ended := func(when string) {
		t.Helper()
		for purpose, want := range map[person.Purpose]bool{person.ForMatching: false, person.ForMessages: true, person.ForFollowUp: true} {
			if got := x.stands(given[purpose]); got != want {
				t.Errorf("%s: the consent to %s stands: %v, want %v", when, purpose, got, want)
			}
		}
	}
	ended("merged")
	matchable, err := x.deps.People.Matchable(x.ctx, []domain.ID{x.kept, x.gone}, x.now)
	x.must(err)
	if len(matchable) > 0 && (matchable[x.kept] || matchable[x.gone]) {
		t.Errorf("who may be matched: %v, want nobody", matchable)
	}
	if n := x.count(`SELECT count(*) FROM consents WHERE id = $1 AND withdrawn_mode = 'oral' AND NOT replaced AND withdrawn_by = $2`, string(given[person.ForMatching]), string(x.awa.UserID)); n != 1 {
		t.Error("how she took it back, and who heard it, is not said")
	}
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	ended("two files again")
}
