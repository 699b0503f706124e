package rights

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Look is what was done with somebody's record on one day by people of one
// role and office: who did it is told by role and office, never by name, so
// that nobody is called to account at home for doing their work. Whoever
// wants a name asks the officer for it.
type Look struct {
	Day      domain.Date
	Last     time.Time
	Times    int
	People   int // different accounts; 0 for Baara itself
	Role     domain.Role
	Agency   string // name, "" where the role has none
	Employer string // name, for an employer's people and programs
	Action   string // "person.read"
	Reason   string // an emergency's own words, or access.Emergency for what only an emergency allowed
}

// Views are the use-cases on who saw what.
type Views struct{ d Deps }

// NewViews wires the use-cases.
func NewViews(d Deps) *Views { return &Views{d: d} }

// Seen lists what others did with somebody's record, the newest day first.
// Whoever is refused learns nothing, not even that there is such a person; who
// reads it leaves an entry in the trail.
func (s *Views) Seen(ctx context.Context, actor domain.Actor, person domain.ID, cursor domain.Cursor) (domain.Listing[Look], error) {
	var out domain.Listing[Look]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, actor, access.RightsSeen, person)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.RightsSeen, facts); err != nil {
			return err
		}
		out, err = s.d.Store.Looks(ctx, tx, person, cursor)
		return err
	})
	return out, err
}
