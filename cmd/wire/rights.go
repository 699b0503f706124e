package wire

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
)

func (c *Core) wireRights(queue domain.Jobs, outbox *person.Outbox) {
	d := rights.Deps{
		Tx: c.DB, Store: c.DB.Rights(), History: c.DB.History("rights_request"), Registered: c.DB.History("registration"), Staged: c.DB.History("case"),
		People: c.Persons(), Registrations: c.DB.Registrations(), Consents: c.DB.Consents(), Applications: c.DB.Applications(), Placements: c.DB.Placements(),
		Plans: c.DB.Plans(), Papers: c.DB.Documents(), Exports: c.DB.Exports(), Keys: c.DB.Erasing(queue), Withdrawals: c.Consents, Outbox: outbox, Rules: c.rights, Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	}
	c.Seen, c.Copies, c.Requests = rights.NewViews(d), rights.NewCopies(d), rights.NewRequests(d)
	c.Keeping, c.Registers = rights.NewKeeping(d), rights.NewRegisters(d)
}
