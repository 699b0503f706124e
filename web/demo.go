package web

import (
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/ui"
)

// Where a demonstration's messages are read, as no telephone receives them: by staff, and by who tries the demonstration
// on the computer that runs it.
const (
	MessagesPath     = "/messages"
	DemoMessagesPath = "/demo/messages"
)

// AtDemoDesk says that the installation is a demonstration and that the request comes from the computer it runs on, not
// through a proxy or a tunnel, and not from a page of another site that had its name point here. Only then may somebody
// who is not signed in read codes.
func (c *Context) AtDemoDesk() bool {
	return c.Site.Demo && c.Site.Local && fromThisComputer(c.Request)
}

func fromThisComputer(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	remote, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && loopback(remote) && loopback(hostOf(r.Host))
}

// hostOf takes the port off.
func hostOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// ReadsMessages says which roles read a demonstration's messages at MessagesPath.
func ReadsMessages(role domain.Role) bool {
	return slices.Contains([]domain.Role{domain.RoleCounsellor, domain.RoleLead, domain.RoleAdministrator}, role)
}

// demoMessages leads from the demonstration's banner to the messages, where the reader may read them.
func demoMessages(c *Context) *ui.Link {
	link := &ui.Link{Text: c.T("common.demo_messages")}
	switch {
	case c.Actor.Role == domain.RoleAdministrator: // the navigation leads there
		return nil
	case c.Site.Demo && ReadsMessages(c.Actor.Role):
		link.URL = MessagesPath
	case c.AtDemoDesk():
		link.URL = DemoMessagesPath
	default:
		return nil
	}
	return link
}
