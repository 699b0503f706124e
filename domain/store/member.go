package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Members implements identity.MemberStore and identity.LinkStore.
type Members struct{}

// Members keeps memberships and links to identity providers.
func (d *DB) Members() Members { return Members{} }

var memberTables = [...]string{"agency_members", "organisation_members"}

// EndMembership ends what holds today, and what would hold later.
func (Members) EndMembership(ctx context.Context, t domain.Tx, user domain.ID, now time.Time) error {
	for _, table := range memberTables {
		err := on(ctx, t).Exec(`UPDATE `+table+` SET ended_at = ?, until = greatest(since, least(coalesce(until, current_date), current_date))
			WHERE user_id = ? AND ended_at IS NULL AND (until IS NULL OR current_date <= until)`, now, string(user)).Error
		if err != nil {
			return fault("store.EndMembership", err)
		}
	}
	return nil
}

// LimitMembership implements identity.MemberStore.
func (Members) LimitMembership(ctx context.Context, t domain.Tx, user domain.ID, until domain.Date) error {
	for _, table := range memberTables {
		err := on(ctx, t).Exec(`UPDATE `+table+` SET until = ? WHERE user_id = ? AND until IS NULL`, nullDate(until), string(user)).Error
		if err != nil {
			return fault("store.LimitMembership", err)
		}
	}
	return nil
}

// InsertMembership implements identity.MemberStore. Coming back on the day one
// left opens the same membership again.
func (Members) InsertMembership(ctx context.Context, t domain.Tx, user, agency domain.ID, since, until domain.Date) error {
	return fault("store.InsertMembership", on(ctx, t).Exec(`INSERT INTO agency_members (user_id, agency_id, since, until) VALUES (?, ?, ?, ?)
		ON CONFLICT (user_id, agency_id, since) DO UPDATE SET until = excluded.until, ended_at = NULL`,
		string(user), string(agency), since.Time(), nullDate(until)).Error)
}

type linkRow struct {
	Issuer  string
	Subject string
	UserID  string
	BoundBy *string
	BoundAt time.Time
}

func (linkRow) TableName() string { return "identity_links" }

// InsertLink implements identity.LinkStore.
func (Members) InsertLink(ctx context.Context, t domain.Tx, l identity.Link) error {
	return fault("store.InsertLink", on(ctx, t).Create(&linkRow{
		Issuer: l.Subject.Issuer, Subject: l.Subject.Name, UserID: string(l.UserID), BoundBy: nullID(l.BoundBy), BoundAt: l.BoundAt,
	}).Error)
}

// LinkedUser implements identity.LinkStore.
func (Members) LinkedUser(ctx context.Context, t domain.Tx, s identity.Subject) (domain.ID, error) {
	var row linkRow
	if err := on(ctx, t).Where("issuer = ? AND subject = ?", s.Issuer, s.Name).Take(&row).Error; err != nil {
		return "", fault("store.LinkedUser", err)
	}
	return domain.ID(row.UserID), nil
}

// LinksOf implements identity.LinkStore.
func (Members) LinksOf(ctx context.Context, t domain.Tx, user domain.ID) ([]identity.Link, error) {
	var rows []linkRow
	if err := on(ctx, t).Where("user_id = ?", string(user)).Order("issuer").Find(&rows).Error; err != nil {
		return nil, fault("store.LinksOf", err)
	}
	out := make([]identity.Link, len(rows))
	for i, r := range rows {
		out[i] = identity.Link{
			Subject: identity.Subject{Issuer: r.Issuer, Name: r.Subject}, UserID: domain.ID(r.UserID), BoundBy: idOf(r.BoundBy), BoundAt: r.BoundAt.UTC(),
		}
	}
	return out, nil
}

// DeleteLinks implements identity.LinkStore.
func (Members) DeleteLinks(ctx context.Context, t domain.Tx, user domain.ID) error {
	return fault("store.DeleteLinks", on(ctx, t).Exec(`DELETE FROM identity_links WHERE user_id = ?`, string(user)).Error)
}
