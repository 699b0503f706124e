package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

// OrganisationFields is what is said about an employer.
type OrganisationFields struct {
	Kind        string `json:"kind" enum:"company,workshop,bureau,public,ngo,household"`
	LegalName   string `json:"legal_name" minLength:"1" maxLength:"200"`
	TradeName   string `json:"trade_name,omitempty" maxLength:"200"`
	RCCM        string `json:"rccm,omitempty" maxLength:"60" doc:"Trade register number; workshops may have none"`
	NIF         string `json:"nif,omitempty" maxLength:"60" doc:"Tax number"`
	ISIC        string `json:"isic,omitempty" maxLength:"2" doc:"Section letter or division, Rev.4"`
	Size        string `json:"size,omitempty" enum:"1,2-9,10-49,50-249,250+,unknown"`
	Place       string `json:"place,omitempty" maxLength:"40"`
	Address     string `json:"address,omitempty" maxLength:"500"`
	ContactName string `json:"contact_name,omitempty" maxLength:"200"`
	Phone       string `json:"phone,omitempty" maxLength:"40" doc:"E.164"`
	Email       string `json:"email,omitempty" maxLength:"254"`
}

func (f OrganisationFields) toDomain() employer.OrganisationFields {
	return employer.OrganisationFields{
		Kind: employer.OrganisationKind(f.Kind), LegalName: f.LegalName, TradeName: f.TradeName, RCCM: f.RCCM, NIF: f.NIF, ISIC: f.ISIC,
		Size: f.Size, PlaceCode: f.Place, Address: f.Address, ContactName: f.ContactName, Phone: f.Phone, Email: f.Email,
	}
}

func organisationFields(f employer.OrganisationFields) OrganisationFields {
	return OrganisationFields{
		Kind: string(f.Kind), LegalName: f.LegalName, TradeName: f.TradeName, RCCM: f.RCCM, NIF: f.NIF, ISIC: f.ISIC,
		Size: f.Size, Place: f.PlaceCode, Address: f.Address, ContactName: f.ContactName, Phone: f.Phone, Email: f.Email,
	}
}

// OrganisationOwn is an employer as its members see it.
type OrganisationOwn struct {
	View      string `json:"view" enum:"own"`
	ID        string `json:"id"`
	Reference string `json:"reference" example:"EN-2026-00012"`
	OrganisationFields
	Verification string    `json:"verification" enum:"pending,first,verified,refused"`
	Refusal      string    `json:"refusal,omitempty"`
	CreatedAt    time.Time `json:"created_at"`
}

// OrganisationStaff is an employer as the service's staff see it.
type OrganisationStaff struct {
	View      string `json:"view" enum:"staff"`
	ID        string `json:"id"`
	Reference string `json:"reference" example:"EN-2026-00012"`
	OrganisationFields
	Verification string     `json:"verification" enum:"pending,first,verified,refused"`
	Refusal      string     `json:"refusal,omitempty"`
	FirstBy      string     `json:"first_by,omitempty" doc:"Account of the first verifier"`
	FirstAt      *time.Time `json:"first_at,omitempty"`
	SecondBy     string     `json:"second_by,omitempty" doc:"Another member of staff"`
	SecondAt     *time.Time `json:"second_at,omitempty"`
	Agency       string     `json:"agency_id,omitempty" doc:"Looks after it"`
	Unproven     bool       `json:"unproven,omitempty" doc:"It signed up without proof of work"`
	Stopped      bool       `json:"stopped,omitempty" doc:"An open complaint holds it back from people"`
	Demo         bool       `json:"demo,omitempty"`
	CreatedAt    time.Time  `json:"created_at"`
	UpdatedAt    time.Time  `json:"updated_at"`
}

// organisationOut chooses the shape for the reader.
func organisationOut(ctx context.Context) func(employer.Organisation) any {
	if edge.ActorFrom(ctx).ForEmployer() {
		return func(o employer.Organisation) any {
			return OrganisationOwn{
				View: "own", ID: string(o.ID), Reference: o.Reference, OrganisationFields: organisationFields(o.Fields()),
				Verification: string(o.Verification), Refusal: o.Refusal, CreatedAt: o.CreatedAt,
			}
		}
	}
	return func(o employer.Organisation) any {
		return OrganisationStaff{
			View: "staff", ID: string(o.ID), Reference: o.Reference, OrganisationFields: organisationFields(o.Fields()),
			Verification: string(o.Verification), Refusal: o.Refusal, FirstBy: string(o.FirstBy), FirstAt: timeOut(o.FirstAt),
			SecondBy: string(o.SecondBy), SecondAt: timeOut(o.SecondAt), Agency: string(o.AgencyID), Demo: o.Demo, Unproven: o.Unproven, Stopped: o.Stopped,
			CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt,
		}
	}
}

func (a *API) mountOrganisations(g huma.API) {
	shapes := []any{OrganisationOwn{}, OrganisationStaff{}}
	add(g, route{id: "sign-up-employer", method: http.MethodPost, path: "/organisations/sign-up", status: http.StatusAccepted, public: true,
		summary: "Ask for an employer's account", tag: "employers",
		detail: "The answer is the same whether or not the address has an account; one that has keeps its password. Solve a challenge for sign_up first and give " +
			"the solution in Proof-Of-Work. Without it nobody can verify the employer for a day."}, a.signUp)
	add(g, route{id: "list-organisations", method: http.MethodGet, path: "/organisations", summary: "Employers, the newest first", tag: "employers",
		views: shapes, many: true}, a.listOrganisations)
	add(g, route{id: "get-organisation", method: http.MethodGet, path: "/organisations/{id}", summary: "One employer", tag: "employers",
		views: shapes}, a.getOrganisation)
	add(g, route{id: "create-organisation", method: http.MethodPost, path: "/organisations", status: http.StatusCreated,
		summary: "Record an employer somebody met or telephoned with", tag: "employers", views: shapes}, a.createOrganisation)
	add(g, route{id: "update-organisation", method: http.MethodPut, path: "/organisations/{id}", summary: "Change an employer", tag: "employers",
		change: true, views: shapes}, a.updateOrganisation)
	add(g, route{id: "verify-organisation", method: http.MethodPost, path: "/organisations/{id}/verify", change: true, views: shapes, tag: "employers",
		summary: "Say that the employer is real; two different members of staff must"}, a.verifyOrganisation)
	add(g, route{id: "refuse-organisation", method: http.MethodPost, path: "/organisations/{id}/refuse", change: true, views: shapes, tag: "employers",
		summary: "Say that the employer is not what it claims"}, a.refuseOrganisation)
}

type signUp struct {
	Proven
	Body struct {
		Organisation OrganisationFields `json:"organisation"`
		Account      struct {
			Name     string `json:"name" minLength:"1" maxLength:"120"`
			Email    string `json:"email" minLength:"1" maxLength:"254"`
			Phone    string `json:"phone,omitempty" maxLength:"40" doc:"E.164"`
			Password string `json:"password" minLength:"10" maxLength:"200"`
			Language string `json:"language,omitempty" enum:"fr,en,pt,bm,ar"`
		} `json:"account"`
	}
}

// SignedUp is what signing up answers, always: sign in to see the rest.
type SignedUp struct {
	Recorded bool `json:"recorded"`
}

func (a *API) signUp(ctx context.Context, in *signUp) (*plain[SignedUp], error) {
	account := in.Body.Account
	_, err := a.Organisations.SignUp(ctx, edge.ActorFrom(ctx), employer.SignUp{
		Organisation: in.Body.Organisation.toDomain(), Name: account.Name, Email: account.Email, Phone: account.Phone,
		Password: account.Password, Language: account.Language, Work: in.Work,
	})
	if _, repeated := domain.Replayed(err); err != nil && !repeated {
		return nil, err
	}
	return &plain[SignedUp]{Body: SignedUp{Recorded: true}}, nil
}

type listOrganisations struct {
	Paging
	Verification []string `query:"verification" maxItems:"20" enum:"pending,first,verified,refused"`
	Agency       string   `query:"agency" format:"uuid"`
	Words        string   `query:"words" maxLength:"200" doc:"In the names, the reference or the register numbers"`
}

func (a *API) listOrganisations(ctx context.Context, in *listOrganisations) (*views, error) {
	found, err := a.Organisations.List(ctx, edge.ActorFrom(ctx), employer.OrganisationFilter{
		Verification: codes[string, employer.Verification](in.Verification), AgencyID: id(in.Agency), Words: in.Words,
	}, in.cursor())
	if err != nil {
		return nil, err
	}
	return listedViews(found, organisationOut(ctx)), nil
}

func (a *API) getOrganisation(ctx context.Context, in *ByID) (*view, error) {
	return a.organisation(ctx)(a.Organisations.Get(ctx, edge.ActorFrom(ctx), in.id()))
}

// organisation renders what an act on an employer gave, or what an earlier,
// identical one had given.
func (a *API) organisation(ctx context.Context) func(employer.Organisation, error) (*view, error) {
	return func(o employer.Organisation, err error) (*view, error) {
		o, err = again(o, err, func(id domain.ID) (employer.Organisation, error) {
			return a.Organisations.Get(ctx, edge.ActorFrom(ctx), id)
		})
		if err != nil {
			return nil, err
		}
		return record(o.Version, organisationOut(ctx)(o)), nil
	}
}

type organisationBody struct{ Body OrganisationFields }

func (a *API) createOrganisation(ctx context.Context, in *organisationBody) (*view, error) {
	o, err := a.Organisations.Create(ctx, edge.ActorFrom(ctx), in.Body.toDomain())
	o, err = again(o, err, func(id domain.ID) (employer.Organisation, error) {
		return a.Organisations.Get(ctx, edge.ActorFrom(ctx), id)
	})
	if err != nil {
		return nil, err
	}
	return created(o.Version, o.ID, "/organisations", organisationOut(ctx)(o)), nil
}

func (a *API) updateOrganisation(ctx context.Context, in *section[OrganisationFields]) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.organisation(ctx)(a.Organisations.Update(ctx, edge.ActorFrom(ctx), employer.UpdateOrganisation{
		ID: in.id(), Version: version, Fields: in.Body.toDomain(),
	}))
}

func (a *API) verifyOrganisation(ctx context.Context, in *change) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.organisation(ctx)(a.Organisations.Verify(ctx, edge.ActorFrom(ctx), employer.VerifyOrganisation{ID: in.id(), Version: version}))
}

func (a *API) refuseOrganisation(ctx context.Context, in *reasoned) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.organisation(ctx)(a.Organisations.Refuse(ctx, edge.ActorFrom(ctx), employer.RefuseOrganisation{
		ID: in.id(), Version: version, Reason: in.Body.Reason,
	}))
}
