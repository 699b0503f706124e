package main

import (
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/baara-platform/baara/domain/exchange/openid"
)

// oidcFlags name an agency's own identity provider. See docs/identity.md.
type oidcFlags struct {
	Issuer       string `env:"ISSUER" help:"Address of the agency's OpenID Connect provider."`
	ClientID     string `env:"CLIENT_ID" help:"What the provider calls Baara."`
	ClientSecret string `env:"CLIENT_SECRET" help:"Secret of that client."`
	Name         string `env:"NAME" default:"votre agence" help:"What people call the provider."`
	PublicURL    string `env:"PUBLIC_URL" help:"Address people reach Baara at; the provider sends browsers back to /sign-in/agency/back below it."`
	TrustsMFA    bool   `env:"TRUSTS_MFA" help:"The provider asks for a second factor itself: Baara does not ask again."`
}

// check refuses half a configuration, and a provider in clear.
func (f oidcFlags) check() error {
	if f.Issuer == "" {
		return nil
	}
	if f.ClientID == "" || f.PublicURL == "" {
		return errors.New("an OpenID Connect issuer needs --oidc-client-id and --oidc-public-url too")
	}
	for _, address := range []string{f.Issuer, f.PublicURL} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(net.JoinHostPort(u.Hostname(), "0"))) {
			return errors.New("the addresses of OpenID Connect must be https ones")
		}
	}
	return nil
}

func (f oidcFlags) config() openid.Config {
	return openid.Config{
		Issuer: f.Issuer, ClientID: f.ClientID, ClientSecret: f.ClientSecret, Name: f.Name, TrustsMFA: f.TrustsMFA,
		Redirect: strings.TrimSuffix(f.PublicURL, "/") + "/sign-in/agency/back",
	}
}
