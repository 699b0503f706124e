package person

import (
	"context"
	"fmt"
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

// Outbox writes messages, all there are. What it decides when a message is
// queued is decided again when it is delivered: see Messages.Deliver.
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
	channel, recipient, at := delivery(p.Contact, ownWishes(p.Contact), o.clock.Now(), o.zone)
	if recipient == "" {
		return nil
	}
	return o.queue(ctx, tx, Message{
		Channel: channel, Recipient: recipient, PersonID: p.ID, Language: p.Contact.Language, Template: template, Params: params,
	}, at)
}

// Reaches reports whether a message goes to somebody by the wishes of the record.
func (o *Outbox) Reaches(p Person) bool {
	_, recipient, _ := delivery(p.Contact, ownWishes(p.Contact), o.clock.Now(), o.zone)
	return recipient != ""
}

// sendCode queues a code somebody waits for, by the wishes of everybody who
// shares the number. A code is of no use later, so outside safe hours it is not
// sent at all.
func (o *Outbox) sendCode(ctx context.Context, tx domain.Tx, number string, wishes []NumberUse, lang string, code string) error {
	now := o.clock.Now()
	if at, safe := nextSafe(wishes, now, o.zone); !safe || !at.Equal(now) {
		return o.sendNothing(ctx, tx, number)
	}
	channel := BySMS
	if neverSMS(wishes) {
		channel = ByVoice
	}
	return o.queue(ctx, tx, Message{
		Channel: channel, Recipient: number, Language: lang, Template: "sms.code", Params: map[string]string{"Code": code},
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
	if _, known := messageKinds()[m.Template]; !known {
		return fmt.Errorf("person: no kind of message is called %q", m.Template)
	}
	m.ID, m.State, m.CreatedAt = o.ids.New(), MessageQueued, o.clock.Now()
	if err := o.store.InsertMessage(ctx, tx, m); err != nil {
		return err
	}
	return o.jobs.Enqueue(ctx, tx, domain.SendMessage{MessageID: m.ID}, at.UTC())
}

// ownWishes are what a record says of its own numbers, by number.
func ownWishes(c Contact) map[string][]NumberUse {
	out := map[string][]NumberUse{}
	for _, p := range c.Phones {
		out[p.Number] = append(out[p.Number], p.use(c.Residence.Country))
	}
	return out
}

// delivery chooses channel, recipient and the earliest time by the wishes for
// each number. Somebody's own phone comes before a shared one and that before a
// helper's; no recipient means that nothing is to be sent.
func delivery(c Contact, wishes map[string][]NumberUse, now time.Time, zone *time.Location) (Channel, string, time.Time) {
	if c.Channel == ByEmail && c.Email != "" {
		return ByEmail, c.Email, now
	}
	if c.Channel != ByVoice && c.Channel != BySMS {
		return "", "", time.Time{}
	}
	phones := slices.Clone(c.Phones)
	slices.SortStableFunc(phones, func(a, b Phone) int { return a.Owner.rank() - b.Owner.rank() })
	for _, p := range phones {
		if c.Channel == BySMS && neverSMS(wishes[p.Number]) {
			continue
		}
		if at, safe := nextSafe(wishes[p.Number], now, zone); safe {
			return c.Channel, p.Number, at
		}
	}
	return "", "", time.Time{}
}

func (o PhoneOwner) rank() int {
	return slices.Index([]PhoneOwner{OwnPhone, SharedPhone, HelperPhone}, o)
}
