package main

import (
	"context"
	"fmt"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// demoAccount is an account this start made. The password is nowhere else.
type demoAccount struct{ role, login, password string }

// firstStart gives an installation without accounts its first ones: with demo
// a whole demonstration, else an administrator. It reports whether the
// installation holds invented data.
func (a *app) firstStart(ctx context.Context, demo bool) (bool, error) {
	users, err := a.core.Accounts.List(ctx, domain.System(), identity.UserFilter{}, domain.Cursor{Limit: 1})
	if err != nil {
		return false, err
	}
	facts := a.core.DB.Installation()
	if len(users.Items) > 0 {
		value, err := facts.Get(ctx, store.DemoKey)
		return value == "yes", err
	}
	if !demo {
		return false, a.firstAdministrator(ctx)
	}
	if err := facts.Set(ctx, store.DemoKey, "yes"); err != nil {
		return false, err
	}
	if err := a.demonstrate(ctx); err != nil {
		return false, fmt.Errorf("make the demonstration: %w", err)
	}
	return true, nil
}

func (a *app) firstAdministrator(ctx context.Context) error {
	in := identity.NewUser{
		Role: domain.RoleAdministrator, Name: "Administrateur", Email: "admin@baara.invalid", Password: seal.Passphrase(),
	}
	if _, err := a.core.Accounts.Create(ctx, domain.System(), in); err != nil {
		return err
	}
	a.accounts = append(a.accounts, demoAccount{string(in.Role), in.Email, in.Password})
	return nil
}

// send hands one queued message to its gateway.
func (a *app) send(ctx context.Context, message domain.ID) error {
	return a.core.Messages.Deliver(ctx, message)
}
