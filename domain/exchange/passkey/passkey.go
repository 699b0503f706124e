// Package passkey speaks WebAuthn for hardware keys: it implements
// identity.Keys. A key signs for the site it was registered on and no other, so
// a copied page gets nothing from it.
//
// Attestation is not asked for: any key is good, and none says what it is.
package passkey

import (
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Keys implements identity.Keys.
type Keys struct{}

// holder is an account as the library looks at it.
type holder struct {
	id          domain.ID
	name        string
	credentials []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.id) }
func (h holder) WebAuthnName() string                       { return h.name }
func (h holder) WebAuthnDisplayName() string                { return h.name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

func holderOf(u identity.User, stored [][]byte) (holder, error) {
	h := holder{id: u.ID, name: u.Email}
	if h.name == "" {
		h.name = u.Name
	}
	for _, s := range stored {
		var c webauthn.Credential
		if err := json.Unmarshal(s, &c); err != nil {
			return holder{}, fmt.Errorf("passkey: stored credential: %w", err)
		}
		h.credentials = append(h.credentials, c)
	}
	return h, nil
}

func site(s identity.Site) (*webauthn.WebAuthn, error) {
	w, err := webauthn.New(&webauthn.Config{RPID: s.Host, RPDisplayName: "Baara", RPOrigins: []string{s.Origin}})
	if err != nil {
		return nil, fmt.Errorf("passkey: site: %w", err)
	}
	return w, nil
}

// both gives what the browser is asked and what must be kept until it answers.
func both(options, session any) ([]byte, []byte, error) {
	asked, err := json.Marshal(options)
	if err != nil {
		return nil, nil, fmt.Errorf("passkey: options: %w", err)
	}
	kept, err := json.Marshal(session)
	if err != nil {
		return nil, nil, fmt.Errorf("passkey: session: %w", err)
	}
	return asked, kept, nil
}

// BeginRegistration implements identity.Keys.
func (Keys) BeginRegistration(s identity.Site, u identity.User, stored [][]byte) ([]byte, []byte, error) {
	w, err := site(s)
	if err != nil {
		return nil, nil, err
	}
	h, err := holderOf(u, stored)
	if err != nil {
		return nil, nil, err
	}
	options, session, err := w.BeginRegistration(h,
		webauthn.WithExclusions(webauthn.Credentials(h.credentials).CredentialDescriptors()),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementDiscouraged, UserVerification: protocol.VerificationDiscouraged,
		}))
	if err != nil {
		return nil, nil, fmt.Errorf("passkey: begin registration: %w", err)
	}
	return both(options, session)
}

// FinishRegistration implements identity.Keys.
func (Keys) FinishRegistration(s identity.Site, u identity.User, stored [][]byte, kept, response []byte) (id, credential []byte, err error) {
	w, session, h, err := resume(s, u, stored, kept)
	if err != nil {
		return nil, nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return nil, nil, refused("passkey.Register", err)
	}
	made, err := w.CreateCredential(h, session, parsed)
	if err != nil {
		return nil, nil, refused("passkey.Register", err)
	}
	credential, err = json.Marshal(made)
	if err != nil {
		return nil, nil, fmt.Errorf("passkey: credential: %w", err)
	}
	return made.ID, credential, nil
}

// BeginUse implements identity.Keys.
func (Keys) BeginUse(s identity.Site, u identity.User, stored [][]byte) ([]byte, []byte, error) {
	w, err := site(s)
	if err != nil {
		return nil, nil, err
	}
	h, err := holderOf(u, stored)
	if err != nil {
		return nil, nil, err
	}
	options, session, err := w.BeginLogin(h, webauthn.WithUserVerification(protocol.VerificationDiscouraged))
	if err != nil {
		return nil, nil, fmt.Errorf("passkey: begin: %w", err)
	}
	return both(options, session)
}

// FinishUse implements identity.Keys. A key whose counter went back was copied:
// it is refused.
func (Keys) FinishUse(s identity.Site, u identity.User, stored [][]byte, kept, response []byte) (id, credential []byte, err error) {
	const op = "passkey.Use"
	w, session, h, err := resume(s, u, stored, kept)
	if err != nil {
		return nil, nil, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return nil, nil, refused(op, err)
	}
	used, err := w.ValidateLogin(h, session, parsed)
	if err != nil {
		return nil, nil, refused(op, err)
	}
	if used.Authenticator.CloneWarning {
		return nil, nil, refused(op, nil)
	}
	credential, err = json.Marshal(used)
	if err != nil {
		return nil, nil, fmt.Errorf("passkey: credential: %w", err)
	}
	return used.ID, credential, nil
}

func resume(s identity.Site, u identity.User, stored [][]byte, kept []byte) (*webauthn.WebAuthn, webauthn.SessionData, holder, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil { // nothing was begun, or it served already
		return nil, session, holder{}, refused("passkey.resume", err)
	}
	w, err := site(s)
	if err != nil {
		return nil, session, holder{}, err
	}
	h, err := holderOf(u, stored)
	return w, session, h, err
}

func refused(op string, cause error) error {
	return &domain.Error{Kind: domain.KindInvalid, Op: op, Fields: []domain.FieldError{domain.Field("response", "error.factor.key")}, Err: cause}
}
