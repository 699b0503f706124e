package person

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Gateway hands a message to whoever delivers it. An error with a code of its
// own means "try again later".
type Gateway interface {
	Send(ctx context.Context, m Message) error
}

// MessageBox reads messages and stores what became of them.
type MessageBox interface {
	Message(ctx context.Context, tx domain.Tx, id domain.ID) (Message, error)
	MessageDone(ctx context.Context, tx domain.Tx, id domain.ID, state MessageState, code string, at time.Time) error
	// MessageTo changes by which way a queued message goes, and to whom.
	MessageTo(ctx context.Context, tx domain.Tx, id domain.ID, channel Channel, recipient string) error
	// NumberUses gives what everybody who has a number wishes of it.
	NumberUses(ctx context.Context, tx domain.Tx, number string) ([]NumberUse, error)
	RecentMessages(ctx context.Context, tx domain.Tx, cursor domain.Cursor) (domain.Listing[Message], error)
	// Demonstration says whether the installation holds invented data only.
	Demonstration(ctx context.Context, tx domain.Tx) (bool, error)
}

// Messages are the use-cases on messages after they were queued.
type Messages struct{ d MessageDeps }

// MessageDeps is what Messages are wired with.
type MessageDeps struct {
	Tx     domain.Transactor
	Box    MessageBox
	People interface {
		Get(ctx context.Context, tx domain.Tx, id domain.ID) (Person, error)
	}
	Consents interface {
		LiveConsent(ctx context.Context, tx domain.Tx, person domain.ID, purpose Purpose, at time.Time) (bool, error)
	}
	Holds   domain.Holds // nil holds nobody
	Gateway Gateway
	Policy  access.Policy
	Clock   domain.Clock
	Zone    *time.Location // of the service: the clock of safe hours where the person's is not known
}

// NewMessages wires the use-cases.
func NewMessages(d MessageDeps) *Messages {
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	return &Messages{d}
}

// Recent lists messages with their contents, the newest first: in a
// demonstration, staff read on a page what a telephone would have shown. Codes
// are secrets, so elsewhere the list does not exist, whoever asks.
func (s *Messages) Recent(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[Message], error) {
	return s.shown(ctx, actor, access.MessageContents, cursor)
}

// Show is Recent for everybody who tries a demonstration. Its caller offers it
// on the demonstration's own computer only: nothing here can know that.
func (s *Messages) Show(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[Message], error) {
	return s.shown(ctx, actor, access.MessageShow, cursor)
}

func (s *Messages) shown(ctx context.Context, actor domain.Actor, action access.Action, cursor domain.Cursor) (domain.Listing[Message], error) {
	var out domain.Listing[Message]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, action, access.Facts{}); err != nil {
			return err
		}
		demo, err := s.d.Box.Demonstration(ctx, tx)
		if err == nil && !demo {
			err = domain.NotFound("person.shown")
		}
		if err != nil {
			return err
		}
		out, err = s.d.Box.RecentMessages(ctx, tx, cursor)
		return err
	})
	return out, err
}

// MessageProgress is how far a message is. It says neither to whom it goes nor what it says.
type MessageProgress struct {
	ID        domain.ID
	Channel   Channel
	Template  string
	State     MessageState
	Error     string
	CreatedAt time.Time
	SentAt    time.Time
}

// Progress lists how far messages are, the newest first, for who looks after the gateway.
func (s *Messages) Progress(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[MessageProgress], error) {
	var out domain.Listing[MessageProgress]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.MessageRead, access.Facts{}); err != nil {
			return err
		}
		found, err := s.d.Box.RecentMessages(ctx, tx, cursor)
		out.Next = found.Next
		for _, m := range found.Items {
			out.Items = append(out.Items, MessageProgress{
				ID: m.ID, Channel: m.Channel, Template: m.Template, State: m.State, Error: m.Error, CreatedAt: m.CreatedAt, SentAt: m.SentAt,
			})
		}
		return err
	})
	return out, err
}

// ScreenGateway delivers to nobody: messages stay on the page where staff of a
// demonstration read them.
type ScreenGateway struct{}

// Send always succeeds.
func (ScreenGateway) Send(context.Context, Message) error { return nil }
