package profile

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/ui"
)

// Schooling asks for the last school finished, and for what was learnt outside the state's schools.
func Schooling() Question {
	return Question{
		Name: "schooling",
		Fill: func(a *Asked) error {
			if a.Answers.ISCED != nil {
				a.Form.Set("isced", strconv.Itoa(*a.Answers.ISCED))
			}
			var kinds []string
			for _, e := range a.Answers.Educations {
				kinds = append(kinds, string(e.Kind))
			}
			a.Form.Set("educations", kinds...)
			return nil
		},
		Read: readSchooling,
		View: func(a *Asked) (any, error) {
			v := schoolingView{}
			for _, level := range levels() {
				v.Levels = append(v.Levels, ui.Option{Value: level, Label: a.T("reference.isced." + level)})
			}
			for _, k := range otherSchools() {
				v.Kinds = append(v.Kinds, ui.Option{Value: k, Label: a.T("reference.education." + k)})
			}
			return v, nil
		},
	}
}

type schoolingView struct{ Levels, Kinds []ui.Option }

// levels are the ISCED levels people choose from; 4 is no diploma of the country.
func levels() []string { return []string{"0", "1", "2", "3", "5", "6", "7", "8"} }

func otherSchools() []string {
	return []string{
		string(person.Koranic), string(person.Medersa), string(person.Literacy), string(person.NKo), string(person.Vocational),
	}
}

func readSchooling(a *Asked) error {
	level := a.Form.Choice("isced", append(levels(), "4")...)
	a.Form.Require("error.required", "isced")
	kinds := a.Form.Choices("educations", len(otherSchools()), otherSchools()...)
	if a.Form.Failed() {
		return nil
	}
	isced, err := strconv.Atoi(level)
	if err != nil {
		return err
	}
	a.Answers.ISCED = &isced
	kept := slices.DeleteFunc(slices.Clone(a.Answers.Educations), func(e person.Education) bool {
		return e.Kind != person.Formal && !slices.Contains(kinds, string(e.Kind))
	})
	for _, k := range kinds {
		if !slices.ContainsFunc(kept, func(e person.Education) bool { return string(e.Kind) == k }) {
			kept = append(kept, person.Education{Kind: person.EducationKind(k)})
		}
	}
	a.Answers.Educations = kept
	return nil
}

// Languages asks which languages somebody speaks and which vehicles they may drive.
func Languages() Question {
	return Question{
		Name: "languages",
		Fill: func(a *Asked) error {
			var spoken, licences []string
			for _, l := range a.Answers.Languages {
				spoken = append(spoken, l.Code)
			}
			a.Form.Set("more_languages", spoken...)
			for _, l := range a.Answers.Licences {
				licences = append(licences, l.Category)
			}
			a.Form.Set("languages", spoken...)
			a.Form.Set("licences", licences...)
			return nil
		},
		Read: readLanguages,
		View: func(a *Asked) (any, error) {
			g, lang := a.gazetteer(), string(a.Tag())
			v := languagesView{}
			for _, l := range g.Languages(lang) {
				o := ui.Option{Value: l.Code, Label: l.Name}
				if a.usual(l.Code) {
					v.Languages = append(v.Languages, o)
				} else {
					v.More = append(v.More, o)
					v.AnyMore = v.AnyMore || a.Form.Checked("more_languages", l.Code)
				}
			}
			for _, l := range g.Licences(lang) {
				v.Licences = append(v.Licences, ui.Option{Value: l.Code, Label: l.Code, Hint: l.Name})
			}
			return v, nil
		},
	}
}

type languagesView struct {
	Languages, More, Licences []ui.Option
	AnyMore                   bool
}

// usual tells the languages most people choose from those that are a click away: the national ones, and those of
// schools and offices.
func (a *Asked) usual(code string) bool {
	l, ok := a.gazetteer().Language(code)
	return ok && l.National || slices.Contains([]string{a.gazetteer().Pack().WorkingLanguage, "en", "ar"}, code)
}

func readLanguages(a *Asked) error {
	g, lang := a.gazetteer(), string(a.Tag())
	spoken := a.Form.Choices("languages", 30, codes(g.Languages(lang))...)
	for _, code := range a.Form.Choices("more_languages", 30, codes(g.Languages(lang))...) {
		if !slices.Contains(spoken, code) {
			spoken = append(spoken, code)
		}
	}
	licences := a.Form.Choices("licences", 10, codes(g.Licences(lang))...)
	if len(spoken) == 0 && !a.Form.Failed() {
		a.Form.Fail("languages", "public.ask.languages_missing")
	}
	if a.Form.Failed() {
		return nil
	}
	var known []person.Language
	for _, code := range spoken {
		l := person.Language{Code: code, Speaking: person.SpeaksWell}
		if i := slices.IndexFunc(a.Answers.Languages, func(o person.Language) bool { return o.Code == code }); i >= 0 {
			l = a.Answers.Languages[i]
		}
		known = append(known, l)
	}
	var held []person.Licence
	for _, category := range licences {
		l := person.Licence{Category: category}
		if i := slices.IndexFunc(a.Answers.Licences, func(o person.Licence) bool { return o.Category == category }); i >= 0 {
			l = a.Answers.Licences[i]
		}
		held = append(held, l)
	}
	a.Answers.Languages, a.Answers.Licences = known, held
	return nil
}
