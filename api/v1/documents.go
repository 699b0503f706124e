package v1

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/document"
)

// DocumentRecord is a paper of somebody, without what it holds.
type DocumentRecord struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind" enum:"diploma,certificate,work_reference,identity_card,other"`
	Title   string    `json:"title,omitempty" doc:"What it is, as said"`
	Format  string    `json:"format" enum:"pdf,jpeg,png" doc:"Of what is kept"`
	Size    int       `json:"size" doc:"Bytes of what is kept"`
	AddedAt time.Time `json:"added_at"`
}

func documentOut(d document.Document) DocumentRecord {
	return DocumentRecord{ID: string(d.ID), Kind: d.Kind, Title: d.Title, Format: string(d.Format), Size: d.Size, AddedAt: d.AddedAt}
}

// maxUpload is how large a request with a paper may be: base64 of one that is
// a little too large, so that it is told so.
const maxUpload = 8 << 20

// Upload tells the edge which requests bring a file, and how large they may be.
func Upload(r *http.Request) int64 {
	if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, Prefix+"/jobseekers/") && strings.HasSuffix(r.URL.Path, "/documents") {
		return maxUpload
	}
	return 0
}

func (a *API) mountDocuments(g huma.API) {
	const tag, of, one = "documents", "/jobseekers/{id}/documents", "/jobseekers/{id}/documents/{document}"
	add(g, route{id: "list-documents", method: http.MethodGet, path: of, tag: tag, summary: "Somebody's papers, the newest first"}, a.listDocuments)
	add(g, route{id: "add-document", method: http.MethodPost, path: of, tag: tag, status: http.StatusCreated, most: maxUpload, placeless: true, summary: "Keep a paper",
		detail: "A PDF, or a picture (JPEG, PNG), which is drawn anew without what the camera noted. At most 5 MB, 20 papers a person, 30 a day and account."}, a.addDocument)
	add(g, route{id: "open-document", method: http.MethodGet, path: one, tag: tag, media: "application/pdf image/jpeg image/png",
		summary: "What a paper holds, as an attachment; each opening by staff is an entry of the trail"}, a.openDocument)
	add(g, route{id: "remove-document", method: http.MethodDelete, path: one, tag: tag, status: http.StatusNoContent, summary: "Destroy a paper"}, a.removeDocument)
}

func (a *API) listDocuments(ctx context.Context, in *ByID) (*list[DocumentRecord], error) {
	found, err := a.Documents.List(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(found, documentOut), nil
}

type addDocument struct {
	ByID
	Body struct {
		Kind  string `json:"kind" enum:"diploma,certificate,work_reference,identity_card,other"`
		Title string `json:"title,omitempty" maxLength:"120" doc:"What it is, as said"`
		File  []byte `json:"file" doc:"What it holds, in base64"`
	}
}

func (a *API) addDocument(ctx context.Context, in *addDocument) (*plain[DocumentRecord], error) {
	actor := edge.ActorFrom(ctx)
	d, err := a.Documents.Add(ctx, actor, document.AddDocument{PersonID: in.id(), Kind: in.Body.Kind, Title: in.Body.Title, Body: in.Body.File})
	d, err = again(d, err, func(id domain.ID) (document.Document, error) { return a.document(ctx, actor, in.id(), id) })
	if err != nil {
		return nil, err
	}
	return &plain[DocumentRecord]{Body: documentOut(d)}, nil
}

// document finds one among somebody's papers.
func (a *API) document(ctx context.Context, actor domain.Actor, person, wanted domain.ID) (document.Document, error) {
	all, err := a.Documents.List(ctx, actor, person)
	if err != nil {
		return document.Document{}, err
	}
	i := slices.IndexFunc(all, func(d document.Document) bool { return d.ID == wanted })
	if i < 0 {
		return document.Document{}, domain.NotFound("v1.document")
	}
	return all[i], nil
}

type oneDocument struct {
	ByID
	Document string `path:"document" format:"uuid"`
}

func (a *API) openDocument(ctx context.Context, in *oneDocument) (*file, error) {
	d, body, err := a.Documents.Open(ctx, edge.ActorFrom(ctx), in.id(), id(in.Document))
	if err != nil {
		return nil, err
	}
	name := "document-" + string(d.ID)[len(d.ID)-6:] + d.Format.Extension()
	return &file{
		ContentType: d.Format.ContentType(), Disposition: `attachment; filename="` + name + `"`, Body: body,
		Policy: "default-src 'none'; frame-ancestors 'none'; sandbox", // whoever sent it
	}, nil
}

func (a *API) removeDocument(ctx context.Context, in *oneDocument) (*nothing, error) {
	actor := edge.ActorFrom(ctx)
	err := a.Documents.Remove(ctx, actor, in.id(), id(in.Document))
	_, err = again(document.Document{}, err, func(domain.ID) (document.Document, error) {
		_, err := a.Documents.List(ctx, actor, in.id())
		return document.Document{}, err
	})
	return nil, err
}
