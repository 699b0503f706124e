package jobseeker

import (
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
)

// devicesView is the data of "jobseeker/devices".
type devicesView struct{ List []desk.Device }

// devices lists where the person is signed in: a lost phone can be signed out from another.
func (p *pages) devices(c *web.Context) (web.Page, error) {
	sessions, err := p.Sessions.Mine(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := devicesView{desk.DevicesOf(c, sessions, devicesPath)}
	return web.Page{Template: "jobseeker/devices", Title: c.T("jobseeker.devices.title"), Data: v}, nil
}

// endDevice signs one device out.
func (p *pages) endDevice(c *web.Context) (web.Page, error) {
	if err := desk.EndDevice(c, p.Sessions); err != nil {
		return web.Page{}, err
	}
	return web.Redirect(devicesPath, "common.device.ended"), nil
}
