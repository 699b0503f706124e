package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// User is an account as its holder and administrators see it.
type User struct {
	ID             string     `json:"id"`
	Role           string     `json:"role"`
	Name           string     `json:"name"`
	Email          string     `json:"email,omitempty"`
	Phone          string     `json:"phone,omitempty" doc:"E.164"`
	Language       string     `json:"language"`
	PersonID       string     `json:"person_id,omitempty" doc:"A jobseeker's own record"`
	AgencyID       string     `json:"agency_id,omitempty"`
	OrganisationID string     `json:"organisation_id,omitempty"`
	CreatedAt      time.Time  `json:"created_at"`
	DisabledAt     *time.Time `json:"disabled_at,omitempty"`
	Version        int        `json:"version"`
}

func userOut(u identity.User) User {
	return User{
		ID: string(u.ID), Role: string(u.Role), Name: u.Name, Email: u.Email, Phone: u.Phone, Language: u.Language,
		PersonID: string(u.PersonID), AgencyID: string(u.AgencyID), OrganisationID: string(u.OrganisationID),
		CreatedAt: u.CreatedAt, DisabledAt: timeOut(u.DisabledAt), Version: u.Version,
	}
}

type createUser struct {
	Body struct {
		Role     string `json:"role" enum:"employer,counsellor,lead,analyst,administrator,data_protection"`
		Name     string `json:"name" minLength:"1" maxLength:"120"`
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" minLength:"10" maxLength:"200"`
		Language string `json:"language,omitempty" enum:"fr,en,pt,bm,ar"`
		AgencyID string `json:"agency_id,omitempty" format:"uuid"`
	}
}

type updateUser struct {
	ByID
	Precondition
	Body struct {
		Name     *string `json:"name,omitempty" minLength:"1" maxLength:"120"`
		Language *string `json:"language,omitempty" enum:"fr,en,pt,bm,ar"`
		Disabled *bool   `json:"disabled,omitempty"`
	}
}

type listUsers struct {
	Paging
	Role string `query:"role" enum:"jobseeker,employer,counsellor,lead,analyst,administrator,data_protection,api_client"`
}

func (a *API) mountUsers(g huma.API) {
	add(g, route{id: "get-me", method: http.MethodGet, path: "/users/me", summary: "The account that asks", tag: "users"}, a.getMe)
	add(g, route{id: "list-users", method: http.MethodGet, path: "/users", summary: "Accounts, by role", tag: "users"}, a.listUsers)
	add(g, route{id: "get-user", method: http.MethodGet, path: "/users/{id}", summary: "One account", tag: "users"}, a.getUser)
	add(g, route{id: "create-user", method: http.MethodPost, path: "/users", summary: "Create an account", tag: "users", status: http.StatusCreated}, a.createUser)
	add(g, route{id: "update-user", method: http.MethodPatch, path: "/users/{id}", summary: "Change an account", tag: "users", change: true}, a.updateUser)
}

func (a *API) getMe(ctx context.Context, _ *struct{}) (*one[User], error) {
	actor := edge.ActorFrom(ctx)
	u, err := a.Accounts.Get(ctx, actor, actor.UserID)
	if err != nil {
		return nil, err
	}
	return record(u.Version, userOut(u)), nil
}

func (a *API) listUsers(ctx context.Context, in *listUsers) (*list[User], error) {
	var filter identity.UserFilter
	if in.Role != "" {
		filter.Roles = []domain.Role{domain.Role(in.Role)}
	}
	found, err := a.Accounts.List(ctx, edge.ActorFrom(ctx), filter, in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, userOut), nil
}

func (a *API) getUser(ctx context.Context, in *ByID) (*one[User], error) {
	u, err := a.Accounts.Get(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return record(u.Version, userOut(u)), nil
}

func (a *API) createUser(ctx context.Context, in *createUser) (*one[User], error) {
	actor := edge.ActorFrom(ctx)
	u, err := a.Accounts.Create(ctx, actor, identity.NewUser{
		Role: domain.Role(in.Body.Role), Name: in.Body.Name, Email: in.Body.Email, Password: in.Body.Password,
		Language: in.Body.Language, AgencyID: domain.ID(in.Body.AgencyID),
	})
	if id, again := domain.Replayed(err); again {
		u, err = a.Accounts.Get(ctx, actor, id)
	}
	if err != nil {
		return nil, err
	}
	return created(u.Version, u.ID, "/users", userOut(u)), nil
}

func (a *API) updateUser(ctx context.Context, in *updateUser) (*one[User], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	actor := edge.ActorFrom(ctx)
	u, err := a.Accounts.Update(ctx, actor, identity.UpdateUser{
		ID: in.id(), Version: version, Name: in.Body.Name, Language: in.Body.Language, Disabled: in.Body.Disabled,
	})
	if id, again := domain.Replayed(err); again {
		u, err = a.Accounts.Get(ctx, actor, id)
	}
	if err != nil {
		return nil, err
	}
	return record(u.Version, userOut(u)), nil
}
