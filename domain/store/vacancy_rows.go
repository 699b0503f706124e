package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/text"
)

type vacancyRow struct {
	ID               string
	Reference        string
	OrganisationID   *string
	ClientName       string
	Source           string
	SourceDetail     string
	RecordedBy       *string
	AgencyID         *string
	Title            string
	Folded           string
	Description      string
	Lang             string
	OccupationID     *string
	LinkScore        int
	ISCO             *string `gorm:"column:isco"`
	Posts            int
	PostsFilled      int
	ContractKind     string
	WageMin          *int64
	WageMax          *int64
	WagePeriod       string
	PlaceCode        *string
	AbroadCountry    *string
	ISCEDMin         int `gorm:"column:isced_min"`
	ExperienceMonths int
	StartsOn         *time.Time
	OpenUntil        *time.Time
	FeeFree          bool
	State            string
	SuspendedFrom    *string
	Reason           string
	PublishedAt      *time.Time
	ConfirmedAt      *time.Time
	ExternalSource   *string
	ExternalID       *string
	Demo             bool
	CreatedAt        time.Time
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
	Version          int
}

func (vacancyRow) TableName() string { return "vacancies" }

func vacancyToRow(v employer.Vacancy) vacancyRow {
	return vacancyRow{
		ID: string(v.ID), Reference: v.Reference, OrganisationID: nullID(v.OrganisationID), ClientName: v.ClientName,
		Source: string(v.Source), SourceDetail: v.SourceDetail, RecordedBy: nullID(v.RecordedBy), AgencyID: nullID(v.AgencyID),
		Title: v.Title, Folded: text.Fold(v.Title + " " + v.ClientName + " " + v.Reference),
		Description: v.Description, Lang: v.Lang, OccupationID: nullID(v.OccupationID), LinkScore: v.LinkScore, ISCO: nullText(v.ISCO),
		Posts: v.Posts, PostsFilled: v.PostsFilled, ContractKind: string(v.Contract),
		WageMin: nullInt(v.WageMin), WageMax: nullInt(v.WageMax), WagePeriod: string(v.WagePeriod),
		PlaceCode: nullText(v.PlaceCode), AbroadCountry: nullText(v.AbroadCountry), ISCEDMin: v.ISCEDMin,
		ExperienceMonths: v.ExperienceMonths, StartsOn: nullDate(v.StartsOn), OpenUntil: nullDate(v.OpenUntil), FeeFree: v.FeeFree,
		State: string(v.State), SuspendedFrom: nullText(string(v.SuspendedFrom)), Reason: v.Reason,
		PublishedAt: nullTime(v.PublishedAt), ConfirmedAt: nullTime(v.ConfirmedAt),
		ExternalSource: nullText(v.ExternalSource), ExternalID: nullText(v.ExternalID), Demo: v.Demo,
		CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt, Version: v.Version,
	}
}

func (r vacancyRow) toDomain() employer.Vacancy {
	return employer.Vacancy{
		ID: domain.ID(r.ID), Reference: r.Reference, OrganisationID: idOf(r.OrganisationID), ClientName: r.ClientName,
		Source: employer.Source(r.Source), SourceDetail: r.SourceDetail, RecordedBy: idOf(r.RecordedBy), AgencyID: idOf(r.AgencyID),
		Title: r.Title, Description: r.Description, Lang: r.Lang, OccupationID: idOf(r.OccupationID), LinkScore: r.LinkScore,
		ISCO: textOf(r.ISCO), Posts: r.Posts, PostsFilled: r.PostsFilled, Contract: employer.ContractKind(r.ContractKind),
		WageMin: intOf(r.WageMin), WageMax: intOf(r.WageMax), WagePeriod: employer.WagePeriod(r.WagePeriod),
		PlaceCode: textOf(r.PlaceCode), AbroadCountry: textOf(r.AbroadCountry), ISCEDMin: r.ISCEDMin,
		ExperienceMonths: r.ExperienceMonths, StartsOn: dateOf(r.StartsOn), OpenUntil: dateOf(r.OpenUntil), FeeFree: r.FeeFree,
		State: domain.State(r.State), SuspendedFrom: domain.State(textOf(r.SuspendedFrom)), Reason: r.Reason,
		PublishedAt: timeOf(r.PublishedAt), ConfirmedAt: timeOf(r.ConfirmedAt),
		ExternalSource: textOf(r.ExternalSource), ExternalID: textOf(r.ExternalID), Demo: r.Demo,
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), Version: r.Version,
	}
}

type vacancySkillRow struct {
	VacancyID  string
	Position   int
	Words      string
	Folded     string
	ConceptID  *string
	LinkScore  int
	Importance string
}

func (vacancySkillRow) TableName() string { return "vacancy_skills" }

func (r vacancySkillRow) toDomain() employer.RequiredSkill {
	return employer.RequiredSkill{
		Words: r.Words, ConceptID: idOf(r.ConceptID), LinkScore: r.LinkScore, Importance: employer.Importance(r.Importance),
	}
}

type vacancyLanguageRow struct {
	VacancyID string
	Lang      string
}

func (vacancyLanguageRow) TableName() string { return "vacancy_languages" }

type vacancyLicenceRow struct {
	VacancyID string
	Category  string
}

func (vacancyLicenceRow) TableName() string { return "vacancy_licences" }

// vacancyParts are the rows that hang on vacancies.
type vacancyParts struct {
	skills    []vacancySkillRow
	languages []vacancyLanguageRow
	licences  []vacancyLicenceRow
}

func partsOf(vs ...employer.Vacancy) vacancyParts {
	var p vacancyParts
	for _, v := range vs {
		id := string(v.ID)
		for i, s := range v.Skills {
			p.skills = append(p.skills, vacancySkillRow{
				VacancyID: id, Position: i, Words: s.Words, Folded: text.Fold(s.Words), ConceptID: nullID(s.ConceptID),
				LinkScore: s.LinkScore, Importance: string(s.Importance),
			})
		}
		for _, lang := range v.Languages {
			p.languages = append(p.languages, vacancyLanguageRow{VacancyID: id, Lang: lang})
		}
		for _, category := range v.Licences {
			p.licences = append(p.licences, vacancyLicenceRow{VacancyID: id, Category: category})
		}
	}
	return p
}
