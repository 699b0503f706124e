package person_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// TestMessagesAreReadInADemonstrationOnly asks as everybody, before and after the installation is marked.
func TestMessagesAreReadInADemonstrationOnly(t *testing.T) {
	w := newWorld(t)
	messages := person.NewMessages(person.MessageDeps{
		Tx: w.db, Box: w.db.Messages(), People: w.deps.People, Consents: w.deps.Consents, Gateway: person.ScreenGateway{}, Policy: access.Default(), Clock: w.deps.Clock,
	})
	err := w.db.InTx(w.ctx, w.system, func(tx domain.Tx) error {
		return w.db.Messages().InsertMessage(w.ctx, tx, person.Message{
			ID: w.ids.New(), Channel: person.BySMS, Recipient: "+22370000001", Language: "fr", Template: "sms.code",
			Params: map[string]string{"Code": "123456"}, State: person.MessageFailed, Error: "busy", CreatedAt: w.now,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	admin, jobseeker := domain.Actor{Role: domain.RoleAdministrator}, domain.Actor{Role: domain.RoleJobseeker}
	check := func(who string, actor domain.Actor, recent, shown domain.Kind) {
		t.Helper()
		for name, one := range map[string]struct {
			list func() (domain.Listing[person.Message], error)
			want domain.Kind
		}{
			"recent": {func() (domain.Listing[person.Message], error) { return messages.Recent(w.ctx, actor, domain.Cursor{}) }, recent},
			"shown":  {func() (domain.Listing[person.Message], error) { return messages.Show(w.ctx, actor, domain.Cursor{}) }, shown},
		} {
			found, err := one.list()
			if got := domain.KindOf(err); got != one.want {
				t.Errorf("%s %s: %q, want %q", who, name, got, one.want)
			}
			if read := len(found.Items) == 1 && found.Items[0].Params["Code"] == "123456"; read != (one.want == "") {
				t.Errorf("%s %s: read %v", who, name, found.Items)
			}
		}
	}
	check("counsellor", w.awa, domain.KindNotFound, domain.KindNotFound)
	check("administrator", admin, domain.KindNotFound, domain.KindNotFound)
	check("visitor", domain.Anonymous(), domain.KindUnauthenticated, domain.KindNotFound)

	progress, err := messages.Progress(w.ctx, admin, domain.Cursor{})
	if err != nil || len(progress.Items) != 1 || progress.Items[0].Error != "busy" || progress.Items[0].State != person.MessageFailed {
		t.Errorf("progress %+v (%v)", progress, err)
	}
	if _, err := messages.Progress(w.ctx, w.awa, domain.Cursor{}); err == nil {
		t.Error("a counsellor sees the gateway")
	}

	if err := w.db.Installation().Set(w.ctx, store.DemoKey, "yes"); err != nil {
		t.Fatal(err)
	}
	check("counsellor", w.awa, "", "")
	check("administrator", admin, "", "")
	check("jobseeker", jobseeker, domain.KindNotFound, "")
	check("visitor", domain.Anonymous(), domain.KindUnauthenticated, "")
}
