package casework

import (
	"context"
	"errors"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// MaxExport is how many files one export holds at most; more are refused, not cut.
const MaxExport = 2000

// Export gives the files of the actor's agency that a filter leaves to the
// writer that open makes, and notes what left: the export, and each file in it,
// so that the trail tells of a person in which exports she was. Whoever asks
// proved just before who they are: the edge sees to it.
func (s *Files) Export(ctx context.Context, actor domain.Actor, filter CaseFilter, to domain.Destination, open func(domain.Export) func(CaseRow) error) (domain.Export, error) {
	const op = "casework.Export"
	now := s.d.Clock.Now()
	q := CaseQuery{
		Actor: actor, Relations: s.d.Policy.Relations(actor, access.CaseExport), CaseFilter: filter,
		Today: domain.DateOf(now), SilentSince: now.AddDate(0, 0, -SilentDays), Cursor: domain.Cursor{Limit: domain.MaxLimit},
	}
	var out domain.Export
	held, err := s.holdExport(ctx, actor, q)
	if err != nil {
		return domain.Export{}, err
	}
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.AuthoriseFor(tx, actor, access.CaseExport, access.Facts{AgencyID: actor.AgencyID}, to.Told()); err != nil {
			return err
		}
		var err error
		if out, err = domain.BeginExport(ctx, tx, s.d.Exports, actor, s.d.IDs.New(), domain.ExportCase, now, filter.told(), to); err != nil {
			return err
		}
		for write := open(out); ; {
			page, err := s.d.Cases.Caseload(ctx, tx, q)
			if err != nil {
				return err
			}
			if out.Lines += len(page.Items); out.Lines > MaxExport {
				return domain.Invalid(op, domain.Field("", "error.export.many", "Max", MaxExport))
			}
			for _, row := range page.Items {
				if err := s.d.Policy.Authorise(tx, actor, access.CaseExport, row.File.Facts()); err != nil {
					return err
				}
				if !held[row.File.PersonID] {
					return domain.Unavailable(op, errNewFile)
				}
				if err := write(row); err != nil {
					return err
				}
			}
			if q.Cursor.After = page.Next; page.Next == "" {
				break
			}
		}
		tx.Outcome("export", out.ID, 1)
		return s.d.Exports.InsertExport(ctx, tx, out)
	})
	return out, err
}

// errNewFile ends an export in which a file came up that was not there when its
// people were held: whoever asks again gets it.
var errNewFile = errors.New("a file came up while the export was made")

// holdExport holds everybody who will be in an export before any of it is read,
// until it has left: whoever withdraws a consent meanwhile does so before or
// after the file, never while it is sent.
func (s *Files) holdExport(ctx context.Context, actor domain.Actor, q CaseQuery) (map[domain.ID]bool, error) {
	held := map[domain.ID]bool{}
	var people []domain.ID
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if !s.d.Policy.Allows(actor, access.CaseExport, access.Facts{AgencyID: actor.AgencyID}) {
			return nil // the export itself is refused, and says so to the trail
		}
		for len(people) <= MaxExport {
			page, err := s.d.Cases.Caseload(ctx, tx, q)
			if err != nil {
				return err
			}
			for _, row := range page.Items {
				people, held[row.File.PersonID] = append(people, row.File.PersonID), true
			}
			if q.Cursor.After = page.Next; page.Next == "" {
				break
			}
		}
		return nil
	})
	if err == nil {
		err = domain.Hold(ctx, s.d.Holds, people)
	}
	return held, err
}

// told is the filter as the register of exports keeps it.
func (f CaseFilter) told() map[string]string {
	out := map[string]string{}
	for name, set := range map[string]bool{"mine": f.Mine, "closed": f.Closed, "overdue": f.Overdue, "silent": f.Silent} {
		if set {
			out[name] = "yes"
		}
	}
	if f.Stage != "" {
		out["stage"] = string(f.Stage)
	}
	if f.PlaceIn != "" {
		out["place"] = f.PlaceIn
	}
	return out
}
