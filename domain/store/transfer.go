package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// Transfers implements casework.TransferStore.
type Transfers struct{}

// Transfers keeps transfers between agencies.
func (d *DB) Transfers() Transfers { return Transfers{} }

type transferRow struct {
	ID           string
	PersonID     string
	FromAgencyID string
	ToAgencyID   string
	Offered      bool
	State        string
	SealedReason sealed
	OpenedBy     string
	OpenedAt     time.Time
	LapsesAt     time.Time
	DecidedBy    *string
	DecidedAt    *time.Time
	SealedAnswer sealed
	Version      int
	OwnerID      *string `gorm:"->"`
}

func (transferRow) TableName() string { return "transfers" }

const (
	transferReason = "transfers.sealed_reason"
	transferAnswer = "transfers.sealed_answer"
)

func (r transferRow) subject() domain.ID { return domain.ID(r.PersonID) }

func (r transferRow) toDomain(o *opening) casework.Transfer {
	return casework.Transfer{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), FromAgencyID: domain.ID(r.FromAgencyID), ToAgencyID: domain.ID(r.ToAgencyID),
		Offered: r.Offered, State: domain.State(r.State), Reason: o.text(r.subject(), transferReason, r.SealedReason), OpenedBy: domain.ID(r.OpenedBy), OpenedAt: r.OpenedAt.UTC(),
		LapsesAt: r.LapsesAt.UTC(), DecidedBy: idOf(r.DecidedBy), DecidedAt: timeOf(r.DecidedAt), Answer: o.text(r.subject(), transferAnswer, r.SealedAnswer), OwnerID: idOf(r.OwnerID),
		Version: r.Version,
	}
}

type transferListRow struct {
	Row         transferRow `gorm:"embedded"`
	Reference   *string
	SealedNames sealed
}

func (r transferListRow) subject() domain.ID { return r.Row.subject() }

func (r transferListRow) toRow(o *opening) casework.TransferRow {
	given, family := o.names(r.subject(), r.SealedNames)
	return casework.TransferRow{
		Transfer: r.Row.toDomain(o), Reference: textOf(r.Reference), Given: given, Family: family,
	}
}

// transferOwner is the referent of the open file, for who may see the file.
const transferOwner = `(SELECT c.owner_id FROM case_files c WHERE c.person_id = t.person_id AND c.stage <> 'closed')`

func transfers(g *gorm.DB) *gorm.DB {
	return g.Table("transfers t").Select("t.*, " + transferOwner + " AS owner_id")
}

// InsertTransfer implements casework.TransferStore.
func (Transfers) InsertTransfer(ctx context.Context, t domain.Tx, x casework.Transfer) error {
	reason, err := sealOne(ctx, t, x.PersonID, transferReason, x.Reason)
	if err != nil {
		return err
	}
	return fault("store.InsertTransfer", on(ctx, t).Omit("OwnerID").Create(&transferRow{
		ID: string(x.ID), PersonID: string(x.PersonID), FromAgencyID: string(x.FromAgencyID), ToAgencyID: string(x.ToAgencyID),
		Offered: x.Offered, State: string(x.State), SealedReason: reason, OpenedBy: string(x.OpenedBy), OpenedAt: x.OpenedAt, LapsesAt: x.LapsesAt,
		Version: x.Version,
	}).Error)
}

// transferNames adds the name of whom the reader may read; rules leave the others empty.
func transferNames(g *gorm.DB) *gorm.DB {
	return g.Select("t.*, " + transferOwner + " AS owner_id, p.reference, p.sealed_names").
		Joins("LEFT JOIN persons p ON p.id = t.person_id")
}

// Transfer implements casework.TransferStore.
func (Transfers) Transfer(ctx context.Context, t domain.Tx, id domain.ID) (casework.TransferRow, error) {
	var row transferListRow
	if err := transferNames(transfers(on(ctx, t))).Where("t.id = ?", string(id)).Take(&row).Error; err != nil {
		return casework.TransferRow{}, fault("store.Transfer", err)
	}
	o, err := openAll(ctx, t, []transferListRow{row}, transferListRow.subject)
	if err != nil {
		return casework.TransferRow{}, err
	}
	return row.toRow(o), o.err
}

// TransferForUpdate locks a transfer until the transaction ends.
func (Transfers) TransferForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (casework.Transfer, error) {
	var row transferRow
	if err := transfers(on(ctx, t)).Where("t.id = ?", string(id)).Clauses(forUpdate("t")).Take(&row).Error; err != nil {
		return casework.Transfer{}, fault("store.TransferForUpdate", err)
	}
	o, err := openAll(ctx, t, []transferRow{row}, transferRow.subject)
	if err != nil {
		return casework.Transfer{}, err
	}
	return row.toDomain(o), o.err
}

// SaveTransfer writes what was decided.
func (Transfers) SaveTransfer(ctx context.Context, t domain.Tx, x casework.Transfer) error {
	answer, err := sealOne(ctx, t, x.PersonID, transferAnswer, x.Answer)
	if err != nil {
		return err
	}
	return touched("store.SaveTransfer", on(ctx, t).Table("transfers").Where("id = ? AND version = ?", string(x.ID), x.Version).
		Updates(map[string]any{
			"state": string(x.State), "decided_by": nullID(x.DecidedBy), "decided_at": nullTime(x.DecidedAt), "sealed_answer": answer, "version": x.Version + 1,
		}))
}

// givenBy and takenBy are where a transfer keeps what relations look at, for
// each of its sides.
var (
	givenBy = columns{agency: "t.from_agency_id", owner: transferOwner}
	takenBy = columns{agency: "t.to_agency_id"}
)

// TransferList gives the newest first, with one query for any page.
func (Transfers) TransferList(ctx context.Context, t domain.Tx, q casework.TransferQuery) (domain.Listing[casework.TransferRow], error) {
	gives, args := scope(q.Actor, q.Relations, givenBy)
	takes, more := scope(q.Actor, q.Relations, takenBy)
	live := "t.state IN ('asked', 'offered')"
	if q.Decided {
		live = "NOT (" + live + ")"
	}
	g := transferNames(transfers(on(ctx, t))).Where("("+gives+" OR "+takes+") AND "+live, append(args, more...)...)
	g, err := page(g, "t.id", q.Cursor)
	if err != nil {
		return domain.Listing[casework.TransferRow]{}, err
	}
	var rows []transferListRow
	if err := g.Find(&rows).Error; err != nil {
		return domain.Listing[casework.TransferRow]{}, fault("store.TransferList", err)
	}
	o, err := openAll(ctx, t, rows, transferListRow.subject)
	if err != nil {
		return domain.Listing[casework.TransferRow]{}, err
	}
	out := listing(rows, q.Cursor, func(r transferListRow) casework.TransferRow { return r.toRow(o) }, func(r transferListRow) string { return r.Row.ID })
	return out, o.err
}

// LiveTransfersOf implements casework.TransferStore.
func (Transfers) LiveTransfersOf(ctx context.Context, t domain.Tx, person domain.ID) ([]casework.Transfer, error) {
	return manyTransfers(ctx, t, "store.LiveTransfersOf", transfers(on(ctx, t)).
		Where("t.person_id = ? AND t.state IN ('asked', 'offered')", string(person)).Order("t.id").Clauses(forUpdate("t")))
}

// TransfersDue implements casework.TransferStore.
func (Transfers) TransfersDue(ctx context.Context, t domain.Tx, now time.Time, limit int) ([]casework.Transfer, error) {
	locked := forUpdate("t")
	locked.Options = "SKIP LOCKED"
	return manyTransfers(ctx, t, "store.TransfersDue", transfers(on(ctx, t)).
		Where("t.lapses_at <= ? AND t.state IN ('asked', 'offered')", now).Order("t.lapses_at, t.id").Limit(limit).Clauses(locked))
}

func manyTransfers(ctx context.Context, t domain.Tx, op string, g *gorm.DB) ([]casework.Transfer, error) {
	var rows []transferRow
	if err := g.Find(&rows).Error; err != nil {
		return nil, fault(op, err)
	}
	o, err := openAll(ctx, t, rows, transferRow.subject)
	if err != nil {
		return nil, err
	}
	out := make([]casework.Transfer, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain(o)
	}
	return out, o.err
}

// MoveWork gives what still runs to the agency that accompanies the person
// now. What has ended stays with the agency whose work it was.
func (Transfers) MoveWork(ctx context.Context, t domain.Tx, person, from, to domain.ID) error {
	for _, what := range []string{
		`UPDATE applications SET agency_id = ?, version = version + 1 WHERE person_id = ? AND agency_id = ?
			AND state IN ('proposed', 'consented', 'applied', 'sent', 'seen', 'interview', 'offer')`,
		`UPDATE placements SET agency_id = ?, version = version + 1 WHERE person_id = ? AND agency_id = ? AND state IN ('planned', 'started')`,
	} {
		if err := on(ctx, t).Exec(what, string(to), string(person), string(from)).Error; err != nil {
			return fault("store.MoveWork", err)
		}
	}
	return nil
}

// AgencyName implements casework.TransferStore.
func (Transfers) AgencyName(ctx context.Context, t domain.Tx, id domain.ID) (string, error) {
	var name string
	err := on(ctx, t).Raw(`SELECT name FROM agencies WHERE id = ?`, string(id)).Scan(&name).Error
	return name, fault("store.AgencyName", err)
}

// Waiting counts what waits for an actor, with one query.
func (Transfers) Waiting(ctx context.Context, t domain.Tx, q casework.WaitingQuery) (casework.Notices, error) {
	gives, args := scope(q.Actor, q.Give, givenBy)
	takes, more := scope(q.Actor, q.Take, takenBy)
	theirs, third := scope(q.Actor, q.See, columns{agency: "o.owner_agency_id"})
	own, fourth := scope(q.Actor, q.See, columns{agency: "o.agency_id"})
	args = append(append(append(args, more...), third...), fourth...)
	var out casework.Notices
	err := on(ctx, t).Raw(`SELECT (SELECT count(*) FROM transfers t WHERE t.state = 'asked' AND `+gives+` OR t.state = 'offered' AND `+takes+`) AS transfers,
		(SELECT count(*) FROM emergencies o WHERE (`+theirs+` OR `+own+`)
			AND NOT EXISTS (SELECT 1 FROM emergency_seen s WHERE s.emergency_id = o.id AND s.user_id = ?)) AS emergencies`,
		append(args, nullID(q.Actor.UserID))...).Scan(&out).Error
	return out, fault("store.Waiting", err)
}
