package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/document"
)

// Documents implements document.Store. Title and body are sealed with the key
// of the person they were added for.
type Documents struct{ db *DB }

// Documents keeps people's papers.
func (d *DB) Documents() Documents { return Documents{d} }

// The columns that are sealed, as associated data names them.
const (
	documentBody  = "documents.body"
	documentTitle = "documents.title"
)

type documentRow struct {
	ID        string
	PersonID  string
	SubjectID string
	Kind      string
	Format    string
	Size      int
	Title     []byte
	AddedBy   string
	AddedAt   time.Time
}

func (r documentRow) toDomain(title string) document.Document {
	return document.Document{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), Kind: r.Kind, Title: title, Format: document.Format(r.Format), Size: r.Size,
		AddedBy: domain.ID(r.AddedBy), AddedAt: r.AddedAt.UTC(),
	}
}

// closed seals bytes of a subject, who has or gets a key. Nothing stays nothing.
func (s Documents) closed(ctx context.Context, t domain.Tx, subject domain.ID, column string, plain []byte) ([]byte, error) {
	if len(plain) == 0 {
		return nil, nil
	}
	keys, err := s.db.vault.of(ctx, on(ctx, t), subject)
	if err != nil {
		return nil, err
	}
	if _, ok := keys[subject]; !ok {
		if keys, err = s.db.vault.create(ctx, t, subject); err != nil {
			return nil, err
		}
	}
	return keys[subject].Seal(plain, subject, column)
}

// opened is the way back; NotFound where the subject's key is gone.
func (s Documents) opened(ctx context.Context, t domain.Tx, subject domain.ID, column string, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	keys, err := s.db.vault.of(ctx, on(ctx, t), subject)
	if err != nil {
		return nil, err
	}
	key, ok := keys[subject]
	if !ok {
		return nil, domain.NotFound("store.Documents")
	}
	return key.Open(sealed, subject, column)
}

// LockDocuments implements document.Store.
func (Documents) LockDocuments(ctx context.Context, t domain.Tx, person domain.ID) error {
	return fault("store.LockDocuments", on(ctx, t).Exec(`SELECT pg_advisory_xact_lock(hashtextextended(? || ' documents', 0))`, string(person)).Error)
}

// InsertDocument implements document.Store.
func (s Documents) InsertDocument(ctx context.Context, t domain.Tx, d document.Document, body []byte) error {
	title, err := s.closed(ctx, t, d.PersonID, documentTitle, []byte(d.Title))
	if err != nil {
		return err
	}
	if body, err = s.closed(ctx, t, d.PersonID, documentBody, body); err != nil {
		return err
	}
	return fault("store.InsertDocument", on(ctx, t).Exec(`INSERT INTO documents (id, person_id, subject_id, kind, format, size, title, body, added_by, added_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, string(d.ID), string(d.PersonID), string(d.PersonID), d.Kind, string(d.Format), d.Size, title, body,
		string(d.AddedBy), d.AddedAt).Error)
}

const documentColumns = `id, person_id, subject_id, kind, format, size, title, added_by, added_at`

// DocumentsOf implements document.Store.
func (s Documents) DocumentsOf(ctx context.Context, t domain.Tx, person domain.ID) ([]document.Document, error) {
	var rows []documentRow
	err := on(ctx, t).Raw(`SELECT `+documentColumns+` FROM documents WHERE person_id = ? ORDER BY added_at DESC, id DESC`, string(person)).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.DocumentsOf", err)
	}
	out := make([]document.Document, len(rows))
	for i, r := range rows {
		title, err := s.opened(ctx, t, domain.ID(r.SubjectID), documentTitle, r.Title)
		if err != nil {
			return nil, err
		}
		out[i] = r.toDomain(string(title))
	}
	return out, nil
}

// Body implements document.Store.
func (s Documents) Body(ctx context.Context, t domain.Tx, person, id domain.ID) (document.Document, []byte, error) {
	var rows []struct {
		Row  documentRow `gorm:"embedded"`
		Body []byte
	}
	err := on(ctx, t).Raw(`SELECT `+documentColumns+`, body FROM documents WHERE person_id = ? AND id = ?`, string(person), string(id)).Scan(&rows).Error
	if err != nil {
		return document.Document{}, nil, fault("store.Document", err)
	}
	if len(rows) == 0 {
		return document.Document{}, nil, domain.NotFound("store.Document")
	}
	row := rows[0].Row
	title, err := s.opened(ctx, t, domain.ID(row.SubjectID), documentTitle, row.Title)
	if err != nil {
		return document.Document{}, nil, err
	}
	body, err := s.opened(ctx, t, domain.ID(row.SubjectID), documentBody, rows[0].Body)
	return row.toDomain(string(title)), body, err
}

// DeleteDocument implements document.Store.
func (Documents) DeleteDocument(ctx context.Context, t domain.Tx, person, id domain.ID) error {
	result := on(ctx, t).Exec(`DELETE FROM documents WHERE person_id = ? AND id = ?`, string(person), string(id))
	if result.Error == nil && result.RowsAffected == 0 {
		return domain.NotFound("store.DeleteDocument")
	}
	return fault("store.DeleteDocument", result.Error)
}
