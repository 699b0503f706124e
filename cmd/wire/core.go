// Package wire puts the program together: the use-cases over one database
// (Core), and the server over them with its index, pages and API (Server). The
// commands and the tests of whole paths use the same wiring; nothing here
// decides anything.
package wire

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/passkey"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/exchange/work"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/search/linker"
)

// Core is the use-cases over one database.
type Core struct {
	DB       *store.DB
	Policy   access.Policy
	IDs      domain.IDs
	Clock    domain.Clock
	Linker   *linker.Linker
	editions *editions // that the linker was loaded from

	Directory       *place.Directory
	Classifications taxonomy.Classifications
	Concepts        *taxonomy.Concepts
	Importer        *taxonomy.Importer

	Accounts *identity.Accounts
	Agencies *identity.Agencies
	Sessions *identity.Sessions
	Tokens   *identity.Tokens
	Factors  *identity.Factors

	Invitations *identity.Invitations
	Members     *identity.Members
	Links       *identity.Links
	Contacts    *identity.Contacts
	Clients     *identity.Clients

	Jobseekers    *person.Jobseekers
	Registrations *person.Registrations
	Consents      *person.Consents
	Drafts        *person.Drafts
	Messages      *person.Messages
	Merges        *person.Merges
	Documents     *document.Documents

	Organisations *employer.Organisations
	Vacancies     *employer.Vacancies
	Files         *casework.Files
	Transfers     *casework.Transfers
	Emergencies   *casework.Emergencies
	Applications  *placement.Applications
	Placements    *placement.Placements
	Views         *watch.Views
	Complaints    *watch.Complaints
	Work          *watch.Work
	Trail         *audit.Trail

	Seen      *rights.Views
	Copies    *rights.Copies
	Requests  *rights.Requests
	Keeping   *rights.Keeping
	Registers *rights.Registers

	rights    rights.Rules
	limits    watch.Limits
	challenge int64 // bound of the numbers of challenges

	box         *seal.Box // seals second factors
	contactWait time.Duration
}

// Options are what differs between a server, a command and a test. The zero
// value is the shipped country with the wall clock.
type Options struct {
	Country string         // folder of the country pack; "" means the shipped one
	Policy  *access.Policy // who may do what; nil means access.Default(). Only tests of the walls give another
	Clock   domain.Clock
	Store   store.Options
	Limits  watch.Limits // of views a day; the zero value means the usual ones
	Rights  rights.Rules // of what people ask about their data; the zero value means the usual ones
	// Challenge bounds the number a challenge asks for; 0 means the measured one.
	Challenge int64
	Box       *seal.Box // seals second factors; nil means one whose key is lost at the end
	// ContactWait is how long another address or number to sign in with waits; 0 means identity.ContactWait.
	ContactWait time.Duration
}

// NewIDs makes time-ordered identifiers.
func NewIDs() domain.IDs {
	return domain.IDFunc(func() domain.ID { return domain.ID(uuid.Must(uuid.NewV7()).String()) })
}

// NewCore opens the database at url as the application's role and wires the
// use-cases. The schema must be up to date.
func NewCore(ctx context.Context, url string, opt Options) (*Core, error) {
	if opt.Clock == nil {
		opt.Clock = domain.SystemClock()
	}
	if opt.Country == "" {
		opt.Country = starter.DefaultCountry
	}
	if opt.Policy == nil {
		shipped := access.Default()
		opt.Policy = &shipped
	}
	c := &Core{Policy: *opt.Policy, IDs: NewIDs(), Clock: opt.Clock, Linker: linker.New(), limits: opt.Limits, challenge: opt.Challenge, contactWait: opt.ContactWait, editions: &editions{}}
	if c.limits.Stop == 0 {
		c.limits = watch.DefaultLimits()
	}
	if c.limits.Zone == nil {
		c.limits.Zone = person.DefaultRules().Zone
	}
	if c.rights = opt.Rights; c.rights.Due == 0 {
		c.rights.Due = rights.DefaultRules().Due
	}
	if c.rights.Wait == 0 {
		c.rights.Wait = rights.DefaultRules().Wait
	}
	if c.rights.Zone == nil {
		c.rights.Zone = person.DefaultRules().Zone
	}
	opt.Store.Clock = opt.Clock
	db, err := store.Open(ctx, url, c.IDs, opt.Store)
	if err != nil {
		return nil, err
	}
	c.DB = db
	if err := c.wire(opt); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return c, nil
}

// At gives the same use-cases by another clock, over the same connections: a
// demonstration has a past. Only the first one is closed.
func (c *Core) At(clock domain.Clock) (*Core, error) {
	then := *c
	then.Clock = clock
	return &then, then.wireContexts(c.box)
}

// Close gives the database connections back.
func (c *Core) Close() error { return c.DB.Close() }

func (c *Core) wire(opt Options) error {
	if err := c.wireReference(opt.Country); err != nil {
		return err
	}
	return c.wireContexts(opt.Box)
}

// wireContexts wires what people and programs do, over the reference data.
func (c *Core) wireContexts(box *seal.Box) error {
	passwords := seal.NewPasswords(runtime.NumCPU())
	if box == nil {
		box = seal.RandomBox()
	}
	c.box = box
	queue, err := c.DB.Queue()
	if err != nil {
		return err
	}
	rules := person.DefaultRules()
	outbox := person.NewOutbox(c.DB.Messages(), queue, c.IDs, c.Clock, rules.Zone)
	c.Work = watch.NewWork(work.New(box.Derive("proof of work"), c.challenge, c.Clock), c.DB.SpentWork())
	c.wireIdentity(passwords, box, outbox)
	c.wirePerson(passwords, outbox, rules)
	c.wireEmployer(passwords)
	c.wireWatch()
	c.wireCasework(outbox)
	c.wirePlacement(outbox)
	c.wireRights(queue, outbox)
	c.Trail = audit.NewTrail(audit.Deps{Tx: c.DB, Store: c.DB.Audit(), Exports: c.DB.Exports(), Policy: c.Policy, IDs: c.IDs, Clock: c.Clock})
	return nil
}

func (c *Core) wireReference(country string) error {
	world, err := starter.World()
	if err != nil {
		return err
	}
	pack, err := starter.Pack(country)
	if err != nil {
		return err
	}
	if c.Classifications, err = starter.Classifications(); err != nil {
		return err
	}
	if c.Directory, err = place.NewDirectory(place.Deps{
		Tx: c.DB, Store: c.DB.Places(), Policy: c.Policy, World: world, Pack: pack,
	}); err != nil {
		return err
	}
	c.Concepts = taxonomy.NewConcepts(taxonomy.ConceptsDeps{Tx: c.DB, Store: c.DB.Taxonomy(), Linker: c.Linker, Policy: c.Policy})
	c.Importer = taxonomy.NewImporter(taxonomy.ImporterDeps{
		Tx: c.DB, Store: c.DB.Taxonomy(), Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	})
	return nil
}

func (c *Core) wireIdentity(passwords *seal.Passwords, box *seal.Box, outbox *person.Outbox) {
	d := identity.Deps{
		Tx: c.DB, Users: c.DB.Users(), Agencies: c.DB.Agencies(), Sessions: c.DB.Sessions(), Tokens: c.DB.Tokens(),
		Factors: c.DB.Factors(), Invitations: c.DB.Invitations(), Members: c.DB.Members(), Links: c.DB.Members(),
		Contacts: c.DB.Contacts(), Notices: notices{outbox}, Exports: c.DB.Exports(), Passwords: passwords, Codes: seal.OneTimePasswords{}, Box: box, Keys: passkey.Keys{},
		Policy: c.Policy, IDs: c.IDs, Clock: c.Clock, Secret: seal.Secret, Phrase: seal.Passphrase, RecoveryCode: seal.RecoveryCode, HashToken: seal.HashToken,
	}
	c.Factors, c.Invitations = identity.NewFactors(d), identity.NewInvitations(d)
	c.Members, c.Links, c.Contacts = identity.NewMembers(d), identity.NewLinks(d), identity.NewContacts(d, c.contactWait)
	c.Accounts, c.Agencies = identity.NewAccounts(d), identity.NewAgencies(d)
	c.Clients = identity.NewClients(d)
	c.Sessions, c.Tokens = identity.NewSessions(d), identity.NewTokens(d)
}

func (c *Core) wirePerson(passwords *seal.Passwords, outbox *person.Outbox, rules person.Rules) {
	d := person.Deps{
		Tx: c.DB, People: c.Persons(), Registrations: c.DB.Registrations(), Consents: c.DB.Consents(),
		History: c.DB.History("registration"), Drafts: c.DB.Drafts(), Codes: c.DB.PhoneCodes(), Accounts: c.DB.PhoneCodes(), Merges: c.DB.Merges(),
		Contacts: lateContacts{c}, Holds: c.DB, Outbox: outbox, Phones: phone.Parser{}, Secrets: passwords, Work: c.Work, Places: c.Directory, Linker: c.Linker, Policy: c.Policy,
		Hints: seal.Hints{Box: c.box}, Allowance: c.DB.Allowance(), IDs: c.IDs, Clock: c.Clock, Secret: seal.Secret, HashToken: seal.HashToken,
		NewCode: func() string { return seal.Digits(6) }, Rules: rules,
	}
	c.Jobseekers, c.Registrations = person.NewJobseekers(d), person.NewRegistrations(d)
	c.Consents, c.Drafts = person.NewConsents(d), person.NewDrafts(d)
	c.Messages = person.NewMessages(person.MessageDeps{
		Tx: c.DB, Box: c.DB.Messages(), People: d.People, Consents: d.Consents, Holds: c.DB, Gateway: person.ScreenGateway{}, Policy: c.Policy,
		Clock: c.Clock, Zone: rules.Zone,
	})
	c.Merges = person.NewMerges(d)
	c.Documents = document.NewDocuments(document.Deps{
		Tx: c.DB, Store: c.DB.Documents(), People: c.Persons(), Allowance: c.DB.Allowance(), Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	})
}

func (c *Core) wireEmployer(passwords *seal.Passwords) {
	d := employer.Deps{
		Tx: c.DB, Organisations: c.DB.Organisations(), Vacancies: c.DB.Vacancies(), History: c.DB.History("vacancy"),
		Accounts: c.DB.Users(), Passwords: passwords, Agencies: c.DB.Registrations(), Places: c.Directory, Concepts: c.DB.Taxonomy(),
		Complaints: c.DB.Complaints(), Notes: c.DB.Organisations(), Work: c.Work, Linker: c.Linker, Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	}
	c.Organisations, c.Vacancies = employer.NewOrganisations(d), employer.NewVacancies(d)
}

func (c *Core) wireWatch() {
	d := watch.Deps{
		Tx: c.DB, Views: c.DB.Views(), Complaints: c.DB.Complaints(), History: c.DB.History("complaint"), Vacancies: c.DB.Vacancies(),
		Organisations: c.DB.Organisations(), Registrations: c.DB.Registrations(), Stops: c.Vacancies, Doubts: c.Organisations, Limits: c.limits,
		Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	}
	c.Views, c.Complaints = watch.NewViews(d), watch.NewComplaints(d)
}

func (c *Core) wireCasework(outbox *person.Outbox) {
	d := casework.Deps{
		Tx: c.DB, Cases: c.DB.Cases(), Plans: c.DB.Plans(), Notes: c.DB.Notes(), History: c.DB.History("case"),
		People: c.Persons(), Registrations: c.DB.Registrations(), Acceptance: c.Registrations, Colleagues: c.DB.Cases(), Exports: c.DB.Exports(),
		Holds: c.DB, Transfers: c.DB.Transfers(), TransferHistory: c.DB.History("transfer"), Emergencies: c.DB.Emergencies(), Moving: c.Registrations,
		Hints: seal.Hints{Box: c.box}, Allowance: c.DB.Allowance(), Outbox: outbox, Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	}
	c.Files, c.Transfers, c.Emergencies = casework.NewFiles(d), casework.NewTransfers(d), casework.NewEmergencies(d)
}

func (c *Core) wirePlacement(outbox *person.Outbox) {
	d := placement.Deps{
		Tx: c.DB, Applications: c.DB.Applications(), Placements: c.DB.Placements(), Vacancies: c.DB.Vacancies(),
		Organisations: c.DB.Organisations(), People: c.Persons(), Consents: c.Consents, Holds: c.DB, Cases: c.DB.Cases(), Outbox: outbox, Views: c.Views,
		Histories: placement.Histories{
			Application: c.DB.History("application"), Placement: c.DB.History("placement"),
			Vacancy: c.DB.History("vacancy"), Case: c.DB.History("case"),
		},
		Policy: c.Policy, IDs: c.IDs, Clock: c.Clock,
	}
	c.Applications, c.Placements = placement.NewApplications(d), placement.NewPlacements(d)
}

// lateContacts gives consents the applications, which are wired after them: an
// application rests on a consent, and a consent that ends takes it back.
type lateContacts struct{ core *Core }

// WithdrawAll implements person.Contacts.
func (l lateContacts) WithdrawAll(ctx context.Context, tx domain.Tx, actor domain.Actor, of domain.ID) error {
	return l.core.Applications.WithdrawAll(ctx, tx, actor, of)
}

// LoadStarter brings the shipped places, occupations and skills into the
// database and the linker's dictionary up to date. It is quick when there is
// nothing to do.
func (c *Core) LoadStarter(ctx context.Context) error {
	if _, err := starter.Load(ctx, c.Directory, c.Importer); err != nil {
		return fmt.Errorf("load starter data: %w", err)
	}
	if err := c.Directory.Refresh(ctx); err != nil {
		return fmt.Errorf("read places: %w", err)
	}
	return c.LoadLinker(ctx)
}
