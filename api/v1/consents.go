package v1

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/person/wording"
)

// Consent is one permission: what is for, to which text, and how it was given.
type Consent struct {
	Purpose        string `json:"purpose" enum:"matching,follow_up,messages"`
	TextVersion    string `json:"text_version" enum:"2026-11,2026-11-27" doc:"Of the text that was read or heard"`
	Language       string `json:"language,omitempty" maxLength:"35"`
	Mode           string `json:"mode" enum:"click,written,oral,thumbprint,representative,import" doc:"A click is the person's own; the others are recorded by staff"`
	Witness        string `json:"witness,omitempty" maxLength:"120"`
	Representative string `json:"representative,omitempty" maxLength:"120" doc:"The guardian, for somebody under 18"`
	// The guardian's number of the record where it is left out.
	RepresentativePhone string `json:"representative_phone,omitempty" maxLength:"30" doc:"How to reach the representative"`
	Paper               string `json:"paper,omitempty" maxLength:"120" doc:"Where what was signed is kept"`
}

func (c Consent) toDomain() person.GiveConsent {
	return person.GiveConsent{
		Purpose: person.Purpose(c.Purpose), TextVersion: c.TextVersion, Language: c.Language, Mode: person.ConsentMode(c.Mode),
		Witness: c.Witness, Representative: c.Representative, RepresentativePhone: c.RepresentativePhone, Paper: c.Paper,
	}
}

// GivenConsent is a consent as recorded.
type GivenConsent struct {
	Purpose             string     `json:"purpose" enum:"matching,sharing,follow_up,messages"`
	TextVersion         string     `json:"text_version" doc:"Of the text that was read or heard; not one of Baara's for what was collected before an import"`
	Language            string     `json:"language,omitempty"`
	Mode                string     `json:"mode" enum:"click,written,oral,thumbprint,representative,import"`
	Witness             string     `json:"witness,omitempty"`
	Representative      string     `json:"representative,omitempty"`
	RepresentativePhone string     `json:"representative_phone,omitempty"`
	Paper               string     `json:"paper,omitempty"`
	ID                  string     `json:"id"`
	Application         string     `json:"application_id,omitempty" doc:"Of a consent to sharing: the contact it is for"`
	Employer            string     `json:"employer,omitempty" doc:"Of a consent to sharing: the one employer, as the person was told"`
	GivenAt             time.Time  `json:"given_at"`
	ExpiresAt           *time.Time `json:"expires_at,omitempty"`
	WithdrawnAt         *time.Time `json:"withdrawn_at,omitempty"`
	WithdrawnMode       string     `json:"withdrawn_mode,omitempty" enum:"click,written,oral,thumbprint,representative"`
	Replaced            bool       `json:"replaced,omitempty" doc:"Ended because a newer one took its place"`
}

func consentOut(c person.Consent) GivenConsent {
	return GivenConsent{
		Purpose: string(c.Purpose), TextVersion: c.TextVersion, Language: c.Language, Mode: string(c.Mode),
		Witness: c.Witness, Representative: c.Representative, RepresentativePhone: c.RepresentativePhone, Paper: c.Paper,
		Application: string(c.ApplicationID), Employer: c.Employer, WithdrawnMode: string(c.WithdrawnMode),
		ID: string(c.ID), GivenAt: c.GivenAt, ExpiresAt: timeOut(c.ExpiresAt), WithdrawnAt: timeOut(c.WithdrawnAt), Replaced: c.Replaced,
	}
}

func (a *API) mountConsents(g huma.API) {
	add(g, route{id: "list-consents", method: http.MethodGet, path: "/jobseekers/{id}/consents", summary: "Every consent of a person, newest first",
		tag: "consents"}, a.listConsents)
	add(g, route{id: "give-consent", method: http.MethodPost, path: "/jobseekers/{id}/consents", status: http.StatusCreated,
		summary: "Record a consent; one that stands for the same purpose is replaced. Sharing is consented to with an application", tag: "consents"}, a.giveConsent)
	add(g, route{id: "withdraw-consent", method: http.MethodDelete, path: "/jobseekers/{id}/consents/{purpose}", status: http.StatusNoContent,
		summary: "Withdraw the consent for a purpose, at once", tag: "consents"}, a.withdrawConsent)
}

// ConsentText is what people are asked to agree to, for one purpose, in one language. A version is never changed.
type ConsentText struct {
	Version string `json:"version" doc:"What text_version of a consent names"`
	Since   string `json:"since" format:"date"`
	Purpose string `json:"purpose" enum:"matching,sharing,follow_up,messages"`
	Lang    string `json:"lang"`
	Title   string `json:"title"`
	Text    string `json:"text" doc:"{employer} stands for the one employer it is about"`
}

func (a *API) listConsentTexts(context.Context, *struct{}) (*list[ConsentText], error) {
	return whole(wording.All(), func(t wording.Text) ConsentText {
		return ConsentText{Version: t.Version, Since: t.Since, Purpose: t.Purpose, Lang: t.Language, Title: t.Title, Text: t.Body}
	}), nil
}

func (a *API) listConsents(ctx context.Context, in *ByID) (*list[GivenConsent], error) {
	found, err := a.Consents.Of(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(found, consentOut), nil
}

type giveConsent struct {
	ByID
	Body Consent
}

func (a *API) giveConsent(ctx context.Context, in *giveConsent) (*plain[GivenConsent], error) {
	actor := edge.ActorFrom(ctx)
	asked := in.Body.toDomain()
	asked.PersonID = in.id()
	c, err := a.Consents.Give(ctx, actor, asked)
	c, err = again(c, err, func(id domain.ID) (person.Consent, error) { return a.consent(ctx, actor, in.id(), id) })
	if err != nil {
		return nil, err
	}
	return &plain[GivenConsent]{Body: consentOut(c)}, nil
}

func (a *API) consent(ctx context.Context, actor domain.Actor, of, wanted domain.ID) (person.Consent, error) {
	all, err := a.Consents.Of(ctx, actor, of)
	if err != nil {
		return person.Consent{}, err
	}
	i := slices.IndexFunc(all, func(c person.Consent) bool { return c.ID == wanted })
	if i < 0 {
		return person.Consent{}, domain.NotFound("v1.consent")
	}
	return all[i], nil
}

type withdrawConsent struct {
	ByID
	Purpose string `path:"purpose" enum:"matching,sharing,follow_up,messages" doc:"sharing takes the name back from every employer"`
	Mode    string `query:"mode" enum:"written,oral,thumbprint,representative" doc:"How it was said to staff"`
}

func (a *API) withdrawConsent(ctx context.Context, in *withdrawConsent) (*nothing, error) {
	actor := edge.ActorFrom(ctx)
	err := a.Consents.Withdraw(ctx, actor, person.WithdrawConsent{
		PersonID: in.id(), Purpose: person.Purpose(in.Purpose), Mode: person.ConsentMode(in.Mode),
	})
	_, err = again(person.Consent{}, err, func(domain.ID) (person.Consent, error) {
		_, err := a.Consents.Of(ctx, actor, in.id())
		return person.Consent{}, err
	})
	return nil, err
}
