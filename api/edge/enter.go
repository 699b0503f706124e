package edge

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Signing in is one proof, or two. Between them the session knows who gave the
// first and lets nothing be done with it.

// Keys of what a session holds between two proofs, and after a fresh one.
const (
	sessionAwaits  = "awaits"  // the account that gave its first proof
	sessionSince   = "since"   // when, in Unix seconds
	sessionTyped   = "typed"   // hash of what was typed to sign in
	sessionProven  = "proven"  // every proof was right; only a password of one's own is missing
	sessionStepped = "stepped" // when somebody last said who they are, in Unix seconds
	sessionKept    = "kept."   // what a page keeps between two requests
)

const (
	awaitLife  = 10 * time.Minute // from the first proof to the second
	stepUpLife = 10 * time.Minute // in which nobody is asked again
)

// Enter lets somebody in whose first proof was right; typed is what they signed
// in as, "" where tries are counted otherwise. An account with a second factor, or one that must have it, is not in
// yet: the error is SecondFactor, and Awaited tells who it is.
func (e *Edge) Enter(ctx context.Context, user identity.User, typed, userAgent string) error {
	need, err := e.needs(ctx, user)
	if err != nil {
		return err
	}
	if need == NeedNothing {
		return e.admit(ctx, user, typedHash(typed), userAgent)
	}
	return e.await(ctx, user, typedHash(typed), false)
}

// await keeps who gave which proofs; the answer is SecondFactor.
func (e *Edge) await(ctx context.Context, user identity.User, typed string, proven bool) error {
	if err := e.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("edge: enter: %w", err)
	}
	e.sessions.Put(ctx, sessionAwaits, string(user.ID))
	e.sessions.Put(ctx, sessionSince, e.clock.Now().Unix())
	e.sessions.Put(ctx, sessionTyped, typed)
	e.sessions.Put(ctx, sessionProven, proven)
	return domain.SecondFactor("edge.Enter")
}

// admit opens the session, but not for who signed in by a password somebody
// else handed over: they choose their own first.
func (e *Edge) admit(ctx context.Context, user identity.User, typed, userAgent string) error {
	if typed != "" && user.PasswordHanded() {
		return e.await(ctx, user, typed, true)
	}
	return e.open(ctx, user, typed, userAgent)
}

func typedHash(typed string) string {
	if typed == "" {
		return ""
	}
	return accountHash(typed)
}

// Need is what an account must still do to be signed in.
type Need int

// The needs.
const (
	NeedNothing  Need = iota
	NeedCode          // give a second factor
	NeedEnrol         // set one up first: staff of an installation that is no demonstration
	NeedPassword      // replace the password somebody else handed over
)

func (e *Edge) needs(ctx context.Context, user identity.User) (Need, error) {
	if e.factors == nil {
		return NeedNothing, nil
	}
	kinds, err := e.factors.Kinds(ctx, user.ID)
	switch {
	case err != nil:
		return NeedNothing, err
	case len(kinds) > 0:
		return NeedCode, nil
	case e.config.EnforceSecond && user.Role.Staff():
		return NeedEnrol, nil
	}
	return NeedNothing, nil
}

// Awaited gives who gave the first proof in this browser and what is needed
// next. Nobody is NotFound.
func (e *Edge) Awaited(ctx context.Context) (identity.User, Need, error) {
	id := e.sessions.GetString(ctx, sessionAwaits)
	since := time.Unix(e.sessions.GetInt64(ctx, sessionSince), 0)
	if id == "" || e.clock.Now().Sub(since) > awaitLife {
		return identity.User{}, NeedNothing, domain.NotFound("edge.Awaited")
	}
	user, err := e.accounts.ActorFor(ctx, domain.ID(id))
	if err != nil {
		return identity.User{}, NeedNothing, domain.NotFound("edge.Awaited")
	}
	if e.sessions.GetBool(ctx, sessionProven) {
		return user, NeedPassword, nil
	}
	need, err := e.needs(ctx, user)
	return user, need, err
}

// SignIn opens the session of an account all of whose proofs were right. With a
// handed-over password the answer is SecondFactor once more, and NeedPassword.
func (e *Edge) SignIn(ctx context.Context, user identity.User, userAgent string) error {
	return e.admit(ctx, user, e.sessions.PopString(ctx, sessionTyped), userAgent)
}

func (e *Edge) open(ctx context.Context, user identity.User, typed, userAgent string) error {
	if err := e.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("edge: sign in: %w", err)
	}
	for _, key := range []string{sessionAwaits, sessionSince, sessionTyped, sessionProven} {
		e.sessions.Remove(ctx, key)
	}
	e.sessions.Put(ctx, sessionUser, string(user.ID))
	e.sessions.Put(ctx, sessionDevice, deviceName(userAgent))
	e.StepUp(ctx)
	if err := e.noteDevice(ctx, typed); err != nil {
		return err
	}
	return e.accounts.Opened(ctx, ActorFrom(ctx), user)
}

// SignOut ends the browser's session in the database and in the browser.
func (e *Edge) SignOut(ctx context.Context) error {
	if actor := ActorFrom(ctx); !actor.UserID.IsZero() {
		if err := e.accounts.Closed(ctx, actor); err != nil {
			return err
		}
	}
	if header, ok := ctx.Value(answerKey).(http.Header); ok {
		header.Set("Clear-Site-Data", clearSiteData)
	}
	return e.forget(ctx)
}

// clearSiteData has a browser forget what it kept of pages and drafts when
// somebody signs out. Cookies stay: the language, and the mark of a browser
// somebody signed in on; the session's own ends by itself.
const clearSiteData = `"cache", "storage"`

// forget ends a session whose account acts no more.
func (e *Edge) forget(ctx context.Context) error {
	if err := e.sessions.Destroy(ctx); err != nil {
		return fmt.Errorf("edge: sign out: %w", err)
	}
	return nil
}

// StepUp remembers that somebody just proved who they are.
func (e *Edge) StepUp(ctx context.Context) { e.sessions.Put(ctx, sessionStepped, e.clock.Now().Unix()) }

// ByToken reports whether an API token asks, not a browser's session.
func (*Edge) ByToken(ctx context.Context) bool {
	bearer, _ := ctx.Value(bearerKey).(bool)
	return bearer
}

// RequireStepUp is nil when the session's holder proved who they are in the
// last minutes, and else asks for it: before exports, changes of contacts,
// second factors and tokens. An API token never satisfies it: it proves a
// program, not somebody.
func (e *Edge) RequireStepUp(ctx context.Context) error {
	const op = "edge.RequireStepUp"
	if e.ByToken(ctx) {
		return domain.StepUp(op)
	}
	since := time.Unix(e.sessions.GetInt64(ctx, sessionStepped), 0)
	if ActorFrom(ctx).UserID.IsZero() || e.clock.Now().Sub(since) > stepUpLife {
		return domain.StepUp(op)
	}
	return nil
}

// Keep stores a value in the browser's session between two requests of one
// journey, "" forgets it. The browser never sees it.
func (e *Edge) Keep(ctx context.Context, name, value string) {
	if value == "" {
		e.sessions.Remove(ctx, sessionKept+name)
		return
	}
	e.sessions.Put(ctx, sessionKept+name, value)
}

// Kept gives what Keep stored.
func (e *Edge) Kept(ctx context.Context, name string) string {
	return e.sessions.GetString(ctx, sessionKept+name)
}
