package store

import (
	"context"
	"encoding/json"
	"fmt"
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
	ID        string
	Channel   string
	Recipient string
	PersonID  *string
	Lang      string
	Template  string
	Params    string
	State     string
	Error     string
	CreatedAt time.Time
	SentAt    *time.Time
}

func (messageRow) TableName() string { return "messages" }

func (r messageRow) toDomain() (person.Message, error) {
	m := person.Message{
		ID: domain.ID(r.ID), Channel: person.Channel(r.Channel), Recipient: r.Recipient, PersonID: idOf(r.PersonID),
		Language: r.Lang, Template: r.Template, State: person.MessageState(r.State), Error: r.Error,
		CreatedAt: r.CreatedAt.UTC(), SentAt: timeOf(r.SentAt),
	}
	if err := json.Unmarshal([]byte(r.Params), &m.Params); err != nil {
		return person.Message{}, fmt.Errorf("store.Message: params: %w", err)
	}
	return m, nil
}

// InsertMessage writes a message.
func (Messages) InsertMessage(ctx context.Context, t domain.Tx, m person.Message) error {
	params, err := json.Marshal(m.Params)
	if err != nil {
		return fmt.Errorf("store.InsertMessage: %w", err)
	}
	return fault("store.InsertMessage", on(ctx, t).Create(&messageRow{
		ID: string(m.ID), Channel: string(m.Channel), Recipient: m.Recipient, PersonID: nullID(m.PersonID), Lang: m.Language,
		Template: m.Template, Params: string(params), State: string(m.State), Error: m.Error,
		CreatedAt: m.CreatedAt, SentAt: nullTime(m.SentAt),
	}).Error)
}

// Message reads one message.
func (Messages) Message(ctx context.Context, t domain.Tx, id domain.ID) (person.Message, error) {
	var row messageRow
	if err := on(ctx, t).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return person.Message{}, fault("store.Message", err)
	}
	return row.toDomain()
}

// MessageDone stores what became of a queued message. One that is queued no
// more is Stale: somebody else sent it.
func (Messages) MessageDone(ctx context.Context, t domain.Tx, id domain.ID, state person.MessageState, code string, at time.Time) error {
	return touched("store.MessageDone", on(ctx, t).Model(&messageRow{}).Where("id = ? AND state = 'queued'", string(id)).
		Updates(map[string]any{"state": string(state), "error": code, "sent_at": nullTime(at)}))
}

// MessageTo implements person.MessageBox.
func (Messages) MessageTo(ctx context.Context, t domain.Tx, id domain.ID, channel person.Channel, recipient string) error {
	return touched("store.MessageTo", on(ctx, t).Model(&messageRow{}).Where("id = ? AND state = 'queued'", string(id)).
		Updates(map[string]any{"channel": string(channel), "recipient": recipient}))
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
	for _, r := range rows {
		m, err := r.toDomain()
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, m)
	}
	return out, nil
}

// Demonstration reads whether the installation holds invented data only.
func (Messages) Demonstration(ctx context.Context, t domain.Tx) (bool, error) {
	var found []string
	err := on(ctx, t).Raw(`SELECT value FROM installation WHERE key = ?`, DemoKey).Scan(&found).Error
	return len(found) > 0 && found[0] == "yes", fault("store.Demonstration", err)
}
