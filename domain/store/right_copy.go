package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/rights"
)

// Held implements rights.Store. What it reads is what row-level security leaves
// the actor: the person, or who serves her.
func (Rights) Held(ctx context.Context, t domain.Tx, person domain.ID) (rights.Held, error) {
	var out rights.Held
	for _, read := range []func(context.Context, domain.Tx, string, *rights.Held) error{
		heldFiles, heldNotes, heldMessages, heldAccount, heldRest,
	} {
		if err := read(ctx, t, string(person), &out); err != nil {
			return rights.Held{}, fault("store.Held", err)
		}
	}
	var err error
	out.Merged, err = heldMerged(ctx, t, person)
	return out, err
}

func heldFiles(ctx context.Context, t domain.Tx, person string, out *rights.Held) error {
	g := on(ctx, t)
	var rows []caseRow
	if err := g.Table("case_files").Where("person_id = ?", person).Order("opened_at").Find(&rows).Error; err != nil {
		return err
	}
	var needs []barrierRow
	if err := g.Raw(`SELECT b.case_id::text, b.kind, b.sealed FROM case_barriers b JOIN case_files f ON f.id = b.case_id WHERE f.person_id = ?
		ORDER BY b.case_id, b.kind`, person).Scan(&needs).Error; err != nil {
		return err
	}
	o, err := openAll(ctx, t, rows, func(r caseRow) domain.ID { return domain.ID(r.SubjectID) })
	if err != nil {
		return err
	}
	for _, r := range rows {
		var own []casework.Barrier
		for _, b := range needs {
			if b.CaseID == r.ID {
				own = append(own, casework.Barrier{Kind: b.Kind, Detail: o.text(domain.ID(r.SubjectID), barrierColumn, b.Sealed)})
			}
		}
		out.Files = append(out.Files, r.toDomain(own))
	}
	return o.err
}

// heldNotes gives the notes everybody on a file reads, and how many others
// there are. Who wrote them is not asked: accounts of staff are not the person's.
func heldNotes(ctx context.Context, t domain.Tx, person string, out *rights.Held) error {
	g := on(ctx, t)
	var rows []noteRow
	if err := g.Table("notes").Select("notes.*, '' AS author_name, rls.subject('case', case_id) AS person_id").
		Where("visibility = 'file' AND case_id IN (SELECT id FROM case_files WHERE person_id = ?)", person).Order("at, id").Find(&rows).Error; err != nil {
		return err
	}
	o, err := openAll(ctx, t, rows, noteRow.subject)
	if err != nil {
		return err
	}
	for _, r := range rows {
		out.Notes = append(out.Notes, r.toDomain(o))
	}
	if o.err != nil {
		return o.err
	}
	return g.Raw(`SELECT rls.notes_withheld(?)`, person).Scan(&out.NotesWithheld).Error
}

func heldMessages(ctx context.Context, t domain.Tx, person string, out *rights.Held) (err error) {
	var rows []messageRow
	if err := on(ctx, t).Where("person_id = ?", person).Order("created_at, id").Find(&rows).Error; err != nil {
		return err
	}
	out.Messages, err = messagesOf(ctx, t, rows)
	return err
}

// heldAccount reads the account and its devices: the person's own alone, since
// staff see no jobseeker's account.
func heldAccount(ctx context.Context, t domain.Tx, person string, out *rights.Held) error {
	g := on(ctx, t)
	var accounts []userRow
	if err := g.Select("id, person_id, phone, email, sealed, language, created_at").Where("person_id = ?", person).Find(&accounts).Error; err != nil {
		return err
	}
	o, err := openAll(ctx, t, accounts, userRow.subject)
	if err != nil {
		return err
	}
	for _, r := range accounts {
		u := r.toDomain(o)
		out.Account = rights.Account{Phone: u.Phone, Email: u.Email, Language: u.Language, CreatedAt: r.CreatedAt}
	}
	if o.err != nil {
		return o.err
	}
	var sessions []sessionRow
	if err := g.Where("user_id IN (SELECT id FROM users WHERE person_id = ?)", person).Order("created_at").Find(&sessions).Error; err != nil {
		return err
	}
	for _, s := range sessions {
		out.Sessions = append(out.Sessions, rights.Session{Device: s.Device, CreatedAt: s.CreatedAt.UTC(), LastSeen: s.LastSeenAt.UTC(), EndedAt: timeOf(s.KilledAt)})
	}
	return nil
}

func heldRest(ctx context.Context, t domain.Tx, person string, out *rights.Held) error {
	g := on(ctx, t)
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
