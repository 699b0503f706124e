package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
)

// Applications implements placement.ApplicationStore.
type Applications struct{}

// Applications keeps who was brought together with which vacancy.
func (d *DB) Applications() Applications { return Applications{} }

// verifiedEmployer is the one SQL form of "the employer that may know people":
// none while it is not verified.
const verifiedEmployer = `CASE WHEN o.verification = 'verified' THEN v.organisation_id END`

// applicationStanding is an application with how it relates to people now.
const applicationStanding = "a.*, c.owner_id AS standing_owner, " + verifiedEmployer + " AS standing_organisation, rls.contact_ended(a.id) AS standing_ended"

// applications joins what an application's relations look at.
func applications(g *gorm.DB) *gorm.DB {
	return g.Table("applications a").
		Select(applicationStanding).
		Joins(`JOIN vacancies v ON v.id = a.vacancy_id
			LEFT JOIN employer_names o ON o.id = v.organisation_id
			LEFT JOIN case_files c ON c.person_id = a.person_id AND c.stage <> 'closed'`)
}

// applicationColumns is where applications keep what relations look at. An
// employer has none before the application was sent.
func applicationColumns() columns {
	return columns{
		person: "a.person_id", owner: "c.owner_id", agency: "a.agency_id",
		organisation: `(CASE WHEN a.sent_at IS NOT NULL THEN ` + verifiedEmployer + ` END)`,
	}
}

// InsertApplication implements placement.ApplicationStore.
func (Applications) InsertApplication(ctx context.Context, t domain.Tx, a placement.Application) error {
	row, err := applicationToRow(ctx, t, a)
	if err != nil {
		return err
	}
	return fault("store.InsertApplication", on(ctx, t).Create(&row).Error)
}

// SaveApplication implements placement.ApplicationStore.
func (Applications) SaveApplication(ctx context.Context, t domain.Tx, a placement.Application) error {
	row, err := applicationToRow(ctx, t, a)
	if err != nil {
		return err
	}
	row.Version++
	return touched("store.SaveApplication", on(ctx, t).
		Select("State", "ConsentMode", "Refusal", "Sealed", "StateSince", "SentAt", "ChasedAt", "Version").
		Where("id = ? AND version = ?", row.ID, a.Version).Updates(&row))
}

// Application implements placement.ApplicationStore.
func (Applications) Application(ctx context.Context, t domain.Tx, id domain.ID) (placement.Application, error) {
	return oneApplication(ctx, t, "store.Application", applications(on(ctx, t)), id)
}

// ApplicationForUpdate implements placement.ApplicationStore.
func (Applications) ApplicationForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (placement.Application, error) {
	return oneApplication(ctx, t, "store.ApplicationForUpdate", applications(on(ctx, t)).Clauses(forUpdate("a")), id)
}

func oneApplication(ctx context.Context, t domain.Tx, op string, g *gorm.DB, id domain.ID) (placement.Application, error) {
	var row applicationRow
	if err := g.Where("a.id = ?", string(id)).Take(&row).Error; err != nil {
		return placement.Application{}, fault(op, err)
	}
	o, err := openAll(ctx, t, []applicationRow{row}, applicationRow.subject)
	if err != nil {
		return placement.Application{}, err
	}
	return row.toDomain(o), o.err
}

// ApplicationsByID implements placement.ApplicationStore, in the order of the ids.
func (Applications) ApplicationsByID(ctx context.Context, t domain.Tx, ids []domain.ID) ([]placement.Application, error) {
	var rows []applicationRow
	err := applications(on(ctx, t)).Where("a.id = ANY(?::uuid[])", idArray(ids)).Find(&rows).Error
	if err != nil {
		return nil, fault("store.ApplicationsByID", err)
	}
	o, err := openAll(ctx, t, rows, applicationRow.subject)
	if err != nil {
		return nil, err
	}
	byID := make(map[domain.ID]placement.Application, len(rows))
	for _, r := range rows {
		byID[domain.ID(r.ID)] = r.toDomain(o)
	}
	out := make([]placement.Application, 0, len(rows))
	for _, id := range ids {
		if a, ok := byID[id]; ok {
			out = append(out, a)
		}
	}
	return out, o.err
}

// EssentialMet implements placement.ApplicationStore. A skill is met by the
// same concept or by the same words.
func (Applications) EssentialMet(ctx context.Context, t domain.Tx, person, vacancy domain.ID) (met, of int, err error) {
	var n struct{ Met, Asked int }
	err = on(ctx, t).Raw(`SELECT count(*) AS asked, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM person_skills p
			WHERE p.person_id = ? AND (p.concept_id = s.concept_id OR p.folded = s.folded AND s.folded <> ''))) AS met
		FROM vacancy_skills s WHERE s.vacancy_id = ? AND s.importance = 'essential'`, string(person), string(vacancy)).Scan(&n).Error
	return n.Met, n.Asked, fault("store.EssentialMet", err)
}

// Waiting implements placement.ApplicationStore, the longest waiting first.
func (Applications) Waiting(ctx context.Context, t domain.Tx, states []domain.State, since time.Time, unchased bool, limit int) ([]domain.ID, error) {
	q := on(ctx, t).Table("applications").Where("state IN ? AND state_since <= ?", states, since)
	if unchased {
		q = q.Where("chased_at IS NULL OR chased_at < state_since")
	}
	var ids []domain.ID
	err := q.Order("state_since, id").Limit(limit).Pluck("id", &ids).Error
	return ids, fault("store.Waiting", err)
}
