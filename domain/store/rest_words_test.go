package store_test

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/watch"
)

// worded is somebody whose desk wrote about her wherever words can be written:
// her consents, requests, merges, complaints, papers, messages, transfers.
type worded struct {
	db              *store.DB
	ids             domain.IDs
	she             person.Newcomer
	file            casework.CaseFile
	agency, account domain.ID
}

// writes has each of them hold a canary.
func (c worded) writes(ctx context.Context, tx domain.Tx) []func() error {
	p, now, db := c.she.Person, c.she.Person.CreatedAt, c.db
	gone := domaintest.APerson(c.ids).Named("canarygone", "canarygonefamily").At(c.agency)
	second := identity.User{ID: c.ids.New(), Role: domain.RoleLead, Name: "C", Email: "d@example.org", AgencyID: c.agency, Language: "fr", CreatedAt: now, Version: 1}
	other := c.ids.New()
	firm := domaintest.AnOrganisation(c.ids, c.agency, c.account, second.ID)
	vacancy := domaintest.AVacancy(c.ids, firm).Vacancy()
	application := placement.Application{ID: c.ids.New(), PersonID: p.ID, VacancyID: vacancy.ID, AgencyID: c.agency, Origin: placement.OriginApplied, State: placement.Hired,
		Consent: person.ByClick, Reason: "canaryapplication", CreatedAt: now, StateSince: now, SentAt: now, Version: 1}
	work := placement.Placement{ID: c.ids.New(), ApplicationID: application.ID, PersonID: p.ID, VacancyID: vacancy.ID, OrganisationID: firm.ID, AgencyID: c.agency,
		Kind: "fixed_term", Channel: placement.ChannelDirect, State: placement.Started, StartsOn: domain.DateOf(now), EndReason: "canaryend", WagePeriod: "month", CreatedAt: now, Version: 1}
	consent := person.Consent{ID: c.ids.New(), PersonID: p.ID, Purpose: person.ForFollowUp, TextVersion: "2026-11", Language: "fr", Mode: person.ByThumbprint, Witness: "canarywitness",
		Representative: "canaryrepresentative", RepresentativePhone: "+22379310019", Paper: "canarypaper", Basis: "canarybasis", GivenAt: now, RecordedBy: c.account}
	named := person.Consent{ID: c.ids.New(), PersonID: p.ID, Purpose: person.ForSharing, TextVersion: "2026-11-27", Language: "fr", Mode: person.ByClick, GivenAt: now,
		Recipient: person.Recipient{ApplicationID: application.ID, OrganisationID: firm.ID, Employer: "canaryrecipient"}}
	request := rights.Request{ID: c.ids.New(), Reference: "DR-2026-00001", Kind: rights.Rectification, Words: "canaryrequest", PersonID: p.ID, AgencyID: c.agency, Mode: rights.ByCounter,
		MadeBy: c.account, State: rights.Refused, Reason: "canaryrefusal", DueOn: domain.DateOf(now), DecidedBy: c.account, DecidedAt: now, CreatedAt: now, UpdatedAt: now, Version: 1}
	complaint := watch.Complaint{ID: c.ids.New(), VacancyID: vacancy.ID, OrganisationID: firm.ID, AgencyID: c.agency, PersonID: p.ID, MadeBy: c.account,
		Kind: "money", Words: "canarycomplaint", State: "founded", Reason: "canarydecision", DecidedBy: c.account, DecidedAt: now, CreatedAt: now, UpdatedAt: now, Version: 1}
	merge := person.Merge{ID: c.ids.New(), SurvivorID: p.ID, AbsorbedID: gone.Person.ID, AgencyID: c.agency, By: c.account, At: now, Until: now.AddDate(0, 0, 30),
		Reason: "canarymerge", State: person.Active, Version: 1}
	transfer := casework.Transfer{ID: c.ids.New(), PersonID: p.ID, FromAgencyID: c.agency, ToAgencyID: other, State: casework.Asked, Reason: "canarytransfer",
		OpenedBy: c.account, OpenedAt: now, LapsesAt: now.AddDate(0, 0, 14), Version: 1}
	step := func(noun string, record domain.ID) func() error {
		return func() error {
			return db.History(noun).Append(ctx, tx, domain.Step{ID: c.ids.New(), RecordID: record, Transition: "x", From: "x", To: "x", ActorRole: "system", Reason: "canaryhistory" + noun, At: now})
		}
	}
	return []func() error{
		func() error { return db.Persons().InsertBatch(ctx, tx, []person.Newcomer{gone}) },
		func() error {
			return db.Agencies().InsertAgency(ctx, tx, identity.Agency{ID: other, Code: "K", Name: "Other", PlaceCode: "BKO", CreatedAt: now, Version: 1})
		},
		func() error { return db.Users().InsertUser(ctx, tx, second) },
		func() error { return db.Organisations().InsertOrganisation(ctx, tx, firm) },
		func() error { return db.Vacancies().InsertVacancies(ctx, tx, []employer.Vacancy{vacancy}) },
		func() error { return db.Applications().InsertApplication(ctx, tx, application) },
		func() error { return db.Placements().InsertPlacement(ctx, tx, work) },
		func() error { return db.Consents().InsertConsent(ctx, tx, consent) },
		func() error { return db.Consents().InsertConsent(ctx, tx, named) },
		func() error { return db.Rights().InsertRequest(ctx, tx, request) },
		func() error {
			return db.Rights().InsertHold(ctx, tx, rights.LegalHold{ID: c.ids.New(), PersonID: p.ID, Reason: "canaryhold", PlacedBy: c.account, PlacedAt: now})
		},
		func() error { return db.Complaints().Insert(ctx, tx, complaint) },
		func() error {
			return db.Documents().InsertDocument(ctx, tx, document.Document{ID: c.ids.New(), PersonID: p.ID, Kind: "diploma", Title: "canarypapertitle", Format: document.PDF, Size: 14,
				AddedBy: c.account, AddedAt: now}, []byte("%PDF-canarybody"))
		},
		func() error {
			return db.Messages().InsertMessage(ctx, tx, person.Message{ID: c.ids.New(), Channel: person.BySMS, Recipient: "+22379310020", PersonID: p.ID, Language: "fr", Template: "sms.receipt",
				Params: map[string]string{"Reference": "canarysent"}, State: person.MessageSent, CreatedAt: now, SentAt: now})
		},
		func() error { return db.Transfers().InsertTransfer(ctx, tx, transfer) },
		func() error {
			declined := transfer
			declined.State, declined.DecidedBy, declined.DecidedAt, declined.Answer = casework.Declined, c.account, now.AddDate(0, 0, 1), "canaryanswer"
			return db.Transfers().SaveTransfer(ctx, tx, declined)
		},
		func() error {
			return db.Emergencies().InsertEmergency(ctx, tx, casework.Emergency{ID: c.ids.New(), PersonID: p.ID, UserID: c.account, AgencyID: other, OwnerAgencyID: c.agency, Kind: "danger",
				Reason: "canaryemergency", OpenedAt: now, Until: now.Add(time.Hour), Version: 1})
		},
		func() error {
			return db.Cases().InsertShare(ctx, tx, casework.Share{ID: c.ids.New(), CaseID: c.file.ID, UserID: c.account, Since: now, Until: now.AddDate(0, 0, 7), Reason: "canaryshare", SharedBy: c.account})
		},
		func() error {
			return db.Users().InsertUser(ctx, tx, identity.User{ID: c.ids.New(), Role: domain.RoleJobseeker, Name: "canaryaccount", PersonID: p.ID, Phone: "+22379310021",
				Email: "canaryaddress@example.org", Language: "fr", CreatedAt: now, Version: 1})
		},
		step("registration", c.she.Registration.ID), step("application", application.ID), step("placement", work.ID), step("complaint", complaint.ID), step("rights_request", request.ID),
		step("transfer", transfer.ID),
		func() error { return db.Merges().InsertMerge(ctx, tx, merge) },
		func() error {
			return db.Merges().KeepRecords(ctx, tx, merge.ID, person.Snapshot{Person: gone.Person, Journey: gone.Journey}, person.Snapshot{Person: p, Journey: c.she.Journey})
		},
	}
}
