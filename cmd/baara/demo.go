package main

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/demo"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/seal"
)

// How much the demonstration of a first start holds: enough to look around,
// little enough to be made within the start. The seed was chosen for nothing
// but a good mixture.
const (
	demoSeed      = 2035
	demoPeople    = 120
	demoVacancies = 18
)

// demoRegions are where the demonstration's counsellors work: there most of its
// people live.
func demoRegions() map[string]int { return map[string]int{"BKO": 5, "KLK": 2, "KAY": 5} }

// demonstrate makes agencies, accounts of every role, people, employers and
// vacancies, and gives some of them a past.
func (o *opening) demonstrate(ctx context.Context) error {
	agencies, err := demoAgencies(ctx, o.core)
	if err != nil {
		return err
	}
	users, err := o.createAccounts(ctx, []identity.NewUser{
		{Role: domain.RoleAdministrator, Name: "Administration (démo)", Email: "admin@demo.invalid"},
		{Role: domain.RoleLead, Name: "Korotoumou Sidibé (démo)", Email: "lead.bamako@demo.invalid", AgencyID: agencies["BKO"]},
		{Role: domain.RoleCounsellor, Name: "Seydou Konaté (démo)", Email: "conseil.bamako@demo.invalid", AgencyID: agencies["BKO"]},
		{Role: domain.RoleCounsellor, Name: "Aminata Sacko (démo)", Email: "conseil.kayes@demo.invalid", AgencyID: agencies["KAY"]},
		{Role: domain.RoleAnalyst, Name: "Observatoire (démo)", Email: "analyste@demo.invalid"},
		{Role: domain.RoleDataProtection, Name: "Protection des données (démo)", Email: "dpo@demo.invalid"},
	})
	if err != nil {
		return err
	}
	invented, err := o.core.Invent(ctx, wire.Invention{Seed: demoSeed, People: demoPeople, Vacancies: demoVacancies, Favour: demoRegions()})
	if err != nil {
		return err
	}
	t := &tale{invented: invented, staff: map[domain.ID]domain.Actor{}, employers: map[domain.ID]domain.Actor{}}
	for _, u := range users {
		if u.Role == domain.RoleCounsellor {
			t.staff[u.AgencyID] = u.Actor()
		}
		if u.Role == domain.RoleLead {
			t.lead = u.Actor()
		}
	}
	if err := t.read(ctx, o.core); err != nil {
		return err
	}
	if err := o.demoOutsiders(ctx, t); err != nil {
		return err
	}
	return t.tell(ctx)
}

// demoAgencies makes the offices that are missing and gives them by code.
func demoAgencies(ctx context.Context, core *wire.Core) (map[string]domain.ID, error) {
	have, err := core.Agencies.List(ctx, domain.System())
	if err != nil {
		return nil, err
	}
	out := map[string]domain.ID{}
	for _, a := range have {
		out[a.Code] = a.ID
	}
	for _, in := range []identity.SaveAgency{
		{Code: "BKO", Name: "Agence de Bamako", PlaceCode: "BKO", Serves: []string{"BKO", "KLK", "DIO", "NAR"}},
		{Code: "KAY", Name: "Agence de Kayes", PlaceCode: "KAY", Serves: []string{"KAY", "NIO", "KIT"}},
		{Code: "SIK", Name: "Agence de Sikasso", PlaceCode: "SIK", Serves: []string{"SIK", "KTL", "BOU"}},
		{Code: "MOP", Name: "Agence de Mopti", PlaceCode: "MOP", Serves: []string{"MOP", "SEG", "SAN", "BAN", "DOU", "TOM", "GAO", "KID", "TAO", "MEN"}},
	} {
		if out[in.Code] != "" {
			continue
		}
		in.Demo = true
		agency, err := core.Agencies.Save(ctx, domain.System(), in)
		if err != nil {
			return nil, err
		}
		out[in.Code] = agency.ID
	}
	return out, nil
}

// demoOutsiders makes the accounts of two employers and of the jobseeker who
// has a proposal to answer.
func (o *opening) demoOutsiders(ctx context.Context, t *tale) error {
	orgs := t.busiestEmployers()
	me := t.people[t.waiting]
	users, err := o.createAccounts(ctx, []identity.NewUser{
		{Role: domain.RoleEmployer, Name: "Recrutement (démo)", Email: "employeur1@demo.invalid", OrganisationID: orgs[0]},
		{Role: domain.RoleEmployer, Name: "Direction (démo)", Email: "employeur2@demo.invalid", OrganisationID: orgs[1]},
		{Role: domain.RoleJobseeker, Name: me.FullName(), Phone: ownPhone(me), PersonID: me.ID, Password: demoWord()},
	})
	if err != nil {
		return err
	}
	for _, u := range users[:2] {
		t.employers[u.OrganisationID] = u.Actor()
	}
	// One employer still waits for its second verification.
	row := t.invented.Generator.Organisation(4)
	row.ExternalID, row.VerifiedBy = "to-verify", [2]domain.ID{}
	row.Fields.LegalName += " (à vérifier)"
	_, err = o.core.Organisations.Import(ctx, domain.System(), demo.Source, []employer.ImportedOrganisation{row})
	return err
}

// demoWord is a second thing as folding leaves it.
func demoWord() string { return strings.ReplaceAll(seal.Passphrase(), "-", "")[:8] }

func ownPhone(p person.Person) string {
	for _, n := range p.Phones {
		if n.Owner == person.OwnPhone && !n.NeverSMS {
			return n.Number
		}
	}
	return ""
}
