package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/rights"
)

// Held implements rights.Store. What it reads is what row-level security leaves
// the actor: the person, or who serves her.
func (Rights) Held(ctx context.Context, t domain.Tx, person domain.ID) (rights.Held, error) {
	g := on(ctx, t)
	var out rights.Held
	for _, read := range []func(*gorm.DB, string, *rights.Held) error{
		heldFiles, heldNotes, heldMessages, heldAccount, heldRest,
	} {
		if err := read(g, string(person), &out); err != nil {
			return rights.Held{}, fault("store.Held", err)
		}
	}
	var err error
	out.Merged, err = heldMerged(ctx, t, person)
	return out, err
}

func heldFiles(g *gorm.DB, person string, out *rights.Held) error {
	var rows []caseRow
	if err := g.Table("case_files").Where("person_id = ?", person).Order("opened_at").Find(&rows).Error; err != nil {
		return err
	}
	var barriers []struct{ CaseID, Kind, Detail string }
	if err := g.Raw(`SELECT b.case_id::text, b.kind, b.detail FROM case_barriers b JOIN case_files f ON f.id = b.case_id WHERE f.person_id = ?
		ORDER BY b.case_id, b.kind`, person).Scan(&barriers).Error; err != nil {
		return err
	}
	for _, r := range rows {
		var own []casework.Barrier
		for _, b := range barriers {
			if b.CaseID == r.ID {
				own = append(own, casework.Barrier{Kind: b.Kind, Detail: b.Detail})
			}
		}
		out.Files = append(out.Files, r.toDomain(own))
	}
	return nil
}

// heldNotes gives the notes everybody on a file reads, and how many others
// there are. Who wrote them is not asked: accounts of staff are not the person's.
func heldNotes(g *gorm.DB, person string, out *rights.Held) error {
	var rows []noteRow
	if err := g.Table("notes").Select("notes.*, '' AS author_name").Where("visibility = 'file' AND case_id IN (SELECT id FROM case_files WHERE person_id = ?)", person).
		Order("at, id").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		out.Notes = append(out.Notes, r.toDomain())
	}
	return g.Raw(`SELECT rls.notes_withheld(?)`, person).Scan(&out.NotesWithheld).Error
}

func heldMessages(g *gorm.DB, person string, out *rights.Held) error {
	var rows []messageRow
	if err := g.Where("person_id = ?", person).Order("created_at, id").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		m, err := r.toDomain()
		if err != nil {
			return err
		}
		out.Messages = append(out.Messages, m)
	}
	return nil
}

// heldAccount reads the account and its devices: the person's own alone, since
// staff see no jobseeker's account.
func heldAccount(g *gorm.DB, person string, out *rights.Held) error {
	var account struct {
		Phone, Email *string
		Language     string
		CreatedAt    time.Time
	}
	if err := g.Raw(`SELECT phone, email, language, created_at FROM users WHERE person_id = ?`, person).Scan(&account).Error; err != nil {
		return err
	}
	out.Account = rights.Account{Phone: textOf(account.Phone), Email: textOf(account.Email), Language: account.Language, CreatedAt: account.CreatedAt}
	var sessions []sessionRow
	if err := g.Where("user_id IN (SELECT id FROM users WHERE person_id = ?)", person).Order("created_at").Find(&sessions).Error; err != nil {
		return err
	}
	for _, s := range sessions {
		out.Sessions = append(out.Sessions, rights.Session{Device: s.Device, CreatedAt: s.CreatedAt.UTC(), LastSeen: s.LastSeenAt.UTC(), EndedAt: timeOf(s.KilledAt)})
	}
	return nil
}

func heldRest(g *gorm.DB, person string, out *rights.Held) error {
	var agencies []struct{ ID, Name string }
	if err := g.Raw(`SELECT id::text, name FROM agencies`).Scan(&agencies).Error; err != nil {
		return err
	}
	out.Agencies = make(map[domain.ID]string, len(agencies))
	for _, a := range agencies {
		out.Agencies[domain.ID(a.ID)] = a.Name
	}
	var objections []struct {
		Purpose string
		Since   time.Time
	}
	if err := g.Raw(`SELECT purpose, since FROM objections WHERE person_id = ? ORDER BY since`, person).Scan(&objections).Error; err != nil {
		return err
	}
	for _, o := range objections {
		out.Objections = append(out.Objections, rights.Objected{Purpose: o.Purpose, Since: o.Since.UTC()})
	}
	var shown []struct {
		Day      time.Time
		Employer string
	}
	if err := g.Raw(`SELECT day, employer FROM rls.shown_to(?)`, person).Scan(&shown).Error; err != nil {
		return err
	}
	for _, s := range shown {
		out.Shown = append(out.Shown, rights.Shown{Day: domain.DateOf(s.Day), Employer: s.Employer})
	}
	return nil
}
