package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// heldBy are what keeps a person's data from being removed, in the order it is
// told: conditions over p (the person), r (a request left aside) and the time.
var heldBy = []struct {
	hold      rights.Hold
	condition string
}{
	{rights.HeldByLaw, `EXISTS (SELECT 1 FROM legal_holds h WHERE h.person_id = @p AND h.lifted_at IS NULL)`},
	{rights.HeldByRequest, `EXISTS (SELECT 1 FROM rights_requests h WHERE h.person_id = @p AND h.state IN ('received','in_progress','confirmed') AND h.id IS DISTINCT FROM @r)`},
	{rights.HeldByComplaint, `EXISTS (SELECT 1 FROM complaints h WHERE h.person_id = @p AND h.state = 'open')`},
	{rights.HeldByEmergency, `EXISTS (SELECT 1 FROM emergencies h WHERE h.person_id = @p AND h.ended_at IS NULL AND h.until > @at)`},
	{rights.HeldByTransfer, `EXISTS (SELECT 1 FROM transfers h WHERE h.person_id = @p AND h.state IN ('asked','offered'))`},
}

// Holds implements rights.Store. It is asked as Baara: a complaint or an
// emergency may lie at another agency.
func (Rights) Holds(ctx context.Context, t domain.Tx, person, request domain.ID, at time.Time) ([]rights.Hold, error) {
	var out []rights.Hold
	for _, h := range heldBy {
		var held bool
		named := map[string]any{"p": nullID(person), "r": nullID(request), "at": at}
		if err := on(ctx, t).Raw(`SELECT `+h.condition, named).Scan(&held).Error; err != nil {
			return nil, fault("store.Holds", err)
		}
		if held {
			out = append(out, h.hold)
		}
	}
	return out, nil
}

const holdColumn = "legal_holds.sealed"

// InsertHold implements rights.Store.
func (Rights) InsertHold(ctx context.Context, t domain.Tx, h rights.LegalHold) error {
	reason, err := sealOne(ctx, t, h.PersonID, holdColumn, h.Reason)
	if err != nil {
		return err
	}
	return fault("store.InsertHold", on(ctx, t).Exec(`INSERT INTO legal_holds (id, person_id, sealed, placed_by, placed_at) VALUES (?, ?, ?, ?, ?)`,
		string(h.ID), string(h.PersonID), reason, string(h.PlacedBy), h.PlacedAt).Error)
}

// LiftHold implements rights.Store.
func (Rights) LiftHold(ctx context.Context, t domain.Tx, id, by domain.ID, at time.Time) error {
	return touched("store.LiftHold", on(ctx, t).Table("legal_holds").Where("id = ? AND lifted_at IS NULL", string(id)).
		Updates(map[string]any{"lifted_by": string(by), "lifted_at": at}))
}

// LegalHolds implements rights.Store.
func (Rights) LegalHolds(ctx context.Context, t domain.Tx) ([]rights.LegalHold, error) {
	const op = "store.LegalHolds"
	type holdRow struct {
		ID, PersonID, PlacedBy string
		Sealed                 sealed // the reason
		PlacedAt               time.Time
	}
	var rows []holdRow
	if err := on(ctx, t).Raw(`SELECT id, person_id, sealed, placed_by, placed_at FROM legal_holds WHERE lifted_at IS NULL ORDER BY placed_at DESC`).Scan(&rows).Error; err != nil {
		return nil, fault(op, err)
	}
	o, err := openAll(ctx, t, rows, func(r holdRow) domain.ID { return domain.ID(r.PersonID) })
	if err != nil {
		return nil, err
	}
	out := make([]rights.LegalHold, len(rows))
	ids := make([]domain.ID, len(rows))
	for i, r := range rows {
		out[i] = rights.LegalHold{ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), Reason: o.text(domain.ID(r.PersonID), holdColumn, r.Sealed), PlacedBy: domain.ID(r.PlacedBy), PlacedAt: r.PlacedAt.UTC()}
		ids[i] = out[i].PersonID
	}
	if o.err != nil {
		return nil, o.err
	}
	names, err := Audit{}.Names(ctx, t, ids)
	for i := range out {
		out[i].Person = names[out[i].PersonID]
	}
	return out, err
}

// PersonByReference implements rights.Store, for the officer.
func (Rights) PersonByReference(ctx context.Context, t domain.Tx, reference string) (domain.ID, error) {
	const op = "store.PersonByReference"
	_, records, err := Audit{}.Find(ctx, t, reference)
	if err != nil {
		return "", err
	}
	for _, id := range records {
		facts, err := Persons{}.Facts(ctx, t, []domain.ID{id})
		if err != nil {
			return "", err
		}
		if _, is := facts[id]; is {
			return id, nil
		}
	}
	return "", domain.NotFound(op)
}

// InsertAgreement implements rights.Store.
func (Rights) InsertAgreement(ctx context.Context, t domain.Tx, a rights.Agreement) error {
	return fault("store.InsertAgreement", on(ctx, t).Exec(`INSERT INTO transfer_agreements
		(id, recipient, country, purpose, data, authorisation, since, until, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(a.ID), a.Recipient, a.Country, a.Purpose, a.Data, a.Authorisation, a.Since.Time(), nullDate(a.Until), string(a.RecordedBy), a.RecordedAt).Error)
}

// EndAgreement implements rights.Store.
func (Rights) EndAgreement(ctx context.Context, t domain.Tx, id, by domain.ID, at time.Time) error {
	return touched("store.EndAgreement", on(ctx, t).Table("transfer_agreements").Where("id = ? AND ended_at IS NULL", string(id)).
		Updates(map[string]any{"ended_by": string(by), "ended_at": at}))
}

// Agreements implements rights.Store.
func (Rights) Agreements(ctx context.Context, t domain.Tx) ([]rights.Agreement, error) {
	var rows []struct {
		ID, Recipient, Country, Purpose, Data, Authorisation, RecordedBy string
		Since, RecordedAt                                                time.Time
		Until, EndedAt                                                   *time.Time
	}
	err := on(ctx, t).Raw(`SELECT * FROM transfer_agreements ORDER BY recorded_at DESC`).Scan(&rows).Error
	out := make([]rights.Agreement, len(rows))
	for i, r := range rows {
		out[i] = rights.Agreement{
			ID: domain.ID(r.ID), Recipient: r.Recipient, Country: r.Country, Purpose: r.Purpose, Data: r.Data, Authorisation: r.Authorisation,
			Since: domain.DateOf(r.Since), Until: dateOf(r.Until), RecordedBy: domain.ID(r.RecordedBy), RecordedAt: r.RecordedAt.UTC(), EndedAt: timeOf(r.EndedAt),
		}
	}
	return out, fault("store.Agreements", err)
}
