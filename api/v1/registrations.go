package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Registration makes a person a jobseeker of one agency.
type Registration struct {
	Person       string `json:"person_id"`
	Agency       string `json:"agency_id"`
	State        string `json:"state" enum:"quarantine,intake,active,lapsed,closed" doc:"quarantine: it came without proof of work"`
	RegisteredOn string `json:"registered_on" format:"date"`
	RenewBy      string `json:"renew_by,omitempty" format:"date"`
	ClosedReason string `json:"closed_reason,omitempty"`
}

func registrationOut(r person.Registration) Registration {
	return Registration{
		Person: string(r.PersonID), Agency: string(r.AgencyID), State: string(r.State),
		RegisteredOn: r.RegisteredOn.String(), RenewBy: r.RenewBy.String(), ClosedReason: r.ClosedReason,
	}
}

// Step is one change of state.
type Step struct {
	Transition string    `json:"transition"`
	From       string    `json:"from,omitempty"`
	To         string    `json:"to"`
	By         string    `json:"by,omitempty" doc:"The account"`
	Role       string    `json:"role"`
	Reason     string    `json:"reason,omitempty"`
	At         time.Time `json:"at"`
}

func stepOut(s domain.Step) Step {
	return Step{
		Transition: s.Transition, From: string(s.From), To: string(s.To), By: string(s.ActorID), Role: string(s.ActorRole),
		Reason: s.Reason, At: s.At,
	}
}

func (a *API) mountRegistrations(g huma.API) {
	add(g, route{id: "draft-registration", method: http.MethodPost, path: "/registrations/drafts", status: http.StatusCreated, tag: "registrations",
		summary: "Say who wants to register", public: true,
		detail: "Gives a token that opens the draft for 30 days. Nothing is registered until the draft is sent."}, a.draftRegistration)
	add(g, route{id: "register", method: http.MethodPost, path: "/registrations", status: http.StatusCreated, tag: "registrations",
		summary: "Send a draft: the person is registered and waits in the intake queue", public: true,
		detail: "Solve a challenge for register first and give the solution in Proof-Of-Work. Without it the registration waits in quarantine, and no message is sent."}, a.register)
	add(g, route{id: "get-registration", method: http.MethodGet, path: "/jobseekers/{id}/registration", summary: "A person's registration",
		tag: "registrations"}, a.getRegistration)
	add(g, route{id: "list-registration-steps", method: http.MethodGet, path: "/jobseekers/{id}/registration/history",
		summary: "How a registration came to its state, oldest first", tag: "registrations"}, a.registrationSteps)
	act := func(name, summary string, do registrationAct) {
		add(g, route{id: name + "-registration", method: http.MethodPost, path: "/jobseekers/{id}/registration/" + name, summary: summary,
			tag: "registrations", change: true}, a.changeRegistration(do))
	}
	act("clear", "Let somebody out of quarantine into the intake queue", (*person.Registrations).Clear)
	act("accept", "Take somebody from the intake queue", (*person.Registrations).Accept)
	act("renew", "Keep a registration active after a visit or a call", (*person.Registrations).Renew)
	act("close", "End a registration for a reason", (*person.Registrations).Close)
	act("reopen", "Make a closed registration active again", (*person.Registrations).Reopen)
}

type draftRegistration struct {
	Body struct {
		Profile
		HelperName  string   `json:"helper_name,omitempty" maxLength:"120" doc:"Who fills in the form for the person"`
		Consents    []string `json:"consents,omitempty" maxItems:"4" enum:"matching,follow_up,messages" doc:"Purposes the person agreed to"`
		TextVersion string   `json:"text_version,omitempty" enum:"2026-11,2026-11-27" doc:"Version of the consent texts that were shown"`
		Secret      string   `json:"secret,omitempty" maxLength:"100" doc:"The second thing only the person knows, for signing in by phone"`
	}
}

// RegistrationDraft opens a draft, to whoever holds it.
type RegistrationDraft struct {
	Draft string `json:"draft" doc:"Secret: keep it like a password"`
}

func (a *API) draftRegistration(ctx context.Context, in *draftRegistration) (*plain[RegistrationDraft], error) {
	b := in.Body
	p := b.Profile.toDomain()
	if err := a.chosen(ctx, p.Experience, p.Skills, p.Wishes); err != nil {
		return nil, err
	}
	// A draft is not a record to find again: a repeat makes another one, and
	// what is never sent is deleted.
	actor := edge.ActorFrom(ctx)
	actor.Once = domain.Once{}
	token, _, err := a.Drafts.Start(ctx, actor, language(ctx))
	if err != nil {
		return nil, err
	}
	_, err = a.Drafts.SaveStep(ctx, actor, person.SaveStep{
		Token: token, Step: "api", Secret: b.Secret,
		Answers: person.Answers{
			HelperName: b.HelperName, Identity: p.Identity, Contact: p.Contact, Population: p.Population, Schooling: p.Schooling,
			Experience: p.Experience, Skills: p.Skills, Languages: p.Languages, Licences: p.Licences, Mobility: p.Mobility, Wishes: p.Wishes,
			Consents: codes[string, person.Purpose](b.Consents), TextVersion: b.TextVersion,
		},
	})
	if err != nil {
		return nil, err
	}
	return &plain[RegistrationDraft]{Body: RegistrationDraft{Draft: token}}, nil
}

type register struct {
	Proven
	Body struct {
		Draft string `json:"draft" minLength:"1" maxLength:"100"`
	}
}

// Receipt is what somebody gets for having registered.
type Receipt struct {
	Reference    string `json:"reference" example:"ML-2026-00317"`
	Agency       string `json:"agency_id" doc:"The agency that will call"`
	RegisteredOn string `json:"registered_on" format:"date"`
	Quarantine   bool   `json:"quarantine" doc:"It came without proof of work: somebody looks at it first"`
}

func (a *API) register(ctx context.Context, in *register) (*plain[Receipt], error) {
	actor := edge.ActorFrom(ctx)
	r, err := a.Jobseekers.Register(ctx, actor, person.Send{Token: in.Body.Draft, Work: in.Work})
	r, err = again(r, err, func(domain.ID) (person.Receipt, error) { return a.Jobseekers.Receipt(ctx, actor, in.Body.Draft) })
	if err != nil {
		return nil, err
	}
	return &plain[Receipt]{Body: Receipt{
		Reference: r.Reference, Agency: string(r.AgencyID), RegisteredOn: r.RegisteredOn.String(),
		Quarantine: r.Quarantined,
	}}, nil
}

func (a *API) getRegistration(ctx context.Context, in *ByID) (*one[Registration], error) {
	r, err := a.Registrations.Of(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return record(r.Version, registrationOut(r)), nil
}

func (a *API) registrationSteps(ctx context.Context, in *ByID) (*list[Step], error) {
	actor := edge.ActorFrom(ctx)
	steps, err := a.Registrations.Steps(ctx, actor, in.id())
	if err != nil {
		return nil, err
	}
	return whole(steps, stepFor(actor)), nil
}

type registrationAct func(*person.Registrations, context.Context, domain.Actor, person.ChangeRegistration) (person.Registration, error)

func (a *API) changeRegistration(do registrationAct) func(context.Context, *reasoned) (*one[Registration], error) {
	return func(ctx context.Context, in *reasoned) (*one[Registration], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		actor := edge.ActorFrom(ctx)
		r, err := do(a.Registrations, ctx, actor, person.ChangeRegistration{PersonID: in.id(), Version: version, Reason: in.Body.Reason})
		r, err = again(r, err, func(id domain.ID) (person.Registration, error) { return a.Registrations.Of(ctx, actor, id) })
		if err != nil {
			return nil, err
		}
		return record(r.Version, registrationOut(r)), nil
	}
}
