package person

import (
	"context"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Message is something to be sent to somebody: a template of the catalogue
// and its parameters, never text. A gateway sends it after the commit.
type Message struct {
	ID        domain.ID
	Channel   Channel
	Recipient string // E.164, or an e-mail address
	PersonID  domain.ID
	Language  string
	Template  string // "sms.receipt"
	Params    map[string]string
	State     MessageState
	Error     string // a code, never text of a gateway
	CreatedAt time.Time
	SentAt    time.Time
}

// MessageState is how far a message is.
type MessageState string

// The states of a message.
const (
	MessageQueued  MessageState = "queued"
	MessageSent    MessageState = "sent"
	MessageFailed  MessageState = "failed"
	MessageDropped MessageState = "dropped"
)

// Outbox writes messages. Every message to a jobseeker goes through it.
type Outbox struct {
	store MessageStore
	jobs  domain.Jobs
	ids   domain.IDs
	clock domain.Clock
	zone  *time.Location
}

// NewOutbox wires the outbox. Safe hours are hours of the zone.
func NewOutbox(store MessageStore, jobs domain.Jobs, ids domain.IDs, clock domain.Clock, zone *time.Location) *Outbox {
	return &Outbox{store: store, jobs: jobs, ids: ids, clock: clock, zone: zone}
}

// Notify queues a message to somebody on the channel the person chose and
// phones allow, within safe hours. Where nothing is allowed, nothing is sent,
// and that is no error: such a person comes by.
func (o *Outbox) Notify(ctx context.Context, tx domain.Tx, p Person, template string, params map[string]string) error {
	now := o.clock.Now()
	channel, recipient, at := delivery(p.Contact, now.In(o.zone))
	if recipient == "" {
		return nil
	}
	return o.queue(ctx, tx, Message{
		Channel: channel, Recipient: recipient, PersonID: p.ID, Language: p.Contact.Language, Template: template, Params: params,
	}, at)
}

// sendCode queues a code somebody waits for. A code is of no use later, so
// outside safe hours it is not sent at all.
func (o *Outbox) sendCode(ctx context.Context, tx domain.Tx, phone Phone, lang string, code string) error {
	now := o.clock.Now().In(o.zone)
	if !phone.nextSafe(now).Equal(now) {
		return o.sendNothing(ctx, tx, phone.Number)
	}
	channel := BySMS
	if phone.NeverSMS {
		channel = ByVoice
	}
	return o.queue(ctx, tx, Message{
		Channel: channel, Recipient: phone.Number, Language: lang, Template: "sms.code", Params: map[string]string{"Code": code},
	}, now)
}

// Tell queues a message about an account, to a contact of the account itself.
func (o *Outbox) Tell(ctx context.Context, tx domain.Tx, m Message) error {
	return o.queue(ctx, tx, m, o.clock.Now())
}

// sendNothing does the work of sending a code and sends none: to a phone that
// opens nothing the answer must come as late as to one that does. What it
// leaves is pruned with the codes.
func (o *Outbox) sendNothing(ctx context.Context, tx domain.Tx, number string) error {
	now := o.clock.Now()
	m := Message{
		ID: o.ids.New(), Channel: BySMS, Recipient: number, Language: "fr", Template: "sms.code", State: MessageDropped, CreatedAt: now,
	}
	if err := o.store.InsertMessage(ctx, tx, m); err != nil {
		return err
	}
	return o.jobs.Enqueue(ctx, tx, domain.SendMessage{MessageID: m.ID}, now)
}

func (o *Outbox) queue(ctx context.Context, tx domain.Tx, m Message, at time.Time) error {
	m.ID, m.State, m.CreatedAt = o.ids.New(), MessageQueued, o.clock.Now()
	if err := o.store.InsertMessage(ctx, tx, m); err != nil {
		return err
	}
	return o.jobs.Enqueue(ctx, tx, domain.SendMessage{MessageID: m.ID}, at.UTC())
}

// delivery chooses channel, recipient and the earliest time. Somebody's own
// phone comes before a shared one and that before a helper's.
func delivery(c Contact, now time.Time) (Channel, string, time.Time) {
	phones := slices.Clone(c.Phones)
	slices.SortStableFunc(phones, func(a, b Phone) int { return a.Owner.rank() - b.Owner.rank() })
	switch c.Channel {
	case ByEmail:
		if c.Email != "" {
			return ByEmail, c.Email, now
		}
	case ByVoice:
		if len(phones) > 0 {
			return ByVoice, phones[0].Number, phones[0].nextSafe(now)
		}
	case BySMS:
		if i := slices.IndexFunc(phones, func(p Phone) bool { return !p.NeverSMS }); i >= 0 {
			return BySMS, phones[i].Number, phones[i].nextSafe(now)
		}
	}
	return "", "", time.Time{}
}

func (o PhoneOwner) rank() int {
	return slices.Index([]PhoneOwner{OwnPhone, SharedPhone, HelperPhone}, o)
}

// nextSafe gives the first moment from now on at which the phone may ring.
func (p Phone) nextSafe(now time.Time) time.Time {
	from, errFrom := time.Parse("15:04", p.SafeFrom)
	until, errUntil := time.Parse("15:04", p.SafeUntil)
	if errFrom != nil || errUntil != nil {
		return now
	}
	minute := func(t time.Time) int { return 60*t.Hour() + t.Minute() }
	at, start, end := minute(now), minute(from), minute(until)
	if safe := start <= at && at < end; start < end && safe || start > end && (at >= start || at < end) {
		return now
	}
	next := time.Date(now.Year(), now.Month(), now.Day(), from.Hour(), from.Minute(), 0, 0, now.Location())
	if next.Before(now) {
		next = time.Date(now.Year(), now.Month(), now.Day()+1, from.Hour(), from.Minute(), 0, 0, now.Location())
	}
	return next
}
