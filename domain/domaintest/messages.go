package domaintest

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// Messages gives what was written to anybody, the newest first, opened as the
// gateway would: recipients and words are sealed in the database.
func Messages(t testing.TB, db *store.DB) []person.Message {
	t.Helper()
	var out []person.Message
	err := db.View(t.Context(), domain.System(), func(tx domain.Tx) error {
		for cursor := (domain.Cursor{Limit: 100}); ; {
			page, err := db.Messages().RecentMessages(t.Context(), tx, cursor)
			if err != nil {
				return err
			}
			out = append(out, page.Items...)
			if cursor.After = page.Next; page.Next == "" {
				return nil
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Sent counts the messages of a template to a recipient.
func Sent(t testing.TB, db *store.DB, template, recipient string) int {
	t.Helper()
	n := 0
	for _, m := range Messages(t, db) {
		if m.Template == template && m.Recipient == recipient {
			n++
		}
	}
	return n
}

// LastCode is the newest one-time code that was written to a phone.
func LastCode(t testing.TB, db *store.DB, phone string) string {
	t.Helper()
	for _, m := range Messages(t, db) {
		if m.Template == "sms.code" && m.Recipient == phone {
			return m.Params["Code"]
		}
	}
	t.Fatalf("no code was written to %s", phone)
	return ""
}
