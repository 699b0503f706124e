package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Member is somebody who acts for an organisation, as its other members see it.
type Member struct {
	UserID domain.ID
	Name   string
	Email  string
	Since  domain.Date
}

// Members lists who acts for an organisation today, the longest there first.
func (s *Organisations) Members(ctx context.Context, actor domain.Actor, id domain.ID) ([]Member, error) {
	var out []Member
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		o, err := s.d.Organisations.Organisation(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.OrganisationRead, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.OrganisationRead, o.Facts()); err != nil {
			return err
		}
		out, err = s.d.Organisations.Members(ctx, tx, id)
		return err
	})
	return out, err
}
