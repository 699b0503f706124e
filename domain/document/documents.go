package document

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Store keeps documents. Bodies are sealed where they are kept.
type Store interface {
	// LockDocuments makes whoever adds to a person's documents wait for each other.
	LockDocuments(ctx context.Context, tx domain.Tx, person domain.ID) error
	InsertDocument(ctx context.Context, tx domain.Tx, d Document, body []byte) error
	// DocumentsOf lists a person's documents, the newest first.
	DocumentsOf(ctx context.Context, tx domain.Tx, person domain.ID) ([]Document, error)
	// Body gives one document of a person with what it holds.
	Body(ctx context.Context, tx domain.Tx, person, id domain.ID) (Document, []byte, error)
	DeleteDocument(ctx context.Context, tx domain.Tx, person, id domain.ID) error
}

// People tells how the person stands to the actor.
type People interface {
	Facts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]access.Facts, error)
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx        domain.Transactor
	Store     Store
	People    People
	Allowance domain.Allowance
	Policy    access.Policy
	IDs       domain.IDs
	Clock     domain.Clock
}

// Documents are the use-cases on people's papers.
type Documents struct{ d Deps }

// NewDocuments wires the use-cases.
func NewDocuments(d Deps) *Documents { return &Documents{d: d} }

// may asks of a person whether the actor may do something to the documents.
// record is the document, for the trail; "" for all of them.
func (s *Documents) may(ctx context.Context, tx domain.Tx, actor domain.Actor, action access.Action, person, record domain.ID) error {
	found, err := s.d.People.Facts(ctx, tx, []domain.ID{person})
	if err != nil {
		return err
	}
	facts, ok := found[person]
	if !ok {
		return s.d.Policy.Unseen(tx, actor, action, person, domain.NotFound("document."+string(action)))
	}
	if record != "" {
		facts.RecordID = record
	}
	return s.d.Policy.Authorise(tx, actor, action, facts)
}

// List gives a person's documents, the newest first.
func (s *Documents) List(ctx context.Context, actor domain.Actor, person domain.ID) ([]Document, error) {
	var out []Document
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.may(ctx, tx, actor, access.DocumentRead, person, ""); err != nil {
			return err
		}
		var err error
		out, err = s.d.Store.DocumentsOf(ctx, tx, person)
		return err
	})
	return out, err
}

// AddDocument asks for a paper to be kept.
type AddDocument struct {
	PersonID domain.ID
	Kind     string // one of Kinds
	Title    string
	Body     []byte // as it was sent
}

// Add keeps a paper, cleaned. Over the day's number it is TooMany; over what is
// kept of one person, Conflict.
func (s *Documents) Add(ctx context.Context, actor domain.Actor, in AddDocument) (Document, error) {
	const op = "document.Add"
	if err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error { // before a picture costs anything
		return s.may(ctx, tx, actor, access.DocumentAdd, in.PersonID, "")
	}); err != nil {
		return Document{}, err
	}
	var wrong domain.Fields
	in.Title = strings.Join(strings.Fields(in.Title), " ")
	wrong.Check(slices.Contains(Kinds(), in.Kind), "kind", "error.choice")
	wrong.Check(utf8.ValidString(in.Title) && utf8.RuneCountInString(in.Title) <= MaxTitle, "title", "error.too_long", "Max", MaxTitle)
	if err := wrong.Err(op); err != nil {
		return Document{}, err
	}
	if err := s.d.Allowance.Spend(ctx, "documents", actor.UserID, PerDay, s.d.Clock.Now()); err != nil {
		return Document{}, err
	}
	body, format, err := Clean(in.Body)
	if err != nil {
		return Document{}, err
	}
	d := Document{
		ID: s.d.IDs.New(), PersonID: in.PersonID, Kind: in.Kind, Title: in.Title, Format: format, Size: len(body), AddedBy: actor.UserID, AddedAt: s.d.Clock.Now(),
	}
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Store.LockDocuments(ctx, tx, in.PersonID); err != nil {
			return err
		}
		if err := s.may(ctx, tx, actor, access.DocumentAdd, in.PersonID, d.ID); err != nil {
			return err
		}
		kept, err := s.d.Store.DocumentsOf(ctx, tx, in.PersonID)
		if err != nil {
			return err
		}
		if len(kept) >= PerPerson {
			return domain.Conflict(op, "error.document.many")
		}
		tx.Outcome("document", d.ID, 1)
		return s.d.Store.InsertDocument(ctx, tx, d, body)
	})
	if err != nil {
		return Document{}, err
	}
	return d, nil
}

// Open gives a paper with what it holds. Each opening by the desk is an entry
// of the trail.
func (s *Documents) Open(ctx context.Context, actor domain.Actor, person, id domain.ID) (Document, []byte, error) {
	var out Document
	var body []byte
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.may(ctx, tx, actor, access.DocumentOpen, person, id); err != nil {
			return err
		}
		var err error
		out, body, err = s.d.Store.Body(ctx, tx, person, id)
		return err
	})
	return out, body, err
}

// Remove destroys a paper; that it was there stays in the trail.
func (s *Documents) Remove(ctx context.Context, actor domain.Actor, person, id domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.may(ctx, tx, actor, access.DocumentRemove, person, id); err != nil {
			return err
		}
		tx.Outcome("document", id, 1)
		return s.d.Store.DeleteDocument(ctx, tx, person, id)
	})
}
