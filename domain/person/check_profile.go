package person

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/baara-platform/baara/domain"
)

var (
	iscedField = regexp.MustCompile(`^[0-9]{2,4}$`)
	iscoCode   = regexp.MustCompile(`^[0-9]{1,4}$`)
	isicCode   = regexp.MustCompile(`^([A-U]|[0-9]{2})$`)
)

func (c *checker) schooling(s *Schooling) {
	c.level(s.ISCED, "isced")
	if !c.long(len(s.Educations), "educations", maxList) {
		return
	}
	for n := range s.Educations {
		e, name := &s.Educations[n], fmt.Sprintf("educations.%d", n)
		oneOf(c, &e.Kind, name+".kind", Formal, Medersa, Koranic, NKo, Literacy, Vocational)
		oneOf(c, &e.Recognition, name+".recognition", RecognitionNone, RecognitionApplied, Recognised, RecognitionRefused)
		c.level(e.ISCED, name+".isced")
		c.fields.Check(e.Field == "" || iscedField.MatchString(e.Field), name+".field", "error.choice")
		c.text(&e.Diploma, name+".diploma", maxWords)
		c.year(e.Year, name+".year")
		c.countryCode(&e.Country, name+".country")
		if e.ISCED != nil && (s.ISCED == nil || *e.ISCED > *s.ISCED) {
			level := *e.ISCED
			s.ISCED = &level
		}
	}
}

func (c *checker) experience(list []Experience) {
	if !c.long(len(list), "experience", maxList) {
		return
	}
	for n := range list {
		e, name := &list[n], fmt.Sprintf("experience.%d", n)
		c.text(&e.Title, name+".title", maxWords)
		c.fields.Check(e.Title != "", name+".title", "error.required")
		c.text(&e.Employer, name+".employer", maxWords)
		oneOf(c, &e.Kind, name+".kind", Waged, SelfEmployed, FamilyWorker, Trainee, UnseenWork)
		c.countryCode(&e.Country, name+".country")
		c.fields.Check(e.ISCO == "" || iscoCode.MatchString(e.ISCO), name+".isco", "error.choice")
		c.fields.Check(e.ISIC == "" || isicCode.MatchString(e.ISIC), name+".isic", "error.choice")
		c.year(e.FromYear, name+".from_year")
		c.year(e.UntilYear, name+".until_year")
		c.fields.Check(e.UntilYear == 0 || e.FromYear <= e.UntilYear, name+".until_year", "error.date.order")
		c.fields.Check(!e.Ongoing || e.UntilYear == 0, name+".until_year", "error.experience.ongoing")
		c.fields.Check(e.Months >= 0 && e.Months <= 840, name+".months", "error.number_range", "Min", 0, "Max", 840)
		if e.Months == 0 {
			e.Months = min(e.Length(c.today), 840)
		}
	}
}

func (c *checker) languages(list []Language) []Language {
	if !c.long(len(list), "languages", maxList) {
		return list
	}
	var out []Language
	for n, l := range list {
		name := fmt.Sprintf("languages.%d", n)
		c.fields.Check(langCode.MatchString(l.Code), name+".code", "error.choice")
		oneOf(c, &l.Speaking, name+".speaking", SpeaksWell, SpeaksSome, SpeaksNative)
		if !slices.ContainsFunc(out, func(o Language) bool { return o.Code == l.Code }) {
			out = append(out, l)
		}
	}
	return out
}

func (c *checker) licences(list []Licence) []Licence {
	if !c.long(len(list), "licences", maxList) {
		return list
	}
	var out []Licence
	for n, l := range list {
		name := fmt.Sprintf("licences.%d", n)
		c.text(&l.Category, name+".category", 10)
		c.fields.Check(l.Category != "", name+".category", "error.required")
		c.countryCode(&l.Country, name+".country")
		c.date(l.Until, name+".until")
		if !slices.ContainsFunc(out, func(o Licence) bool { return o.Category == l.Category }) {
			out = append(out, l)
		}
	}
	return out
}

func (c *checker) mobility(m *Mobility) {
	if c.long(len(m.Places), "mobility.places", maxList) {
		for n, code := range m.Places {
			c.area(code, fmt.Sprintf("mobility.places.%d", n))
		}
		m.Places = slices.DeleteFunc(unique(m.Places), func(code string) bool { return code == "" })
		slices.Sort(m.Places)
	}
	c.date(m.AvailableFrom, "mobility.available_from")
	c.date(m.AbsentUntil, "mobility.absent_until")
}

func (c *checker) wishes(list []Wish) {
	if !c.long(len(list), "wishes", 10) {
		return
	}
	for n := range list {
		c.text(&list[n].Words, fmt.Sprintf("wishes.%d.words", n), maxWords)
		c.fields.Check(list[n].Words != "", fmt.Sprintf("wishes.%d.words", n), "error.required")
	}
}

func (c *checker) journey(j *Journey) {
	c.long(len(j.Episodes), "episodes", maxList)
	c.long(len(j.Displacements), "displacements", maxList)
	for n := range j.Episodes {
		e, name := &j.Episodes[n], fmt.Sprintf("episodes.%d", n)
		c.fields.Check(e.Country != "", name+".country", "error.required")
		c.countryCode(&e.Country, name+".country")
		oneOf(c, &e.Role, name+".role", Destination, Transit)
		oneOf(c, &e.Reason, name+".reason", "not_said", EpisodeReasons()...)
		oneOf(c, &e.Status, name+".status", "not_said", EpisodeStatuses()...)
		oneOf(c, &e.ReturnMode, name+".return_mode", "", ReturnModes()...)
		c.year(e.FromYear, name+".from_year")
		c.year(e.UntilYear, name+".until_year")
		c.fields.Check(e.UntilYear == 0 || e.FromYear <= e.UntilYear, name+".until_year", "error.date.order")
		c.fields.Check(e.Months >= 0 && e.Months <= 840, name+".months", "error.number_range", "Min", 0, "Max", 840)
		c.text(&e.Occupation, name+".occupation", maxWords)
		c.fields.Check(e.ISCO == "" || iscoCode.MatchString(e.ISCO), name+".isco", "error.choice")
		c.fields.Check(e.ISIC == "" || isicCode.MatchString(e.ISIC), name+".isic", "error.choice")
		c.date(e.ReturnDate, name+".return_date")
		c.text(&e.Programme, name+".programme", maxWords)
	}
	for n := range j.Displacements {
		d, name := &j.Displacements[n], fmt.Sprintf("displacements.%d", n)
		c.area(d.OriginPlace, name+".origin_place")
		c.area(d.IntendedPlace, name+".intended_place")
		c.text(&d.OriginDetail, name+".origin_detail", maxDetail)
		oneOf(c, &d.Cause, name+".cause", "not_said", DisplacementCauses()...)
		c.date(d.Date, name+".date")
	}
}

// all checks every part of a record.
func (c *checker) all(p *Person) {
	c.identity(&p.Identity)
	c.contact(&p.Contact)
	c.population(&p.Population)
	c.schooling(&p.Schooling)
	c.experience(p.Experience)
	p.Skills = c.skills(p.Skills)
	p.Languages = c.languages(p.Languages)
	p.Licences = c.licences(p.Licences)
	c.mobility(&p.Mobility)
	c.wishes(p.Wishes)
}

// required notes what no record can do without: a name, and for somebody
// under 18 a guardian.
func required(f *domain.Fields, p Person, today domain.Date) {
	f.Check(p.Given != "" || p.Family != "", "given", "error.person.name")
	f.Check(!p.Birth.Minor(today) || p.Guardian != "", "guardian", "error.person.guardian")
}
