package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/openid"
	"github.com/baara-platform/baara/domain/jobs"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/web/layout"
)

// appOptions are the server's own decisions.
type appOptions struct {
	secure  bool
	proxies []string
	demo    bool
	openID  openid.Config
}

// app is everything that serves, over an open database.
type app struct {
	core     *wire.Core
	server   *wire.Server
	workers  *jobs.Workers
	handler  http.Handler
	accounts []demoAccount // made by this start, passwords included
}

// newCore wires the use-cases for a command.
func newCore(ctx context.Context, s *Settings, db *database) (*wire.Core, error) {
	return wire.NewCore(ctx, db.appURL, wire.Options{})
}

// newApp migrates, loads the starter data, makes the first accounts and starts
// the index and the workers.
func newApp(ctx context.Context, s *Settings, log *slog.Logger, db *database, opt appOptions) (_ *app, err error) {
	if err := db.migrate(ctx); err != nil {
		return nil, err
	}
	box, err := s.identityBox()
	if err != nil {
		return nil, err
	}
	core, err := wire.NewCore(ctx, db.appURL, wire.Options{Store: store.Options{MaxOpen: 24}, Box: box})
	if err != nil {
		return nil, err
	}
	a := &app{core: core}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close(context.WithoutCancel(ctx)))
		}
	}()
	if err := core.LoadStarter(ctx); err != nil {
		return nil, err
	}
	demo, err := a.firstStart(ctx, opt.demo)
	if err != nil {
		return nil, err
	}
	dir, err := s.dataDir()
	if err != nil {
		return nil, err
	}
	a.server, err = wire.NewServer(ctx, core, wire.ServerOptions{
		IndexDir: filepath.Join(dir, "index"), Secure: opt.secure, Proxies: opt.proxies, Log: log, EnforceSecond: !demo, OpenID: opt.openID,
		Site: layout.Site{Operator: "Baara", HelpPhone: "+22380000000", Demo: demo},
	})
	if err != nil {
		return nil, err
	}
	a.handler = a.server.Handler
	a.workers, err = jobs.Start(ctx, jobs.Config{URL: db.appURL, Log: log, Send: a.send, Tasks: a.tasks()})
	return a, err
}

// close takes down what newApp brought up, in the opposite order.
func (a *app) close(ctx context.Context) error {
	var errs []error
	if a.workers != nil {
		errs = append(errs, a.workers.Stop(ctx))
	}
	if a.server != nil {
		errs = append(errs, a.server.Close())
	}
	return errors.Join(append(errs, a.core.Close())...)
}

// announce prints the accounts this start made, this once.
func (a *app) announce(w io.Writer) {
	if len(a.accounts) == 0 {
		fmt.Fprintln(w, "Accounts and passwords were printed when the data was made. New ones: baara user add.")
		return
	}
	fmt.Fprintln(w, "\nAccounts, printed this once:")
	for _, acc := range a.accounts {
		fmt.Fprintf(w, "  %-14s %-32s %s\n", acc.role, acc.login, acc.password)
	}
	fmt.Fprintln(w)
}

// tasks is what falls due by the clock.
func (a *app) tasks() []jobs.Task {
	return []jobs.Task{
		{Name: "lapse-registrations", Every: time.Hour, Do: a.lapse},
		{Name: "apply-contact-changes", Every: 10 * time.Minute, Do: a.applyContacts},
		{Name: "prune-search-changes", Every: time.Hour, Do: a.pruneChanges},
		{Name: "prune-requests", Every: 6 * time.Hour, Do: a.core.DB.PruneRequests},
	}
}

// feedDays is how long rows of the search feed live; an older index rebuilds.
const feedDays = 7

func (a *app) pruneChanges(ctx context.Context) (int, error) {
	n, err := a.core.DB.Search().Prune(ctx, a.core.Clock.Now().AddDate(0, 0, -feedDays))
	return int(n), err
}

func (a *app) lapse(ctx context.Context) (int, error) {
	return a.core.Registrations.LapseDue(ctx, domain.System())
}

func (a *app) applyContacts(ctx context.Context) (int, error) {
	return a.core.Contacts.ApplyDue(ctx, domain.System())
}
