package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Organisations are the use-cases on employers.
type Organisations struct{ d Deps }

// NewOrganisations wires the use-cases.
func NewOrganisations(d Deps) *Organisations { return &Organisations{d: d} }

// Create makes an organisation that a counsellor met or telephoned with. It
// still needs two verifications.
func (s *Organisations) Create(ctx context.Context, actor domain.Actor, in OrganisationFields) (Organisation, error) {
	in = in.tidied()
	var out Organisation
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.OrganisationCreate, access.Facts{AgencyID: actor.AgencyID}); err != nil {
			return err
		}
		var err error
		if out, err = s.insert(ctx, tx, in, actor.AgencyID, false); err != nil {
			return err
		}
		tx.Outcome("organisation", out.ID, out.Version)
		return nil
	})
	if err != nil {
		return Organisation{}, err
	}
	return out, nil
}

// insert checks and writes a new organisation. Without an agency it goes to
// the one that serves its place.
func (s *Organisations) insert(ctx context.Context, tx domain.Tx, in OrganisationFields, agency domain.ID, unproven bool) (Organisation, error) {
	var bad domain.Fields
	in.check(&bad, s.d.Places)
	if err := bad.Err("employer.CreateOrganisation"); err != nil {
		return Organisation{}, err
	}
	if agency.IsZero() {
		var err error
		if agency, err = s.d.agencyFor(ctx, tx, in.PlaceCode); err != nil {
			return Organisation{}, err
		}
	}
	number, err := s.d.Organisations.OrganisationNumber(ctx, tx)
	if err != nil {
		return Organisation{}, err
	}
	now := s.d.Clock.Now()
	o := Organisation{
		ID: s.d.IDs.New(), Reference: domain.Reference("EN", now.Year(), number),
		Verification: VerificationPending, AgencyID: agency, CreatedAt: now, UpdatedAt: now, Version: 1,
		Unproven: unproven,
	}
	o.apply(in)
	return o, s.d.Organisations.InsertOrganisation(ctx, tx, o)
}

// agencyFor gives the agency that serves a place, "" when there is none.
func (d Deps) agencyFor(ctx context.Context, tx domain.Tx, place string) (domain.ID, error) {
	area, _ := d.Places.Present().Area(place)
	agency, err := d.Agencies.AgencyFor(ctx, tx, place, area.Country)
	if domain.KindOf(err) == domain.KindNotFound {
		return "", nil
	}
	return agency, err
}

// Get reads one organisation.
func (s *Organisations) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Organisation, error) {
	var out Organisation
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		if out, err = s.d.Organisations.Organisation(ctx, tx, id); err != nil {
			return s.d.Policy.Unseen(tx, actor, access.OrganisationRead, id, err)
		}
		return s.d.Policy.Authorise(tx, actor, access.OrganisationRead, out.Facts())
	})
	if err != nil {
		return Organisation{}, err
	}
	return out, nil
}

// Many reads the organisations the actor may read, by id: the names beside a list.
func (s *Organisations) Many(ctx context.Context, actor domain.Actor, ids []domain.ID) (map[domain.ID]Organisation, error) {
	out := map[domain.ID]Organisation{}
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		found, err := s.d.Organisations.OrganisationsByID(ctx, tx, ids)
		for id, o := range found {
			if s.d.Policy.Allows(actor, access.OrganisationRead, o.Facts()) {
				out[id] = o
			}
		}
		return err
	})
	return out, err
}

// OrganisationFilter narrows a list; empty fields do not.
type OrganisationFilter struct {
	Verification []Verification
	AgencyID     domain.ID
	Words        string // in the names, the reference or the register numbers
}

// List gives the organisations the actor may read, the newest first.
func (s *Organisations) List(ctx context.Context, actor domain.Actor, filter OrganisationFilter, cursor domain.Cursor) (domain.Listing[Organisation], error) {
	var out domain.Listing[Organisation]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.OrganisationRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.OrganisationRead, access.Facts{})
		}
		var err error
		out, err = s.d.Organisations.Organisations(ctx, tx, OrganisationQuery{
			Actor: actor, Relations: relations, OrganisationFilter: filter, Cursor: cursor,
		})
		return err
	})
	return out, err
}

// UpdateOrganisation replaces what may be edited.
type UpdateOrganisation struct {
	ID      domain.ID
	Version int
	Fields  OrganisationFields
}

// Update changes an organisation. An employer that changes its own name or
// register numbers must be verified anew.
func (s *Organisations) Update(ctx context.Context, actor domain.Actor, in UpdateOrganisation) (Organisation, error) {
	const op = "employer.UpdateOrganisation"
	in.Fields = in.Fields.tidied()
	return s.change(ctx, actor, in.ID, in.Version, access.OrganisationUpdate, func(o *Organisation) error {
		var bad domain.Fields
		in.Fields.check(&bad, s.d.Places)
		if err := bad.Err(op); err != nil {
			return err
		}
		before := *o
		o.apply(in.Fields)
		other := o.LegalName != before.LegalName || o.RCCM != before.RCCM || o.NIF != before.NIF
		if other && actor.ForEmployer() {
			o.unverify()
		}
		return nil
	})
}

// change is the frame of every act on a stored organisation.
func (s *Organisations) change(ctx context.Context, actor domain.Actor, id domain.ID, version int, action access.Action, rule func(*Organisation) error) (Organisation, error) {
	var out Organisation
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		o, err := s.d.Organisations.OrganisationForUpdate(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, action, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, action, o.Facts()); err != nil {
			return err
		}
		if version != 0 && version != o.Version {
			return domain.Stale("employer." + string(action))
		}
		if err := rule(&o); err != nil {
			return err
		}
		o.UpdatedAt = s.d.Clock.Now()
		if err := s.d.Organisations.SaveOrganisation(ctx, tx, o); err != nil {
			return err
		}
		o.Version++
		tx.Outcome("organisation", o.ID, o.Version)
		out = o
		return nil
	})
	if err != nil {
		return Organisation{}, err
	}
	return out, nil
}
