package person

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/text"
)

// Limits of a record. They bound work, not lives: nobody met them in the
// registers they were compared with.
const (
	maxName   = 120 // runes of a name
	maxWords  = 200 // runes of a title, skill, diploma
	maxDetail = 500 // runes of free text
	maxList   = 60  // entries of a list
	maxPhones = 5
)

// checker notes what is wrong with a record's parts, under the names inputs
// have in the API and on forms. It fills in what follows from the input:
// default codes, folded words, regions, E.164 numbers.
type checker struct {
	places  *place.Gazetteer
	phones  Phones
	country string // the installation's own, alpha-3
	today   domain.Date
	fields  domain.Fields
}

func (c *checker) text(value *string, name string, limit int) {
	*value = strings.Join(strings.Fields(*value), " ")
	if !utf8.ValidString(*value) || strings.ContainsRune(*value, 0) {
		c.fields.Add(name, "error.not_text")
		return
	}
	c.fields.Check(utf8.RuneCountInString(*value) <= limit, name, "error.too_long", "Max", limit)
}

func (c *checker) long(n int, name string, limit int) bool {
	c.fields.Check(n <= limit, name, "error.too_many_choices", "Max", limit)
	return n <= limit
}

// oneOf checks a code; an empty one becomes the default where there is one.
func oneOf[T ~string](c *checker, value *T, name string, fallback T, choices ...T) {
	if *value == "" {
		*value = fallback
	}
	if *value == "" || slices.Contains(choices, *value) || *value == fallback {
		return
	}
	c.fields.Add(name, "error.choice")
}

func (c *checker) countryCode(code *string, name string) {
	if *code == "" {
		return
	}
	found, ok := c.places.Country(*code)
	if !ok || len(*code) != 3 && len(*code) != 2 {
		c.fields.Add(name, "error.country")
		return
	}
	*code = found.Code
}

func (c *checker) area(code, name string) {
	if code == "" {
		return
	}
	_, ok := c.places.Area(code)
	c.fields.Check(ok, name, "error.place")
}

func (c *checker) year(year int, name string) {
	c.fields.Check(year == 0 || year >= 1930 && year <= c.today.Year+1, name, "error.year")
}

func (c *checker) level(level *int, name string) {
	c.fields.Check(level == nil || *level >= 0 && *level <= 8, name, "error.choice")
}

func (c *checker) identity(i *Identity) {
	c.text(&i.Given, "given", maxName)
	c.text(&i.Family, "family", maxName)
	c.text(&i.Father, "father", maxName)
	c.text(&i.Mother, "mother", maxName)
	c.text(&i.NINA, "nina", 40)
	c.text(&i.Guardian, "guardian", maxName)
	i.GuardianPhone = c.number(i.GuardianPhone, "guardian_phone", c.country)
	if c.long(len(i.Aliases), "aliases", maxList) {
		for n := range i.Aliases {
			name := fmt.Sprintf("aliases.%d", n)
			c.text(&i.Aliases[n].Name, name+".name", maxName)
			c.fields.Check(i.Aliases[n].Name != "", name+".name", "error.required")
			oneOf(c, &i.Aliases[n].Kind, name+".kind", AliasDit, AliasMaiden, AliasOther)
		}
	}
	oneOf(c, &i.Sex, "sex", SexUnknown, Female, Male)
	c.birth(&i.Birth)
	if c.long(len(i.Nationalities), "nationalities", 5) {
		for n := range i.Nationalities {
			c.countryCode(&i.Nationalities[n], fmt.Sprintf("nationalities.%d", n))
		}
	}
	c.countryCode(&i.BirthCountry, "birth_country")
}

func (c *checker) birth(b *Birth) {
	if b.Precision == "" {
		b.Precision = BirthUnknown
	}
	switch b.Precision {
	case BirthUnknown:
		*b = Birth{Precision: BirthUnknown}
	case BirthYear, BirthAbout:
		b.Date = domain.Date{}
		c.fields.Check(b.Year >= 1900 && b.Year <= c.today.Year, "birth.year", "error.birth.year")
	case BirthDay:
		if b.Date.IsZero() || domain.DateOf(b.Date.Time()) != b.Date {
			c.fields.Add("birth.date", "error.date.invalid")
			return
		}
		*b = BornOn(b.Date)
		c.fields.Check(b.Year >= 1900 && !c.today.Before(b.Date), "birth.date", "error.birth.year")
	default:
		c.fields.Add("birth.precision", "error.choice")
	}
}

func (c *checker) contact(k *Contact) {
	r := &k.Residence
	oneOf(c, &r.Kind, "residence.kind", LivesInPlace, LivesInSite, Nomadic, NowhereFixed)
	c.countryCode(&r.Country, "residence.country")
	c.area(r.Place, "residence.place")
	c.text(&r.Detail, "residence.detail", maxDetail)
	r.Region = ""
	if region, ok := c.places.RegionOf(r.Place); ok {
		r.Region = region.Code
	}
	if r.Country == "" {
		r.Country = c.country
	}
	if c.long(len(k.Phones), "phones", maxPhones) {
		for n := range k.Phones {
			c.phone(&k.Phones[n], fmt.Sprintf("phones.%d", n), r.Country)
			same := func(p Phone) bool { return p.Number == k.Phones[n].Number }
			c.fields.Check(!slices.ContainsFunc(k.Phones[:n], same), fmt.Sprintf("phones.%d.number", n), "error.phone.twice")
		}
	}
	k.Email = strings.TrimSpace(k.Email)
	c.fields.Check(k.Email == "" || plausibleEmail(k.Email), "email", "error.email")
	if k.Language == "" {
		k.Language = "fr"
	}
	c.fields.Check(langTag.MatchString(k.Language), "language", "error.choice")
	oneOf(c, &k.Channel, "channel", BySMS, ByVoice, ByEmail, ByVisit)
	oneOf(c, &k.Reading, "reading", ReadingNotSet, ReadsAlone, ReadsWithHelp, WantsVoice)
	c.text(&k.Accommodation, "accommodation", maxDetail)
}

var (
	langTag  = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	langCode = regexp.MustCompile(`^[a-z]{2,3}$`)
	clock    = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
)

func plausibleEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && len(s) <= 254 && !strings.ContainsAny(s, " \t\r\n<>,;\x00") && strings.Contains(s[at:], ".")
}

func (c *checker) phone(p *Phone, name, country string) {
	if strings.TrimSpace(p.Number) == "" {
		c.fields.Add(name+".number", "error.required")
	}
	// A number without a country code is tried as one of the installation's
	// country first: who lives in Algiers still writes a Malian number the Malian way.
	if e164, err := c.phones.Parse(p.Number, c.country); err == nil {
		p.Number = e164
	} else {
		p.Number = c.number(p.Number, name+".number", country)
	}
	if p.Number != "" && c.phones.Landline(p.Number) {
		p.NeverSMS = true
	}
	oneOf(c, &p.Owner, name+".owner", OwnPhone, SharedPhone, HelperPhone)
	c.text(&p.HelperName, name+".helper_name", maxName)
	hours := (p.SafeFrom == "" && p.SafeUntil == "") ||
		(clock.MatchString(p.SafeFrom) && clock.MatchString(p.SafeUntil) && p.SafeFrom != p.SafeUntil)
	c.fields.Check(hours, name+".safe_from", "error.hours")
}

// number gives the E.164 form; what is no number stays as typed and is noted.
func (c *checker) number(typed, name, country string) string {
	if strings.TrimSpace(typed) == "" {
		return ""
	}
	e164, err := c.phones.Parse(typed, country)
	if err != nil {
		c.fields.Add(name, "error.phone")
		return typed
	}
	return e164
}

func (c *checker) population(p *Population) {
	for n, g := range p.Groups {
		c.fields.Check(slices.Contains(Groups(), g), fmt.Sprintf("groups.%d", n), "error.choice")
	}
	p.Groups = unique(p.Groups)
	oneOf(c, &p.WorkedAbroad, "worked_abroad", NotSaid, Yes, No)
}

// skills keeps the first of skills that mean the same words.
func (c *checker) skills(skills []Skill) []Skill {
	if !c.long(len(skills), "skills", maxList) {
		return skills
	}
	var out []Skill
	for n, s := range skills {
		name := fmt.Sprintf("skills.%d", n)
		c.text(&s.Words, name+".words", maxWords)
		c.fields.Check(s.Words != "", name+".words", "error.required")
		oneOf(c, &s.Evidence, name+".evidence", Declared, Documented, Assessed, Certified)
		oneOf(c, &s.Acquired, name+".acquired", AcquiredUnknown, AtSchool, AtWork, Abroad, InFamily, InAssociation)
		s.Folded = text.Neutral(s.Words)
		if !slices.ContainsFunc(out, func(o Skill) bool { return o.Folded == s.Folded && o.ConceptID == s.ConceptID }) {
			out = append(out, s)
		}
	}
	return out
}

func (c *checker) date(d domain.Date, name string) {
	c.fields.Check(d.IsZero() || d.Year >= 1900 && d.Year <= 2200 && d.Month >= time.January && domain.DateOf(d.Time()) == d,
		name, "error.date.invalid")
}

func unique[T comparable](list []T) []T {
	var out []T
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
