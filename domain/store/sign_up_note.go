package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

type signUpNoteRow struct {
	ID           string
	UserID       string
	AgencyID     *string
	Organisation string
	Contact      string
	Phone        string
	At           time.Time
}

func (signUpNoteRow) TableName() string { return "sign_up_notes" }

// notesShown bounds a list of notes.
const notesShown = 10

// InsertSignUpNote implements employer.SignUpNotes.
func (Organisations) InsertSignUpNote(ctx context.Context, t domain.Tx, n employer.SignUpNote) error {
	row := signUpNoteRow{
		ID: string(n.ID), UserID: string(n.UserID), AgencyID: nullID(n.AgencyID), Organisation: n.Organisation, Contact: n.Contact, Phone: n.Phone, At: n.At,
	}
	return fault("store.InsertSignUpNote", on(ctx, t).Create(&row).Error)
}

// SignUpNotes implements employer.SignUpNotes.
func (Organisations) SignUpNotes(ctx context.Context, t domain.Tx, account domain.ID) ([]employer.SignUpNote, error) {
	var rows []signUpNoteRow
	err := on(ctx, t).Where("user_id = ?", string(account)).Order("at DESC, id").Limit(notesShown).Find(&rows).Error
	out := make([]employer.SignUpNote, len(rows))
	for i, r := range rows {
		out[i] = employer.SignUpNote{
			ID: domain.ID(r.ID), UserID: domain.ID(r.UserID), AgencyID: idOf(r.AgencyID), Organisation: r.Organisation, Contact: r.Contact,
			Phone: r.Phone, At: r.At.UTC(),
		}
	}
	return out, fault("store.SignUpNotes", err)
}
