package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/jobposting"
	"github.com/baara-platform/baara/domain/matchmaking"
)

func (a *API) mountVacancies(g huma.API) {
	tag := "vacancies"
	add(g, route{id: "list-vacancies", method: http.MethodGet, path: "/vacancies", summary: "Vacancies the reader may see, the last changed first", tag: tag,
		public: true, views: vacancyViews(), many: true}, a.listVacancies)
	add(g, route{id: "get-vacancy", method: http.MethodGet, path: "/vacancies/{id}", summary: "One vacancy", tag: tag, public: true,
		views: vacancyViews()}, a.getVacancy)
	add(g, route{id: "get-job-posting", method: http.MethodGet, path: "/vacancies/{id}/job-posting", tag: tag, public: true, media: jobposting.MediaType,
		summary: "A published vacancy as a schema.org JobPosting, in JSON-LD"}, a.jobPosting)
	add(g, route{id: "list-vacancy-steps", method: http.MethodGet, path: "/vacancies/{id}/history", tag: tag,
		summary: "How a vacancy came to its state, oldest first"}, a.vacancySteps)
	add(g, route{id: "create-vacancy", method: http.MethodPost, path: "/vacancies", summary: "Draft a vacancy", tag: tag,
		status: http.StatusCreated, views: vacancyViews()}, a.createVacancy)
	add(g, route{id: "record-vacancy", method: http.MethodPost, path: "/vacancies/recorded", tag: tag, status: http.StatusCreated, views: vacancyViews(),
		summary: "Record a vacancy phoned in, read in the paper or heard on the radio; it is published at once"}, a.recordVacancy)
	add(g, route{id: "update-vacancy", method: http.MethodPut, path: "/vacancies/{id}", summary: "Replace what a vacancy says", tag: tag,
		change: true, views: vacancyViews()}, a.updateVacancy)
}

type listVacancies struct {
	Paging
	View         string   `query:"view" enum:"public,organisation,agency,queue" doc:"queue: submitted or held, waiting for a counsellor"`
	State        []string `query:"state" maxItems:"20" enum:"draft,submitted,published,returned,held,suspended,partly_filled,filled,expired,withdrawn"`
	Organisation string   `query:"organisation" format:"uuid"`
	Place        string   `query:"place" maxLength:"40" doc:"This place and everything inside it"`
	Abroad       string   `query:"abroad_country" maxLength:"3"`
	Occupation   string   `query:"occupation" format:"uuid"`
	ISCO         string   `query:"isco" maxLength:"4" pattern:"^[0-9]*$" doc:"As a prefix: 71 finds 7112"`
	Contract     string   `query:"contract" enum:"permanent,fixed_term,daily,seasonal,internship,apprenticeship,public_works,self_employment,abroad"`
	Source       string   `query:"source" enum:"online,phone,newspaper,radio,visit,import,seed"`
	Words        string   `query:"words" maxLength:"200" doc:"In title, employer's name or reference"`
}

func (a *API) listVacancies(ctx context.Context, in *listVacancies) (*views, error) {
	found, err := a.Vacancies.List(ctx, edge.ActorFrom(ctx), employer.VacancyFilter{
		View: employer.View(in.View), States: codes[string, domain.State](in.State), OrganisationID: id(in.Organisation), PlaceCode: in.Place,
		AbroadCountry: in.Abroad, OccupationID: id(in.Occupation), ISCO: in.ISCO, Contract: employer.ContractKind(in.Contract),
		Source: employer.Source(in.Source), Words: in.Words,
	}, in.cursor())
	if err != nil {
		return nil, err
	}
	n, err := a.named(ctx, vacancyConcepts(found.Items...))
	if err != nil {
		return nil, err
	}
	to := n.vacancy(ctx)
	return listedViews(found, func(v employer.Vacancy) any {
		return to(matchmaking.ListedVacancy{Vacancy: v, Employer: v.ClientName})
	}), nil
}

func (a *API) getVacancy(ctx context.Context, in *ByID) (*view, error) {
	return a.vacancyOut(ctx, in.id())
}

// vacancyOut reads a vacancy for the reader, with its employer's name.
func (a *API) vacancyOut(ctx context.Context, of domain.ID) (*view, error) {
	found, err := a.readVacancy(ctx, of)
	if err != nil {
		return nil, err
	}
	n, err := a.named(ctx, vacancyConcepts(found.Vacancy))
	if err != nil {
		return nil, err
	}
	return record(found.Vacancy.Version, n.vacancy(ctx)(found)), nil
}

// readVacancy reads a vacancy with its employer's name. To a visitor one that is
// not public does not exist: signing in as who one likes would not show it.
func (a *API) readVacancy(ctx context.Context, of domain.ID) (matchmaking.ListedVacancy, error) {
	found, err := a.Matches.Vacancy(ctx, edge.ActorFrom(ctx), of)
	if domain.KindOf(err) == domain.KindUnauthenticated {
		err = domain.NotFound("v1.readVacancy")
	}
	return found, err
}

// jobPosting is an answer in JSON-LD.
type jobPosting struct {
	ContentType string `header:"Content-Type"`
	Body        map[string]any
}

func (a *API) jobPosting(ctx context.Context, in *ByID) (*jobPosting, error) {
	found, err := a.readVacancy(ctx, in.id())
	if err != nil {
		return nil, err
	}
	if !found.Vacancy.Public() {
		return nil, domain.NotFound("v1.jobPosting")
	}
	return &jobPosting{ContentType: jobposting.MediaType, Body: jobposting.Of(found.Vacancy, found.Employer, a.Places.Present())}, nil
}

// acted renders the vacancy an act changed, or had changed before.
func (a *API) acted(ctx context.Context) func(employer.Vacancy, error) (*view, error) {
	return func(v employer.Vacancy, err error) (*view, error) {
		of, err := again(v.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
		if err != nil {
			return nil, err
		}
		return a.vacancyOut(ctx, of)
	}
}

// made is acted for a new vacancy: it says where it is.
func (a *API) made(ctx context.Context) func(employer.Vacancy, error) (*view, error) {
	return func(v employer.Vacancy, err error) (*view, error) {
		of, err := again(v.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
		if err != nil {
			return nil, err
		}
		out, err := a.vacancyOut(ctx, of)
		if err != nil {
			return nil, err
		}
		out.Location = Prefix + "/vacancies/" + string(of)
		return out, nil
	}
}

func (a *API) vacancySteps(ctx context.Context, in *ByID) (*list[Step], error) {
	steps, err := a.Vacancies.History(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(steps, stepOut), nil
}

type createVacancy struct {
	Body struct {
		Organisation string `json:"organisation,omitempty" format:"uuid" doc:"The employer's own where missing"`
		Offer
	}
}

func (a *API) createVacancy(ctx context.Context, in *createVacancy) (*view, error) {
	return a.made(ctx)(a.Vacancies.Create(ctx, edge.ActorFrom(ctx), id(in.Body.Organisation), in.Body.Offer.toDomain()))
}

type recordVacancy struct {
	Body struct {
		Source       string `json:"source" enum:"phone,newspaper,radio,visit"`
		SourceDetail string `json:"source_detail,omitempty" maxLength:"200" doc:"Which newspaper, which broadcast, who called"`
		Organisation string `json:"organisation,omitempty" format:"uuid"`
		Offer
	}
}

func (a *API) recordVacancy(ctx context.Context, in *recordVacancy) (*view, error) {
	return a.made(ctx)(a.Vacancies.Record(ctx, edge.ActorFrom(ctx), employer.RecordVacancy{
		Source: employer.Source(in.Body.Source), SourceDetail: in.Body.SourceDetail, OrganisationID: id(in.Body.Organisation),
		Fields: in.Body.Offer.toDomain(),
	}))
}

func (a *API) updateVacancy(ctx context.Context, in *section[Offer]) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.acted(ctx)(a.Vacancies.Update(ctx, edge.ActorFrom(ctx), employer.UpdateVacancy{
		ID: in.id(), Version: version, Fields: in.Body.toDomain(),
	}))
}
