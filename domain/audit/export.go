package audit

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// MaxExport is how many entries one export holds at most. More are refused
// rather than cut: a file that silently lacks its end would mislead.
const MaxExport = 20_000

// Export gives every entry of a filter to the writer that open makes, newest
// first, and notes what left. open is told the export's number before the
// first entry. Whoever asks proved just before who they are: the edge sees to it.
func (s *Trail) Export(ctx context.Context, actor domain.Actor, filter Filter, to domain.Destination,
	open func(domain.Export) func(Entry, map[domain.ID]string) error,
) (domain.Export, error) {
	const op = "audit.Export"
	now := s.d.Clock.Now()
	if filter.Until.IsZero() || filter.Until.After(now) {
		filter.Until = now // what comes while it is read is another export's
	}
	var out domain.Export
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.AuthoriseFor(tx, actor, access.AuditExport, access.Facts{}, to.Told()); err != nil {
			return err
		}
		q, err := s.find(ctx, tx, filter)
		if err != nil {
			return err
		}
		if out, err = domain.BeginExport(ctx, tx, s.d.Exports, actor, s.d.IDs.New(), domain.ExportAudit, now, q.told(), to); err != nil {
			return err
		}
		write := open(out)
		for q.Limit = domain.MaxLimit; ; {
			page, err := s.d.Store.Entries(ctx, tx, q)
			if err != nil {
				return err
			}
			names, err := s.names(ctx, tx, page.Items...)
			if err != nil {
				return err
			}
			if out.Lines += len(page.Items); out.Lines > s.d.Most {
				return domain.Invalid(op, domain.Field("from", "error.export.many", "Max", s.d.Most))
			}
			for _, e := range page.Items {
				if err := write(e, names); err != nil {
					return err
				}
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		tx.Outcome("export", out.ID, 1)
		return s.d.Exports.InsertExport(ctx, tx, out)
	})
	return out, err
}

// told is the query as the register of exports keeps it: what was typed to find
// somebody is not in it, who was found is.
func (q Query) told() map[string]string {
	out := map[string]string{}
	note := func(name, value string) {
		if value != "" {
			out[name] = value
		}
	}
	for i, id := range q.Actors {
		if i > 0 {
			out["who"] += " "
		}
		out["who"] += string(id)
	}
	note("role", string(q.Role))
	note("agency", string(q.AgencyID))
	note("action", q.Action)
	note("about", string(q.Record))
	if q.Allowed != nil {
		note("decision", map[bool]string{true: "allowed", false: "refused"}[*q.Allowed])
	}
	if !q.From.IsZero() {
		note("from", q.From.Format(time.RFC3339))
	}
	note("until", q.Until.Format(time.RFC3339))
	return out
}

// Exports lists what left in files, newest first, with the names of who took it.
func (s *Trail) Exports(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[domain.Export], map[domain.ID]string, error) {
	var out domain.Listing[domain.Export]
	var names map[domain.ID]string
	err := s.view(ctx, actor, func(tx domain.Tx) error {
		var err error
		if out, err = s.d.Store.Exports(ctx, tx, cursor); err != nil {
			return err
		}
		makers := make([]Entry, len(out.Items))
		for i, e := range out.Items {
			makers[i].ActorID = e.MadeBy
		}
		names, err = s.names(ctx, tx, makers...)
		return err
	})
	return out, names, err
}
