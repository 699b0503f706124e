package person_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// The proof of a consent goes to the person by the way she chose, once for one
// press, and to nobody whose wishes leave no way.
func TestAProofIsSentAsThePersonWishes(t *testing.T) {
	w := newWorld(t)
	p, other := w.aPerson().Phoned("+22370000001").At(w.bamako), w.aPerson().At(w.bamako)
	w.stored(p, other)
	id, she := p.Person.ID, w.jobseeker(p.Person.ID)
	given := w.agreed(id, person.ForFollowUp, w.now, "")
	waits := func() int {
		return w.count(`SELECT count(*) FROM messages WHERE person_id = $1 AND template LIKE 'sms.proof%'`, string(id))
	}
	refused(t, w.consents.SendProof(w.ctx, w.jobseeker(other.Person.ID), id, given), domain.KindNotFound)
	refused(t, w.consents.SendProof(w.ctx, w.binta, id, given), domain.KindNotFound)
	refused(t, w.consents.SendProof(w.ctx, she, id, w.ids.New()), domain.KindNotFound)
	once := she
	once.Once = domain.Once{Scope: "x", Key: "one-press-of-a-button", PayloadHash: "h"}
	w.must(w.consents.SendProof(w.ctx, once, id, given))
	if _, again := domain.Replayed(w.consents.SendProof(w.ctx, once, id, given)); !again || waits() != 1 {
		t.Errorf("the same press twice: a repeat %v, %d messages; want one", again, waits())
	}
	w.must(w.consents.SendProof(w.ctx, w.awa, id, given))
	w.must(w.consents.Withdraw(w.ctx, she, person.WithdrawConsent{PersonID: id, Purpose: person.ForFollowUp}))
	w.must(w.consents.SendProof(w.ctx, she, id, given))

	gateway := &phones{}
	var ids []domain.ID
	rows, err := w.sql.SQL.QueryContext(w.ctx, `SELECT id::text FROM messages WHERE person_id = $1 ORDER BY created_at, id`, string(id))
	w.must(err)
	for rows.Next() {
		var one string
		w.must(rows.Scan(&one))
		ids = append(ids, domain.ID(one))
	}
	w.must(rows.Err())
	w.must(rows.Close())
	for _, one := range ids[:2] {
		w.must(w.messages(gateway).Deliver(w.ctx, one))
	}
	w.exec(`UPDATE persons SET preferred_channel = 'visit' WHERE id = $1`, string(id)) // she wants none any more
	w.must(w.messages(gateway).Deliver(w.ctx, ids[2]))
	if len(gateway.sent) != 2 {
		t.Fatalf("%d messages left, want those of before she wanted none", len(gateway.sent))
	}
	for _, m := range gateway.sent {
		if m.Template != "sms.proof_follow_up" || m.Recipient != "+22370000001" || m.Params["Number"] != string(given) || m.Params["Date"] != w.now.Format(time.DateOnly) {
			t.Errorf("sent %+v", m)
		}
	}
	if n := w.count(`SELECT count(*) FROM messages WHERE id = $1 AND template = 'sms.proof_ended' AND state = 'dropped' AND error = 'wish'`, string(ids[2])); n != 1 {
		t.Error("the proof of what ended was not dropped by her wish")
	}
	refused(t, w.consents.SendProof(w.ctx, she, id, given), domain.KindConflict)
	w.exec(`UPDATE persons SET preferred_channel = 'sms' WHERE id = $1`, string(id))
	w.exec(`UPDATE person_phones SET never_sms = true WHERE person_id = $1`, string(id))
	refused(t, w.consents.SendProof(w.ctx, w.awa, id, given), domain.KindConflict)
}
