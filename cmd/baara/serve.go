package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/watch"
)

type serveCmd struct {
	Addr       string        `env:"BAARA_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	Demo       bool          `env:"BAARA_DEMO" default:"true" negatable:"" help:"Start a new database with invented agencies, people and accounts."`
	TLSCert    string        `env:"BAARA_TLS_CERT" type:"existingfile" help:"Certificate chain, PEM."`
	TLSKey     string        `env:"BAARA_TLS_KEY" type:"existingfile" help:"Private key, PEM."`
	OIDC       oidcFlags     `embed:"" prefix:"oidc-" envprefix:"BAARA_OIDC_"`
	Operator   string        `env:"BAARA_OPERATOR" default:"Baara" help:"Who runs the service, as every page says it."`
	HelpPhone  string        `env:"BAARA_HELP_PHONE" help:"Number to call for help, in E.164: every page shows it. A demonstration has an invented one."`
	ViewsAlert int           `env:"BAARA_VIEWS_ALERT" default:"60" help:"From how many different people a day shown to one employer its agency is told."`
	ViewsStop  int           `env:"BAARA_VIEWS_STOP" default:"120" help:"Beyond how many different people a day one employer is shown nobody new."`
	Proxy      []string      `env:"BAARA_PROXIES" help:"Addresses or networks of proxies that end TLS and whose X-Forwarded-For is believed."`
	Wait       time.Duration `name:"contact-wait" env:"BAARA_CONTACT_WAIT" default:"24h" help:"How long another address or number to sign in with waits, while the present one is told. At least an hour."`

	RightsDays  int           `env:"BAARA_RIGHTS_DAYS" default:"30" help:"Within how many days requests about one's own data are answered. The default is Baara's own choice, not a law's: have it confirmed."`
	ErasureWait time.Duration `env:"BAARA_ERASURE_WAIT" default:"168h" help:"How long an erasure asked for from an account waits, while its holder is told. At least a day."`
	Declaration string        `env:"BAARA_DECLARATION" help:"Number under which the processing is declared to the data protection authority. Pages say so when there is none."`
}

// Bounds of serving.
const (
	drainTime = 7 * time.Second // for accepted requests, after SIGTERM
	stopTime  = 9 * time.Second // for everything, after SIGTERM
)

// Run serves until a signal comes.
func (c *serveCmd) Run(ctx context.Context, s *Settings) error {
	log := s.logger(os.Stderr)
	boundMemory()
	secure := c.TLSCert != "" || len(c.Proxy) > 0
	if !secure && !loopback(c.Addr) {
		return errNoTLS
	}
	if err := c.OIDC.check(); err != nil {
		return err
	}
	if c.ViewsAlert < 1 || c.ViewsStop < c.ViewsAlert {
		return errors.New("--views-alert must be 1 or more, and --views-stop no less than it")
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("give both --tls-cert and --tls-key, or neither")
	}
	if c.Wait != 0 && c.Wait < time.Hour {
		return errors.New("another address to sign in with must wait for an hour at least: the present one is told, and its holder must have time to stop it")
	}
	if c.RightsDays < 0 || c.RightsDays > 365 || c.ErasureWait != 0 && c.ErasureWait < 24*time.Hour {
		return errors.New("--rights-days must be 1 to 365, and --erasure-wait a day at least")
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("another program already listens on %s: stop it, or choose another address with --addr or BAARA_ADDR", c.Addr)
		}
		return fmt.Errorf("listen on %s: %w", c.Addr, err)
	}
	front := &gate{}
	server := &http.Server{
		Handler: front, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 120 * time.Second, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- c.listen(server, listener) }()
	return c.serve(ctx, s, log, server, front, secure, failed)
}

func (c *serveCmd) listen(server *http.Server, listener net.Listener) error {
	if c.TLSCert != "" {
		return server.ServeTLS(listener, c.TLSCert, c.TLSKey)
	}
	return server.Serve(listener)
}

// serve brings everything up behind the open port, waits, and takes it down in
// the opposite order within stopTime.
func (c *serveCmd) serve(ctx context.Context, s *Settings, log *slog.Logger, server *http.Server, front *gate, secure bool, failed <-chan error) error {
	start := time.Now()
	db, err := startDatabase(ctx, s, log)
	if err != nil {
		return errors.Join(err, server.Close())
	}
	app, err := newApp(ctx, s, log, db, appOptions{
		secure: secure, proxies: c.Proxy, demo: c.Demo, local: !secure && loopback(c.Addr), openID: c.OIDC.config(),
		operator: c.Operator, helpPhone: c.HelpPhone, limits: watch.Limits{Alert: c.ViewsAlert, Stop: c.ViewsStop}, contactWait: c.Wait,
		rights: rights.Rules{Due: c.RightsDays, Wait: c.ErasureWait, Declaration: c.Declaration},
	})
	if err != nil {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		return errors.Join(err, server.Close(), db.stop(end))
	}
	front.open(app.handler)
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	log.Info("ready", "address", c.Addr, "ms", time.Since(start).Milliseconds())
	fmt.Printf("\nBaara is at %s://%s\n", scheme, c.Addr)
	app.announce(os.Stdout)

	select {
	case <-ctx.Done():
		err = nil
	case err = <-failed:
	case <-db.died():
		err = errors.New("the private PostgreSQL ended by itself; its messages are in the log above")
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	drain, cancelDrain := context.WithTimeout(end, drainTime)
	defer cancelDrain()
	if down := server.Shutdown(drain); down != nil {
		err = errors.Join(err, fmt.Errorf("requests still open after %s: %w", drainTime, down), server.Close())
	}
	err = errors.Join(err, app.close(end), db.stop(end))
	log.Info("stopped")
	return err
}

// gate answers /healthz from the first moment and everything else once the
// application is open.
type gate struct{ inner atomic.Pointer[http.Handler] }

func (g *gate) open(h http.Handler) { g.inner.Store(&h) }

// ServeHTTP answers 503 until the application is ready.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/healthz" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write([]byte("ok\n"))
		return
	}
	if inner := g.inner.Load(); inner != nil {
		(*inner).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Retry-After", "2")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
}
