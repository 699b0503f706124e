package employer

import (
	"context"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// VerifyOrganisation says that the actor checked the employer is real.
type VerifyOrganisation struct {
	ID      domain.ID
	Version int
}

// Verify notes the first or the second verification. The second must be
// another member of staff's, of whichever agency; the same one is Conflict, and
// so is an employer that signed up without proof of work less than VerifyDelay ago.
// A refused employer starts again at the first.
func (s *Organisations) Verify(ctx context.Context, actor domain.Actor, in VerifyOrganisation) (Organisation, error) {
	const op = "employer.VerifyOrganisation"
	return s.change(ctx, actor, in.ID, in.Version, access.OrganisationVerify, func(o *Organisation) error {
		now := s.d.Clock.Now()
		if o.Unproven && now.Before(o.CreatedAt.Add(VerifyDelay)) {
			return domain.Conflict(op, "error.organisation.unproven")
		}
		switch o.Verification {
		case VerificationDone:
			return domain.Conflict(op, "error.organisation.verified")
		case VerificationFirst:
			if o.FirstBy == actor.UserID {
				return domain.Conflict(op, "error.organisation.same_verifier")
			}
			o.Verification, o.SecondBy, o.SecondAt = VerificationDone, actor.UserID, now
		default:
			o.unverify()
			o.Verification, o.FirstBy, o.FirstAt = VerificationFirst, actor.UserID, now
		}
		if o.AgencyID.IsZero() {
			o.AgencyID = actor.AgencyID
		}
		return nil
	})
}

// RefuseOrganisation says that the employer is not what it claims.
type RefuseOrganisation struct {
	ID      domain.ID
	Version int
	Reason  string
}

// Refuse takes every verification back. The reason is required.
func (s *Organisations) Refuse(ctx context.Context, actor domain.Actor, in RefuseOrganisation) (Organisation, error) {
	reason := strings.TrimSpace(in.Reason)
	return s.change(ctx, actor, in.ID, in.Version, access.OrganisationVerify, func(o *Organisation) error {
		if reason == "" {
			return domain.Invalid("employer.RefuseOrganisation", domain.Field("reason", "error.required"))
		}
		o.unverify()
		o.Verification, o.Refusal = VerificationRefused, reason
		return nil
	})
}

func (o *Organisation) unverify() {
	o.Verification, o.Refusal = VerificationPending, ""
	o.FirstBy, o.FirstAt, o.SecondBy, o.SecondAt = "", time.Time{}, "", time.Time{}
}
