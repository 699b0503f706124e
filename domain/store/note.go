package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// Notes implements casework.NoteStore. The application's role can insert and
// select notes, nothing else.
type Notes struct{}

// Notes keeps case notes.
func (d *DB) Notes() Notes { return Notes{} }

type noteRow struct {
	ID         string
	CaseID     string
	AuthorID   string
	Visibility string
	Contact    string
	Sealed     sealed // the body
	AmendsID   *string
	At         time.Time
	AuthorName string `gorm:"->;-:migration"`
	PersonID   string `gorm:"->;-:migration"`
}

const noteColumn = "notes.sealed"

func (noteRow) TableName() string { return "notes" }

func (r noteRow) subject() domain.ID { return domain.ID(r.PersonID) }

func (r noteRow) toDomain(o *opening) casework.Note {
	return casework.Note{
		ID: domain.ID(r.ID), CaseID: domain.ID(r.CaseID), AuthorID: domain.ID(r.AuthorID), AuthorName: r.AuthorName,
		Visibility: r.Visibility, Contact: r.Contact, Body: o.text(r.subject(), noteColumn, r.Sealed), Amends: idOf(r.AmendsID), At: r.At.UTC(),
	}
}

// InsertNote implements casework.NoteStore.
func (Notes) InsertNote(ctx context.Context, t domain.Tx, n casework.Note) error {
	body, err := sealBeside(ctx, t, "case", n.CaseID, noteColumn, n.Body)
	if err != nil {
		return err
	}
	row := noteRow{
		ID: string(n.ID), CaseID: string(n.CaseID), AuthorID: string(n.AuthorID), Visibility: n.Visibility,
		Contact: n.Contact, Sealed: body, AmendsID: nullID(n.Amends), At: n.At,
	}
	return fault("store.InsertNote", on(ctx, t).Omit("AuthorName", "PersonID").Create(&row).Error)
}

// Note implements casework.NoteStore.
func (Notes) Note(ctx context.Context, t domain.Tx, id domain.ID) (casework.Note, error) {
	var row noteRow
	err := notes(on(ctx, t)).Where("notes.id = ?", string(id)).Take(&row).Error
	if err != nil {
		return casework.Note{}, fault("store.Note", err)
	}
	o, err := openAll(ctx, t, []noteRow{row}, noteRow.subject)
	if err != nil {
		return casework.Note{}, err
	}
	return row.toDomain(o), o.err
}

// notes selects notes with their author's name and whose key opens them.
func notes(g *gorm.DB) *gorm.DB {
	return g.Table("notes").Select("notes.*, u.name AS author_name, rls.subject('case', notes.case_id) AS person_id").
		Joins("JOIN users u ON u.id = notes.author_id")
}

// Notes lists a file's notes of the granted visibilities and the reader's own.
func (Notes) Notes(ctx context.Context, t domain.Tx, q casework.NoteQuery) ([]casework.Note, error) {
	var rows []noteRow
	err := notes(on(ctx, t)).
		Where("notes.case_id = ?", string(q.CaseID)).
		Where("(notes.author_id = ? OR notes.visibility = ANY(?::text[]) AND (notes.visibility <> 'author' OR notes.at >= coalesce(?::timestamptz, '-infinity')))",
			nullID(q.Own), textArray(q.Visibilities), nullTime(q.MovedAt)).
		Order("notes.at DESC, notes.id DESC").Find(&rows).Error
	if err != nil {
		return nil, fault("store.Notes", err)
	}
	o, err := openAll(ctx, t, rows, noteRow.subject)
	if err != nil {
		return nil, err
	}
	out := make([]casework.Note, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain(o)
	}
	return out, o.err
}
