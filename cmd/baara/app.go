package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/openid"
	"github.com/baara-platform/baara/domain/jobs"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web/layout"
)

// appOptions are the server's own decisions.
type appOptions struct {
	secure  bool
	proxies []string
	demo    bool
	local   bool // served to this computer alone
	openID  openid.Config

	operator, helpPhone string
	limits              watch.Limits // of views a day
	contactWait         time.Duration
	rights              rights.Rules
}

// app is everything that serves, over an open database.
type app struct {
	opening // with the accounts this start made
	server  *wire.Server
	workers *jobs.Workers
	handler http.Handler
}

// newCore wires the use-cases for a command.
func newCore(ctx context.Context, s *Settings, db *database) (*wire.Core, error) {
	keys, box, err := openKeys(ctx, s, db)
	if err != nil {
		return nil, err
	}
	return wire.NewCore(ctx, db.appURL, wire.Options{Store: store.Options{System: db.systemURL, Keys: keys}, Box: box})
}

// newApp migrates, loads the starter data, makes the first accounts and starts
// the index and the workers.
func newApp(ctx context.Context, s *Settings, log *slog.Logger, db *database, opt appOptions) (_ *app, err error) {
	if err := db.migrate(ctx); err != nil {
		return nil, err
	}
	keys, box, err := openKeys(ctx, s, db)
	if err != nil {
		return nil, err
	}
	if err := db.sealOld(ctx, keys, log); err != nil {
		return nil, err
	}
	core, err := wire.NewCore(ctx, db.appURL, wire.Options{Store: store.Options{System: db.systemURL, MaxOpen: 24, Keys: keys}, Box: box, Limits: opt.limits, ContactWait: opt.contactWait, Rights: opt.rights})
	if err != nil {
		return nil, err
	}
	a := &app{opening: opening{core: core}}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close(context.WithoutCancel(ctx)))
		}
	}()
	if err := mendKeys(ctx, core.DB.KeyWork(), log); err != nil {
		return nil, err
	}
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
		Site: layout.Site{Operator: opt.operator, HelpPhone: helpPhone(log, opt.helpPhone, demo), Demo: demo, Local: opt.local},
	})
	if err != nil {
		return nil, err
	}
	a.handler = a.server.Handler
	a.workers, err = jobs.Start(ctx, jobs.Config{URL: db.systemURL, Log: log, Send: a.send, EmptyKey: core.DB.KeyWork().Empty, Tasks: a.tasks()})
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

// send hands one queued message to its gateway.
func (a *app) send(ctx context.Context, message domain.ID) error {
	return a.core.Messages.Deliver(ctx, message)
}

func (a *app) applyContacts(ctx context.Context) (int, error) {
	return a.core.Contacts.ApplyDue(ctx, domain.System())
}

// demoPhone is nobody's, and is shown in demonstrations only.
const demoPhone = "+22380000000"

// helpPhone is the number pages show. A service without one is told so: people
// who cannot read well, or are asked for money, need somebody to call.
func helpPhone(log *slog.Logger, given string, demo bool) string {
	switch {
	case given != "":
		return given
	case demo:
		return demoPhone
	}
	log.Warn("no number to call for help is set: give BAARA_HELP_PHONE, which every page shows")
	return ""
}
