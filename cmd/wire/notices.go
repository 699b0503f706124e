package wire

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
)

// notices tells account holders what happens to their accounts, by the outbox
// every message goes through.
type notices struct{ outbox *person.Outbox }

// ContactChanging implements identity.Notices: the message goes to the contact
// of that kind the account has now, or to the other one.
func (n notices) ContactChanging(ctx context.Context, tx domain.Tx, u identity.User, c identity.ContactChange) error {
	channel, recipient := person.BySMS, u.Phone
	if u.Email != "" && (c.Kind == identity.ContactEmail || u.Phone == "") {
		channel, recipient = person.ByEmail, u.Email
	}
	if recipient == "" {
		return nil
	}
	return n.outbox.Tell(ctx, tx, person.Message{Channel: channel, Recipient: recipient, PersonID: u.PersonID, Language: u.Language, Template: "sms.contact"})
}
