package webtest

import (
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// PlugKey gives the tab a hardware key whose button is pressed whenever a page asks it. It holds what it registers until
// the tab is closed.
func (tab *Tab) PlugKey() {
	tab.t.Helper()
	if _, err := chromedp.Call(tab.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		tab.t.Fatal(err)
	}
	key := webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportUsb, AutomaticPresenceSimulation: true,
	}}
	if _, err := chromedp.Call(tab.ctx, webauthn.AddVirtualAuthenticator, key); err != nil {
		tab.t.Fatal(err)
	}
}
