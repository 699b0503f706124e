package demo

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// registration decides on state, history and consents. Nothing happens later
// than yesterday.
func (s *someone) registration() {
	today := s.g.Today
	if s.chance(6) {
		s.step(person.Submit, domain.RoleAnonymous, s.ago(today, 1, 12), "")
		s.consents()
		return
	}
	at := s.ago(today, 2, 540)
	s.step(person.Import, domain.RoleSystem, at, "")
	for due := at.AddMonths(6); due.Before(today); due = at.AddMonths(6) {
		if s.chance(22) {
			if at = due.AddDays(1); at.Before(today) {
				s.step(person.Lapse, domain.RoleSystem, at, "")
			}
			break
		}
		at = due.AddDays(-s.between(1, 30))
		s.step(person.Renew, domain.RoleJobseeker, at, "")
	}
	if end := at.AddDays(s.between(1, 90)); s.chance(9) && end.Before(today) {
		s.step(person.Close, domain.RoleSystem, end, choose(s.dice,
			one[string]{55, "job"}, one[string]{14, "training"}, one[string]{18, "left"}, one[string]{8, "request"}, one[string]{5, "other"}))
	}
	s.consents()
}

func (s *someone) step(name string, role domain.Role, on domain.Date, reason string) {
	at := on.Time().Add(time.Duration(8*60+s.IntN(9*60)) * time.Minute)
	s.row.Steps = append(s.row.Steps, domain.Step{Transition: name, ActorRole: role, Reason: reason, At: at})
}

// consentText is the version of the texts people are said to have agreed to.
const consentText = "2026-11-27"

// consents are given when somebody is registered. Whoever refuses to be
// matched is not shown to employers either.
func (s *someone) consents() {
	mode, witness := person.ByClick, ""
	switch level := *s.p.ISCED; {
	case s.p.Guardian != "":
		mode = person.ByRepresentative
	case level <= 1 && s.chance(80):
		mode, witness = person.ByWord, pick(s.dice, s.g.names["woman"])+" "+pick(s.dice, s.g.names["family"])
	case s.chance(40):
		mode = person.ByWriting
	}
	matched := s.chance(92)
	for _, c := range []struct {
		purpose person.Purpose
		given   bool
	}{
		{person.ForMatching, matched},
		{person.ForFollowUp, s.chance(85)}, {person.ForMessages, s.chance(80)},
	} {
		if c.given {
			s.row.Consents = append(s.row.Consents, person.Consent{
				Purpose: c.purpose, TextVersion: consentText, Mode: mode, Witness: witness, GivenAt: s.row.Steps[0].At,
			})
		}
	}
}

// matchable reports whether a row may be matched on the day and from it on.
func matchable(row person.Imported, today domain.Date) bool {
	standing := false
	for _, step := range row.Steps {
		standing = step.Transition == person.Import || step.Transition == person.Renew
	}
	agreed := false
	for _, c := range row.Consents {
		agreed = agreed || c.Purpose == person.ForMatching
	}
	p := row.Person
	return standing && agreed && !p.Mobility.Absent(today) && p.Mobility.AvailableFrom.IsZero() && !p.Birth.Minor(today)
}
