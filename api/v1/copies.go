package v1

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain/exchange/owndata"
)

func (a *API) mountCopies(g huma.API) {
	add(g, route{id: "take-copy", method: http.MethodPost, path: "/jobseekers/{id}/copies", tag: "rights", unkeyed: true,
		summary: "A copy of all that is kept about somebody",
		detail: "To the person, and to the referent or the lead who hands it over. Each call is an export of its own, with its own number. " +
			"Who asks has said again who they are: see /sessions/step-up. What the copy holds is in docs/privacy.md; its format has a version of its own."}, a.takeCopy)
}

// ownCopy is an answer to keep as a file. It is no type of this API: see owndata.
type ownCopy struct {
	Disposition string `header:"Content-Disposition"`
	Body        json.RawMessage
}

func (a *API) takeCopy(ctx context.Context, in *ByID) (*ownCopy, error) {
	if _, err := a.Jobseekers.Get(ctx, edge.ActorFrom(ctx), in.id()); err != nil { // a record that is hidden is missing, whoever one is
		return nil, err
	}
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	made, err := a.Copies.Take(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	body, err := owndata.JSON(made)
	if err != nil {
		return nil, err
	}
	return &ownCopy{Disposition: `attachment; filename="` + made.Export.Reference + `.json"`, Body: body}, nil
}
