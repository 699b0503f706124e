package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

// Members implements employer.OrganisationStore.
func (Organisations) Members(ctx context.Context, t domain.Tx, organisation domain.ID) ([]employer.Member, error) {
	var rows []struct {
		ID    string
		Name  string
		Email *string
		Since time.Time
	}
	err := on(ctx, t).Raw(`SELECT u.id::text AS id, u.name, u.email, m.since FROM organisation_members m JOIN users u ON u.id = m.user_id
		WHERE m.organisation_id = ? AND u.disabled_at IS NULL AND m.since <= current_date AND (m.until IS NULL OR current_date <= m.until)
			AND m.ended_at IS NULL
		ORDER BY m.since, u.id`, string(organisation)).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.Members", err)
	}
	out := make([]employer.Member, len(rows))
	for i, r := range rows {
		out[i] = employer.Member{UserID: domain.ID(r.ID), Name: r.Name, Email: textOf(r.Email), Since: domain.DateOf(r.Since)}
	}
	return out, nil
}
