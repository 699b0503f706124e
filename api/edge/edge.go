// Package edge is where requests enter and leave: request ids and the access
// log, who is asking (session cookie or bearer token), the one table from
// error kinds to HTTP statuses, security headers, bounds, idempotency keys and
// entity tags. The API and the pages share it.
//
// What it promises: a handler finds an actor in its context; an error leaves
// as problem+json or as a page, in the reader's language, without internals
// and without what was sent; the log holds patterns and identifiers, never
// queries, phones or names.
package edge

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/seal"
)

// Config is what a deployment decides.
type Config struct {
	Secure  bool     // behind TLS, its own or a declared proxy's
	Proxies []string // addresses of proxies whose X-Forwarded-For is believed
	MaxBody int64    // bytes of a request body at most; 0 means 1 MiB
	Timeout time.Duration
	// Upload gives how large a body a request may have that brings a file; 0 for
	// any other. Such a one may take UploadTime, over a slow line.
	Upload      func(*http.Request) int64
	IdleExpiry  time.Duration // of a session; 0 means 2 h
	MaxLifetime time.Duration // of a session; 0 means 12 h
	// EnforceSecond asks staff for a second factor before anything else: off in demonstrations alone.
	EnforceSecond bool
}

// Edge wires the middleware.
type Edge struct {
	config    Config
	log       *slog.Logger
	catalogue *lang.Catalogue
	accounts  *identity.Accounts
	tokens    *identity.Tokens
	sessions  *scs.SessionManager
	ids       domain.IDs
	clock     domain.Clock
	origins   *http.CrossOriginProtection
	factors   *identity.Factors
	budgets   identity.BudgetStore
	byAddress meter
	byDraft   meter
	byAccount meter
	bySecond  meter
	byKept    meter
	kept      identity.KeptStore
	holds     domain.Holds
	pages     seal.Kept
}

// Deps is what an Edge needs.
type Deps struct {
	Config       Config
	Log          *slog.Logger
	Catalogue    *lang.Catalogue
	Accounts     *identity.Accounts
	Tokens       *identity.Tokens
	Factors      *identity.Factors    // nil: nobody has a second factor
	Budgets      identity.BudgetStore // nil: tries are counted in memory only
	SessionStore identity.SessionStore
	Kept         identity.KeptStore // nil: forms with mistakes are answered at once
	Holds        domain.Holds       // who withdraws a consent waits for what was kept of them as for any answer
	Box          *seal.Box          // seals what is kept
	IDs          domain.IDs
	Clock        domain.Clock
}

// New makes the edge of one server.
func New(d Deps) *Edge {
	c := d.Config
	if c.MaxBody == 0 {
		c.MaxBody = 1 << 20
	}
	if c.Timeout == 0 {
		c.Timeout = 20 * time.Second
	}
	if c.IdleExpiry == 0 {
		c.IdleExpiry = 2 * time.Hour
	}
	if c.MaxLifetime == 0 {
		c.MaxLifetime = 12 * time.Hour
	}
	e := &Edge{
		config: c, log: d.Log, catalogue: d.Catalogue, accounts: d.Accounts, tokens: d.Tokens,
		sessions: newSessionManager(c, d.SessionStore, d.IDs, d.Clock), ids: d.IDs, clock: d.Clock,
		origins: http.NewCrossOriginProtection(), factors: d.Factors, budgets: d.Budgets,
		byAddress: newMeter(d.Clock, "address", addressRate), byAccount: newMeter(d.Clock, "account", accountRate),
		bySecond: newMeter(d.Clock, "second", secondRate), byDraft: newMeter(d.Clock, "draft", draftRate),
		byKept: newMeter(d.Clock, "kept", keptRate), kept: d.Kept, holds: d.Holds, pages: seal.Kept{Box: d.Box},
	}
	return e
}

// Engine gives a Gin engine with every middleware in its order.
func (e *Edge) Engine() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false // see canonical
	engine.ContextWithFallback = true
	if err := engine.SetTrustedProxies(e.config.Proxies); err != nil {
		return nil, err
	}
	engine.Use(e.identifyRequest, e.recoverPanic, e.headers, e.sameOrigin, e.bound, e.authenticate)
	return engine, nil
}

// Handler wraps the engine with what works below Gin: one address a page,
// people held until an answer about them has left, and sessions, which are
// written before the first byte of an answer.
func (e *Edge) Handler(engine *gin.Engine) http.Handler {
	return asGet(canonical(e.held(e.saved(engine))))
}
