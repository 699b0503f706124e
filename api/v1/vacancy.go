package v1

import (
	"context"
	"time"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matchmaking"
)

// Offer is what is said about a vacancy, and what everybody may read of a
// published one. Words stay as said; without a chosen concept they are linked
// where the link is sure enough.
type Offer struct {
	ClientName       string          `json:"client_name,omitempty" maxLength:"200" doc:"The employer where it has no account, or a bureau's client"`
	Title            string          `json:"title" minLength:"1" maxLength:"200"`
	Description      string          `json:"description,omitempty" maxLength:"6000"`
	Lang             string          `json:"lang,omitempty" maxLength:"3" doc:"Language of title and description"`
	Occupation       string          `json:"occupation,omitempty" format:"uuid" doc:"A concept of the taxonomy"`
	OccupationName   string          `json:"occupation_name,omitempty" readOnly:"true"`
	ISCO             string          `json:"isco,omitempty" maxLength:"4"`
	Posts            int             `json:"posts,omitempty" minimum:"1" maximum:"10000" doc:"1 where missing"`
	Contract         string          `json:"contract,omitempty" enum:"permanent,fixed_term,daily,seasonal,internship,apprenticeship,public_works,self_employment,abroad"`
	WageMin          int64           `json:"wage_min,omitempty" minimum:"0" doc:"Whole XOF"`
	WageMax          int64           `json:"wage_max,omitempty" minimum:"0"`
	WagePeriod       string          `json:"wage_period,omitempty" enum:"month,day,week,hour,year,task"`
	Place            string          `json:"place,omitempty" maxLength:"40"`
	AbroadCountry    string          `json:"abroad_country,omitempty" maxLength:"3" doc:"ISO 3166-1 alpha-3, instead of a place"`
	ISCEDMin         int             `json:"isced_min,omitempty" minimum:"0" maximum:"8"`
	ExperienceMonths int             `json:"experience_months,omitempty" minimum:"0" maximum:"600"`
	StartsOn         string          `json:"starts_on,omitempty" format:"date"`
	OpenUntil        string          `json:"open_until,omitempty" format:"date"`
	FeeFree          bool            `json:"fee_free,omitempty" doc:"The employer declares that workers are charged nothing"`
	Skills           []RequiredSkill `json:"skills,omitempty" maxItems:"60"`
	Languages        []string        `json:"languages,omitempty" maxItems:"20"`
	Licences         []string        `json:"licences,omitempty" maxItems:"20"`
}

// RequiredSkill is a skill a vacancy asks for.
type RequiredSkill struct {
	Words       string `json:"words" minLength:"1" maxLength:"200"`
	Concept     string `json:"concept,omitempty" format:"uuid"`
	ConceptName string `json:"concept_name,omitempty" readOnly:"true"`
	Importance  string `json:"importance,omitempty" enum:"essential,optional"`
}

func (o Offer) toDomain() employer.VacancyFields {
	return employer.VacancyFields{
		ClientName: o.ClientName, Title: o.Title, Description: o.Description, Lang: o.Lang, OccupationID: id(o.Occupation), ISCO: o.ISCO,
		Posts: o.Posts, Contract: employer.ContractKind(o.Contract), WageMin: o.WageMin, WageMax: o.WageMax,
		WagePeriod: employer.WagePeriod(o.WagePeriod), PlaceCode: o.Place, AbroadCountry: o.AbroadCountry, ISCEDMin: o.ISCEDMin,
		ExperienceMonths: o.ExperienceMonths, StartsOn: day(o.StartsOn), OpenUntil: day(o.OpenUntil), FeeFree: o.FeeFree,
		Languages: o.Languages, Licences: o.Licences,
		Skills: each(o.Skills, func(s RequiredSkill) employer.SkillField {
			return employer.SkillField{Words: s.Words, ConceptID: id(s.Concept), Importance: employer.Importance(s.Importance)}
		}),
	}
}

func (n names) offer(v employer.Vacancy) Offer {
	return Offer{
		ClientName: v.ClientName, Title: v.Title, Description: v.Description, Lang: v.Lang, Occupation: string(v.OccupationID),
		OccupationName: n.name(v.OccupationID), ISCO: v.ISCO, Posts: v.Posts, Contract: string(v.Contract), WageMin: v.WageMin, WageMax: v.WageMax,
		WagePeriod: string(v.WagePeriod), Place: v.PlaceCode, AbroadCountry: v.AbroadCountry, ISCEDMin: v.ISCEDMin,
		ExperienceMonths: v.ExperienceMonths, StartsOn: v.StartsOn.String(), OpenUntil: v.OpenUntil.String(), FeeFree: v.FeeFree,
		Languages: v.Languages, Licences: v.Licences,
		Skills: each(v.Skills, func(s employer.RequiredSkill) RequiredSkill {
			return RequiredSkill{Words: s.Words, Concept: string(s.ConceptID), ConceptName: n.name(s.ConceptID), Importance: string(s.Importance)}
		}),
	}
}

// VacancyPublic is a published vacancy as everybody sees it.
type VacancyPublic struct {
	View      string `json:"view" enum:"public"`
	ID        string `json:"id"`
	Reference string `json:"reference" example:"OF-2026-00481"`
	Employer  string `json:"employer,omitempty"`
	Offer
	PostsLeft   int        `json:"posts_left"`
	PublishedAt *time.Time `json:"published_at,omitempty"`
}

// VacancyOwn is a vacancy as the employer that offers it sees it.
type VacancyOwn struct {
	View      string `json:"view" enum:"own"`
	ID        string `json:"id"`
	Reference string `json:"reference" example:"OF-2026-00481"`
	Offer
	VacancyLife
}

// VacancyStaff is a vacancy as the service's staff see it.
type VacancyStaff struct {
	View      string `json:"view" enum:"staff"`
	ID        string `json:"id"`
	Reference string `json:"reference" example:"OF-2026-00481"`
	Employer  string `json:"employer,omitempty" doc:"Missing in lists"`
	Offer
	VacancyLife
	Organisation string `json:"organisation_id,omitempty" doc:"Missing for a vacancy recorded without an account"`
	Agency       string `json:"agency_id,omitempty"`
	Source       string `json:"source" enum:"online,phone,newspaper,radio,visit,import,seed"`
	SourceDetail string `json:"source_detail,omitempty"`
	RecordedBy   string `json:"recorded_by,omitempty"`
	Demo         bool   `json:"demo,omitempty"`
}

// VacancyLife is where a vacancy stands.
type VacancyLife struct {
	State       string     `json:"state" enum:"draft,submitted,published,returned,held,suspended,partly_filled,filled,expired,withdrawn"`
	Reason      string     `json:"reason,omitempty" doc:"Why it was returned, held or suspended: words, or the codes fee and unverified"`
	PostsFilled int        `json:"posts_filled"`
	PostsLeft   int        `json:"posts_left"`
	PublishedAt *time.Time `json:"published_at,omitempty"`
	ConfirmedAt *time.Time `json:"confirmed_at,omitempty" doc:"The employer last said that it is still open"`
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`
}

func lifeOf(v employer.Vacancy) VacancyLife {
	return VacancyLife{
		State: string(v.State), Reason: v.Reason, PostsFilled: v.PostsFilled, PostsLeft: v.PostsLeft(),
		PublishedAt: timeOut(v.PublishedAt), ConfirmedAt: timeOut(v.ConfirmedAt), CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
	}
}

func vacancyViews() []any { return []any{VacancyPublic{}, VacancyOwn{}, VacancyStaff{}} }

func vacancyConcepts(vs ...employer.Vacancy) []domain.ID {
	var out []domain.ID
	for _, v := range vs {
		out = append(out, v.OccupationID)
		for _, s := range v.Skills {
			out = append(out, s.ConceptID)
		}
	}
	return out
}

// vacancy chooses the shape for the reader: the desk sees all of it, an
// employer its own, everybody else what is public.
func (n names) vacancy(ctx context.Context) func(matchmaking.ListedVacancy) any {
	actor := edge.ActorFrom(ctx)
	return func(l matchmaking.ListedVacancy) any {
		v := l.Vacancy
		own := actor.ForEmployer() && v.OrganisationID != "" && v.OrganisationID == actor.OrganisationID
		switch {
		case actor.Role == domain.RoleCounsellor || actor.Role == domain.RoleLead || actor.Role == domain.RoleAdministrator:
			return VacancyStaff{
				View: "staff", ID: string(v.ID), Reference: v.Reference, Employer: l.Employer, Offer: n.offer(v), VacancyLife: lifeOf(v),
				Organisation: string(v.OrganisationID), Agency: string(v.AgencyID), Source: string(v.Source), SourceDetail: v.SourceDetail,
				RecordedBy: string(v.RecordedBy), Demo: v.Demo,
			}
		case own:
			return VacancyOwn{View: "own", ID: string(v.ID), Reference: v.Reference, Offer: n.offer(v), VacancyLife: lifeOf(v)}
		}
		return n.publicVacancy(l)
	}
}

func (n names) publicVacancy(l matchmaking.ListedVacancy) VacancyPublic {
	v := l.Vacancy
	return VacancyPublic{
		View: "public", ID: string(v.ID), Reference: v.Reference, Employer: l.Employer, Offer: n.offer(v),
		PostsLeft: v.PostsLeft(), PublishedAt: timeOut(v.PublishedAt),
	}
}
