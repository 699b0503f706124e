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
