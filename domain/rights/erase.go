package rights

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

// Erase confirms that somebody is removed. Reference is typed by who confirms,
// and must be the person's: a number read aloud is not clicked by mistake.
type Erase struct {
	ID        domain.ID // of the request
	Version   int
	Reference string
}

// Confirm is the second of two steps: somebody asked, and a lead or the
// officer, who proved just before who they are, confirms. Nothing is removed
// while something holds it, nor before the wait of a request from an account
// is over. Then the record goes; when the program ends in between, Resume
// carries on.
func (s *Requests) Confirm(ctx context.Context, actor domain.Actor, in Erase) (Request, error) {
	const op = "rights.Confirm"
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		r, err := s.locked(ctx, tx, op, actor, access.RequestErase, in.ID, in.Version)
		if err != nil {
			return err
		}
		row, err := s.d.Store.Request(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if s.d.Clock.Now().Before(r.WaitsUntil) {
			return &domain.Error{Kind: domain.KindConflict, Op: op, Key: "error.rights.waits", Args: map[string]any{
				"Date": domain.DateOf(r.WaitsUntil.In(s.d.Rules.Zone)).String(),
			}}
		}
		if typed := strings.ToUpper(strings.TrimSpace(in.Reference)); typed == "" || typed != row.Person {
			return domain.Invalid(op, domain.Field("reference", "error.rights.reference"))
		}
		// Holds lie partly where the actor does not look: they are looked for as
		// Baara here, and once more when the record is removed.
		if err := s.unheld(ctx, op, actor, r); err != nil {
			return err
		}
		if r, err = s.move(ctx, tx, actor, r, Confirm, ""); err != nil {
			return err
		}
		tx.Outcome("rights_request", r.ID, r.Version)
		return nil
	})
	if err != nil {
		return Request{}, err
	}
	return s.carryOut(ctx, actor.ByBaara(), in.ID)
}

// unheld is a Conflict while something holds the person of a request.
func (s *Requests) unheld(ctx context.Context, op string, actor domain.Actor, r Request) error {
	baara := actor.ByBaara()
	baara.Once = domain.Once{}
	var holds []Hold
	err := s.d.Tx.View(ctx, baara, func(tx domain.Tx) (err error) {
		holds, err = s.d.Store.Holds(ctx, tx, r.PersonID, r.ID, s.d.Clock.Now())
		return err
	})
	if err != nil || len(holds) == 0 {
		return err
	}
	return &domain.Error{Kind: domain.KindConflict, Op: op, Key: "error.rights.hold." + string(holds[0])}
}

// carryOut removes the person of a confirmed request, with the answer to the
// request, in one transaction. One that was carried out before is no error.
func (s *Requests) carryOut(ctx context.Context, baara domain.Actor, id domain.ID) (Request, error) {
	baara.Once = domain.Once{}
	var out Request
	err := s.d.Tx.InTx(ctx, baara, func(tx domain.Tx) error {
		r, err := s.d.Store.RequestForUpdate(ctx, tx, id)
		if err != nil || r.State != Confirmed {
			out = r
			return err
		}
		holds, err := s.d.Store.Holds(ctx, tx, r.PersonID, r.ID, s.d.Clock.Now())
		if err != nil {
			return err
		}
		if len(holds) > 0 {
			out, err = s.move(ctx, tx, baara, r, Return, string(holds[0]))
			return err
		}
		on := access.Facts{RecordID: r.PersonID, PersonID: r.PersonID}
		if err := s.d.Policy.AuthoriseFor(tx, baara, access.PersonErase, on, r.Reference); err != nil {
			return err
		}
		decider := r.DecidedBy
		if r, err = s.move(ctx, tx, baara, r, Remove, ""); err != nil {
			return err
		}
		// What was asked is of the person too: the words go, that it was asked stays.
		r.Words, r.DecidedBy = "", decider
		if err := s.d.Store.SaveRequest(ctx, tx, r); err != nil {
			return err
		}
		r.Version++
		if err := s.remove(ctx, tx, r.PersonID); err != nil {
			return err
		}
		r.PersonID, out = "", r
		return nil
	})
	return out, err
}

// remove takes everything of somebody away: rows, keys, search, and the files
// that were merged into this one. It begins when nothing about the person is on
// its way any more. Stale when a merge came between.
func (s *Requests) remove(ctx context.Context, tx domain.Tx, id domain.ID) error {
	files, err := s.filesOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := s.d.Consents.Withdrawing(ctx, tx, files...); err != nil {
		return err
	}
	now, err := s.filesOf(ctx, tx, id) // a merge takes the same lock
	if err != nil {
		return err
	}
	if !slices.Equal(now, files) {
		return domain.Stale("rights.remove")
	}
	for _, file := range files {
		if err := s.removeFile(ctx, tx, file); err != nil {
			return err
		}
	}
	return nil
}

// filesOf gives the files that were merged into somebody's, and hers after them.
func (s *Requests) filesOf(ctx context.Context, tx domain.Tx, id domain.ID) ([]domain.ID, error) {
	absorbed, err := s.d.Store.Absorbed(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var out []domain.ID
	for _, file := range absorbed {
		under, err := s.filesOf(ctx, tx, file)
		if err != nil {
			return nil, err
		}
		out = append(out, under...)
	}
	return append(out, id), nil
}

func (s *Requests) removeFile(ctx context.Context, tx domain.Tx, id domain.ID) error {
	p, err := s.d.People.Get(ctx, tx, id)
	if err != nil {
		return err
	}
	subjects, err := s.d.Store.Erase(ctx, tx, Gone{PersonID: id, Contacts: contactsOf(p), ExternalID: p.Entry.ExternalID})
	if err != nil {
		return err
	}
	for _, subject := range subjects {
		if err := s.d.Keys.Erase(ctx, tx, subject); err != nil {
			return err
		}
	}
	return nil
}

// Gone is whom to remove, how somebody was reached — messages with a code name
// no record, only a number — and by which id another system knows her.
type Gone struct {
	PersonID   domain.ID
	Contacts   []string
	ExternalID string
}

func contactsOf(p person.Person) []string {
	var out []string
	for _, phone := range p.Phones {
		if phone.Owner == person.OwnPhone {
			out = append(out, phone.Number)
		}
	}
	if p.Email != "" {
		out = append(out, p.Email)
	}
	return out
}

// resumeBatch keeps one run short.
const resumeBatch = 50

// Resume carries out erasures that were confirmed and cut short. It says how many.
func (s *Requests) Resume(ctx context.Context, actor domain.Actor) (int, error) {
	var waiting []domain.ID
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) (err error) {
		waiting, err = s.d.Store.ConfirmedRequests(ctx, tx, resumeBatch)
		return err
	})
	n := 0
	for _, id := range waiting {
		_, failed := s.carryOut(ctx, actor, id)
		if failed == nil {
			n++
		}
		err = errors.Join(err, failed)
	}
	return n, err
}
