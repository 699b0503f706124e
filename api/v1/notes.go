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

// Note is what somebody of the desk wrote into a file. It is never changed; an
// amendment names the note it corrects.
type Note struct {
	ID         string    `json:"id"`
	Author     string    `json:"author_id"`
	AuthorName string    `json:"author_name,omitempty"`
	Visibility string    `json:"visibility" enum:"file,team,author"`
	Contact    string    `json:"contact" enum:"none,call,visit,sms,interview"`
	Body       string    `json:"body"`
	Amends     string    `json:"amends,omitempty"`
	At         time.Time `json:"at"`
}

func noteOut(n casework.Note) Note {
	return Note{
		ID: string(n.ID), Author: string(n.AuthorID), AuthorName: n.AuthorName, Visibility: n.Visibility, Contact: n.Contact,
		Body: n.Body, Amends: string(n.Amends), At: n.At,
	}
}

func (a *API) mountNotes(g huma.API) {
	add(g, route{id: "list-notes", method: http.MethodGet, path: "/cases/{id}/notes", summary: "What the reader may read of a file's notes, newest first",
		tag: "notes"}, a.listNotes)
	add(g, route{id: "write-note", method: http.MethodPost, path: "/cases/{id}/notes", status: http.StatusCreated,
		summary: "Write a note, or amend one", tag: "notes"}, a.writeNote)
}

func (a *API) listNotes(ctx context.Context, in *ByID) (*list[Note], error) {
	found, err := a.Files.Notes(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(found, noteOut), nil
}

type writeNote struct {
	ByID
	Body struct {
		Visibility string `json:"visibility,omitempty" enum:"file,team,author" doc:"Everybody on the file, the agency's team, or author and lead; an amendment keeps that of the note it amends"`
		Contact    string `json:"contact,omitempty" enum:"none,call,visit,sms,interview"`
		Body       string `json:"body" minLength:"1" maxLength:"10000"`
		Amends     string `json:"amends,omitempty" format:"uuid"`
	}
}

func (a *API) writeNote(ctx context.Context, in *writeNote) (*plain[Note], error) {
	actor := edge.ActorFrom(ctx)
	note, err := a.Files.WriteNote(ctx, actor, casework.WriteNote{
		CaseID: in.id(), Visibility: in.Body.Visibility, Contact: in.Body.Contact, Body: in.Body.Body, Amends: id(in.Body.Amends),
	})
	written, err := again(note.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
	if err != nil {
		return nil, err
	}
	all, err := a.Files.Notes(ctx, actor, in.id())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(n casework.Note) bool { return n.ID == written })
	if i < 0 {
		return nil, domain.NotFound("v1.writeNote")
	}
	return &plain[Note]{Body: noteOut(all[i])}, nil
}
