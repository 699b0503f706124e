package store_test

import (
	"database/sql"
	"fmt"

	"github.com/baara-platform/baara/domain"
)

// leaving: a file leaves, and a program's token is made, under an agreement that
// stands that day, and under no other.
func (w *tiny) leaving() (wrong []string) {
	agreements := map[string]struct {
		since, until, ended string
		may                 bool
	}{
		"":          {may: true}, // inside the country
		"stands":    {"current_date - 1", "NULL", "NULL", true},
		"last day":  {"current_date - 9", "current_date", "NULL", true},
		"over":      {"current_date - 9", "current_date - 1", "NULL", false},
		"to come":   {"current_date + 1", "NULL", "NULL", false},
		"ended":     {"current_date - 9", "NULL", "now()", false},
		"never was": {may: false},
	}
	ids := map[string]any{"": nil, "never was": string(w.ids.New())}
	for name, a := range agreements {
		if a.since == "" {
			continue
		}
		id := string(w.ids.New())
		ids[name] = id
		w.exec(`INSERT INTO transfer_agreements (id, recipient, country, purpose, data, authorisation, since, until, recorded_by, recorded_at, ended_by, ended_at)
			SELECT $1, 'x', 'SEN', 'x', 'x', 'x', `+a.since+`, `+a.until+`, id, now(), CASE WHEN `+a.ended+`::timestamptz IS NULL THEN NULL ELSE id END, `+a.ended+` FROM users LIMIT 1`, id)
	}
	tried := 0
	for _, a := range w.actors {
		kind := map[domain.Role]string{domain.RoleLead: domain.ExportCase, domain.RoleDataProtection: domain.ExportAudit, domain.RoleAdministrator: domain.ExportAccount}[a.Role]
		if kind == "" || a.UserID == "" {
			continue
		}
		tried++
		asActor(w.t, w.raw.AppURL, a, func(tx *sql.Tx) {
			for name, agreement := range agreements {
				export, token := string(w.ids.New()), string(w.ids.New())
				var agency any
				if a.AgencyID != "" {
					agency = string(a.AgencyID)
				}
				for what, s := range map[string]statement{
					"a file": {`INSERT INTO exports (id, reference, kind, made_by, made_role, agency_id, made_at, lines, recipient, agreement_id)
						VALUES ($1::uuid, $1::text, $2, $3, $4, $5, now(), 0, 'x', $6)`, []any{export, kind, string(a.UserID), string(a.Role), agency, ids[name]}},
					"a token": {`INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at, recipient, agreement_id)
						VALUES ($1::uuid, $2, 'x', $1::text, '{}', now(), now() + interval '1 day', 'x', $3)`, []any{token, string(a.UserID), ids[name]}},
				} {
					if passes(w.t, tx, s) != agreement.may {
						wrong = append(wrong, fmt.Sprintf("as %s, %s under the agreement %q goes through: %v", roleOf(a), what, name, !agreement.may))
					}
				}
			}
		})
	}
	if tried < 3 {
		wrong = append(wrong, "too few take files out: nothing was tried")
	}
	return wrong
}
