package demo

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
)

// schooling gives levels and schools, and makes young graduates of some.
func (s *someone) schooling() {
	p, t := s.p, s.trade
	level := s.between(t.iscedMin, t.iscedMax)
	p.ISCED = &level
	e := person.Education{Kind: person.Formal, ISCED: &level, Country: p.BirthCountry, Year: s.g.Today.Year - s.age + min(s.age-1, 7+2*level+s.between(0, 2))}
	switch {
	case level == 0 && s.chance(30):
		e.Kind, e.Diploma = person.Koranic, "École coranique"
	case level == 0 && s.chance(40):
		e.Kind, e.Diploma = person.Literacy, "Alphabétisation en langue nationale"
	case level == 0:
		return
	case level <= 3 && s.chance(12):
		e.Kind, e.Diploma = person.Medersa, "Medersa"
	case level == 1:
		e.Diploma = "Premier cycle"
	case level == 2:
		e.Diploma = "DEF"
	case level == 3 && s.chance(50):
		e.Kind, e.Diploma = person.Vocational, "CAP "+t.man
	case level == 3:
		e.Diploma = "Baccalauréat"
	case level == 4:
		e.Kind, e.Diploma = person.Vocational, "BT "+t.man
	case level == 5:
		e.Diploma = "BTS / DUT"
	case level == 6:
		e.Diploma = "Licence"
	default:
		e.Diploma = "Master"
	}
	p.Educations = []person.Education{e}
	if level >= 4 && s.age <= 32 && s.chance(80) {
		p.Groups = append(p.Groups, person.YoungGraduate)
	}
}

// work gives occupations held, skills with their evidence, and wishes.
func (s *someone) work() {
	p, g := s.p, s.g
	left := s.age - 16
	for n := choose(s.dice, one[int]{22, 0}, one[int]{48, 1}, one[int]{22, 2}, one[int]{8, 3}); n > 0 && left > 0; n-- {
		t := s.trade
		if len(p.Experience) > 0 && s.chance(45) {
			t = s.pickTrade()
		}
		years := s.between(0, min(left, 8))
		left -= years + 1
		e := person.Experience{
			Title: s.title(t), OccupationID: t.occupation, LinkScore: 100, ISCO: t.isco, ISIC: t.isic, Country: p.BirthCountry,
			Months: 12*years + s.between(2, 11), UntilYear: g.Today.Year - len(p.Experience)*3 - s.between(0, 2),
		}
		e.FromYear = e.UntilYear - years
		e.Kind = choose(s.dice, one[person.WorkKind]{40, person.Waged}, one[person.WorkKind]{34, person.SelfEmployed},
			one[person.WorkKind]{14, person.FamilyWorker}, one[person.WorkKind]{10, person.Trainee}, one[person.WorkKind]{2, person.UnseenWork})
		if len(s.row.Journey.Episodes) > 0 && len(p.Experience) == 0 {
			e.Country = s.row.Journey.Episodes[0].Country
		}
		p.Experience = append(p.Experience, e)
	}
	s.skills()
	if s.chance(80) {
		p.Wishes = []person.Wish{{Words: s.title(s.trade), OccupationID: s.trade.occupation, LinkScore: 100}}
	}
	if s.chance(20) {
		if t := s.pickTrade(); t.occupation != s.trade.occupation {
			p.Wishes = append(p.Wishes, person.Wish{Words: s.title(t), OccupationID: t.occupation, LinkScore: 100})
		}
	}
}

func (s *someone) skills() {
	t := s.trade
	known := some(s.dice, t.essential, max(2, len(t.essential)-s.between(0, 3)))
	known = append(known, some(s.dice, t.optional, s.between(0, 3))...)
	for _, k := range known {
		out := person.Skill{Words: k.words, ConceptID: k.concept, LinkScore: 100}
		out.Evidence = choose(s.dice, one[person.Evidence]{68, person.Declared}, one[person.Evidence]{16, person.Documented},
			one[person.Evidence]{10, person.Assessed}, one[person.Evidence]{6, person.Certified})
		out.Acquired = choose(s.dice, one[person.Acquired]{50, person.AtWork}, one[person.Acquired]{18, person.AtSchool},
			one[person.Acquired]{20, person.InFamily}, one[person.Acquired]{4, person.InAssociation}, one[person.Acquired]{8, person.AcquiredUnknown})
		if len(s.row.Journey.Episodes) > 0 && s.chance(45) {
			out.Acquired = person.Abroad
		}
		s.p.Skills = append(s.p.Skills, out)
	}
}

// abilities gives what hard conditions look at: languages, licences, places.
func (s *someone) abilities() {
	p, level := s.p, *s.p.ISCED
	speak := func(code string, how person.Speaking, reads bool) {
		if !slices.ContainsFunc(p.Languages, func(l person.Language) bool { return l.Code == code }) {
			p.Languages = append(p.Languages, person.Language{Code: code, Speaking: how, Reads: reads})
		}
	}
	speak(weighted(s.dice, s.home.speaks, func(code string) int {
		return len(s.home.speaks) - slices.Index(s.home.speaks, code)
	}), person.SpeaksNative, level > 3 && s.chance(20))
	if s.chance(70) {
		speak("bm", person.SpeaksWell, s.chance(10))
	}
	switch {
	case level >= 3:
		speak("fr", person.SpeaksWell, true)
	case level >= 1 && s.chance(75), s.chance(25):
		speak("fr", person.SpeaksSome, level >= 2)
	}
	if level >= 5 && s.chance(25) {
		speak("en", person.SpeaksSome, true)
	}
	if len(s.row.Journey.Episodes) > 0 && s.chance(25) || s.chance(4) {
		speak("ar", person.SpeaksSome, s.chance(30))
	}
	if s.trade.licence != "" && s.chance(88) {
		s.licence(s.trade.licence)
	} else if s.chance(8) {
		s.licence(pick(s.dice, []string{"A", "B"}))
	}
	m := &p.Mobility
	m.Anywhere = s.chance(14)
	if !m.Anywhere && s.chance(70) {
		m.Places = []string{s.home.code}
		for range s.between(0, 2) {
			other := weighted(s.dice, s.g.regions, func(r region) int { return r.weight }).code
			if !slices.Contains(m.Places, other) {
				m.Places = append(m.Places, other)
			}
		}
		slices.Sort(m.Places)
	}
	switch {
	case s.chance(8):
		m.AvailableFrom = s.g.Today.AddDays(s.between(5, 60))
	case s.chance(3):
		m.AbsentUntil = s.g.Today.AddDays(s.between(10, 90))
	}
}

func (s *someone) licence(category string) {
	l := person.Licence{Category: category, Country: "MLI"}
	if s.chance(70) {
		l.Until = s.g.Today.AddDays(s.between(200, 1800))
	}
	s.p.Licences = append(s.p.Licences, l)
}
