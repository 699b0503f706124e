package profile

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
)

// Section is a question about a record that exists, with what it changes.
type Section struct {
	Question
	Title string // message key; takes Region
	// Change names the parts of the record that the question's answers are.
	Change func(in *person.UpdatePerson, a *person.Answers)
	// Then is the question that follows up on this one, "" for none.
	Then string
}

// Sections lists the questions in the order of a profile.
func Sections() []Section {
	identity := func(in *person.UpdatePerson, a *person.Answers) { in.Identity = &a.Identity }
	contact := func(in *person.UpdatePerson, a *person.Answers) { in.Contact = &a.Contact }
	living := func(in *person.UpdatePerson, a *person.Answers) { in.Contact, in.Mobility = &a.Contact, &a.Mobility }
	trades := func(in *person.UpdatePerson, a *person.Answers) { in.Wishes, in.Experience = &a.Wishes, &a.Experience }
	return []Section{
		{Question: Names(), Title: "public.ask.title.names", Change: identity},
		{Question: Phone(false), Title: "public.ask.title.phone", Change: contact},
		{Question: Birth(), Title: "public.ask.title.birth", Change: identity},
		{Question: Home(), Title: "public.ask.title.home", Change: living, Then: "around"},
		{Question: Around(), Title: "public.ask.title.around", Change: living},
		{Question: Trades(), Title: "public.ask.title.trades", Change: trades, Then: "meant"},
		{Question: Meant(), Title: "public.ask.title.meant", Change: trades, Then: "skills"},
		{Question: Skills(), Title: "public.ask.title.skills", Change: func(in *person.UpdatePerson, a *person.Answers) { in.Skills = &a.Skills }},
		{Question: Experience(), Title: "public.ask.title.experience", Change: trades},
		{Question: Schooling(), Title: "public.ask.title.schooling", Change: func(in *person.UpdatePerson, a *person.Answers) { in.Schooling = &a.Schooling }},
		{Question: Languages(), Title: "public.ask.title.languages", Change: func(in *person.UpdatePerson, a *person.Answers) {
			in.Languages, in.Licences = &a.Languages, &a.Licences
		}},
		{Question: Groups(), Title: "public.ask.title.groups", Change: func(in *person.UpdatePerson, a *person.Answers) { in.Population = &a.Population }},
	}
}

// After gives the section that follows up on one, when there is anything to ask; "" otherwise.
func After(a *Asked, s Section) (string, error) {
	for s.Then != "" {
		at := slices.IndexFunc(Sections(), func(o Section) bool { return o.Name == s.Then })
		s = Sections()[at]
		if s.Due == nil {
			return s.Name, nil
		}
		due, err := s.Due(a)
		if err != nil || due {
			return s.Name, err
		}
	}
	return "", nil
}
