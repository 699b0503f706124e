package v1

import (
	"bytes"
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/exchange/sheet"
	"github.com/baara-platform/baara/domain/exchange/table"
)

// AuditEntry is one line of the audit trail: identifiers and references, never
// what a record says.
type AuditEntry struct {
	Chain          int       `json:"chain" doc:"Which of the chains it is in"`
	Seq            int64     `json:"seq" doc:"Its number in the chain, without gaps"`
	At             time.Time `json:"at"`
	ActorID        string    `json:"actor_id,omitempty"`
	ActorName      string    `json:"actor_name,omitempty" doc:"Of staff and employers' members; a jobseeker's never"`
	ActorRole      string    `json:"actor_role"`
	AgencyID       string    `json:"agency_id,omitempty" doc:"The actor's"`
	OrganisationID string    `json:"organisation_id,omitempty" doc:"The actor's"`
	Action         string    `json:"action" example:"case.read"`
	Allowed        bool      `json:"allowed"`
	Kind           string    `json:"kind" doc:"Of the record"`
	RecordID       string    `json:"record_id,omitempty"`
	Record         string    `json:"record,omitempty" doc:"The record's reference"`
	PersonID       string    `json:"person_id,omitempty" doc:"Whom the record is about"`
	Person         string    `json:"person,omitempty" doc:"The person's reference"`
	Reason         string    `json:"reason,omitempty"`
	RequestID      string    `json:"request_id,omitempty"`
	Hash           string    `json:"hash" doc:"Hex SHA-256 over the entry and the hash before"`
}

func auditEntryOut(e audit.Entry, names map[domain.ID]string) AuditEntry {
	return AuditEntry{
		Chain: e.Chain, Seq: e.Seq, At: e.At, ActorID: string(e.ActorID), ActorName: names[e.ActorID], ActorRole: string(e.ActorRole),
		AgencyID: string(e.AgencyID), OrganisationID: string(e.OrganisationID), Action: e.Action, Allowed: e.Allowed, Kind: e.Kind,
		RecordID: string(e.RecordID), Record: names[e.RecordID], PersonID: string(e.PersonID), Person: names[e.PersonID], Reason: e.Reason,
		RequestID: e.RequestID, Hash: hex.EncodeToString(e.Hash[:]),
	}
}

// AuditCheck is what became of reading the trail whole, or of noting its end.
type AuditCheck struct {
	Kind        string    `json:"kind" enum:"verify,anchor"`
	At          time.Time `json:"at"`
	MadeBy      string    `json:"made_by,omitempty" doc:"Missing when a command did"`
	Entries     int64     `json:"entries" doc:"That hold, or that the anchor covers"`
	Whole       bool      `json:"whole"`
	BrokenChain int       `json:"broken_chain,omitempty"`
	BrokenSeq   int64     `json:"broken_seq,omitempty"`
}

func auditCheckOut(c audit.Check) AuditCheck {
	out := AuditCheck{Kind: string(c.Kind), At: c.At, MadeBy: string(c.MadeBy), Entries: c.Entries, Whole: c.Broken == nil}
	if c.Broken != nil {
		out.BrokenChain, out.BrokenSeq = c.Broken.Chain, c.Broken.Seq
	}
	return out
}

// Export is a file that left.
type Export struct {
	ID          string    `json:"id"`
	Reference   string    `json:"reference" doc:"Stands in every line of the file too" example:"EXP-2026-00012"`
	Kind        string    `json:"kind" enum:"audit,case,account,copy"`
	MadeBy      string    `json:"made_by"`
	MadeRole    string    `json:"made_role"`
	AgencyID    string    `json:"agency_id,omitempty"`
	MadeAt      time.Time `json:"made_at"`
	Lines       int       `json:"lines"`
	Recipient   string    `json:"recipient,omitempty" doc:"Who got it"`
	AgreementID string    `json:"agreement_id,omitempty" doc:"The agreement under which it left the country"`
}

func exportOut(e domain.Export) Export {
	return Export{
		ID: string(e.ID), Reference: e.Reference, Kind: e.Kind, MadeBy: string(e.MadeBy), MadeRole: string(e.MadeRole),
		AgencyID: string(e.AgencyID), MadeAt: e.MadeAt, Lines: e.Lines, Recipient: e.Recipient, AgreementID: string(e.Agreement),
	}
}

// AuditFilter narrows the trail: parameters of a list, members of an export.
type AuditFilter struct {
	Who      string    `query:"who" json:"who,omitempty" maxLength:"80" doc:"Part of a name of staff or of an employer's member, or an account's id"`
	Role     string    `query:"role" json:"role,omitempty" maxLength:"40" doc:"The actor's"`
	AgencyID string    `query:"agency_id" json:"agency_id,omitempty" format:"uuid" doc:"The actor's"`
	Action   string    `query:"action" json:"action,omitempty" maxLength:"40" doc:"One act as case.read, or all on a noun as case"`
	About    string    `query:"about" json:"about,omitempty" maxLength:"80" doc:"Reference or id of a record or a person"`
	Decision string    `query:"decision" json:"decision,omitempty" enum:"allowed,refused"`
	From     time.Time `query:"from" json:"from,omitzero" doc:"The first moment"`
	Until    time.Time `query:"until" json:"until,omitzero" doc:"The moment after the last"`
}

func (f AuditFilter) domain() audit.Filter {
	out := audit.Filter{
		Who: f.Who, Role: domain.Role(f.Role), AgencyID: id(f.AgencyID), Action: f.Action, About: f.About, From: f.From.UTC(), Until: f.Until.UTC(),
	}
	if f.Decision != "" {
		allowed := f.Decision == "allowed"
		out.Allowed = &allowed
	}
	return out
}

func (a *API) mountAudit(g huma.API) {
	add(g, route{id: "list-audit", method: http.MethodGet, path: "/audit", summary: "The audit trail, newest first", tag: "audit"}, a.listAudit)
	add(g, route{id: "get-audit-entry", method: http.MethodGet, path: "/audit/{chain}/{seq}", summary: "One entry of the trail", tag: "audit"}, a.getAuditEntry)
	add(g, route{id: "list-audit-checks", method: http.MethodGet, path: "/audit/checks", summary: "When the trail was read whole and anchored", tag: "audit"}, a.listAuditChecks)
	add(g, route{id: "list-exports", method: http.MethodGet, path: "/audit/exports", summary: "What left in files", tag: "audit"}, a.listExports)
	add(g, route{id: "export-audit", method: http.MethodPost, path: "/audit/exports", summary: "Take the trail out as a table", tag: "audit", unkeyed: true, media: "text/csv",
		detail: "Each call is an export of its own, with its own number and a destination: a recipient in the country, or an agreement in force. Who asks has said again who they are: see /sessions/step-up."}, a.exportAudit)
}

type listAudit struct {
	Paging
	AuditFilter
}

func (a *API) listAudit(ctx context.Context, in *listAudit) (*list[AuditEntry], error) {
	found, err := a.Trail.List(ctx, edge.ActorFrom(ctx), in.AuditFilter.domain(), in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found.Listing, func(e audit.Entry) AuditEntry { return auditEntryOut(e, found.Names) }), nil
}

type auditPlace struct {
	Chain int   `path:"chain" minimum:"1" maximum:"32767"`
	Seq   int64 `path:"seq" minimum:"1"`
}

func (a *API) getAuditEntry(ctx context.Context, in *auditPlace) (*plain[AuditEntry], error) {
	e, err := a.Trail.Get(ctx, edge.ActorFrom(ctx), in.Chain, in.Seq)
	if err != nil {
		return nil, err
	}
	return &plain[AuditEntry]{Body: auditEntryOut(e.Entry, e.Names)}, nil
}

func (a *API) listAuditChecks(ctx context.Context, _ *struct{}) (*list[AuditCheck], error) {
	state, err := a.Trail.State(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return whole(append(state.Verified, state.Anchors...), auditCheckOut), nil
}

func (a *API) listExports(ctx context.Context, in *Paging) (*list[Export], error) {
	found, _, err := a.Trail.Exports(ctx, edge.ActorFrom(ctx), in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, exportOut), nil
}

// TakeAudit narrows what is taken out, and says where it goes.
type TakeAudit struct {
	AuditFilter
	Recipient   string `json:"recipient,omitempty" maxLength:"200" doc:"Who gets the file, inside the country"`
	AgreementID string `json:"agreement_id,omitempty" format:"uuid" doc:"The recorded agreement under which it leaves the country, instead of a recipient"`
}

type exportAudit struct {
	Body TakeAudit
}

// file is an answer to keep as a file.
type file struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy" hidden:"true"` // "" leaves the one every answer has
	Body        []byte
}

func (a *API) exportAudit(ctx context.Context, in *exportAudit) (*file, error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	user, _ := edge.UserFrom(ctx)
	var body bytes.Buffer
	var rows *table.Writer
	made, err := a.Trail.Export(ctx, edge.ActorFrom(ctx), in.Body.domain(), domain.Destination{Recipient: in.Body.Recipient, Agreement: id(in.Body.AgreementID)}, func(e domain.Export) func(audit.Entry, map[domain.ID]string) error {
		rows = table.NewWriter(&body, table.Comma, table.Mark{
			Number: e.Reference, Head: "export", Words: "Baara " + e.Reference + " " + e.MadeAt.Format(time.RFC3339) + " " + user.Name,
		}, sheet.Trail()...)
		return func(e audit.Entry, names map[domain.ID]string) error { return rows.Row(sheet.TrailRow(e, names)...) }
	})
	if err != nil {
		return nil, err
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	return &file{
		ContentType: "text/csv; charset=utf-8", Disposition: `attachment; filename="` + made.Reference + `.csv"`, Body: body.Bytes(),
	}, nil
}
