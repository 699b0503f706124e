package edge

import (
	"context"
	"net/http"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
)

// KeptLife is how long the answer to a form waits for the browser that sent it.
const KeptLife = 15 * time.Minute

// keptBounds: a person with several forms open comes back to each of them;
// visitors together leave at most 128 MiB.
var keptBounds = identity.KeptBounds{Each: 8, Visitors: 2000}

// keptCookie marks a visitor's browser while an answer waits for it.
const keptCookie = "baara_kept"

// browser is whose answers are kept.
type browser struct {
	owner   string // hash of who asks from which session, or of a visitor's cookie
	session string // hash of the session; "" for a visitor
	cookie  string // a visitor's
}

// browserOf tells whose answers these are: the session's, as long as the account
// is who it was, or those of a visitor's browser. There is none where a browser
// sends no cookie at all: it would not bring ours back.
func (e *Edge) browserOf(r *http.Request) (browser, bool) {
	ctx := r.Context()
	actor := ActorFrom(ctx)
	if session := e.SessionHash(ctx); session != "" && !actor.UserID.IsZero() {
		who := string(actor.Role) + " " + string(actor.UserID) + " " + string(actor.PersonID) + " " + string(actor.AgencyID) + " " + string(actor.OrganisationID)
		return browser{owner: seal.HashToken("kept " + session + " " + who), session: session}, true
	}
	if !actor.UserID.IsZero() || len(r.Cookies()) == 0 {
		return browser{}, false // a program with a token, or nobody who comes back
	}
	return visitorOf(r), true
}

func visitorOf(r *http.Request) browser {
	cookie, err := r.Cookie(keptCookie)
	if err != nil || cookie.Value == "" {
		return browser{cookie: seal.Secret()}.known()
	}
	return browser{cookie: cookie.Value}.known()
}

func (b browser) known() browser {
	b.owner = seal.HashToken("kept visitor " + b.cookie)
	return b
}

// KeepPage keeps the answer to a form sent to place, for KeptLife, and gives the
// key that opens it from the same browser. Where it cannot be kept, which is an
// error, the answer is given at once. A visitor's browser gets a cookie.
func (e *Edge) KeepPage(w http.ResponseWriter, r *http.Request, place string, page []byte) (key string, err error) {
	who, ok := e.browserOf(r)
	if e.kept == nil || !ok {
		return "", domain.Unavailable("edge.KeepPage", nil)
	}
	ctx := r.Context()
	if who.session == "" {
		if err := e.spend(ctx, e.byKept, network(addressFrom(ctx))); err != nil {
			return "", err
		}
	}
	key = seal.Secret()
	sealed, err := e.pages.Give(page, key, who.owner, place)
	if err != nil {
		return "", err
	}
	if len(sealed) > identity.MaxKept {
		return "", domain.TooMany("edge.KeepPage", "")
	}
	now := e.clock.Now()
	if err := e.kept.Keep(ctx, identity.KeptPage{
		KeyHash: seal.HashToken(key), Owner: who.owner, SessionHash: who.session, Place: seal.HashToken(place), Sealed: sealed, ExpiresAt: now.Add(KeptLife),
	}, keptBounds, now); err != nil {
		return "", err
	}
	if who.session == "" {
		http.SetCookie(w, &http.Cookie{
			Name: keptCookie, Value: who.cookie, Path: "/", MaxAge: int(KeptLife.Seconds()),
			HttpOnly: true, Secure: e.config.Secure, SameSite: http.SameSiteLaxMode,
		})
	}
	return key, nil
}

// KeptPage gives the answer kept for this browser at a place under a key, or is
// NotFound: another browser's, another account's, too old, never there.
func (e *Edge) KeptPage(r *http.Request, place, key string) ([]byte, error) {
	who, ok := e.browserOf(r)
	if e.kept == nil || !ok {
		return nil, domain.NotFound("edge.KeptPage")
	}
	sealed, err := e.kept.Kept(r.Context(), seal.HashToken(key), who.owner, e.clock.Now())
	if err != nil {
		return nil, err
	}
	return e.pages.Take(sealed, key, who.owner, place)
}

// Now is the time of the edge's clock.
func (e *Edge) Now() time.Time { return e.clock.Now() }

// keptDoubt is how much earlier than a page was kept a withdrawal may say it
// was, and have waited for that page: its transaction took time, clocks differ.
const keptDoubt = time.Minute

// StillSaid holds the people a kept answer names until it has left, and tells
// whether what it says of them may be said still: nobody took anything back.
func (e *Edge) StillSaid(ctx context.Context, people []domain.ID, since time.Time) (bool, error) {
	if len(people) == 0 {
		return true, nil
	}
	if e.kept == nil {
		return false, nil
	}
	if err := domain.Hold(ctx, e.holds, people); err != nil {
		return false, err
	}
	return e.kept.Unchanged(ctx, people, since.Add(-keptDoubt), e.clock.Now())
}

// ForgetPages removes what is kept for this browser of the forms sent to a
// place, or all of it when place is "", also from before it signed in.
func (e *Edge) ForgetPages(r *http.Request, place string) error {
	if e.kept == nil {
		return nil
	}
	if place != "" {
		place = seal.HashToken(place)
	}
	who, ok := e.browserOf(r)
	if !ok {
		return nil
	}
	if who.session != "" && place == "" {
		if err := e.kept.Forget(r.Context(), visitorOf(r).owner, ""); err != nil {
			return err
		}
	}
	return e.kept.Forget(r.Context(), who.owner, place)
}
