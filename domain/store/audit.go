package store

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
)

// allowed gives what the transaction did, by what the policy allowed. An act
// that makes a record is told which by the transaction's outcome.
func (t *tx) allowed() []domain.Decision {
	out := slices.DeleteFunc(slices.Clone(t.decided), func(d domain.Decision) bool { return !d.Allowed })
	for i := range out {
		if out[i].RecordID.IsZero() && t.outcome != nil {
			out[i].Kind, out[i].RecordID = t.outcome.RecordKind, t.outcome.ID
		}
	}
	return out
}

// trail appends decisions to the audit trail in an open transaction. The
// trail's head stays locked until it ends.
func trail(g *gorm.DB, actor domain.Actor, at time.Time, decided []domain.Decision) error {
	if len(decided) == 0 {
		return nil
	}
	var actions, allowed, kinds, records, people, reasons textArray
	for _, d := range decided { // a search may tell of many people
		actions, allowed, kinds = append(actions, d.Action), append(allowed, strconv.FormatBool(d.Allowed)), append(kinds, d.Kind)
		records, people, reasons = append(records, string(d.RecordID)), append(people, string(d.PersonID)), append(reasons, d.Reason)
	}
	var seqs []int64
	err := g.Raw(`SELECT audit_append(?::timestamptz, ?::uuid, ?, ?::uuid, ?::uuid, ?,
			d.action, d.allowed, d.kind, nullif(d.record, '')::uuid, nullif(d.person, '')::uuid, d.reason)
		FROM unnest(?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[]) AS d(action, allowed, kind, record, person, reason)`,
		at, nullID(actor.UserID), string(actor.Role), nullID(actor.AgencyID), nullID(actor.OrganisationID), actor.RequestID,
		actions, allowed, kinds, records, people, reasons).Scan(&seqs).Error
	return fault("store.audit", err)
}

// seen audits what a view showed, before anybody is shown it.
func (d *DB) seen(ctx context.Context, actor domain.Actor, decided []domain.Decision) error {
	if len(decided) == 0 {
		return nil
	}
	return d.poolOf(actor).gorm.WithContext(ctx).Transaction(func(g *gorm.DB) error { return trail(g, actor, d.clock.Now(), decided) })
}

// refused audits a refusal in a transaction of its own, since the act's was
// taken back, and gives the act's error on. An act that failed for another
// reason leaves no entry: nothing was done.
func (d *DB) refused(ctx context.Context, actor domain.Actor, decided []domain.Decision, err error) error {
	if len(decided) == 0 || decided[len(decided)-1].Allowed {
		return err
	}
	switch domain.KindOf(err) {
	case domain.KindForbidden, domain.KindNotFound, domain.KindUnauthenticated, domain.KindTooMany:
	default:
		return err
	}
	if failed := d.seen(context.WithoutCancel(ctx), actor, decided[len(decided)-1:]); failed != nil {
		return failed
	}
	return err
}
