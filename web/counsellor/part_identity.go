package counsellor

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// Limits of what is typed about a person, in characters.
const (
	maxName  = 120
	maxNINA  = 40
	maxPhone = 30
	maxEmail = 254
	maxText  = 500
)

// aliases gives each kind of other name its field.
func aliasField(kind person.AliasKind) string { return "alias_" + string(kind) }

func aliasKinds() []person.AliasKind {
	return []person.AliasKind{person.AliasDit, person.AliasMaiden, person.AliasOther}
}

// identityPart asks who somebody is, with what tells namesakes and twins apart.
func (p *pages) identityPart() profile.Section {
	return profile.Section{
		Title:  "counsellor.part.identity",
		Change: func(in *person.UpdatePerson, a *person.Answers) { in.Identity = &a.Identity },
		Question: profile.Question{
			Name: partIdentity, Fill: func(a *profile.Asked) error { fillIdentity(a.Form, a.Answers.Identity); return nil },
			Read: func(a *profile.Asked) error {
				readIdentity(a.Form, &a.Answers.Identity, desk.Values(p.words(a.Context).Countries()))
				return nil
			},
			View: func(a *profile.Asked) (any, error) { return p.words(a.Context).Countries(), nil },
		},
	}
}

func fillIdentity(f *form.Form, i person.Identity) {
	for name, value := range map[string]string{
		"given": i.Given, "family": i.Family, "father": i.Father, "mother": i.Mother, "nina": i.NINA, "birth_country": i.BirthCountry,
	} {
		f.Set(name, value)
	}
	for _, a := range slices.Backward(i.Aliases) {
		f.Set(aliasField(a.Kind), a.Name)
	}
	if len(i.Nationalities) > 0 {
		f.Set("nationality", i.Nationalities[0])
	}
}

// readIdentity reads the page's fields; a second nationality and further names of a kind stay as they are.
func readIdentity(f *form.Form, i *person.Identity, countries []string) {
	i.Given, i.Family = f.Text("given", maxName), f.Text("family", maxName)
	if i.Given == "" && i.Family == "" && !f.Failed() {
		f.Fail("given", "error.person.name")
	}
	aliases := slices.Clone(i.Aliases)
	for _, kind := range aliasKinds() {
		name := f.Text(aliasField(kind), maxName)
		at := slices.IndexFunc(aliases, func(a person.Alias) bool { return a.Kind == kind })
		switch {
		case at < 0 && name != "":
			aliases = append(aliases, person.Alias{Kind: kind, Name: name})
		case at >= 0 && name == "":
			aliases = slices.Delete(aliases, at, at+1)
		case at >= 0:
			aliases[at].Name = name
		}
	}
	i.Aliases = aliases
	i.Father, i.Mother = f.Text("father", maxName), f.Text("mother", maxName)
	nations := slices.Clone(i.Nationalities)
	if len(nations) > 0 {
		nations = nations[1:]
	}
	if first := f.Choice("nationality", countries...); first != "" {
		nations = append([]string{first}, slices.DeleteFunc(nations, func(n string) bool { return n == first })...)
	}
	i.Nationalities = nations
	i.BirthCountry = f.Choice("birth_country", countries...)
	i.NINA = f.Text("nina", maxNINA)
}

// proofPart asks how each skill is known. Only staff say that.
func proofPart() profile.Section {
	levels := []person.Evidence{person.Declared, person.Documented, person.Assessed, person.Certified}
	return profile.Section{
		Title:  "counsellor.part.proof",
		Change: func(in *person.UpdatePerson, a *person.Answers) { in.Skills = &a.Skills },
		Question: profile.Question{
			Name: partProof,
			Fill: func(a *profile.Asked) error {
				for i, s := range a.Answers.Skills {
					a.Form.Set(proofField(i), string(s.Evidence))
				}
				return nil
			},
			Read: func(a *profile.Asked) error {
				skills := slices.Clone(a.Answers.Skills)
				for i := range skills {
					if level := a.Form.Choice(proofField(i), codes(levels)...); level != "" {
						skills[i].Evidence = person.Evidence(level)
					}
				}
				a.Answers.Skills = skills
				return nil
			},
			View: func(a *profile.Asked) (any, error) {
				v := proofView{Levels: desk.Coded(a.Context, "reference.evidence.", levels...)}
				for i, s := range a.Answers.Skills {
					v.Skills = append(v.Skills, proofSkill{Field: proofField(i), Words: s.Words})
				}
				return v, nil
			},
		},
	}
}

type proofView struct {
	Skills []proofSkill
	Levels []ui.Option
}

type proofSkill struct{ Field, Words string }

// availabilityPart asks from when somebody is free and until when they are away.
func availabilityPart() profile.Section {
	return profile.Section{
		Title:  "counsellor.part.availability",
		Change: func(in *person.UpdatePerson, a *person.Answers) { in.Mobility = &a.Mobility },
		Question: profile.Question{
			Name: partAvailability,
			Fill: func(a *profile.Asked) error {
				a.Form.SetDate("mobility.available_from", a.Answers.Mobility.AvailableFrom, "")
				a.Form.SetDate("mobility.absent_until", a.Answers.Mobility.AbsentUntil, "")
				return nil
			},
			Read: func(a *profile.Asked) error {
				a.Answers.Mobility.AvailableFrom = a.Form.Date("mobility.available_from")
				a.Answers.Mobility.AbsentUntil = a.Form.Date("mobility.absent_until")
				return nil
			},
		},
	}
}
