package identity

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// MaxExport is how many accounts one export holds at most; more are refused, not cut.
const MaxExport = 5000

// Export gives the accounts a filter leaves to the writer that open makes, and
// notes what left. Whoever asks proved just before who they are: the edge sees
// to it.
func (s *Accounts) Export(ctx context.Context, actor domain.Actor, filter UserFilter, to domain.Destination, open func(domain.Export) func(User) error) (domain.Export, error) {
	const op = "identity.Export"
	var out domain.Export
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.AuthoriseFor(tx, actor, access.AccountExport, access.Facts{}, to.Told()); err != nil {
			return err
		}
		var err error
		out, err = domain.BeginExport(ctx, tx, s.d.Exports, actor, s.d.IDs.New(), domain.ExportAccount, s.d.Clock.Now(), filter.told(), to)
		if err != nil {
			return err
		}
		cursor := domain.Cursor{Limit: domain.MaxLimit}
		for write := open(out); ; {
			page, err := s.d.Users.Users(ctx, tx, filter, cursor)
			if err != nil {
				return err
			}
			if out.Lines += len(page.Items); out.Lines > MaxExport {
				return domain.Invalid(op, domain.Field("", "error.export.many", "Max", MaxExport))
			}
			for _, u := range page.Items {
				if err := write(u); err != nil {
					return err
				}
			}
			if cursor.After = page.Next; page.Next == "" {
				break
			}
		}
		tx.Outcome("export", out.ID, 1)
		return s.d.Exports.InsertExport(ctx, tx, out)
	})
	return out, err
}

// told is the filter as the register of exports keeps it: that words narrowed
// it, and not which.
func (f UserFilter) told() map[string]string {
	out := map[string]string{}
	var roles []string
	for _, r := range f.Roles {
		roles = append(roles, string(r))
	}
	out["roles"] = strings.Join(roles, " ")
	if f.AgencyID != "" {
		out["agency"] = string(f.AgencyID)
	}
	if f.Words != "" {
		out["words"] = "yes"
	}
	if f.Ended != nil {
		out["state"] = map[bool]string{true: "ended", false: "living"}[*f.Ended]
	}
	return out
}
