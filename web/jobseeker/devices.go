package jobseeker

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// devicesView is the data of "jobseeker/devices".
type devicesView struct{ List []deviceView }

type deviceView struct {
	Name, Seen string
	End        ui.Button
}

// devices lists where the person is signed in: a lost phone can be signed out from another.
func (p *pages) devices(c *web.Context) (web.Page, error) {
	sessions, err := p.Sessions.Mine(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := devicesView{}
	for _, s := range sessions {
		name := s.Device // the kind a browser says it runs on is a name: Android, iPhone
		if name == "" {
			name = c.T("jobseeker.devices.unknown")
		}
		v.List = append(v.List, deviceView{
			Name: name, Seen: c.T("jobseeker.devices.seen", "When", c.Time(s.LastSeen)),
			End: ui.Button{
				Text: c.T("common.sign_out"), About: name, URL: devicesPath, Post: true, Small: true, Secondary: true,
				Token: c.NewForm().Token, Values: map[string]string{"session": string(s.ID)},
			},
		})
	}
	return web.Page{Template: "jobseeker/devices", Title: c.T("jobseeker.devices.title"), Data: v}, nil
}

// endDevice signs one device out; its next request is a visitor's.
func (p *pages) endDevice(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	id, err := domain.ParseID(f.Text("session", 40))
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Sessions.Kill(c.Context(), c.Act(f), id); !settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(devicesPath, "jobseeker.devices.ended"), nil
}
