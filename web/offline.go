package web

// offlineRoute is the page the service worker keeps; its address is in static/src/sw.js.
const offlineRoute = "web.offline"

func offline(c *Context) (Page, error) {
	return Page{Template: "layout/offline", Title: c.T("common.offline_title"), Focused: true, NoIndex: true}, nil
}
