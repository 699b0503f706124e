package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// SendResumeCode sends a code to a phone that a draft names. The answer is
// the same for a phone no draft names.
func (s *Drafts) SendResumeCode(ctx context.Context, actor domain.Actor, phone string) error {
	return s.d.sendCode(ctx, actor, CodeResume, phone, func(ctx context.Context, tx domain.Tx, number string) ([]NumberUse, string, bool, error) {
		drafts, err := s.d.Drafts.DraftsOf(ctx, tx, number, s.d.Clock.Now())
		if err != nil {
			return nil, "", false, err
		}
		wishes, err := s.d.Accounts.NumberUses(ctx, tx, number) // of who is registered with the same phone
		found := false
		for _, d := range drafts {
			for _, p := range d.Answers.Phones {
				if p.Number == number {
					wishes, found = append(wishes, p.use(d.Answers.Residence.Country)), true
				}
			}
		}
		if err != nil || !found {
			return nil, "", false, err
		}
		return wishes, drafts[0].Language, true, nil
	})
}

// CheckResumeCode exchanges phone and code for a ticket, and shows how far
// the phone's drafts are: nothing of what was said.
func (s *Drafts) CheckResumeCode(ctx context.Context, actor domain.Actor, phone, code string) (string, []Progress, error) {
	var progress []Progress
	ticket, err := s.d.checkCode(ctx, actor, CodeResume, phone, code, func(tx domain.Tx, number string) error {
		drafts, err := s.d.Drafts.DraftsOf(ctx, tx, number, s.d.Clock.Now())
		for _, d := range drafts {
			progress = append(progress, Progress{Step: d.Step, StartedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt})
		}
		return err
	})
	return ticket, progress, err
}

// Resume opens the draft whose second thing matches and gives it a new token:
// the old one, perhaps on a lost phone, opens nothing any more.
func (s *Drafts) Resume(ctx context.Context, actor domain.Actor, ticket, secret string) (string, DraftForm, error) {
	var drafts []DraftForm
	token := s.d.Secret()
	var out DraftForm
	err := s.d.useTicket(ctx, actor, CodeResume, ticket, secret, func(tx domain.Tx, phone string) ([]string, error) {
		var err error
		drafts, err = s.d.Drafts.DraftsOf(ctx, tx, phone, s.d.Clock.Now())
		hashes := make([]string, len(drafts))
		for i, d := range drafts {
			hashes[i] = d.SecretHash
		}
		return hashes, err
	}, func(tx domain.Tx, match int) error {
		out = drafts[match]
		out.TokenHash, out.UpdatedAt = s.d.HashToken(token), s.d.Clock.Now()
		if err := s.d.Drafts.SaveDraft(ctx, tx, out); err != nil {
			return err
		}
		out.Version++
		return nil
	})
	if err != nil {
		return "", DraftForm{}, err
	}
	return token, out, nil
}
