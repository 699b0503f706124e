package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// desk selects enabled accounts that may own case files, with their agency of today.
func desk(g *gorm.DB) *gorm.DB {
	return users(g).Where("users.disabled_at IS NULL AND users.role IN ('counsellor','lead')")
}

// AgencyOf implements casework.Colleagues: where an enabled account works today.
func (Cases) AgencyOf(ctx context.Context, t domain.Tx, user domain.ID) (domain.ID, error) {
	found, err := oneUser(ctx, t, "store.AgencyOf", desk(on(ctx, t)).Where("users.id = ?", string(user)))
	if err != nil {
		return "", err
	}
	return found.AgencyID, nil
}

// ColleaguesAt implements casework.Colleagues.
func (Cases) ColleaguesAt(ctx context.Context, t domain.Tx, agency domain.ID) ([]casework.Colleague, error) {
	var rows []userRow
	err := desk(on(ctx, t)).
		Where(`EXISTS (SELECT 1 FROM agency_members m WHERE m.user_id = users.id AND m.agency_id = ?
			AND m.since <= current_date AND (m.until IS NULL OR current_date <= m.until) AND m.ended_at IS NULL)`, nullID(agency)).
		Order("users.name, users.id").Find(&rows).Error
	if err != nil {
		return nil, fault("store.ColleaguesAt", err)
	}
	out := make([]casework.Colleague, len(rows))
	for i, r := range rows {
		out[i] = casework.Colleague{ID: domain.ID(r.ID), Name: r.Name, AgencyID: agency}
	}
	return out, nil
}

// NamesOf implements casework.Colleagues. Jobseekers' and employers' names
// stay out: a history says their role only.
func (Cases) NamesOf(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]string, error) {
	var rows []struct{ ID, Name string }
	err := on(ctx, t).Table("users").Select("id, name").
		Where("id = ANY(?::uuid[]) AND role NOT IN ('jobseeker','employer')", idArray(ids)).Find(&rows).Error
	if err != nil {
		return nil, fault("store.NamesOf", err)
	}
	out := make(map[domain.ID]string, len(rows))
	for _, r := range rows {
		out[domain.ID(r.ID)] = r.Name
	}
	return out, nil
}
