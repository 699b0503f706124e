package profile

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Birth asks for sex and birth date, as far as it is known, and for the guardian of somebody under 18.
func Birth() Question {
	return Question{
		Name: "birth",
		Fill: func(a *Asked) error {
			b := a.Answers.Birth
			if b.Year != 0 || a.Answers.Sex != person.SexUnknown { // unknown is the default of who was not asked yet
				a.Form.Set("sex", string(a.Answers.Sex))
			}
			if b.Year != 0 {
				date := b.Date
				if date.IsZero() {
					date = domain.Date{Year: b.Year, Month: 1, Day: 1}
				}
				a.Form.SetDate("birth.date", date, string(b.Precision))
			}
			a.Form.Set("guardian", a.Answers.Guardian)
			a.Form.Set("guardian_phone", a.Phone(a.Answers.GuardianPhone))
			return nil
		},
		Read: readBirth,
		View: func(a *Asked) (any, error) {
			v := birthView{Minor: a.Answers.Birth.Minor(a.today()), Prefix: "+" + a.gazetteer().Pack().CallingCode}
			for _, sex := range []person.Sex{person.Female, person.Male} {
				v.Sexes = append(v.Sexes, ui.Option{Value: string(sex), Label: a.T("reference.sex." + string(sex))})
			}
			v.Sexes = append(v.Sexes, ui.Option{Value: string(person.SexUnknown), Label: a.T("public.ask.rather_not")})
			return v, nil
		},
	}
}

type birthView struct {
	Sexes  []ui.Option
	Minor  bool
	Prefix string
}

func readBirth(a *Asked) error {
	a.Answers.Sex = person.Sex(a.Form.Choice("sex", string(person.Female), string(person.Male), string(person.SexUnknown)))
	a.Form.Require("error.required", "sex")
	date, precision := a.Form.PartialDate("birth.date")
	switch {
	case date.IsZero() && a.Form.ErrorFor("birth.date") == nil:
		a.Form.Fail("birth.date", "public.ask.birth_missing")
	case precision == form.PrecisionDay:
		a.Answers.Birth = person.Birth{Precision: person.BirthDay, Year: date.Year, Date: date}
	case precision != "":
		a.Answers.Birth = person.BornIn(date.Year, precision == form.PrecisionAbout)
	}
	a.Answers.Guardian = a.Form.Text("guardian", maxName)
	a.Answers.GuardianPhone = a.Form.Text("guardian_phone", maxPhone)
	if !a.Form.Failed() && a.Answers.Birth.Minor(a.today()) && a.Answers.Guardian == "" {
		a.Form.Fail("guardian", "error.person.guardian")
	}
	return nil
}
