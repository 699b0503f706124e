package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// withdrawnSince ends the consents of a file that stands for itself again which
// the person took back while another stood for it: to whom "no" was said does
// not matter to who said it.
func (s *Merges) withdrawnSince(ctx context.Context, tx domain.Tx, m Merge) error {
	given, err := s.d.Consents.Consents(ctx, tx, m.SurvivorID)
	if err != nil {
		return err
	}
	stands, ended := map[Purpose]bool{}, map[Purpose]Consent{}
	for _, c := range given {
		switch {
		case !c.Recipient.ApplicationID.IsZero():
		case c.WithdrawnAt.IsZero():
			stands[c.Purpose] = true
		case !c.Replaced && c.WithdrawnAt.After(m.At) && c.WithdrawnAt.After(ended[c.Purpose].WithdrawnAt):
			ended[c.Purpose] = c
		}
	}
	for purpose, c := range ended {
		if stands[purpose] {
			continue
		}
		if _, err := s.d.Consents.EndConsent(ctx, tx, m.AbsorbedID, purpose, ConsentEnd{At: c.WithdrawnAt, By: c.WithdrawnBy, Mode: c.WithdrawnMode}); err != nil {
			return err
		}
	}
	return nil
}
