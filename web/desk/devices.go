package desk

import (
	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// SessionField is the hidden field with the session a button ends.
const SessionField = "session"

// Device is a place where somebody is signed in: the template "desk/devices" lists them.
type Device struct {
	Name, Seen string
	Here       string // said of the device that asks
	End        ui.Button
}

// DevicesOf shows sessions, each with a button that posts its id to url.
func DevicesOf(c *web.Context, sessions []identity.Session, url string) []Device {
	here := edge.From(c.Context()).SessionHash(c.Context())
	var out []Device
	for _, s := range sessions {
		name := s.Device // the kind a browser says it runs on is a name: Android, iPhone
		if name == "" {
			name = c.T("common.device.unknown")
		}
		d := Device{
			Name: name, Seen: c.T("common.device.seen", "When", c.Time(s.LastSeen)),
			End: ui.Button{
				Text: c.T("common.sign_out"), About: name, URL: url, Post: true, Small: true, Secondary: true,
				Token: c.NewForm().Token, Values: map[string]string{SessionField: string(s.ID)},
			},
		}
		if here != "" && s.TokenHash == here {
			d.Here = c.T("common.device.here")
		}
		out = append(out, d)
	}
	return out
}

// EndDevice does what such a button asks: the device's next request is a visitor's.
func EndDevice(c *web.Context, sessions *identity.Sessions) error {
	f, err := c.PostedForm()
	if err != nil {
		return err
	}
	id, err := domain.ParseID(f.Text(SessionField, len(domain.ID("00000000-0000-0000-0000-000000000000"))))
	if err != nil {
		return err
	}
	if err := sessions.Kill(c.Context(), c.Act(f), id); !Settled(err) {
		return err
	}
	return nil
}
