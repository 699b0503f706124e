package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Messages keeps messages between the act that wrote them and the gateway. It
// implements person.MessageStore.
type Messages struct{}

// Messages keeps messages to be sent.
func (d *DB) Messages() Messages { return Messages{} }

type messageRow struct {
	ID       string
	Channel  string
	PersonID *string
	Lang     string
	Template string
	Sealed   sealed // sealedMessage

	RecipientHash *string // of a message that names no record

	State     string
	Error     string
	CreatedAt time.Time
	SentAt    *time.Time
}

func (messageRow) TableName() string { return "messages" }

// sealedMessage is to whom a message goes and what it says.
type sealedMessage struct {
	Recipient string            `json:"r"`
	Params    map[string]string `json:"p,omitempty"`
}

const messageColumn = "messages.sealed"

// messageSubject is whose key closes a message: the person's, or a key of its
// own, which goes with it.
func messageSubject(id, person domain.ID) domain.ID {
	if person.IsZero() {
		return id
	}
	return person
}

func (r messageRow) subject() domain.ID { return messageSubject(domain.ID(r.ID), idOf(r.PersonID)) }

func messagesOf(ctx context.Context, t domain.Tx, rows []messageRow) ([]person.Message, error) {
	o, err := openAll(ctx, t, rows, messageRow.subject)
	if err != nil {
		return nil, err
	}
	out := make([]person.Message, len(rows))
	for i, r := range rows {
		var said sealedMessage
		o.open(r.subject(), messageColumn, r.Sealed, &said)
		out[i] = person.Message{
			ID: domain.ID(r.ID), Channel: person.Channel(r.Channel), Recipient: said.Recipient, PersonID: idOf(r.PersonID),
			Language: r.Lang, Template: r.Template, Params: said.Params, State: person.MessageState(r.State), Error: r.Error,
			CreatedAt: r.CreatedAt.UTC(), SentAt: timeOf(r.SentAt),
		}
	}
	return out, o.err
}

// InsertMessage writes a message.
func (Messages) InsertMessage(ctx context.Context, t domain.Tx, m person.Message) error {
	said, err := sealOne(ctx, t, messageSubject(m.ID, m.PersonID), messageColumn, sealedMessage{m.Recipient, m.Params})
	if err != nil {
		return err
	}
	var hash *string
	if m.PersonID.IsZero() {
		hash = nullText(hashOf(t, recipientKind, m.Recipient))
	}
	return fault("store.InsertMessage", on(ctx, t).Create(&messageRow{
		ID: string(m.ID), Channel: string(m.Channel), PersonID: nullID(m.PersonID), Lang: m.Language,
		Template: m.Template, Sealed: said, RecipientHash: hash, State: string(m.State), Error: m.Error,
		CreatedAt: m.CreatedAt, SentAt: nullTime(m.SentAt),
	}).Error)
}

// Message reads one message.
func (Messages) Message(ctx context.Context, t domain.Tx, id domain.ID) (person.Message, error) {
	var row messageRow
	if err := on(ctx, t).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return person.Message{}, fault("store.Message", err)
	}
	found, err := messagesOf(ctx, t, []messageRow{row})
	if err != nil {
		return person.Message{}, err
	}
	return found[0], nil
}

// MessageDone stores what became of a queued message. One that is queued no
// more is Stale: somebody else sent it.
func (Messages) MessageDone(ctx context.Context, t domain.Tx, id domain.ID, state person.MessageState, code string, at time.Time) error {
	return touched("store.MessageDone", on(ctx, t).Model(&messageRow{}).Where("id = ? AND state = 'queued'", string(id)).
		Updates(map[string]any{"state": string(state), "error": code, "sent_at": nullTime(at)}))
}

// MessageTo implements person.MessageBox.
func (s Messages) MessageTo(ctx context.Context, t domain.Tx, id domain.ID, channel person.Channel, recipient string) error {
	m, err := s.Message(ctx, t, id)
	if err != nil {
		return err
	}
	to := map[string]any{"channel": string(channel)}
	if to["sealed"], err = sealOne(ctx, t, messageSubject(m.ID, m.PersonID), messageColumn, sealedMessage{recipient, m.Params}); err != nil {
		return err
	}
	if m.PersonID.IsZero() {
		to["recipient_hash"] = nullText(hashOf(t, recipientKind, recipient))
	}
	return touched("store.MessageTo", on(ctx, t).Model(&messageRow{}).Where("id = ? AND state = 'queued'", string(id)).Updates(to))
}

// NumberUses implements person.MessageBox.
func (Messages) NumberUses(ctx context.Context, t domain.Tx, number string) ([]person.NumberUse, error) {
	return PhoneCodes{}.NumberUses(ctx, t, number)
}

// RecentMessages lists messages, the newest first: the demonstration's outbox.
func (Messages) RecentMessages(ctx context.Context, t domain.Tx, cursor domain.Cursor) (domain.Listing[person.Message], error) {
	const op = "store.RecentMessages"
	var out domain.Listing[person.Message]
	query := on(ctx, t).Order("id DESC").Limit(cursor.Size() + 1)
	if cursor.After != "" {
		id, err := domain.ParseID(cursor.After)
		if err != nil {
			return out, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		query = query.Where("id < ?", string(id))
	}
	var rows []messageRow
	if err := query.Find(&rows).Error; err != nil {
		return out, fault(op, err)
	}
	if len(rows) > cursor.Size() {
		rows = rows[:cursor.Size()]
		out.Next = rows[len(rows)-1].ID
	}
	var err error
	out.Items, err = messagesOf(ctx, t, rows)
	return out, err
}

// Demonstration reads whether the installation holds invented data only.
func (Messages) Demonstration(ctx context.Context, t domain.Tx) (bool, error) {
	var found []string
	err := on(ctx, t).Raw(`SELECT value FROM installation WHERE key = ?`, DemoKey).Scan(&found).Error
	return len(found) > 0 && found[0] == "yes", fault("store.Demonstration", err)
}
