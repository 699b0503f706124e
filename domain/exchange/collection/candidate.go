package collection

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Candidate is one person of a file. Only the id is required.
type Candidate struct {
	ID            identifier        `json:"id"`
	Given         string            `json:"given"`
	Family        string            `json:"family"`
	Sex           string            `json:"sex"`  // female, male
	Born          string            `json:"born"` // 1990 or 1990-05-02
	Guardian      string            `json:"guardian"`
	Nationalities []string          `json:"nationalities"`
	Phones        []string          `json:"phones"`
	Email         string            `json:"email"`
	Language      string            `json:"language"` // of messages and of the record's words
	Country       string            `json:"country"`  // of residence
	Region        string            `json:"region"`   // code, ISO code or name
	Place         string            `json:"place"`    // a smaller area; wins over region
	Detail        string            `json:"detail"`   // village, quarter
	Mobility      []string          `json:"mobility"` // regions; "*" is everywhere
	AvailableFrom string            `json:"available_from"`
	ISCED         *float64          `json:"isced"`
	Education     []candidateSchool `json:"education"`
	Experience    []candidateWork   `json:"experience"`
	Skills        []skill           `json:"skills"`
	Languages     []string          `json:"languages"` // spoken, ISO 639
	Licences      []string          `json:"licences"`
	Wishes        []string          `json:"wishes"` // occupations looked for
	Groups        []string          `json:"groups"`
	WorkedAbroad  string            `json:"worked_abroad"`
}

type candidateSchool struct {
	ISCED   *float64 `json:"isced"`
	Field   string   `json:"field"`
	Diploma string   `json:"diploma"`
	Year    float64  `json:"year"`
	Country string   `json:"country"`
	Kind    string   `json:"kind"`
}

type candidateWork struct {
	Title    string  `json:"title"`
	Years    float64 `json:"years"`
	Months   float64 `json:"months"`
	From     float64 `json:"from"`
	Until    float64 `json:"until"`
	Country  string  `json:"country"`
	ISCO     string  `json:"isco"`
	Employer string  `json:"employer"`
	Kind     string  `json:"kind"`
}

type skill struct {
	URI        string `json:"uri"`
	Text       string `json:"text"`
	Importance string `json:"importance"` // of vacancies
}

// candidate reads a record as somebody to be imported, with codes resolved.
func (c *codes) candidate(body []byte) (person.Imported, []Problem) {
	var in Candidate
	if err := json.Unmarshal(body, &in); err != nil {
		return person.Imported{}, []Problem{jsonProblem(err)}
	}
	n := &notes{}
	p := person.Person{
		Identity: person.Identity{
			Given: in.Given, Family: in.Family, Sex: sexes()[strings.ToLower(in.Sex)], Birth: n.born(in.Born), Guardian: in.Guardian,
		},
		Contact: person.Contact{
			Email: in.Email, Language: strings.ToLower(in.Language),
			Residence: person.Residence{Country: c.country(n, "country", in.Country), Detail: in.Detail},
		},
		Entry: person.Entry{Mode: person.EntryImport, ExternalID: string(in.ID)},
	}
	n.check(in.Sex == "" || p.Sex != "", "sex", ReasonUnknownCode)
	p.Residence.Place = c.place(n, "place", in.Place)
	if in.Place == "" {
		p.Residence.Place = c.place(n, "region", in.Region)
	}
	for i, code := range in.Nationalities {
		p.Nationalities = append(p.Nationalities, c.country(n, fmt.Sprintf("nationalities.%d", i), code))
	}
	for _, number := range in.Phones {
		p.Phones = append(p.Phones, person.Phone{Number: number, Owner: person.OwnPhone})
	}
	c.mobility(n, &p.Mobility, in.Mobility)
	p.Mobility.AvailableFrom = n.date("available_from", in.AvailableFrom)
	p.ISCED = n.level("isced", in.ISCED)
	for _, g := range in.Groups {
		p.Groups = append(p.Groups, person.Group(g))
	}
	p.WorkedAbroad = person.Answer(in.WorkedAbroad)
	c.learnt(n, &p, in)
	for i, code := range in.Languages {
		p.Languages = append(p.Languages, person.Language{Code: c.language(n, fmt.Sprintf("languages.%d", i), code)})
	}
	for i, code := range in.Licences {
		p.Licences = append(p.Licences, person.Licence{Category: c.licence(n, fmt.Sprintf("licences.%d", i), code)})
	}
	for _, words := range in.Wishes {
		p.Wishes = append(p.Wishes, person.Wish{Words: words})
	}
	return person.Imported{Person: p}, n.list
}

// learnt takes schools, work and skills.
func (c *codes) learnt(n *notes, p *person.Person, in Candidate) {
	for i, e := range in.Education {
		if e == (candidateSchool{}) {
			continue
		}
		name := fmt.Sprintf("education.%d", i)
		p.Educations = append(p.Educations, person.Education{
			Kind: person.EducationKind(e.Kind), ISCED: n.level(name+".isced", e.ISCED), Field: e.Field, Diploma: e.Diploma,
			Year: n.whole(name+".year", e.Year), Country: c.country(n, name+".country", e.Country),
		})
	}
	for i, e := range in.Experience {
		if e == (candidateWork{}) {
			continue
		}
		name := fmt.Sprintf("experience.%d", i)
		p.Experience = append(p.Experience, person.Experience{
			Title: e.Title, Months: n.whole(name+".years", 12*e.Years+e.Months), ISCO: e.ISCO, Employer: e.Employer,
			Kind: person.WorkKind(e.Kind), FromYear: n.whole(name+".from", e.From), UntilYear: n.whole(name+".until", e.Until),
			Country: c.country(n, name+".country", e.Country),
		})
	}
	for i, s := range in.Skills {
		words, concept := c.skill(n, fmt.Sprintf("skills.%d", i), s, p.Contact.Language)
		if words == "" {
			continue
		}
		k := person.Skill{Words: words, ConceptID: concept.ID}
		if !concept.ID.IsZero() {
			k.LinkScore = chosen
		}
		p.Skills = append(p.Skills, k)
	}
}

// chosen is the score of a link that was given, not guessed.
const chosen = 100

func sexes() map[string]person.Sex {
	return map[string]person.Sex{"female": person.Female, "f": person.Female, "male": person.Male, "m": person.Male}
}

func (c *codes) mobility(n *notes, into *person.Mobility, codes []string) {
	for i, code := range codes {
		if code == "*" {
			into.Anywhere = true
		} else if area := c.place(n, fmt.Sprintf("mobility.%d", i), code); area != "" {
			into.Places = append(into.Places, area)
		}
	}
}

// born reads a year or a date.
func (n *notes) born(said string) person.Birth {
	if said == "" {
		return person.Birth{}
	}
	if len(said) == 4 && strings.Trim(said, "0123456789") == "" {
		var year int
		_, _ = fmt.Sscan(said, &year)
		return person.BornIn(year, false)
	}
	return person.BornOn(n.date("born", said))
}

func (n *notes) date(field, said string) domain.Date {
	if said == "" {
		return domain.Date{}
	}
	d, err := domain.ParseDate(said)
	n.check(err == nil, field, ReasonDate)
	return d
}
