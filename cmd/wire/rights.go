package wire

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
)

func (c *Core) wireRights(outbox *person.Outbox) {
	d := rights.Deps{
		Tx: c.DB, Store: c.DB.Rights(), History: c.DB.History("rights_request"), Registered: c.DB.History("registration"), Staged: c.DB.History("case"),
		People: c.Persons(), Registrations: c.DB.Registrations(), Consents: c.DB.Consents(), Applications: c.DB.Applications(), Placements: c.DB.Placements(),
		Plans: c.DB.Plans(), Exports: c.DB.Exports(), Keys: noKeys{}, Outbox: outbox, Rules: c.rights, Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	}
	c.Seen, c.Copies, c.Requests = rights.NewViews(d), rights.NewCopies(d), rights.NewRequests(d)
	c.Keeping, c.Registers = rights.NewKeeping(d), rights.NewRegisters(d)
}

// noKeys stands where a key for each person is not kept: there is none to destroy.
type noKeys struct{}

// Erase implements rights.Keys.
func (noKeys) Erase(context.Context, domain.Tx, domain.ID) error { return nil }
