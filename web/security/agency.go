package security

import (
	"encoding/json"
	"fmt"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/openid"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
)

// Signing in with the account of one's own agency. Begun by a link and not by a form: the content security policy keeps
// forms on this site.
const (
	agencyPath = "/sign-in/agency"
	backPath   = agencyPath + "/back"
)

// keptAgency is the journey to the provider and back, in the session.
const keptAgency = "agency"

type agencyJourney struct {
	openid.Journey
	Next       string
	Invitation string // the secret of the invitation that is accepted with it
}

// agency sends the browser to the provider.
func (p *pages) agency(c *web.Context) (web.Page, error) {
	if p.Provider == nil {
		return web.Page{}, domain.NotFound("security.agency")
	}
	if err := front(c).SpendPublic(c.Context()); err != nil {
		return web.Page{}, err
	}
	address, journey, err := p.Provider.Begin(c.Context())
	if err != nil {
		return web.Page{}, err
	}
	j := agencyJourney{Journey: journey, Next: web.Local(c.Query("next"))}
	if c.Query("invited") != "" {
		j.Invitation = front(c).Kept(c.Context(), keptInvitation)
	}
	kept, err := json.Marshal(j)
	if err != nil {
		return web.Page{}, fmt.Errorf("security: agency: %w", err)
	}
	front(c).Keep(c.Context(), keptAgency, string(kept))
	return web.Redirect(address, ""), nil
}

// agencyBack takes what the provider says. A journey serves once.
func (p *pages) agencyBack(c *web.Context) (web.Page, error) {
	if p.Provider == nil {
		return web.Page{}, domain.NotFound("security.agencyBack")
	}
	var j agencyJourney
	if kept := front(c).Kept(c.Context(), keptAgency); kept != "" {
		if err := json.Unmarshal([]byte(kept), &j); err != nil {
			return web.Page{}, fmt.Errorf("security: agency: %w", err)
		}
	}
	front(c).Keep(c.Context(), keptAgency, "")
	subject, err := p.Provider.Finish(c.Context(), j.Journey, c.Query("state"), c.Query("code"))
	if domain.KindOf(err) == domain.KindUnauthenticated {
		return web.Redirect(web.SignInPath, "error.link.refused"), nil
	}
	if err != nil {
		return web.Page{}, err
	}
	var user identity.User
	if j.Invitation != "" {
		var invited identity.Invitation
		if invited, err = p.Invitations.Read(c.Context(), j.Invitation); err == nil {
			user, err = p.Invitations.Accept(c.Context(), c.Actor, identity.Accept{
				Secret: j.Invitation, Name: invited.Name, Language: string(c.Tag()), Subject: subject,
			})
			front(c).Keep(c.Context(), keptInvitation, "")
		}
	} else {
		user, err = p.Links.SignIn(c.Context(), c.Actor, subject)
	}
	switch domain.KindOf(err) {
	case domain.KindUnauthenticated:
		return web.Redirect(web.SignInPath, "error.link.unknown"), nil
	case domain.KindConflict:
		return web.Redirect(web.SignInPath, "error.link.taken"), nil
	}
	if err != nil {
		return web.Page{}, err
	}
	if p.Provider.TrustsMFA() {
		return p.open(c, user, j.Next)
	}
	return p.enter(c, user, j.Next)
}

// enter lets somebody in whose first proof was right, or asks for the second.
func (p *pages) enter(c *web.Context, user identity.User, next string) (web.Page, error) {
	err := front(c).Enter(c.Context(), user, "", c.Request.UserAgent())
	if domain.KindOf(err) == domain.KindSecondFactor {
		return web.Redirect(secondWith(next), ""), nil
	}
	if err != nil {
		return web.Page{}, err
	}
	return web.Redirect(landing(next, user.Role), ""), nil
}
