package v1

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// applicationAct is a use-case that needs no more than the application and words.
type applicationAct func(*placement.Applications, context.Context, domain.Actor, placement.Act) (placement.Application, error)

// mountApplicationActs registers the changes of an application's state.
func (a *API) mountApplicationActs(g huma.API) {
	path := func(name, summary string) route {
		return route{
			id: name + "-application", method: http.MethodPost, path: "/applications/{id}/" + name, summary: summary, tag: "applications",
			change: true, views: applicationViews(),
		}
	}
	act := func(name, summary string, do applicationAct) {
		add(g, path(name, summary), func(ctx context.Context, in *reasoned) (*view, error) {
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			return a.application(ctx)(do(a.Applications, ctx, edge.ActorFrom(ctx), placement.Act{ID: in.id(), Version: version, Reason: in.Body.Reason}))
		})
	}
	add(g, path("consent", "The person says yes to a proposal"), a.consentApplication)
	act("decline", "The person says no to a proposal or an offer", (*placement.Applications).Decline)
	act("send", "Pass an application on to the employer, who from now on knows who it is", (*placement.Applications).Send)
	act("see", "The employer looked", (*placement.Applications).See)
	act("interview", "The employer invites the person", (*placement.Applications).Interview)
	act("offer", "The employer offers the post", (*placement.Applications).Offer)
	add(g, path("refuse", "The employer does not want the person, and why"), a.refuseApplication)
	act("withdraw", "The person takes the application back", (*placement.Applications).Withdraw)
	hire := path("hire", "The person gets the post: vacancy, application, placement and case file move together")
	hire.views = nil
	hire.detail = "Of two who hire for the last post one succeeds. The other live applications stay as they are; close them with close-other-applications."
	add(g, hire, a.hireApplication)
}

type consentApplication struct {
	ByID
	Precondition
	Body struct {
		Mode           string `json:"mode,omitempty" enum:"oral,written,thumbprint,representative" doc:"How it was given, where staff record it; the person's own click needs none"`
		Language       string `json:"language,omitempty" maxLength:"35" doc:"Of the text that was read"`
		Witness        string `json:"witness,omitempty" maxLength:"120" doc:"Where it is not who records it"`
		Representative string `json:"representative,omitempty" maxLength:"120" doc:"Who agreed for the person; the guardian where it is left out"`
	}
}

func (a *API) consentApplication(ctx context.Context, in *consentApplication) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.application(ctx)(a.Applications.Consent(ctx, edge.ActorFrom(ctx), placement.Answer{
		Act: placement.Act{ID: in.id(), Version: version}, Mode: person.ConsentMode(in.Body.Mode),
		Language: in.Body.Language, Witness: in.Body.Witness, Representative: in.Body.Representative,
	}))
}

type refuseApplication struct {
	ByID
	Precondition
	Body struct {
		Why    string `json:"reason" enum:"skills,experience,education,language,licence,location,wage,availability,post_filled,no_show,other"`
		Reason string `json:"words,omitempty" maxLength:"500"`
	}
}

func (a *API) refuseApplication(ctx context.Context, in *refuseApplication) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.application(ctx)(a.Applications.Refuse(ctx, edge.ActorFrom(ctx), placement.Refuse{
		Act: placement.Act{ID: in.id(), Version: version, Reason: in.Body.Reason}, Why: placement.Refusal(in.Body.Why),
	}))
}

type hireApplication struct {
	ByID
	Precondition
	Body struct {
		StartsOn   string `json:"starts_on" format:"date"`
		EndsOn     string `json:"ends_on,omitempty" format:"date"`
		Kind       string `json:"kind,omitempty" enum:"permanent,fixed_term,daily,seasonal,internship,apprenticeship,public_works,self_employment,abroad" doc:"The vacancy's where missing"`
		Wage       int64  `json:"wage,omitempty" minimum:"0" doc:"Whole XOF"`
		WagePeriod string `json:"wage_period,omitempty" enum:"month,day,week,hour,year,task"`
		Reason     string `json:"reason,omitempty" maxLength:"500"`
	}
}

// Hired is what a hire made: where to read what it changed.
type Hired struct {
	Application string `json:"application_id"`
	Placement   string `json:"placement_id"`
	Vacancy     string `json:"vacancy_id"`
}

func (a *API) hireApplication(ctx context.Context, in *hireApplication) (*one[Hired], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	actor := edge.ActorFrom(ctx)
	done, err := a.Applications.Hire(ctx, actor, placement.Hire{
		Act:      placement.Act{ID: in.id(), Version: version, Reason: in.Body.Reason},
		StartsOn: day(in.Body.StartsOn), EndsOn: day(in.Body.EndsOn), Kind: employer.ContractKind(in.Body.Kind),
		Wage: in.Body.Wage, WagePeriod: employer.WagePeriod(in.Body.WagePeriod),
	})
	if id, repeated := domain.Replayed(err); repeated {
		done, err = a.hired(ctx, actor, id)
	}
	if err != nil {
		return nil, err
	}
	return record(done.Application.Version, Hired{
		Application: string(done.Application.ID), Placement: string(done.Placement.ID), Vacancy: string(done.Application.VacancyID),
	}), nil
}

// hired reads an earlier hire again.
func (a *API) hired(ctx context.Context, actor domain.Actor, of domain.ID) (placement.HireResult, error) {
	x, err := a.Applications.Get(ctx, actor, of)
	if err != nil {
		return placement.HireResult{}, err
	}
	rows, err := a.Placements.List(ctx, actor, placement.PlacementFilter{PersonID: x.PersonID, VacancyID: x.VacancyID}, domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return placement.HireResult{}, err
	}
	i := slices.IndexFunc(rows.Items, func(r placement.PlacementRow) bool { return r.Placement.ApplicationID == x.ID })
	if i < 0 {
		return placement.HireResult{}, domain.NotFound("v1.hired")
	}
	return placement.HireResult{Application: x, Placement: rows.Items[i].Placement}, nil
}
