package main

import (
	"context"
	"fmt"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
)

type userCmd struct {
	Add userAddCmd `cmd:"" help:"Create an account and print its password, this once."`
}

type userAddCmd struct {
	Role   string `enum:"counsellor,lead,analyst,administrator,data_protection" required:"" help:"What the account is."`
	Email  string `required:"" help:"E-mail to sign in with."`
	Name   string `required:"" help:"Name shown to colleagues."`
	Agency string `help:"Code of the agency, for counsellors and leads."`
}

// Run creates the account.
func (c *userAddCmd) Run(ctx context.Context, s *Settings) error {
	return withUseCases(ctx, s, func(core *wire.Core) error { return c.add(ctx, core) })
}

func (c *userAddCmd) add(ctx context.Context, core *wire.Core) error {
	in := identity.NewUser{Role: domain.Role(c.Role), Name: c.Name, Email: c.Email, Password: seal.Passphrase(), Handed: true}
	if c.Agency != "" {
		agencies, err := core.Agencies.List(ctx, domain.System())
		if err != nil {
			return err
		}
		for _, a := range agencies {
			if a.Code == c.Agency {
				in.AgencyID = a.ID
			}
		}
		if in.AgencyID.IsZero() {
			return fmt.Errorf("no agency has the code %q", c.Agency)
		}
	}
	user, err := core.Accounts.Create(ctx, domain.System(), in)
	if err != nil {
		return err
	}
	fmt.Printf("%s\t%s\t%s\n", user.Role, user.Email, in.Password)
	return nil
}
