package collection

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Vacancy is one vacancy of a file. Id and title are required.
type Vacancy struct {
	ID            identifier `json:"id"`
	Title         string     `json:"title"`
	Description   string     `json:"description"`
	Employer      string     `json:"employer"` // its name as shown
	Language      string     `json:"language"` // of title and description
	Region        string     `json:"region"`
	Place         string     `json:"place"`
	Country       string     `json:"country"` // for work abroad, instead of a place
	ISCO          string     `json:"isco"`
	Posts         float64    `json:"posts"`
	Contract      string     `json:"contract"`
	WageMin       float64    `json:"wage_min"`
	WageMax       float64    `json:"wage_max"`
	WagePeriod    string     `json:"wage_period"`
	ISCEDMin      *float64   `json:"isced_min"`
	ExperienceMin float64    `json:"experience_min"` // years
	Languages     []string   `json:"languages"`
	Licences      []string   `json:"licences"`
	Skills        []skill    `json:"skills"`
	StartsOn      string     `json:"starts_on"`
	OpenUntil     string     `json:"open_until"`
	FeeFree       *bool      `json:"fee_free"` // as declared for the whole file when missing
}

// vacancy reads a record as a vacancy to be imported, with codes resolved and
// words linked: above taxonomy.SureEnough, else they stay words.
func (c *codes) vacancy(ctx context.Context, body []byte, linker taxonomy.Linker) (employer.Imported, []Problem, error) {
	var in Vacancy
	if err := json.Unmarshal(body, &in); err != nil {
		return employer.Imported{}, []Problem{jsonProblem(err)}, nil
	}
	n := &notes{}
	lang := strings.ToLower(in.Language)
	if lang == "" {
		lang = "fr"
	}
	f := employer.VacancyFields{
		Title: in.Title, Description: in.Description, ClientName: in.Employer, Lang: lang, ISCO: in.ISCO,
		Posts: n.whole("posts", in.Posts), Contract: employer.ContractKind(in.Contract), WageMin: int64(n.whole("wage_min", in.WageMin)),
		WageMax: int64(n.whole("wage_max", in.WageMax)), WagePeriod: employer.WagePeriod(in.WagePeriod),
		ExperienceMonths: n.whole("experience_min", 12*in.ExperienceMin), StartsOn: n.date("starts_on", in.StartsOn),
		OpenUntil: n.date("open_until", in.OpenUntil), FeeFree: in.FeeFree == nil || *in.FeeFree,
	}
	if level := n.level("isced_min", in.ISCEDMin); level != nil {
		f.ISCEDMin = *level
	}
	f.PlaceCode = c.place(n, "place", in.Place)
	if in.Place == "" {
		f.PlaceCode = c.place(n, "region", in.Region)
	}
	if country := c.country(n, "country", in.Country); country != c.home {
		f.AbroadCountry = country
	}
	for i, code := range in.Languages {
		f.Languages = append(f.Languages, c.language(n, fmt.Sprintf("languages.%d", i), code))
	}
	for i, code := range in.Licences {
		f.Licences = append(f.Licences, c.licence(n, fmt.Sprintf("licences.%d", i), code))
	}
	out := employer.Imported{ExternalID: string(in.ID), Source: employer.SourceImport, Fields: f}
	guess, err := linker.Link(ctx, taxonomy.Occupation, lang, in.Title)
	if err != nil {
		return out, nil, err
	}
	if guess.Sure() && strings.HasPrefix(guess.ISCO, in.ISCO) {
		out.Fields.OccupationID, out.Fields.ISCO, out.LinkScore = guess.ConceptID, guess.ISCO, guess.Score
	}
	err = c.required(ctx, n, &out, in.Skills, linker)
	return out, n.list, err
}

// required takes the skills a vacancy asks for.
func (c *codes) required(ctx context.Context, n *notes, out *employer.Imported, list []skill, linker taxonomy.Linker) error {
	for i, s := range list {
		words, concept := c.skill(n, fmt.Sprintf("skills.%d", i), s, out.Fields.Lang)
		if words == "" {
			continue
		}
		score := chosen
		if concept.ID.IsZero() {
			guess, err := linker.Link(ctx, taxonomy.Skill, out.Fields.Lang, words)
			if err != nil {
				return err
			}
			if score = 0; guess.Sure() {
				concept.ID, score = guess.ConceptID, guess.Score
			}
		}
		out.Fields.Skills = append(out.Fields.Skills, employer.SkillField{
			Words: words, ConceptID: concept.ID, Importance: employer.Importance(s.Importance),
		})
		out.SkillScore = append(out.SkillScore, score)
	}
	return nil
}
