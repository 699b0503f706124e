package casework

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// WriteNote is a note to be written. Amends names the note it corrects.
type WriteNote struct {
	CaseID     domain.ID
	Visibility string
	Contact    string // "" means none
	Body       string
	Amends     domain.ID
}

// WriteNote adds a note; one about a contact also moves the day of the last
// contact. An amendment keeps the visibility of what it amends.
func (s *Files) WriteNote(ctx context.Context, actor domain.Actor, in WriteNote) (Note, error) {
	const op = "casework.WriteNote"
	if in.Contact == "" {
		in.Contact = "none"
	}
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Body) != "", "body", "error.required")
	f.Check(len([]rune(in.Body)) <= MaxNote, "body", "error.too_long", "Max", MaxNote)
	f.Check(slices.Contains(ContactKinds(), in.Contact), "contact", "error.choice")
	f.Check(in.Amends != "" || slices.Contains([]string{VisibleFile, VisibleTeam, VisibleAuthor}, in.Visibility), "visibility", "error.choice")
	if err := f.Err(op); err != nil {
		return Note{}, err
	}
	now := s.d.Clock.Now()
	note := Note{
		ID: s.d.IDs.New(), CaseID: in.CaseID, AuthorID: actor.UserID, Visibility: in.Visibility,
		Contact: in.Contact, Body: strings.TrimSpace(in.Body), Amends: in.Amends, At: now,
	}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		c, err := s.d.Cases.CaseForUpdate(ctx, tx, in.CaseID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.CaseNote, in.CaseID, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.CaseNote, c.Facts()); err != nil {
			return err
		}
		if note.Amends != "" {
			amended, err := s.d.Notes.Note(ctx, tx, note.Amends)
			if err != nil {
				return err
			}
			if amended.CaseID != c.ID || !s.reads(actor, c, amended) {
				return domain.NotFound(op)
			}
			note.Visibility = amended.Visibility
		}
		if err := s.d.Notes.InsertNote(ctx, tx, note); err != nil {
			return err
		}
		if note.Contact != "none" {
			c.LastContactAt = now
			if err := s.d.Cases.SaveCase(ctx, tx, c); err != nil {
				return err
			}
		}
		tx.Outcome("note", note.ID, 1)
		return nil
	})
	if err != nil {
		return Note{}, err
	}
	return note, nil
}

// Notes lists what the actor may read of a file's notes, newest first.
func (s *Files) Notes(ctx context.Context, actor domain.Actor, id domain.ID) ([]Note, error) {
	var out []Note
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		c, err := s.readable(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		out, err = s.d.Notes.Notes(ctx, tx, s.noteQuery(actor, c))
		return err
	})
	return out, err
}

// noteQuery turns the policy into the query's visibilities. Jobseekers read
// their file, never its notes: those answer to the right of access.
func (s *Files) noteQuery(actor domain.Actor, c CaseFile) NoteQuery {
	q := NoteQuery{CaseID: c.ID, MovedAt: c.MovedAt}
	for visibility, action := range map[string]access.Action{
		VisibleFile: access.NoteReadFile, VisibleTeam: access.NoteReadTeam, VisibleAuthor: access.NoteReadAuthor,
	} {
		if s.d.Policy.Allows(actor, action, c.Facts()) {
			q.Visibilities = append(q.Visibilities, visibility)
		}
	}
	if s.d.Policy.Allows(actor, access.NoteReadAuthor, access.Facts{AuthorID: actor.UserID}) {
		q.Own = actor.UserID
	}
	return q
}

func (s *Files) reads(actor domain.Actor, c CaseFile, n Note) bool {
	q := s.noteQuery(actor, c)
	if q.Own != "" && q.Own == n.AuthorID {
		return true
	}
	return slices.Contains(q.Visibilities, n.Visibility) && (n.Visibility != VisibleAuthor || !n.At.Before(q.MovedAt))
}
