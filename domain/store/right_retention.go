package store

import (
	"context"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// dueRows are what each rule is about, as a query of (id, person_id, since).
var dueRows = map[rights.RuleKind]string{
	rights.KeepPeople: `SELECT r.person_id AS id, r.person_id, coalesce((SELECT max(h.at) FROM registration_history h
		WHERE h.record_id = r.id AND h.to_state = 'closed'), r.registered_on) AS since FROM registrations r WHERE r.state = 'closed'
		AND NOT EXISTS (SELECT 1 FROM case_files f WHERE f.person_id = r.person_id AND f.stage <> 'closed')`,
	rights.KeepQuarantine: `SELECT r.person_id AS id, r.person_id, r.registered_on::timestamptz AS since FROM registrations r WHERE r.state = 'quarantine'`,
	rights.KeepMessages:   `SELECT m.id, m.person_id, m.created_at AS since FROM messages m WHERE m.state <> 'queued'`,
	rights.KeepEmergency:  `SELECT o.id, o.person_id, o.until AS since FROM emergencies o`,
	rights.KeepTransfers:  `SELECT t.id, t.person_id, t.decided_at AS since FROM transfers t WHERE t.decided_at IS NOT NULL`,
	rights.KeepRequests: `SELECT x.id, x.person_id, x.decided_at AS since FROM rights_requests x WHERE x.state IN ('done','refused','withdrawn')
		AND NOT EXISTS (SELECT 1 FROM objections o WHERE o.request_id = x.id)`,
}

// dueTables name where rows of a rule are removed; whole people go by Erase.
var dueTables = map[rights.RuleKind]string{
	rights.KeepMessages: "messages", rights.KeepEmergency: "emergencies", rights.KeepTransfers: "transfers", rights.KeepRequests: "rights_requests",
}

// heldPerson is the condition that something holds the person of a due row: for
// whole people anything does, for single rows the officer's hold.
func heldPerson(whole bool) string {
	var parts []string
	for _, h := range heldBy {
		if whole || h.hold == rights.HeldByLaw {
			condition := strings.NewReplacer("@p", "d.person_id", " AND h.id IS DISTINCT FROM @r", "").Replace(h.condition)
			parts = append(parts, condition)
		}
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

func whole(kind rights.RuleKind) bool { return rights.Rule{Kind: kind}.Whole() }

// Due implements rights.Store.
func (Rights) Due(ctx context.Context, t domain.Tx, kind rights.RuleKind, before, now time.Time) (rights.Due, error) {
	var row struct {
		Rows, Held int
		Oldest     *time.Time
	}
	err := on(ctx, t).Raw(`SELECT count(*) FILTER (WHERE NOT held) AS rows, count(*) FILTER (WHERE held) AS held, min(since) FILTER (WHERE NOT held) AS oldest
		FROM (SELECT d.since, `+heldPerson(whole(kind))+` AS held FROM (`+dueRows[kind]+`) d WHERE d.since < @before) x`,
		map[string]any{"before": before, "at": now}).Scan(&row).Error
	return rights.Due{Rows: row.Rows, Held: row.Held, Oldest: dateOf(row.Oldest)}, fault("store.Due", err)
}

// DuePeople implements rights.Store.
func (Rights) DuePeople(ctx context.Context, t domain.Tx, kind rights.RuleKind, before, now time.Time, after domain.ID, limit int) ([]domain.ID, error) {
	var ids []domain.ID
	err := on(ctx, t).Raw(`SELECT d.id::text FROM (`+dueRows[kind]+`) d WHERE d.since < @before AND NOT `+heldPerson(true)+`
		AND (CAST(@after AS uuid) IS NULL OR d.id > CAST(@after AS uuid)) ORDER BY d.id LIMIT @limit`,
		map[string]any{"before": before, "at": now, "after": nullID(after), "limit": limit}).Scan(&ids).Error
	return ids, fault("store.DuePeople", err)
}

// RemoveDue implements rights.Store.
func (Rights) RemoveDue(ctx context.Context, t domain.Tx, kind rights.RuleKind, before time.Time) (int, error) {
	result := on(ctx, t).Exec(`DELETE FROM `+dueTables[kind]+` WHERE id IN (SELECT d.id FROM (`+dueRows[kind]+`) d WHERE d.since < @before AND NOT `+heldPerson(false)+`)`,
		map[string]any{"before": before})
	return int(result.RowsAffected), fault("store.RemoveDue", result.Error)
}
