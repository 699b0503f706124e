package person_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Who takes a consent back while two files are one has taken it back when they
// are two again; what was given again meanwhile stands.
func TestWhatIsTakenBackWhileFilesAreOneStaysTakenBack(t *testing.T) {
	x := newTwice(t)
	for _, id := range []domain.ID{x.kept, x.gone} {
		for _, purpose := range []person.Purpose{person.ForMatching, person.ForMessages, person.ForFollowUp} {
			x.exec(`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at) VALUES (gen_random_uuid(), $1, $2, '2026-11-27', 'fr', 'written', $3) ON CONFLICT DO NOTHING`,
				string(id), string(purpose), x.now.Add(-time.Hour))
		}
	}
	m, err := x.make()
	x.must(err)
	x.sleep(time.Hour)
	for _, purpose := range []person.Purpose{person.ForMatching, person.ForMessages} {
		x.must(x.consents.Withdraw(x.ctx, x.lead, person.WithdrawConsent{PersonID: x.kept, Purpose: purpose, Mode: person.ByWord}))
	}
	x.sleep(time.Hour)
	_, err = x.consents.Give(x.ctx, x.lead, person.GiveConsent{PersonID: x.kept, Purpose: person.ForMessages, TextVersion: "2026-11", Mode: person.ByWriting})
	x.must(err)
	_, err = x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
	x.must(err)
	for purpose, want := range map[person.Purpose]int{person.ForMatching: 0, person.ForMessages: 1, person.ForFollowUp: 1} {
		if n := x.count(`SELECT count(*) FROM consents WHERE person_id = $1 AND purpose = $2 AND withdrawn_at IS NULL`, string(x.gone), string(purpose)); n != want {
			t.Errorf("%d consents to %s stand at the file that is its own again, want %d", n, purpose, want)
		}
	}
	if n := x.count(`SELECT count(*) FROM consents WHERE person_id = $1 AND purpose = 'matching' AND withdrawn_mode = 'oral'`, string(x.gone)); n != 1 {
		t.Error("how it was taken back is not said")
	}
}

// Taking files apart waits for what is on its way about either of them before it
// locks a row: who is on its way may need one.
func TestTakingFilesApartWaitsBeforeItLocks(t *testing.T) {
	for _, of := range []string{"survivor", "absorbed"} {
		t.Run(of, func(t *testing.T) {
			x := newTwice(t)
			m, err := x.make()
			x.must(err)
			release, err := x.db.Hold(x.ctx, []domain.ID{map[string]domain.ID{"survivor": x.kept, "absorbed": x.gone}[of]})
			x.must(err)
			done := make(chan error, 1)
			go func() {
				_, err := x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
				done <- err
			}()
			x.waiting(done)
			for table, row := range map[string]domain.ID{"persons": x.kept, "merges": m.ID} {
				x.exec(`SELECT 1 FROM `+table+` WHERE id = $1 FOR UPDATE NOWAIT`, string(row))
			}
			x.exec(`SELECT 1 FROM registrations WHERE person_id = $1 FOR UPDATE NOWAIT`, string(x.gone))
			if x.count(`SELECT count(*) FROM merges WHERE undone_at IS NOT NULL`) != 0 {
				t.Error("it was taken apart while an answer was on its way")
			}
			release()
			x.must(<-done)
		})
	}
}

// waiting returns when some transaction waits for who is on their way.
func (w *world) waiting(done <-chan error) {
	w.t.Helper()
	for w.count(`SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`) == 0 {
		select {
		case err := <-done:
			w.t.Fatalf("it did not wait: %v", err)
		default:
		}
	}
}

// A withdrawal and the taking apart of the file it is said at, at once: both are
// done, in one order or the other, and neither gives a consent back.
func TestWithdrawingWhileFilesAreTakenApart(t *testing.T) {
	x := newTwice(t)
	for range 10 {
		m, err := x.make()
		x.must(err)
		give := person.GiveConsent{PersonID: x.kept, Purpose: person.ForMatching, TextVersion: "2026-11", Mode: person.ByWriting}
		_, err = x.consents.Give(x.ctx, x.lead, give)
		x.must(err)
		x.sleep(time.Minute)
		said := make(chan error, 2)
		go func() {
			said <- x.consents.Withdraw(x.ctx, x.lead, person.WithdrawConsent{PersonID: x.kept, Purpose: person.ForMatching, Mode: person.ByWord})
		}()
		go func() {
			_, err := x.merges.Undo(x.ctx, x.lead, m.ID, m.Version)
			said <- err
		}()
		x.must(<-said)
		x.must(<-said)
		if n := x.count(`SELECT count(*) FROM consents WHERE person_id = $1 AND purpose = 'matching' AND withdrawn_at IS NULL`, string(x.kept)); n != 0 {
			t.Fatal("the consent stands after the withdrawal")
		}
		x.sleep(time.Minute)
	}
}
