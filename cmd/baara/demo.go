package main

import (
	"context"
	"sync"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
)

// demonstrate makes agencies and accounts of every role.
func (a *app) demonstrate(ctx context.Context) error {
	agencies, err := a.demoAgencies(ctx)
	if err != nil {
		return err
	}
	staff := []identity.NewUser{
		{Role: domain.RoleAdministrator, Name: "Administration (démo)", Email: "admin@demo.invalid"},
		{Role: domain.RoleLead, Name: "Korotoumou Sidibé (démo)", Email: "lead.bamako@demo.invalid", AgencyID: agencies["BKO"]},
		{Role: domain.RoleCounsellor, Name: "Seydou Konaté (démo)", Email: "conseil.bamako@demo.invalid", AgencyID: agencies["BKO"]},
		{Role: domain.RoleCounsellor, Name: "Aminata Sacko (démo)", Email: "conseil.kayes@demo.invalid", AgencyID: agencies["KAY"]},
		{Role: domain.RoleAnalyst, Name: "Observatoire (démo)", Email: "analyste@demo.invalid"},
		{Role: domain.RoleDataProtection, Name: "Protection des données (démo)", Email: "dpo@demo.invalid"},
	}
	_, err = a.createAccounts(ctx, staff)
	return err
}

// demoAgencies makes two offices and gives them by code.
func (a *app) demoAgencies(ctx context.Context) (map[string]domain.ID, error) {
	out := map[string]domain.ID{}
	for _, in := range []identity.SaveAgency{
		{Code: "BKO", Name: "Agence de Bamako", PlaceCode: "BKO", Serves: []string{"BKO", "KLK"}, Demo: true},
		{Code: "KAY", Name: "Agence de Kayes", PlaceCode: "KAY", Serves: []string{"KAY", "NIO", "KIT"}, Demo: true},
	} {
		agency, err := a.core.Agencies.Save(ctx, domain.System(), in)
		if err != nil {
			return nil, err
		}
		out[in.Code] = agency.ID
	}
	return out, nil
}

// createAccounts makes accounts with generated passwords, side by side:
// hashing is slow on purpose.
func (a *app) createAccounts(ctx context.Context, list []identity.NewUser) ([]identity.User, error) {
	users, errs := make([]identity.User, len(list)), make([]error, len(list))
	var all sync.WaitGroup
	for i := range list {
		list[i].Password, list[i].Demo = seal.Passphrase(), true
		all.Go(func() { users[i], errs[i] = a.core.Accounts.Create(ctx, domain.System(), list[i]) })
	}
	all.Wait()
	for i, in := range list {
		if errs[i] != nil {
			return nil, errs[i]
		}
		a.accounts = append(a.accounts, demoAccount{string(in.Role), in.Email, in.Password})
	}
	return users, nil
}
