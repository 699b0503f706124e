package main

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// opening gives an installation without accounts its first ones.
type opening struct {
	core *wire.Core
	made []madeAccount
}

// madeAccount is an account this start made. The password is nowhere else.
type madeAccount struct{ role, login, password string }

// firstStart makes the first accounts: with demo a whole demonstration, else an
// administrator. It reports whether the installation holds invented data.
func (o *opening) firstStart(ctx context.Context, demo bool) (bool, error) {
	facts := o.core.DB.Installation()
	marked, err := facts.Get(ctx, store.DemoKey)
	if err != nil {
		return false, err
	}
	users, err := o.core.Accounts.List(ctx, domain.System(), identity.UserFilter{}, domain.Cursor{Limit: 1})
	if err != nil || len(users.Items) > 0 {
		return marked == "yes", err
	}
	if !demo {
		return marked == "yes", o.firstAdministrator(ctx)
	}
	if err := facts.Set(ctx, store.DemoKey, "yes"); err != nil {
		return false, err
	}
	if err := o.demonstrate(ctx); err != nil {
		return false, fmt.Errorf("make the demonstration: %w", err)
	}
	return true, nil
}

func (o *opening) firstAdministrator(ctx context.Context) error {
	in := identity.NewUser{
		Role: domain.RoleAdministrator, Name: "Administrateur", Email: "admin@baara.invalid", Password: seal.Passphrase(), Handed: true,
	}
	if _, err := o.core.Accounts.Create(ctx, domain.System(), in); err != nil {
		return err
	}
	o.made = append(o.made, madeAccount{string(in.Role), in.Email, in.Password})
	return nil
}

// createAccounts makes invented accounts, side by side: hashing is slow on
// purpose. Passwords that are missing are generated.
func (o *opening) createAccounts(ctx context.Context, list []identity.NewUser) ([]identity.User, error) {
	users, errs := make([]identity.User, len(list)), make([]error, len(list))
	var all sync.WaitGroup
	for i := range list {
		if list[i].Demo = true; list[i].Password == "" {
			list[i].Password = seal.Passphrase()
		}
		all.Go(func() { users[i], errs[i] = o.core.Accounts.Create(ctx, domain.System(), list[i]) })
	}
	all.Wait()
	for i, in := range list {
		if errs[i] != nil {
			return nil, errs[i]
		}
		login := in.Email
		if login == "" {
			login = in.Phone
		}
		o.made = append(o.made, madeAccount{string(in.Role), login, in.Password})
	}
	return users, nil
}

// announce prints the accounts this start made, this once.
func (o *opening) announce(w io.Writer) {
	if len(o.made) == 0 {
		fmt.Fprintln(w, "Accounts and passwords were printed when the data was made. New ones: baara user add.")
		return
	}
	fmt.Fprintln(w, "\nAccounts, printed this once:")
	jobseeker := false
	for _, acc := range o.made {
		fmt.Fprintf(w, "  %-15s %-32s %s\n", acc.role, acc.login, acc.password)
		jobseeker = jobseeker || acc.role == string(domain.RoleJobseeker)
	}
	if jobseeker {
		fmt.Fprintln(w, "The jobseeker signs in with the phone number, then the code sent to it, which everybody at this\n"+
			"computer reads at /demo/messages, then the word after the number, which only the person knows.")
	}
	fmt.Fprintln(w)
}
