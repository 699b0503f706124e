// Package openid asks an agency's own identity provider who somebody is, by
// OpenID Connect: the authorization code flow with PKCE, a state and a nonce
// (RFC 7636, OpenID Connect Core 3.1).
//
// What it promises: the subject it gives was signed by the configured issuer,
// for this client, in answer to this very journey. What it does not do: decide
// which account that is; see identity.Links.
package openid

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Config names one provider.
type Config struct {
	Issuer       string // address; its discovery document stands below
	ClientID     string
	ClientSecret string
	Name         string // as people call it: "Compte ANPE"
	Redirect     string // the address here that the provider sends browsers back to
	TrustsMFA    bool   // it asks for a second factor itself: Baara does not ask again
}

// Provider asks one provider. Its discovery document is fetched when it is
// first needed, so that Baara starts while the provider is down.
type Provider struct {
	config Config
	client *http.Client
	mu     sync.Mutex
	found  *oidc.Provider
}

// answerTime bounds what the provider may take.
const answerTime = 10 * time.Second

// New makes a provider.
func New(c Config) *Provider {
	return &Provider{config: c, client: newClient(c.Issuer)}
}

// Name is what people call the provider.
func (p *Provider) Name() string { return p.config.Name }

// TrustsMFA reports whether the provider asks for a second factor itself.
func (p *Provider) TrustsMFA() bool { return p.config.TrustsMFA }

// Journey is what must come back unchanged. It stays in the session, out of
// the browser's sight.
type Journey struct{ State, Nonce, Verifier string }

// Begin gives the address to send the browser to.
func (p *Provider) Begin(ctx context.Context) (string, Journey, error) {
	client, _, err := p.discover(ctx)
	if err != nil {
		return "", Journey{}, err
	}
	j := Journey{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	return client.AuthCodeURL(j.State, oidc.Nonce(j.Nonce), oauth2.S256ChallengeOption(j.Verifier)), j, nil
}

// Finish exchanges what came back for the subject. Anything that does not fit
// the journey is Unauthenticated; a provider that does not answer is Unavailable.
func (p *Provider) Finish(ctx context.Context, j Journey, state, code string) (identity.Subject, error) {
	const op = "openid.Finish"
	if j.State == "" || subtle.ConstantTimeCompare([]byte(j.State), []byte(state)) != 1 || code == "" {
		return identity.Subject{}, refused(op, nil)
	}
	client, verifier, err := p.discover(ctx)
	if err != nil {
		return identity.Subject{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := client.Exchange(ctx, code, oauth2.VerifierOption(j.Verifier))
	if err != nil {
		return identity.Subject{}, refused(op, err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return identity.Subject{}, refused(op, err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(j.Nonce)) != 1 || id.Subject == "" {
		return identity.Subject{}, refused(op, nil)
	}
	return identity.Subject{Issuer: id.Issuer, Name: id.Subject}, nil
}

func refused(op string, cause error) error {
	return &domain.Error{Kind: domain.KindUnauthenticated, Op: op, Key: "error.link.refused", Err: cause}
}

func (p *Provider) discover(ctx context.Context) (*oauth2.Config, *oidc.IDTokenVerifier, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// The keys are fetched later too, beyond this request.
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.config.Issuer)
		if err != nil {
			return nil, nil, domain.Unavailable("openid.discover", fmt.Errorf("%s: %w", p.config.Issuer, err))
		}
		p.found = found
	}
	client := &oauth2.Config{
		ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, Endpoint: p.found.Endpoint(), RedirectURL: p.config.Redirect,
		Scopes: []string{oidc.ScopeOpenID},
	}
	return client, p.found.Verifier(&oidc.Config{ClientID: p.config.ClientID}), nil
}
