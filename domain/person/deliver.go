package person

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// sendTime bounds one handing over: whoever withdraws a consent waits for it.
const sendTime = 10 * time.Second

// Why a message was not sent, as its row says.
const (
	droppedKind    = "kind"    // no such message is known
	droppedConsent = "consent" // the consent it rested on is withdrawn or has ended
	droppedWish    = "wish"    // the person wants no message, or none by a way there is
	droppedHours   = "hours"   // of use only at an hour at which the phone may not ring
)

// Deliver hands one queued message to the gateway and stores that it did. What
// the person agreed to and wishes is read now, not when the message was queued:
// a consent withdrawn, "never SMS", other hours, another number count for
// messages that waited, and for those tried again. The person is held while the
// gateway takes the message: no byte of it leaves after a withdrawal is
// committed. A message that may go later is *domain.Later; one sent before is
// left alone; one whose gateway fails stays queued, and the error makes the
// queue try again.
func (s *Messages) Deliver(ctx context.Context, id domain.ID) error {
	m, err := s.queued(ctx, id)
	if err != nil || m.State != MessageQueued {
		return err
	}
	if s.d.Holds != nil && !m.PersonID.IsZero() {
		release, err := s.d.Holds.Hold(ctx, []domain.ID{m.PersonID})
		if err != nil {
			return err
		}
		defer release()
	}
	var dropped string
	var at time.Time
	err = s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		dropped, at, err = s.judge(ctx, tx, &m)
		return err
	})
	now := s.d.Clock.Now()
	switch {
	case err != nil:
		return err
	case dropped != "":
		return s.done(ctx, m, MessageDropped, dropped)
	case at.After(now):
		return &domain.Later{After: at.Sub(now)}
	}
	sending, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	if err := s.d.Gateway.Send(sending, m); err != nil {
		return domain.Unavailable("person.Deliver", err)
	}
	return s.done(ctx, m, MessageSent, "")
}

func (s *Messages) queued(ctx context.Context, id domain.ID) (Message, error) {
	var m Message
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		m, err = s.d.Box.Message(ctx, tx, id)
		return err
	})
	return m, err
}

// done stores what became of a message, and by which way it went.
func (s *Messages) done(ctx context.Context, m Message, state MessageState, code string) error {
	err := s.d.Tx.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		at := s.d.Clock.Now()
		if state != MessageSent {
			at = time.Time{}
		} else if err := s.d.Box.MessageTo(ctx, tx, m.ID, m.Channel, m.Recipient); err != nil {
			return err
		}
		return s.d.Box.MessageDone(ctx, tx, m.ID, state, code, at)
	})
	if domain.KindOf(err) == domain.KindStale {
		return nil // another worker was faster
	}
	return err
}

// judge says why a message is not to be sent, or from when it may be, and
// corrects by which way it goes.
func (s *Messages) judge(ctx context.Context, tx domain.Tx, m *Message) (dropped string, at time.Time, err error) {
	kind, known := messageKinds()[m.Template]
	if !known {
		return droppedKind, at, nil
	}
	now := s.d.Clock.Now()
	if kind.Purpose != "" {
		if m.PersonID.IsZero() {
			return droppedConsent, at, nil
		}
		live, err := s.d.Consents.LiveConsent(ctx, tx, m.PersonID, kind.Purpose, now)
		if err != nil || !live {
			return droppedConsent, at, err
		}
	}
	if kind.Account || m.PersonID.IsZero() {
		return s.judgeNumber(ctx, tx, m, kind, now)
	}
	p, err := s.d.People.Get(ctx, tx, m.PersonID)
	if err != nil {
		return "", at, err
	}
	wishes := map[string][]NumberUse{}
	for _, n := range p.Phones {
		if wishes[n.Number], err = s.d.Box.NumberUses(ctx, tx, n.Number); err != nil {
			return "", at, err
		}
	}
	if m.Channel, m.Recipient, at = delivery(p.Contact, wishes, now, s.d.Zone); m.Recipient == "" {
		return droppedWish, at, nil
	}
	return "", at, nil
}

// judgeNumber is judge for what goes to a contact of an account: an e-mail
// goes; a number is used as everybody who has it wishes.
func (s *Messages) judgeNumber(ctx context.Context, tx domain.Tx, m *Message, kind MessageKind, now time.Time) (string, time.Time, error) {
	if m.Channel == ByEmail {
		return "", now, nil
	}
	wishes, err := s.d.Box.NumberUses(ctx, tx, m.Recipient)
	if err != nil {
		return "", now, err
	}
	at, safe := nextSafe(wishes, now, s.d.Zone)
	if !safe || kind.Prompt && at.After(now) {
		return droppedHours, at, nil
	}
	if m.Channel == BySMS && neverSMS(wishes) {
		m.Channel = ByVoice
	}
	return "", at, nil
}
