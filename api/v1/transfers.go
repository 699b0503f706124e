package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// Transfer is the way of a registration and its files from one agency to
// another. Whom it is about is told to the agency that has the file alone.
type Transfer struct {
	ID        string     `json:"id"`
	Person    string     `json:"person_id,omitempty" doc:"Missing for the agency that has no file of the person"`
	Reference string     `json:"reference,omitempty"`
	Given     string     `json:"given,omitempty"`
	Family    string     `json:"family,omitempty"`
	From      string     `json:"from_agency_id"`
	To        string     `json:"to_agency_id"`
	Offered   bool       `json:"offered" doc:"By the agency that has the file; else asked by the other"`
	State     string     `json:"state" enum:"asked,offered,accepted,declined,withdrawn,lapsed"`
	Reason    string     `json:"reason"`
	OpenedBy  string     `json:"opened_by"`
	OpenedAt  time.Time  `json:"opened_at"`
	LapsesAt  time.Time  `json:"lapses_at"`
	DecidedBy string     `json:"decided_by,omitempty"`
	DecidedAt *time.Time `json:"decided_at,omitempty"`
	Answer    string     `json:"answer,omitempty" doc:"Why it was declined"`
	Version   int        `json:"version"`
}

func transferOut(r casework.TransferRow) Transfer {
	t := r.Transfer
	return Transfer{
		ID: string(t.ID), Person: string(t.PersonID), Reference: r.Reference, Given: r.Given, Family: r.Family, From: string(t.FromAgencyID),
		To: string(t.ToAgencyID), Offered: t.Offered, State: string(t.State), Reason: t.Reason, OpenedBy: string(t.OpenedBy), OpenedAt: t.OpenedAt,
		LapsesAt: t.LapsesAt, DecidedBy: string(t.DecidedBy), DecidedAt: timeOut(t.DecidedAt), Answer: t.Answer, Version: t.Version,
	}
}

func (a *API) mountTransfers(g huma.API) {
	const tag = "transfers"
	add(g, route{id: "list-transfers", method: http.MethodGet, path: "/transfers", tag: tag,
		summary: "Transfers from and to the reader's agency, the newest first"}, a.listTransfers)
	add(g, route{id: "get-transfer", method: http.MethodGet, path: "/transfers/{id}", summary: "One transfer", tag: tag}, a.getTransfer)
	add(g, route{id: "list-transfer-steps", method: http.MethodGet, path: "/transfers/{id}/history", tag: tag,
		summary: "What happened to a transfer, oldest first"}, a.transferSteps)
	add(g, route{id: "ask-transfer", method: http.MethodPost, path: "/transfers", status: http.StatusCreated, tag: tag,
		summary: "Ask another agency for the file of somebody found in the name register",
		detail:  "The hint comes with an answer of the name register. Until the other agency accepts, nothing of the file is told but that agency and the state."}, a.askTransfer)
	add(g, route{id: "offer-transfer", method: http.MethodPost, path: "/jobseekers/{id}/transfers", status: http.StatusCreated, tag: tag,
		summary: "Offer somebody's registration and files to another agency"}, a.offerTransfer)
	add(g, route{id: "accept-transfer", method: http.MethodPost, path: "/transfers/{id}/accept", change: true, tag: tag,
		summary: "Accept: registration and files move at once, and the agency before loses access"}, a.acceptTransfer)
	add(g, route{id: "decline-transfer", method: http.MethodPost, path: "/transfers/{id}/decline", change: true, tag: tag,
		summary: "Say no, with a reason"}, a.declineTransfer)
	add(g, route{id: "withdraw-transfer", method: http.MethodPost, path: "/transfers/{id}/withdraw", change: true, tag: tag,
		summary: "Take back what was asked or offered"}, a.withdrawTransfer)
}

type listTransfers struct {
	Paging
	Decided bool `query:"decided" doc:"Those that are decided instead of those that wait"`
}

func (a *API) listTransfers(ctx context.Context, in *listTransfers) (*list[Transfer], error) {
	found, err := a.Transfers.List(ctx, edge.ActorFrom(ctx), in.Decided, in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, transferOut), nil
}

func (a *API) getTransfer(ctx context.Context, in *ByID) (*one[Transfer], error) {
	row, err := a.Transfers.Get(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return record(row.Transfer.Version, transferOut(row)), nil
}

func (a *API) transferSteps(ctx context.Context, in *ByID) (*list[Step], error) {
	steps, err := a.Transfers.History(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(steps, stepOut), nil
}

// transferSettled gives the transfer an act made or changed, or had before.
func (a *API) transferSettled(ctx context.Context) func(casework.Transfer, error) (*one[Transfer], error) {
	return func(t casework.Transfer, err error) (*one[Transfer], error) {
		t, err = again(t, err, func(id domain.ID) (casework.Transfer, error) {
			row, err := a.Transfers.Get(ctx, edge.ActorFrom(ctx), id)
			return row.Transfer, err
		})
		if err != nil {
			return nil, err
		}
		return record(t.Version, transferOut(casework.TransferRow{Transfer: t})), nil
	}
}

// transferBegun is the same for a transfer that was made.
func (a *API) transferBegun(ctx context.Context) func(casework.Transfer, error) (*one[Transfer], error) {
	return func(t casework.Transfer, err error) (*one[Transfer], error) {
		out, err := a.transferSettled(ctx)(t, err)
		if err != nil {
			return nil, err
		}
		out.Location = Prefix + "/transfers/" + out.Body.ID
		return out, nil
	}
}

type askTransfer struct {
	Body struct {
		Hint   string `json:"hint" minLength:"1" maxLength:"200"`
		Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"In words, for the other agency"`
	}
}

func (a *API) askTransfer(ctx context.Context, in *askTransfer) (*one[Transfer], error) {
	return a.transferBegun(ctx)(a.Transfers.Ask(ctx, edge.ActorFrom(ctx), casework.AskTransfer{Hint: in.Body.Hint, Reason: in.Body.Reason}))
}

type offerTransfer struct {
	ByID
	Body struct {
		Agency string `json:"agency_id" format:"uuid"`
		Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"In words, for the other agency, which does not know whom it is about"`
	}
}

func (a *API) offerTransfer(ctx context.Context, in *offerTransfer) (*one[Transfer], error) {
	return a.transferBegun(ctx)(a.Transfers.Offer(ctx, edge.ActorFrom(ctx), casework.OfferTransfer{PersonID: in.id(), AgencyID: id(in.Body.Agency), Reason: in.Body.Reason}))
}

func (a *API) acceptTransfer(ctx context.Context, in *change) (*one[Transfer], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.transferSettled(ctx)(a.Transfers.Accept(ctx, edge.ActorFrom(ctx), casework.AnswerTransfer{ID: in.id(), Version: version}))
}

func (a *API) declineTransfer(ctx context.Context, in *reasoned) (*one[Transfer], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.transferSettled(ctx)(a.Transfers.Decline(ctx, edge.ActorFrom(ctx), casework.AnswerTransfer{ID: in.id(), Version: version, Reason: in.Body.Reason}))
}

func (a *API) withdrawTransfer(ctx context.Context, in *change) (*one[Transfer], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.transferSettled(ctx)(a.Transfers.Withdraw(ctx, edge.ActorFrom(ctx), casework.AnswerTransfer{ID: in.id(), Version: version}))
}
