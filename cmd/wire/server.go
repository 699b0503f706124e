package wire

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/openid"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
)

// ServerOptions are what a deployment decides.
type ServerOptions struct {
	IndexDir string
	Secure   bool     // behind TLS
	Proxies  []string // whose X-Forwarded-For is believed
	Site     layout.Site
	Log      *slog.Logger
	Pseudo   bool // offer the pseudo-locale, for tests of pages
	// EnforceSecond asks staff for a second factor: everywhere but in a demonstration.
	EnforceSecond bool
	OpenID        openid.Config // an agency's own identity provider; without an issuer there is none
}

// Server is the pages and the API over a core, with an index of its own.
type Server struct {
	*Core
	Index   *index.Live
	Engine  *match.Matcher
	Feed    *feed.Feed
	Matches *matchmaking.Matches
	Site    *web.Site
	Handler http.Handler

	provider *openid.Provider

	stop   context.CancelFunc
	follow sync.WaitGroup
}

// NewServer opens the index, follows the database with it and builds every
// route. Until the index is built, searches find nothing and Ready says so.
func NewServer(ctx context.Context, core *Core, opt ServerOptions) (*Server, error) {
	live, err := index.Open(opt.IndexDir, opt.Log)
	if err != nil {
		return nil, err
	}
	s := &Server{Core: core, Index: live, Feed: feed.New(core.DB.Search(), live, core.Clock, opt.Log)}
	s.Engine = match.New(live, matching.DefaultWeights())
	s.Matches = core.MatchesOver(s.Engine)
	if opt.OpenID.Issuer != "" {
		s.provider = openid.New(opt.OpenID)
	}
	if err := s.routes(opt); err != nil {
		return nil, errors.Join(err, live.Close())
	}
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	s.follow.Go(func() {
		if err := s.Feed.Run(following); err != nil {
			opt.Log.Error("the search feed stopped", "error", err.Error())
		}
	})
	s.follow.Go(func() { core.followTaxonomy(following, opt.Log) })
	return s, nil
}

// MatchesOver wires the matching use-cases over an engine.
func (c *Core) MatchesOver(engine matchmaking.Engine) *matchmaking.Matches {
	return matchmaking.New(matchmaking.Deps{
		Tx: c.DB, Engine: engine, Records: c.DB.Search(), People: c.Persons(),
		Vacancies: vacancyReader{c.DB.Vacancies(), c.DB.Organisations()}, Views: c.Views, Holds: c.DB, Policy: c.Policy, Clock: c.Clock,
	})
}

// vacancyReader reads vacancies with their employers.
type vacancyReader struct {
	store.Vacancies
	store.Organisations
}

// Close stops following the database and lets the index go.
func (s *Server) Close() error {
	s.stop()
	s.follow.Wait()
	return s.Index.Close()
}

// Ready is nil when database and index answer.
func (s *Server) Ready(ctx context.Context) error {
	if err := s.DB.Ping(ctx); err != nil {
		return err
	}
	if state := s.Feed.Status().State; state != feed.Ready {
		return domain.Unavailable("wire.Ready", fmt.Errorf("the index is %s", state))
	}
	return nil
}

func (s *Server) routes(opt ServerOptions) error {
	var options []lang.Option
	if opt.Pseudo {
		options = append(options, lang.WithPseudo())
	}
	catalogue, err := lang.Load(options...)
	if err != nil {
		return err
	}
	e := edge.New(edge.Deps{
		Config: edge.Config{Secure: opt.Secure, Proxies: opt.Proxies, EnforceSecond: opt.EnforceSecond, Upload: uploads}, Log: opt.Log, Catalogue: catalogue,
		Accounts: s.Accounts, Tokens: s.Tokens, Factors: s.Factors, Budgets: s.DB.Budgets(), SessionStore: s.DB.Sessions(),
		Kept: s.DB.KeptPages(), Holds: s.DB, Box: s.box, IDs: s.IDs, Clock: s.Clock,
	})
	engine, err := e.Engine()
	if err != nil {
		return err
	}
	s.health(engine)
	v1.Mount(engine, s.apiDeps())
	if s.Site, err = web.New(web.Config{
		Catalogue: catalogue, Site: opt.Site, Log: opt.Log, Secure: opt.Secure, NewToken: rand.Text,
		Viewer: viewer,
		Nonce:  func(r *http.Request) string { return edge.NonceFrom(r.Context()) },
	}, s.areas()...); err != nil {
		return err
	}
	s.Site.Mount(engine)
	pages := gin.WrapH(s.Site)
	unknown := func(c *gin.Context) {
		if strings.HasPrefix(c.Request.URL.Path, "/api/") {
			e.Refuse(c, domain.NotFound("wire.routes"))
			return
		}
		pages(c)
	}
	engine.NoRoute(unknown)
	engine.NoMethod(func(c *gin.Context) {
		if path := c.Request.URL.Path; strings.HasPrefix(path, "/api/") || slices.Contains(forPrograms(), path) {
			e.RefuseStatus(c, http.StatusMethodNotAllowed)
			return
		}
		pages(c)
	})
	s.Handler = e.Handler(engine)
	return nil
}

// forPrograms lists the addresses outside the API that are no pages of the site.
func forPrograms() []string { return []string{"/docs", "/openapi.json", "/healthz", "/readyz"} }

// viewer tells the pages who asks.
func viewer(r *http.Request) web.Viewer {
	v := web.Viewer{Actor: edge.ActorFrom(r.Context())}
	if user, ok := edge.UserFrom(r.Context()); ok {
		v.Name = user.Name
	}
	return v
}

// readyTime bounds the check of /readyz.
const readyTime = 2 * time.Second

func (s *Server) health(engine *gin.Engine) {
	engine.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), readyTime)
		defer cancel()
		if err := s.Ready(ctx); err != nil {
			c.Header("Retry-After", "2")
			c.String(http.StatusServiceUnavailable, "not ready\n")
			return
		}
		c.String(http.StatusOK, "ready\n")
	})
	engine.GET("/metrics", s.metrics)
}
