package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// ImportedOrganisation is an employer of another system, or an invented one.
// It counts as verified when two different members of staff stand for it.
type ImportedOrganisation struct {
	ExternalID string // the other system's id
	AgencyID   domain.ID
	VerifiedBy [2]domain.ID
	Demo       bool
	Fields     OrganisationFields
}

// Import writes employers of one source in one transaction and gives their ids
// in the order of the rows: Baara's own act. One that is known by its external
// id stays as it is: what people wrote since is worth more.
func (s *Organisations) Import(ctx context.Context, actor domain.Actor, source string, rows []ImportedOrganisation) ([]domain.ID, error) {
	const op = "employer.ImportOrganisations"
	for i := range rows {
		var bad domain.Fields
		rows[i].Fields = rows[i].Fields.tidied()
		rows[i].Fields.check(&bad, s.d.Places)
		bad.Check(rows[i].ExternalID != "", "id", "error.required")
		if err := bad.Err(op); err != nil {
			return nil, err
		}
	}
	var out []domain.ID
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.OrganisationImport, access.Facts{}); err != nil {
			return err
		}
		external := make([]string, len(rows))
		for i, row := range rows {
			external[i] = row.ExternalID
		}
		known, err := s.d.Organisations.OrganisationsByExternal(ctx, tx, source, external)
		if err != nil {
			return err
		}
		out = make([]domain.ID, len(rows))
		for i, row := range rows {
			if id, found := known[row.ExternalID]; found {
				out[i] = id
				continue
			}
			o, err := s.imported(ctx, tx, source, row)
			if err != nil {
				return err
			}
			if err := s.d.Organisations.InsertOrganisation(ctx, tx, o); err != nil {
				return err
			}
			out[i], known[row.ExternalID] = o.ID, o.ID
		}
		return nil
	})
	return out, err
}

func (s *Organisations) imported(ctx context.Context, tx domain.Tx, source string, row ImportedOrganisation) (Organisation, error) {
	number, err := s.d.Organisations.OrganisationNumber(ctx, tx)
	if err != nil {
		return Organisation{}, err
	}
	now := s.d.Clock.Now()
	o := Organisation{
		ID: s.d.IDs.New(), Reference: domain.Reference("EN", now.Year(), number), Verification: VerificationPending,
		AgencyID: row.AgencyID, ExternalSource: source, ExternalID: row.ExternalID, Demo: row.Demo, CreatedAt: now, UpdatedAt: now, Version: 1,
	}
	o.apply(row.Fields)
	if by := row.VerifiedBy; by[0] != "" && by[1] != "" && by[0] != by[1] {
		o.Verification, o.FirstBy, o.FirstAt, o.SecondBy, o.SecondAt = VerificationDone, by[0], now, by[1], now
	}
	if o.AgencyID.IsZero() {
		o.AgencyID, err = s.d.agencyFor(ctx, tx, o.PlaceCode)
	}
	return o, err
}
