package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// takenBack ends consents of the survivor's that the person took back at the file
// that goes, after she had given them at the one that stays: her last word
// counts, whichever file heard it. Taking the files apart does not give them
// again, since a consent is only ever given by the person.
func (s *Merges) takenBack(ctx context.Context, tx domain.Tx, m Merge) error {
	said, err := s.d.Consents.Consents(ctx, tx, m.AbsorbedID)
	if err != nil {
		return err
	}
	stands, ended := map[Purpose]bool{}, map[Purpose]Consent{}
	for _, c := range said {
		switch {
		case !c.ApplicationID.IsZero(): // a contact goes with its application
		case c.WithdrawnAt.IsZero():
			stands[c.Purpose] = true
		case !c.Replaced && c.WithdrawnAt.After(ended[c.Purpose].WithdrawnAt):
			ended[c.Purpose] = c
		}
	}
	given, err := s.d.Consents.Consents(ctx, tx, m.SurvivorID)
	if err != nil {
		return err
	}
	for _, c := range given {
		no, was := ended[c.Purpose]
		if !was || stands[c.Purpose] || !c.ApplicationID.IsZero() || !c.WithdrawnAt.IsZero() || !c.GivenAt.Before(no.WithdrawnAt) {
			continue
		}
		if _, err := s.d.Consents.EndConsent(ctx, tx, m.SurvivorID, c.Purpose, ConsentEnd{At: m.At, By: no.WithdrawnBy, Mode: no.WithdrawnMode}); err != nil {
			return err
		}
	}
	return nil
}
