package person_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
)

// phones is a gateway that keeps what it was given. before is called first.
type phones struct {
	mu     sync.Mutex
	sent   []person.Message
	before func(person.Message)
}

func (p *phones) Send(_ context.Context, m person.Message) error {
	if p.before != nil {
		p.before(m)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, m)
	return nil
}

func (w *world) messages(gateway person.Gateway) *person.Messages {
	return person.NewMessages(person.MessageDeps{
		Tx: w.db, Box: w.db.Messages(), People: w.deps.People, Consents: w.deps.Consents, Holds: w.db, Gateway: gateway,
		Policy: access.Default(), Clock: w.deps.Clock, Zone: time.UTC,
	})
}

// queued puts a message of a kind into the queue, as it would have been before anything changed.
func (w *world) queued(template string, to domain.ID, channel person.Channel, recipient string) domain.ID {
	w.t.Helper()
	id := w.ids.New()
	w.must(w.db.InTx(w.ctx, w.system, func(tx domain.Tx) error {
		return w.db.Messages().InsertMessage(w.ctx, tx, person.Message{
			ID: id, Channel: channel, Recipient: recipient, PersonID: to, Language: "fr", Template: template, State: person.MessageQueued, CreatedAt: w.now,
		})
	}))
	return id
}

// TestEveryMessageIsAKind walks the program's source: every template that is named is a kind with its rules, every kind is
// used, and nothing writes a message or asks for one to be sent beside the outbox.
func TestEveryMessageIsAKind(t *testing.T) {
	kinds, used := person.MessageKinds(), map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		registry, outbox := strings.HasSuffix(path, "person/message_kind.go"), strings.HasSuffix(path, "person/message.go")
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.BasicLit:
				text, _ := strconv.Unquote(x.Value)
				if name, is := strings.CutPrefix(text, "sms."); is && name != "" && !registry && !strings.HasSuffix(path, "lang.go") {
					if _, known := kinds[text]; !known {
						t.Errorf("%s sends %s, which is no kind of message: say in person.messageKinds what it rests on", path, text)
					}
					used[text] = true
				}
			case *ast.CallExpr:
				if s, is := x.Fun.(*ast.SelectorExpr); is && s.Sel.Name == "InsertMessage" && !outbox {
					t.Errorf("%s writes a message beside the outbox", path)
				}
			case *ast.CompositeLit:
				if s, is := x.Type.(*ast.SelectorExpr); is && s.Sel.Name == "SendMessage" && !outbox {
					t.Errorf("%s asks for a message to be sent beside the outbox", path)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for template := range kinds {
		if !used[template] {
			t.Errorf("%s is a kind, and nothing sends it", template)
		}
	}
}

// TestEveryMessageHonoursWishes delivers every kind there is after the person's wishes changed: the number is shared with
// somebody who wants no SMS, or whose hours are others, over midnight too, or where another clock goes.
func TestEveryMessageHonoursWishes(t *testing.T) {
	const number = "+22370000001"
	w := newWorld(t)
	w.exec(`INSERT INTO places (code, kind, country) VALUES ('DZ', 'region', 'DZA') ON CONFLICT DO NOTHING`)
	now := w.now // 10:00 in Bamako
	for name, test := range map[string]struct {
		other person.Phone  // of somebody else with the same number
		lives string        // where she lives
		sent  bool          // by SMS
		later time.Duration // 0 with sent false: by a call, or not at all
	}{
		"nobody minds":                        {person.Phone{}, "MLI", true, 0},
		"another one wants no SMS":            {person.Phone{NeverSMS: true}, "MLI", false, 0},
		"another one's hours begin at noon":   {person.Phone{SafeFrom: "12:00", SafeUntil: "14:00"}, "MLI", false, 2 * time.Hour},
		"another one's hours are at night":    {person.Phone{SafeFrom: "22:00", SafeUntil: "04:00"}, "MLI", false, 12 * time.Hour},
		"at night, over midnight, and now":    {person.Phone{SafeFrom: "22:00", SafeUntil: "11:00"}, "MLI", true, 0},
		"in Algiers it is eleven":             {person.Phone{SafeFrom: "11:00", SafeUntil: "12:00"}, "DZA", true, 0},
		"in Algiers it is no more before ten": {person.Phone{SafeFrom: "09:00", SafeUntil: "11:00"}, "DZA", false, 22 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			w.exec(`DELETE FROM person_phones`)
			she := w.aPerson().Phoned(number).At(w.bamako)
			she.Consents = append(she.Consents, consentTo(w, she.Person.ID, person.ForMessages))
			other := w.aPerson().Phoned(number).At(w.kayes)
			test.other.Number, test.other.Owner = number, person.SharedPhone
			other.Person.Phones, other.Person.Residence.Country = []person.Phone{test.other}, test.lives
			w.stored(she, other)
			for template, kind := range person.MessageKinds() {
				gateway := &phones{}
				to := she.Person.ID
				if template == "sms.chase" || template == "sms.code" {
					to = ""
				}
				err := w.messages(gateway).Deliver(w.ctx, w.queued(template, to, person.BySMS, number))
				later := new(domain.Later)
				switch waits := errors.As(err, &later); {
				case test.later > 0 && kind.Prompt:
					if err != nil || len(gateway.sent) != 0 {
						t.Errorf("%s: a code went at an hour at which the phone may not ring, or waits: %v", template, err)
					}
				case test.later > 0:
					if !waits || later.After != test.later || len(gateway.sent) != 0 {
						t.Errorf("%s at %s: %v, sent %d, want it to wait %s", template, now, err, len(gateway.sent), test.later)
					}
				case err != nil:
					t.Errorf("%s: %v", template, err)
				case test.sent != (len(gateway.sent) == 1 && gateway.sent[0].Channel == person.BySMS):
					t.Errorf("%s: handed over %+v, want by SMS %v", template, gateway.sent, test.sent)
				}
				for _, m := range gateway.sent {
					if !test.sent && m.Channel == person.BySMS {
						t.Errorf("%s went by SMS", template)
					}
				}
			}
		})
	}
}

func consentTo(w *world, id domain.ID, purpose person.Purpose) person.Consent {
	return person.Consent{
		ID: w.ids.New(), PersonID: id, Purpose: purpose, TextVersion: "2026-11-27", Language: "fr", Mode: person.ByWriting, GivenAt: w.now.Add(-time.Hour),
	}
}

// TestWhatChangedWhileAMessageWaited: each changed before the message was handed over, and the message follows.
func TestWhatChangedWhileAMessageWaited(t *testing.T) {
	for name, test := range map[string]struct {
		template string
		change   func(w *world, id domain.ID)
		want     string // "" for sent to the first number, else the number or why it was dropped
	}{
		"nothing": {"sms.proposal", func(*world, domain.ID) {}, ""},
		"she takes matching back": {"sms.proposal", func(w *world, id domain.ID) {
			w.must(w.consents.Withdraw(w.ctx, w.jobseeker(id), person.WithdrawConsent{PersonID: id, Purpose: person.ForMatching}))
		}, "consent"},
		"she takes matching back, and waits for a receipt": {"sms.receipt", func(w *world, id domain.ID) {
			w.must(w.consents.Withdraw(w.ctx, w.jobseeker(id), person.WithdrawConsent{PersonID: id, Purpose: person.ForMatching}))
		}, ""},
		"she never wanted messages": {"sms.consent_ends", func(*world, domain.ID) {}, "consent"},
		"the consent ran out":       {"sms.proposal", func(w *world, _ domain.ID) { w.exec(`UPDATE consents SET expires_at = $1`, w.now) }, "consent"},
		"she wants no messages any more": {"sms.receipt", func(w *world, _ domain.ID) {
			w.exec(`UPDATE persons SET preferred_channel = 'visit'`)
		}, "wish"},
		"she has another number": {"sms.receipt", func(w *world, id domain.ID) {
			w.must(w.db.InTx(w.ctx, domain.System(), func(tx domain.Tx) error {
				p, err := w.db.Persons().Get(w.ctx, tx, id)
				w.must(err)
				p.Phones[0].Number = "+22370000009"
				return w.db.Persons().Save(w.ctx, tx, p)
			}))
		}, "+22370000009"},
		"a template nobody knows": {"sms.gossip", func(*world, domain.ID) {}, "kind"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			she := w.aPerson().Phoned("+22370000001").At(w.bamako)
			w.stored(she)
			id := w.queued(test.template, she.Person.ID, person.BySMS, "+22370000001")
			test.change(w, she.Person.ID)
			gateway := &phones{}
			w.must(w.messages(gateway).Deliver(w.ctx, id))
			w.must(w.messages(gateway).Deliver(w.ctx, id)) // a job that is done twice
			var state, code, recipient string
			for _, m := range domaintest.Messages(t, w.db) {
				if m.ID == id {
					state, code, recipient = string(m.State), m.Error, m.Recipient
				}
			}
			switch {
			case test.want == "" || strings.HasPrefix(test.want, "+"):
				want := "+22370000001"
				if test.want != "" {
					want = test.want
				}
				if state != "sent" || recipient != want || len(gateway.sent) != 1 || gateway.sent[0].Recipient != want {
					t.Errorf("%s to %s, handed over %+v, want once to %s", state, recipient, gateway.sent, want)
				}
			case state != "dropped" || code != test.want || len(gateway.sent) != 0:
				t.Errorf("%s %q, handed over %+v, want dropped for %q", state, code, gateway.sent, test.want)
			}
		})
	}
}

// TestWithdrawalsRaceWithABatchOfMessages: a hundred proposals are handed over while a hundred people withdraw. At the
// moment the gateway has one, its consent still stands in the database.
func TestWithdrawalsRaceWithABatchOfMessages(t *testing.T) {
	w := newWorld(t)
	var queue, people []domain.ID
	for i := range 100 {
		number := fmt.Sprintf("+2237000%04d", i)
		she := w.aPerson().Phoned(number).At(w.bamako)
		w.stored(she)
		people, queue = append(people, she.Person.ID), append(queue, w.queued("sms.proposal", she.Person.ID, person.BySMS, number))
	}
	var late sync.Map
	stands := func(id domain.ID) bool {
		return w.count(`SELECT count(*) FROM consents WHERE person_id = $1 AND purpose = 'matching' AND withdrawn_at IS NULL`, string(id)) == 1
	}
	gateway := &phones{}
	first := make(chan struct{})
	var once sync.Once
	gateway.before = func(m person.Message) {
		once.Do(func() { close(first) })
		if !stands(m.PersonID) {
			late.Store(m.PersonID, true)
		}
	}
	messages := w.messages(gateway)
	var all sync.WaitGroup
	for part := range 4 {
		all.Go(func() {
			for i := part; i < len(queue); i += 4 {
				if err := messages.Deliver(w.ctx, queue[i]); err != nil {
					t.Errorf("delivering: %v", err)
				}
			}
		})
		all.Go(func() {
			<-first
			for i := len(people) - 1 - part; i >= 0; i -= 4 { // from the other end, so that they meet
				if err := w.consents.Withdraw(w.ctx, w.jobseeker(people[i]), person.WithdrawConsent{PersonID: people[i], Purpose: person.ForMatching}); err != nil {
					t.Errorf("withdrawing: %v", err)
				}
			}
		})
	}
	all.Wait()
	late.Range(func(id, _ any) bool { t.Errorf("%v got a message after the withdrawal", id); return true })
	dropped := w.count(`SELECT count(*) FROM messages WHERE state = 'dropped' AND error = 'consent'`)
	t.Logf("%d sent, %d dropped", len(gateway.sent), dropped)
	if len(gateway.sent)+dropped != len(queue) || len(gateway.sent) == 0 {
		t.Errorf("%d sent and %d dropped of %d", len(gateway.sent), dropped, len(queue))
	}
}
