package employer

import (
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

type conditionsView struct {
	Contracts, Places, Countries, Periods []ui.Option
	MinimumWage                           string // "" where none is known
}

// conditionsStep asks where the work is, under which contract and for which wage.
func conditionsStep() step {
	return step{
		name: stepConditions,
		fill: func(_ *pages, a *asked, into *form.Form) error {
			into.Set("contract", string(a.fields.Contract))
			into.Set("place", a.fields.PlaceCode)
			into.Set("abroad_country", a.fields.AbroadCountry)
			vacancy.SetAmount(into, "wage_min", a.fields.WageMin)
			vacancy.SetAmount(into, "wage_max", a.fields.WageMax)
			into.Set("wage_period", string(a.fields.WagePeriod))
			return nil
		},
		read: func(p *pages, a *asked) error {
			v := p.conditions(a)
			a.fields.Contract = employer.ContractKind(a.form.Choice("contract", desk.Values(v.Contracts)...))
			a.fields.PlaceCode = a.form.Choice("place", desk.Values(v.Places)...)
			a.fields.AbroadCountry = a.form.Choice("abroad_country", desk.Values(v.Countries)...)
			a.fields.WageMin, a.fields.WageMax = vacancy.Amount(a.form, "wage_min"), vacancy.Amount(a.form, "wage_max")
			a.fields.WagePeriod = employer.WagePeriod(a.form.Choice("wage_period", desk.Values(v.Periods)...))
			a.form.Require("error.required", "contract")
			if a.fields.PlaceCode == "" && a.fields.AbroadCountry == "" && a.form.ErrorFor("place") == nil {
				a.form.Fail("place", "employer.step.conditions.nowhere")
			}
			return nil
		},
		view: func(p *pages, a *asked) (any, error) { return p.conditions(a), nil },
		compare: func(p *pages, a *asked) []desk.Compared {
			v := p.conditions(a)
			return []desk.Compared{
				{Name: "contract", Label: a.T("employer.vacancy.contract"), Options: v.Contracts},
				{Name: "place", Label: a.T("employer.step.conditions.place"), Options: v.Places},
				{Name: "abroad_country", Label: a.T("employer.step.conditions.abroad"), Options: v.Countries},
				{Name: "wage_min", Label: a.T("employer.step.conditions.wage_min")},
				{Name: "wage_max", Label: a.T("employer.step.conditions.wage_max")},
				{Name: "wage_period", Label: a.T("employer.step.conditions.wage_period"), Options: v.Periods},
			}
		},
	}
}

func (p *pages) conditions(a *asked) conditionsView {
	w := p.words(a.Context)
	v := conditionsView{
		Contracts: vacancy.Contracts(a.Context), Periods: vacancy.Periods(a.Context), Places: w.Places(a.vacancy.PlaceCode), Countries: w.Abroad(),
	}
	if wage, known := p.Places.Present().MinimumWage(p.today()); known {
		v.MinimumWage = a.Money(int64(wage.Monthly))
	}
	return v
}
