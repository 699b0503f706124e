package v1

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// Plan is a file's goals and actions, the open and soonest first. Every act on
// it answers with the whole plan.
type Plan struct {
	Goals   []Goal   `json:"goals"`
	Actions []Action `json:"actions"`
	Next    string   `json:"next,omitempty" doc:"The open action that is due first"`
}

// Goal is what the person and the counsellor work towards.
type Goal struct {
	ID         string      `json:"id"`
	Words      string      `json:"words"`
	Occupation *ConceptRef `json:"occupation,omitempty"`
	DueOn      string      `json:"due_on,omitempty" format:"date"`
	State      string      `json:"state" enum:"open,reached,dropped"`
	Version    int         `json:"version" doc:"For If-Match, in quotes"`
}

// Action is one thing somebody does by a day.
type Action struct {
	ID      string     `json:"id"`
	Goal    string     `json:"goal_id,omitempty"`
	Words   string     `json:"words"`
	Doer    string     `json:"doer" enum:"jobseeker,counsellor,partner"`
	DueOn   string     `json:"due_on,omitempty" format:"date"`
	State   string     `json:"state" enum:"open,done,dropped"`
	DoneAt  *time.Time `json:"done_at,omitempty"`
	Version int        `json:"version" doc:"For If-Match, in quotes"`
}

func actionOut(x casework.Action) Action {
	return Action{
		ID: string(x.ID), Goal: string(x.GoalID), Words: x.Words, Doer: x.Doer, DueOn: x.DueOn.String(), State: x.State,
		DoneAt: timeOut(x.DoneAt), Version: x.Version,
	}
}

func (a *API) mountPlans(g huma.API) {
	path := func(id, method, path, summary string, status int) route {
		return route{id: id, method: method, path: "/cases/{id}" + path, summary: summary, tag: "plans", status: status}
	}
	add(g, path("get-plan", http.MethodGet, "/plan", "A file's goals and actions", 0), a.getPlan)
	add(g, path("add-goal", http.MethodPost, "/goals", "Add a goal, with its first action", http.StatusCreated), a.addGoal)
	add(g, path("add-action", http.MethodPost, "/actions", "Add an action", http.StatusCreated), a.addAction)
	goal := path("settle-goal", http.MethodPost, "/goals/{item}/settle", "Say how a goal ended, or open it again; If-Match is the goal's version", 0)
	goal.change = true
	add(g, goal, a.settleGoal)
	action := path("settle-action", http.MethodPost, "/actions/{item}/settle", "Say how an action ended, or open it again; If-Match is the action's version", 0)
	action.change = true
	add(g, action, a.settleAction)
}

func (a *API) getPlan(ctx context.Context, in *ByID) (*plain[Plan], error) {
	return a.planOut(ctx, in.id())
}

func (a *API) planOut(ctx context.Context, of domain.ID) (*plain[Plan], error) {
	p, err := a.Files.Plan(ctx, edge.ActorFrom(ctx), of)
	if err != nil {
		return nil, err
	}
	var concepts []domain.ID
	for _, goal := range p.Goals {
		concepts = append(concepts, goal.OccupationID)
	}
	n, err := a.named(ctx, concepts)
	if err != nil {
		return nil, err
	}
	out := Plan{Actions: each(p.Actions, actionOut), Goals: each(p.Goals, func(goal casework.Goal) Goal {
		return Goal{
			ID: string(goal.ID), Words: goal.Words, Occupation: n.of(goal.OccupationID), DueOn: goal.DueOn.String(), State: goal.State,
			Version: goal.Version,
		}
	})}
	if next, ok := p.Next(); ok {
		out.Next = string(next.ID)
	}
	return &plain[Plan]{Body: out}, nil
}

// planned answers an act on a plan, or a repeat of it.
func (a *API) planned(ctx context.Context, of domain.ID, err error) (*plain[Plan], error) {
	if _, repeated := domain.Replayed(err); err != nil && !repeated {
		return nil, err
	}
	return a.planOut(ctx, of)
}

// NewAction is an action to be added.
type NewAction struct {
	Words string `json:"words" minLength:"1" maxLength:"500"`
	Doer  string `json:"doer" enum:"jobseeker,counsellor,partner"`
	DueOn string `json:"due_on,omitempty" format:"date"`
}

func (n NewAction) toDomain(of domain.ID) casework.AddAction {
	return casework.AddAction{CaseID: of, Words: n.Words, Doer: n.Doer, DueOn: day(n.DueOn)}
}

type addGoal struct {
	ByID
	Body struct {
		Words      string     `json:"words" minLength:"1" maxLength:"500"`
		Occupation string     `json:"occupation,omitempty" format:"uuid"`
		DueOn      string     `json:"due_on,omitempty" format:"date"`
		First      *NewAction `json:"first,omitempty" doc:"The first action towards it"`
	}
}

func (a *API) addGoal(ctx context.Context, in *addGoal) (*plain[Plan], error) {
	goal := casework.AddGoal{CaseID: in.id(), Words: in.Body.Words, OccupationID: id(in.Body.Occupation), DueOn: day(in.Body.DueOn)}
	if in.Body.First != nil {
		goal.First = in.Body.First.toDomain(in.id())
	}
	_, err := a.Files.AddGoal(ctx, edge.ActorFrom(ctx), goal)
	return a.planned(ctx, in.id(), err)
}

type addAction struct {
	ByID
	Body struct {
		NewAction
		Goal string `json:"goal_id,omitempty" format:"uuid"`
	}
}

func (a *API) addAction(ctx context.Context, in *addAction) (*plain[Plan], error) {
	action := in.Body.NewAction.toDomain(in.id())
	action.GoalID = id(in.Body.Goal)
	_, err := a.Files.AddAction(ctx, edge.ActorFrom(ctx), action)
	return a.planned(ctx, in.id(), err)
}

// OnItem names a goal or an action of a file.
type OnItem struct {
	ByID
	Precondition
	Item string `path:"item" format:"uuid"`
}

// inPlan refuses an address that puts a goal or an action into another file.
func (a *API) inPlan(ctx context.Context, in OnItem) error {
	p, err := a.Files.Plan(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return err
	}
	item := id(in.Item)
	if !slices.ContainsFunc(p.Goals, func(g casework.Goal) bool { return g.ID == item }) &&
		!slices.ContainsFunc(p.Actions, func(x casework.Action) bool { return x.ID == item }) {
		return domain.NotFound("v1.inPlan")
	}
	return nil
}

type settleGoal struct {
	OnItem
	Body struct {
		State string `json:"state" enum:"open,reached,dropped"`
	}
}

func (a *API) settleGoal(ctx context.Context, in *settleGoal) (*plain[Plan], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	if err := a.inPlan(ctx, in.OnItem); err != nil {
		return nil, err
	}
	_, err = a.Files.SettleGoal(ctx, edge.ActorFrom(ctx), casework.SettleGoal{ID: id(in.Item), Version: version, State: in.Body.State})
	return a.planned(ctx, in.id(), err)
}

type settleAction struct {
	OnItem
	Body struct {
		State string `json:"state" enum:"open,done,dropped"`
	}
}

func (a *API) settleAction(ctx context.Context, in *settleAction) (*plain[Plan], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	if err := a.inPlan(ctx, in.OnItem); err != nil {
		return nil, err
	}
	_, err = a.Files.Settle(ctx, edge.ActorFrom(ctx), casework.SettleAction{ID: id(in.Item), Version: version, State: in.Body.State})
	return a.planned(ctx, in.id(), err)
}
