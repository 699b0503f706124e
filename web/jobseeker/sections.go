package jobseeker

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/profile"
)

// section is one question of the profile with what it changes.
type section struct {
	profile.Question
	title string // message key
	// change names the parts of the record that the question's answers are.
	change func(in *person.UpdatePerson, a *person.Answers)
	// then is the question that follows up on this one, "" for none.
	then string
}

func (s section) path() string { return profilePath + "/" + s.Name }

// sections lists the questions in the order of the profile.
func sections() []section {
	identity := func(in *person.UpdatePerson, a *person.Answers) { in.Identity = &a.Identity }
	contact := func(in *person.UpdatePerson, a *person.Answers) { in.Contact = &a.Contact }
	living := func(in *person.UpdatePerson, a *person.Answers) { in.Contact, in.Mobility = &a.Contact, &a.Mobility }
	trades := func(in *person.UpdatePerson, a *person.Answers) { in.Wishes, in.Experience = &a.Wishes, &a.Experience }
	return []section{
		{Question: profile.Names(), title: "public.ask.title.names", change: identity},
		{Question: profile.Phone(false), title: "public.ask.title.phone", change: contact},
		{Question: profile.Birth(), title: "public.ask.title.birth", change: identity},
		{Question: profile.Home(), title: "public.ask.title.home", change: living, then: "around"},
		{Question: profile.Around(), title: "public.ask.title.around", change: living},
		{Question: profile.Trades(), title: "public.ask.title.trades", change: trades, then: "meant"},
		{Question: profile.Meant(), title: "public.ask.title.meant", change: trades, then: "skills"},
		{Question: profile.Skills(), title: "public.ask.title.skills", change: func(in *person.UpdatePerson, a *person.Answers) { in.Skills = &a.Skills }},
		{Question: profile.Experience(), title: "public.ask.title.experience", change: trades},
		{Question: profile.Schooling(), title: "public.ask.title.schooling", change: func(in *person.UpdatePerson, a *person.Answers) { in.Schooling = &a.Schooling }},
		{Question: profile.Languages(), title: "public.ask.title.languages", change: func(in *person.UpdatePerson, a *person.Answers) {
			in.Languages, in.Licences = &a.Languages, &a.Licences
		}},
		{Question: profile.Groups(), title: "public.ask.title.groups", change: func(in *person.UpdatePerson, a *person.Answers) { in.Population = &a.Population }},
	}
}

// after gives the question that follows up on one, when there is anything to ask; "" otherwise.
func after(a *profile.Asked, s section) (string, error) {
	for s.then != "" {
		at := slices.IndexFunc(sections(), func(o section) bool { return o.Name == s.then })
		s = sections()[at]
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
