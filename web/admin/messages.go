package admin

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// messagesView is the data of "admin/messages": the contents in a demonstration, else how far messages are.
type messagesView struct {
	Demo  bool
	Read  []messageLine
	Table ui.Table
	Pager ui.Pager
}

// messageLine is a message as the telephone would have shown it.
type messageLine struct {
	Phone, Email string
	When, Kind   string
	Text         string
	Tag          ui.Tag
}

// messages shows staff the messages of a demonstration, and administrators everywhere how far messages are.
func (p *pages) messages(c *web.Context) (web.Page, error) {
	page := web.Page{Template: "admin/messages", Title: c.T("common.nav.messages"), Nav: web.MessagesPath}
	if c.Site.Demo {
		found, err := p.Messages.Recent(c.Context(), c.Actor, c.Cursor())
		page.Data = messagesView{Demo: true, Read: lines(c, found.Items), Pager: desk.Pager(c, found.Next)}
		return page, err
	}
	found, err := p.Messages.Progress(c.Context(), c.Actor, c.Cursor())
	page.Data = messagesView{Table: progressTable(c, found.Items), Pager: desk.Pager(c, found.Next)}
	return page, err
}

// demoShown is how many messages who tries a demonstration sees: the last ones are what they wait for.
const demoShown = 10

// demoMessages is the telephone of a demonstration, on its own computer only: elsewhere there is no such page.
func (p *pages) demoMessages(c *web.Context) (web.Page, error) {
	if !c.AtDemoDesk() {
		return web.Page{}, domain.NotFound("admin.demoMessages")
	}
	found, err := p.Messages.Show(c.Context(), c.Actor, domain.Cursor{Limit: demoShown})
	return web.Page{
		Template: "admin/demomessages", Title: c.T("admin.messages.demo_title"), Data: messagesView{Demo: true, Read: lines(c, found.Items)}, NoIndex: true,
	}, err
}

func lines(c *web.Context, list []person.Message) []messageLine {
	var out []messageLine
	for _, m := range list {
		line := messageLine{
			When: c.Time(m.CreatedAt), Kind: channelName(c, m.Channel), Tag: messageTag(c, m.State), Text: messageText(c, m),
		}
		if m.Channel == person.ByEmail {
			line.Email = m.Recipient
		} else {
			line.Phone = m.Recipient
		}
		out = append(out, line)
	}
	return out
}

// messageText is the message in the language it goes out in.
func messageText(c *web.Context, m person.Message) string {
	args := map[string]any{}
	for name, value := range m.Params {
		args[name] = value
	}
	return c.Speaking(m.Language).T("sms."+strings.TrimPrefix(m.Template, "sms."), args)
}

func channelName(c *web.Context, ch person.Channel) string {
	return c.T("reference.channel." + string(ch))
}

func messageTag(c *web.Context, s person.MessageState) ui.Tag {
	tone := map[person.MessageState]ui.Tone{
		person.MessageSent: ui.Good, person.MessageFailed: ui.Bad, person.MessageQueued: ui.Warning, person.MessageDropped: ui.Quiet,
	}
	return ui.Tag{Text: c.T("admin.message." + string(s)), Tone: tone[s]}
}

func progressTable(c *web.Context, list []person.MessageProgress) ui.Table {
	t := ui.Table{
		Caption: c.T("common.nav.messages"), CaptionHidden: true, Empty: c.T("admin.messages.none"),
		Columns: []ui.Column{
			{Text: c.T("admin.message.made")}, {Text: c.T("admin.message.kind")}, {Text: c.T("admin.message.channel")},
			{Text: c.T("admin.message.state")}, {Text: c.T("admin.message.sent_at")},
		},
	}
	for _, m := range list {
		done := ""
		if !m.SentAt.IsZero() {
			done = c.Time(m.SentAt)
		}
		tag := messageTag(c, m.State)
		if m.Error != "" {
			tag.Text += " (" + m.Error + ")"
		}
		t.Rows = append(t.Rows, []any{
			c.Time(m.CreatedAt), c.T("admin.message.template." + strings.TrimPrefix(m.Template, "sms.")), channelName(c, m.Channel), tag, done,
		})
	}
	return t
}
