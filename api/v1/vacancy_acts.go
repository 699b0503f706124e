package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

// mountVacancyActs registers the changes of a vacancy's state.
func (a *API) mountVacancyActs(g huma.API) {
	path := func(name string) route {
		return route{
			id: name + "-vacancy", method: http.MethodPost, path: "/vacancies/{id}/" + name, tag: "vacancies", change: true, views: vacancyViews(),
		}
	}
	act := func(name, summary string, do vacancyAct) {
		r := path(name)
		r.summary = summary
		add(g, r, func(ctx context.Context, in *reasoned) (*view, error) {
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			return a.acted(ctx)(do(a.Vacancies, ctx, edge.ActorFrom(ctx), employer.VacancyAct{ID: in.id(), Version: version, Reason: in.Body.Reason}))
		})
	}
	act("submit", "Ask for publication; Baara publishes at once, or holds for a counsellor", (*employer.Vacancies).Submit)
	act("publish", "Make a vacancy public: a counsellor read it", (*employer.Vacancies).Publish)
	act("return", "Give a vacancy back to its employer with a reason", (*employer.Vacancies).Return)
	act("hold", "Keep a submitted vacancy back with a reason", (*employer.Vacancies).Hold)
	act("suspend", "Hide a public vacancy for a while", (*employer.Vacancies).Suspend)
	act("resume", "Show a suspended vacancy again, as it was", (*employer.Vacancies).Resume)
	act("withdraw", "End a vacancy that is not filled, for good", (*employer.Vacancies).Withdraw)
	act("fill-elsewhere", "Count a post as filled by somebody the service did not bring", (*employer.Vacancies).FillElsewhere)
	renew, raise := path("renew"), path("raise-posts")
	renew.summary = "Say that a vacancy is still open, until a new date or with none"
	add(g, renew, a.renewVacancy)
	raise.summary = "Offer more posts; a filled vacancy is open again"
	add(g, raise, a.raisePosts)
}

// vacancyAct is a use-case that needs no more than the vacancy and a reason.
type vacancyAct func(*employer.Vacancies, context.Context, domain.Actor, employer.VacancyAct) (employer.Vacancy, error)

type renewVacancy struct {
	ByID
	Precondition
	Body struct {
		OpenUntil string `json:"open_until,omitempty" format:"date"`
		Reason    string `json:"reason,omitempty" maxLength:"500"`
	}
}

func (a *API) renewVacancy(ctx context.Context, in *renewVacancy) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.acted(ctx)(a.Vacancies.Renew(ctx, edge.ActorFrom(ctx), employer.RenewVacancy{
		VacancyAct: employer.VacancyAct{ID: in.id(), Version: version, Reason: in.Body.Reason}, OpenUntil: day(in.Body.OpenUntil),
	}))
}

type raisePosts struct {
	ByID
	Precondition
	Body struct {
		Posts int `json:"posts" minimum:"1" maximum:"10000" doc:"The new number"`
	}
}

func (a *API) raisePosts(ctx context.Context, in *raisePosts) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.acted(ctx)(a.Vacancies.RaisePosts(ctx, edge.ActorFrom(ctx), employer.RaisePosts{
		VacancyAct: employer.VacancyAct{ID: in.id(), Version: version}, Posts: in.Body.Posts,
	}))
}
