package identity

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Agencies are the use-cases on offices of the service.
type Agencies struct{ d Deps }

// NewAgencies wires the use-cases.
func NewAgencies(d Deps) *Agencies { return &Agencies{d: d} }

// List gives every agency: they are public, people must find the nearest.
func (s *Agencies) List(ctx context.Context, actor domain.Actor) ([]Agency, error) {
	var out []Agency
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AgencyRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Agencies.Agencies(ctx, tx)
		return err
	})
	return out, err
}

// Get reads one agency.
func (s *Agencies) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Agency, error) {
	var out Agency
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		if out, err = s.d.Agencies.AgencyByID(ctx, tx, id); err != nil {
			return err
		}
		return s.d.Policy.Authorise(tx, actor, access.AgencyRead, access.Facts{AgencyID: out.ID})
	})
	return out, err
}

// SaveAgency creates an agency (ID "") or changes one (ID and Version given).
type SaveAgency struct {
	ID        domain.ID
	Version   int
	Code      string
	Name      string
	PlaceCode string
	Serves    []string
	Phone     string
	Demo      bool
}

// Save writes an agency. An unknown place is Invalid.
func (s *Agencies) Save(ctx context.Context, actor domain.Actor, in SaveAgency) (Agency, error) {
	const op = "identity.SaveAgency"
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Code) != "", "code", "error.required")
	f.Check(strings.TrimSpace(in.Name) != "", "name", "error.required")
	f.Check(in.PlaceCode != "", "place", "error.required")
	if err := f.Err(op); err != nil {
		return Agency{}, err
	}
	var out Agency
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		action := access.AgencyUpdate
		if in.ID.IsZero() {
			action = access.AgencyCreate
			out = Agency{ID: s.d.IDs.New(), CreatedAt: s.d.Clock.Now(), Demo: in.Demo, Version: 1}
		} else {
			var err error
			if out, err = s.d.Agencies.AgencyByID(ctx, tx, in.ID); err != nil {
				return err
			}
		}
		if err := s.d.Policy.Authorise(tx, actor, action, access.Facts{AgencyID: out.ID}); err != nil {
			return err
		}
		out.Code, out.Name, out.Phone = strings.TrimSpace(in.Code), strings.TrimSpace(in.Name), in.Phone
		out.PlaceCode, out.Serves = in.PlaceCode, in.Serves
		save := s.d.Agencies.InsertAgency
		if action == access.AgencyUpdate {
			if in.Version != out.Version {
				return domain.Stale(op)
			}
			save = s.d.Agencies.SaveAgency
		}
		if err := save(ctx, tx, out); err != nil {
			return err
		}
		if action == access.AgencyUpdate {
			out.Version++
		}
		tx.Outcome("agency", out.ID, out.Version)
		return nil
	})
	if err != nil {
		return Agency{}, err
	}
	return out, nil
}
