package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Invitations implements identity.InvitationStore.
type Invitations struct{}

// Invitations keeps invitations.
func (d *DB) Invitations() Invitations { return Invitations{} }

type invitationRow struct {
	ID             string
	SecretHash     string
	Role           string
	Name           string
	Email          string
	AgencyID       *string
	OrganisationID *string
	Until          *time.Time
	InvitedBy      *string
	CreatedAt      time.Time
	ExpiresAt      time.Time
	AcceptedAt     *time.Time
	AcceptedBy     *string
	RevokedAt      *time.Time
}

func (invitationRow) TableName() string { return "invitations" }

func invitationToRow(i identity.Invitation) invitationRow {
	return invitationRow{
		ID: string(i.ID), SecretHash: i.SecretHash, Role: string(i.Role), Name: i.Name, Email: i.Email, AgencyID: nullID(i.AgencyID),
		OrganisationID: nullID(i.OrganisationID), Until: nullDate(i.Until), InvitedBy: nullID(i.InvitedBy), CreatedAt: i.CreatedAt,
		ExpiresAt: i.ExpiresAt, AcceptedAt: nullTime(i.AcceptedAt), AcceptedBy: nullID(i.AcceptedBy), RevokedAt: nullTime(i.RevokedAt),
	}
}

func (r invitationRow) toDomain() identity.Invitation {
	return identity.Invitation{
		ID: domain.ID(r.ID), SecretHash: r.SecretHash, Role: domain.Role(r.Role), Name: r.Name, Email: r.Email, AgencyID: idOf(r.AgencyID),
		OrganisationID: idOf(r.OrganisationID), Until: dateOf(r.Until), InvitedBy: idOf(r.InvitedBy), CreatedAt: r.CreatedAt.UTC(),
		ExpiresAt: r.ExpiresAt.UTC(), AcceptedAt: timeOf(r.AcceptedAt), AcceptedBy: idOf(r.AcceptedBy), RevokedAt: timeOf(r.RevokedAt),
	}
}

// InsertInvitation implements identity.InvitationStore.
func (Invitations) InsertInvitation(ctx context.Context, t domain.Tx, i identity.Invitation) error {
	row := invitationToRow(i)
	return fault("store.InsertInvitation", on(ctx, t).Create(&row).Error)
}

// InvitationByID implements identity.InvitationStore.
func (Invitations) InvitationByID(ctx context.Context, t domain.Tx, id domain.ID) (identity.Invitation, error) {
	var row invitationRow
	if err := on(ctx, t).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return identity.Invitation{}, fault("store.InvitationByID", err)
	}
	return row.toDomain(), nil
}

// InvitationBySecret implements identity.InvitationStore.
func (Invitations) InvitationBySecret(ctx context.Context, t domain.Tx, hash string, lock bool) (identity.Invitation, error) {
	query := `SELECT * FROM invitations WHERE secret_hash = ?`
	if lock {
		query += ` FOR UPDATE`
	}
	var rows []invitationRow
	if err := on(ctx, t).Raw(query, hash).Scan(&rows).Error; err != nil {
		return identity.Invitation{}, fault("store.InvitationBySecret", err)
	}
	if len(rows) == 0 {
		return identity.Invitation{}, domain.NotFound("store.InvitationBySecret")
	}
	return rows[0].toDomain(), nil
}

// OpenInvitations implements identity.InvitationStore.
func (Invitations) OpenInvitations(ctx context.Context, t domain.Tx, agency, organisation domain.ID, now time.Time) ([]identity.Invitation, error) {
	q := on(ctx, t).Where("accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?", now).Order("created_at DESC, id DESC").Limit(domain.MaxLimit)
	if agency != "" {
		q = q.Where("agency_id = ?", string(agency))
	}
	if organisation != "" {
		q = q.Where("organisation_id = ?", string(organisation))
	}
	var rows []invitationRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, fault("store.OpenInvitations", err)
	}
	out := make([]identity.Invitation, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}

// SaveInvitation stores what became of an invitation.
func (Invitations) SaveInvitation(ctx context.Context, t domain.Tx, i identity.Invitation) error {
	row := invitationToRow(i)
	return touched("store.SaveInvitation", on(ctx, t).Table("invitations").Where("id = ?", row.ID).
		Updates(map[string]any{"accepted_at": row.AcceptedAt, "accepted_by": row.AcceptedBy, "revoked_at": row.RevokedAt}))
}
