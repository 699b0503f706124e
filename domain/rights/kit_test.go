package rights_test

import (
	"context"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/watch"
)

// kit is an office with somebody of Bamako whose file is Awa's, somebody else,
// and the officer for data protection.
type kit struct {
	*domaintest.Office
	seen      *rights.Views
	copies    *rights.Copies
	requests  *rights.Requests
	keeping   *rights.Keeping
	registers *rights.Registers
	people    *person.Jobseekers
	files     *casework.Files
	emergency *casework.Emergencies

	officer   domain.Actor
	her       domain.Actor // "Fanta Coulibaly"
	stranger  domain.Actor
	reference string // hers
	file      casework.CaseFile
	vacancy   employer.Vacancy
	keys      *keyring
}

// keyring notes whose keys are destroyed, and fails when it is told to.
type keyring struct {
	store.Erasing
	gone []domain.ID
	fail error
}

func (k *keyring) Erase(ctx context.Context, tx domain.Tx, subject domain.ID) error {
	if k.fail != nil {
		return k.fail
	}
	k.gone = append(k.gone, subject)
	return k.Erasing.Erase(ctx, tx, subject)
}

// The rules of these tests.
const (
	dueDays = 20
	wait    = 72 * time.Hour
)

func newKit(t *testing.T) *kit {
	t.Helper()
	k := &kit{Office: domaintest.NewOffice(t), keys: &keyring{}}
	policy := access.Default()
	people := k.DB.Persons()
	queue, err := k.DB.Queue()
	k.Must(err)
	k.keys.Erasing = k.DB.Erasing(queue)
	outbox := person.NewOutbox(k.DB.Messages(), queue, k.IDs, k.Clock, time.UTC)
	d := rights.Deps{
		Tx: k.DB, Store: k.DB.Rights(), History: k.DB.History("rights_request"), Registered: k.DB.History("registration"), Staged: k.DB.History("case"),
		People: people, Registrations: k.DB.Registrations(), Consents: k.DB.Consents(), Applications: k.DB.Applications(), Placements: k.DB.Placements(),
		Plans: k.DB.Plans(), Papers: k.DB.Documents(), Exports: k.DB.Exports(), Keys: k.keys, Withdrawals: person.NewConsents(person.Deps{Tx: k.DB, People: people, Registrations: k.DB.Registrations(), Consents: k.DB.Consents(), Policy: policy, IDs: k.IDs, Clock: k.Clock, Rules: person.DefaultRules()}), Outbox: outbox, Policy: policy, IDs: k.IDs, Clock: k.Clock,
		Rules: rights.Rules{Zone: time.UTC, Due: dueDays, Wait: wait},
	}
	k.seen, k.copies, k.requests = rights.NewViews(d), rights.NewCopies(d), rights.NewRequests(d)
	k.keeping, k.registers = rights.NewKeeping(d), rights.NewRegisters(d)
	k.people = person.NewJobseekers(person.Deps{Tx: k.DB, People: people, Registrations: k.DB.Registrations(), Places: k.Places, Policy: policy, IDs: k.IDs, Clock: k.Clock, Rules: person.DefaultRules()})
	registrations := person.NewRegistrations(person.Deps{Tx: k.DB, People: people, Registrations: k.DB.Registrations(), History: k.DB.History("registration"), Policy: policy, IDs: k.IDs, Clock: k.Clock, Rules: person.DefaultRules()})
	c := casework.Deps{
		Tx: k.DB, Cases: k.DB.Cases(), Plans: k.DB.Plans(), Notes: k.DB.Notes(), History: k.DB.History("case"), People: people,
		Registrations: k.DB.Registrations(), Acceptance: registrations, Colleagues: k.DB.Cases(), Emergencies: k.DB.Emergencies(), Transfers: k.DB.Transfers(),
		Hints: openHints{}, Allowance: k.DB.Allowance(), Policy: policy, IDs: k.IDs, Clock: k.Clock,
	}
	k.files, k.emergency = casework.NewFiles(c), casework.NewEmergencies(c)
	k.officer = k.Account(domain.RoleDataProtection, "")
	k.her, k.reference = k.jobseeker("Fanta", "Coulibaly")
	k.stranger, _ = k.jobseeker("Awa", "Diarra")
	k.file, err = k.files.Take(k.Ctx, k.Awa, k.her.PersonID)
	k.Must(err)
	return k
}

// openHints name somebody by the identifier itself.
type openHints struct{}

func (openHints) Give(person, _ domain.ID, _ time.Time) string { return string(person) }
func (openHints) Take(hint string, _ domain.ID, _ time.Time) (domain.ID, error) {
	return domain.ID(hint), nil
}

// jobseeker registers somebody at Bamako with a phone, a journey and an account.
func (k *kit) jobseeker(given, family string) (domain.Actor, string) {
	k.T.Helper()
	n := domaintest.APerson(k.IDs).Named(given, family).At(k.Bamako)
	n.Person.Phones = []person.Phone{{Number: "+223661" + n.Person.Reference[len(n.Person.Reference)-5:], Owner: person.OwnPhone}}
	n.Journey = person.Journey{
		Episodes:      []person.Episode{{ID: k.IDs.New(), Country: "LBY", Role: person.Destination, Reason: "work", Status: "irregular", Occupation: given + " chantier", ReturnMode: "assisted", CreatedAt: k.Now}},
		Displacements: []person.Displacement{{ID: k.IDs.New(), OriginPlace: "MOP", OriginDetail: given + " village", Cause: "conflict", CreatedAt: k.Now}},
	}
	u := identity.User{ID: k.IDs.New(), Role: domain.RoleJobseeker, Name: given, PersonID: n.Person.ID, Phone: n.Person.Phones[0].Number, Language: "fr", CreatedAt: k.Now, Version: 1}
	k.Write(func(tx domain.Tx) error {
		if err := k.DB.Persons().InsertBatch(k.Ctx, tx, []person.Newcomer{n}); err != nil {
			return err
		}
		return k.DB.Users().InsertUser(k.Ctx, tx, u)
	})
	return u.Actor(), n.Person.Reference
}

// busy gives her an application, a placement, notes of each kind, a goal, a
// message, a view by an employer and an old complaint.
func (k *kit) busy() {
	k.T.Helper()
	firm := domaintest.AnOrganisation(k.IDs, k.Bamako, k.Awa.UserID, k.Moussa.UserID)
	k.vacancy = domaintest.AVacancy(k.IDs, firm).Vacancy()
	application := placement.Application{
		ID: k.IDs.New(), PersonID: k.her.PersonID, VacancyID: k.vacancy.ID, AgencyID: k.Bamako, Origin: placement.OriginApplied, State: placement.Hired,
		Consent: person.ByClick, Reason: "CANARY words", CreatedAt: k.Now, StateSince: k.Now, SentAt: k.Now, Version: 1,
	}
	k.Write(func(tx domain.Tx) error {
		for _, err := range []error{
			k.DB.Organisations().InsertOrganisation(k.Ctx, tx, firm), k.DB.Vacancies().InsertVacancy(k.Ctx, tx, k.vacancy),
			k.DB.Applications().InsertApplication(k.Ctx, tx, application),
			k.DB.Placements().InsertPlacement(k.Ctx, tx, placement.Placement{
				ID: k.IDs.New(), ApplicationID: application.ID, PersonID: k.her.PersonID, VacancyID: k.vacancy.ID, OrganisationID: firm.ID, AgencyID: k.Bamako,
				Kind: "fixed_term", Channel: placement.ChannelDirect, State: placement.Started, StartsOn: domain.DateOf(k.Now), WagePeriod: "month", CreatedAt: k.Now, Version: 1,
			}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	for visibility, body := range map[string]string{casework.VisibleFile: "CANARY note of the file", casework.VisibleTeam: "CANARY note of the team", casework.VisibleAuthor: "CANARY note of the author"} {
		_, err := k.files.WriteNote(k.Ctx, k.Awa, casework.WriteNote{CaseID: k.file.ID, Visibility: visibility, Contact: "call", Body: body})
		k.Must(err)
	}
	her, hers := string(k.her.PersonID), string(k.her.UserID)
	complaint := watch.Complaint{ID: k.IDs.New(), VacancyID: k.vacancy.ID, OrganisationID: firm.ID, AgencyID: k.Bamako, PersonID: k.her.PersonID, MadeBy: k.her.UserID,
		Kind: "money", Words: "CANARY complaint", State: "founded", Stops: true, Reason: "x", DecidedBy: k.Awa.UserID, DecidedAt: k.Now, CreatedAt: k.Now, UpdatedAt: k.Now, Version: 1}
	k.Write(func(tx domain.Tx) error {
		file, err := k.DB.Cases().Case(k.Ctx, tx, k.file.ID)
		if err != nil {
			return err
		}
		file.Barriers = []casework.Barrier{{Kind: "housing", Detail: "CANARY need"}}
		for _, err := range []error{
			k.DB.Plans().InsertGoal(k.Ctx, tx, casework.Goal{ID: k.IDs.New(), CaseID: k.file.ID, Words: "CANARY goal", State: "open", CreatedBy: k.Awa.UserID, CreatedAt: k.Now, Version: 1}),
			k.DB.Cases().SaveCase(k.Ctx, tx, file), k.DB.Complaints().Insert(k.Ctx, tx, complaint),
			k.message(tx, k.her.PersonID, "+22366000000", "sms.receipt", map[string]string{"Reference": "CANARY"}, k.Now),
			k.message(tx, "", "+223661"+k.reference[len(k.reference)-5:], "sms.code", map[string]string{"Code": "123456"}, k.Now),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	for _, row := range []struct {
		statement string
		args      []any
	}{
		{`INSERT INTO candidate_views VALUES ($1, current_date, $2, now())`, []any{string(firm.ID), her}},
		{`INSERT INTO complaint_history (id, record_id, transition, from_state, to_state, actor_id, actor_role, at) SELECT gen_random_uuid(), id, 'make', '', 'open', $1, 'jobseeker', now() FROM complaints`, []any{hers}},
		{`INSERT INTO sessions (token_hash, id, user_id, data, device, created_at, last_seen_at, expires_at) VALUES ('x', gen_random_uuid(), $1, '', 'CANARY phone', now(), now(), now() + interval '1 day')`, []any{hers}},
		{`INSERT INTO consents (id, person_id, purpose, text_version, lang, mode, given_at, recorded_by) VALUES (gen_random_uuid(), $1, 'sharing', '1', 'fr', 'click', now(), $2)`, []any{her, hers}},
	} {
		_, err := k.SQL.ExecContext(k.Ctx, row.statement, row.args...)
		k.Must(err)
	}
}

// message is one that was sent.
func (k *kit) message(tx domain.Tx, to domain.ID, number, template string, params map[string]string, at time.Time) error {
	return k.DB.Messages().InsertMessage(k.Ctx, tx, person.Message{ID: k.IDs.New(), Channel: person.BySMS, Recipient: number, PersonID: to, Language: "fr",
		Template: template, Params: params, State: person.MessageSent, CreatedAt: at, SentAt: at})
}
