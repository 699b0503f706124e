package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// JobseekerOwn is a record as the person it is about sees it.
type JobseekerOwn struct {
	View      string `json:"view" enum:"own"`
	ID        string `json:"id"`
	Reference string `json:"reference" example:"ML-2026-00317"`
	Profile
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// JobseekerStaff is a record as the staff responsible for it see it.
type JobseekerStaff struct {
	View      string `json:"view" enum:"staff"`
	ID        string `json:"id"`
	Reference string `json:"reference" example:"ML-2026-00317"`
	Profile
	Entry     Entry     `json:"entry"`
	Warnings  []Warning `json:"warnings" doc:"Odd things that are kept all the same"`
	Demo      bool      `json:"demo,omitempty" doc:"Invented, for a demonstration"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Entry says who put a record in.
type Entry struct {
	Mode       string `json:"mode" enum:"self,helper,staff,import,seed"`
	By         string `json:"by,omitempty" doc:"The staff account"`
	HelperName string `json:"helper_name,omitempty"`
	Source     string `json:"source,omitempty" doc:"Of an import"`
}

// Warning is something odd about one input.
type Warning struct {
	Field   string `json:"field"`
	Code    string `json:"code" doc:"Stable name"`
	Message string `json:"message" doc:"In the reader's language"`
}

func (a *API) mountJobseekers(g huma.API) {
	tag := "jobseekers"
	add(g, route{id: "create-jobseeker", method: http.MethodPost, path: "/jobseekers", summary: "Register somebody who sits before you", tag: tag,
		detail: "For staff. The registration goes to the agency that serves the place of residence, unless it is kept here.",
		status: http.StatusCreated}, a.createJobseeker)
	add(g, route{id: "get-jobseeker", method: http.MethodGet, path: "/jobseekers/{id}", summary: "One jobseeker's record", tag: tag,
		views: []any{JobseekerOwn{}, JobseekerStaff{}}}, a.getJobseeker)
	add(g, route{id: "get-jobseeker-card", method: http.MethodGet, path: "/jobseekers/{id}/card",
		summary: "The pseudonymous card of somebody who may be matched", tag: tag}, a.getCard)
	add(g, route{id: "find-jobseekers", method: http.MethodPost, path: "/jobseekers/find", unkeyed: true, tag: tag,
		summary: "Find people by name, village, phone or reference, whatever the spelling",
		detail:  "Of people at other agencies only the agency to ask is told. A POST, so that names stand in no address."}, a.findJobseekers)
	add(g, route{id: "find-duplicates", method: http.MethodPost, path: "/jobseekers/duplicates", unkeyed: true, tag: tag,
		summary: "Likely duplicates of somebody about to be registered"}, a.findDuplicates)
}

func (a *API) getJobseeker(ctx context.Context, in *ByID) (*view, error) {
	p, err := a.Jobseekers.Get(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return a.jobseekerOut(ctx, p)
}

// jobseekerOut chooses the shape for the reader.
func (a *API) jobseekerOut(ctx context.Context, p person.Person) (*view, error) {
	n, err := a.named(ctx, conceptsOf(p))
	if err != nil {
		return nil, err
	}
	profile := profileOut(p, n)
	if edge.ActorFrom(ctx).Role == domain.RoleJobseeker {
		return record[any](p.Version, JobseekerOwn{
			View: "own", ID: string(p.ID), Reference: p.Reference, Profile: profile, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
		}), nil
	}
	l := edge.LocalizerFrom(ctx)
	return record[any](p.Version, JobseekerStaff{
		View: "staff", ID: string(p.ID), Reference: p.Reference, Profile: profile, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt, Demo: p.Demo,
		Entry: Entry{Mode: string(p.Entry.Mode), By: string(p.Entry.By), HelperName: p.Entry.HelperName, Source: p.Entry.ExternalSource},
		Warnings: each(person.Warnings(p, domain.DateOf(p.UpdatedAt)), func(w person.Warning) Warning {
			return Warning{Field: w.Field, Code: w.Key, Message: l.T(w.Key)}
		}),
	}), nil
}

type createJobseeker struct {
	Body struct {
		Profile
		Here     bool      `json:"here,omitempty" doc:"Keep the registration at this agency"`
		Secret   string    `json:"secret,omitempty" maxLength:"100" doc:"The second thing for signing in, typed by the person"`
		Consents []Consent `json:"consents,omitempty" maxItems:"4"`
	}
}

// Registered is what registering somebody gives staff.
type Registered struct {
	ID        string `json:"id"`
	Reference string `json:"reference" example:"ML-2026-00317"`
}

func (a *API) createJobseeker(ctx context.Context, in *createJobseeker) (*one[Registered], error) {
	actor := edge.ActorFrom(ctx)
	p := in.Body.Profile.toDomain()
	if err := a.chosen(ctx, p.Experience, p.Skills, p.Wishes); err != nil {
		return nil, err
	}
	p, err := a.Jobseekers.Create(ctx, actor, person.CreatePerson{
		Person: p, KeepHere: in.Body.Here, Secret: in.Body.Secret, Consents: each(in.Body.Consents, Consent.toDomain),
	})
	p, err = again(p, err, func(id domain.ID) (person.Person, error) { return a.Jobseekers.Get(ctx, actor, id) })
	if err != nil {
		return nil, err
	}
	return created(p.Version, p.ID, "/jobseekers", Registered{ID: string(p.ID), Reference: p.Reference}), nil
}

// FoundPerson is a line of the name register. Of people the reader may not
// read, the agency is all there is.
type FoundPerson struct {
	Hidden    bool    `json:"hidden,omitempty" doc:"Somebody of another agency: ask there"`
	Agency    string  `json:"agency_id"`
	Hint      string  `json:"hint,omitempty" doc:"Names somebody hidden to a request for a transfer or an emergency, from this account, for an hour"`
	ID        string  `json:"id,omitempty"`
	Reference string  `json:"reference,omitempty"`
	Given     string  `json:"given,omitempty"`
	Family    string  `json:"family,omitempty"`
	Aliases   []Alias `json:"aliases,omitempty"`
	Birth     *Birth  `json:"birth,omitempty"`
	Place     string  `json:"place,omitempty"`
	Detail    string  `json:"detail,omitempty"`
}

func foundOut(f person.Found) FoundPerson {
	if f.Hidden {
		return FoundPerson{Hidden: true, Agency: string(f.AgencyID), Hint: f.Hint}
	}
	return FoundPerson{
		Agency: string(f.AgencyID), ID: string(f.PersonID), Reference: f.Reference, Given: f.Given, Family: f.Family,
		Aliases: each(f.Aliases, aliasOut), Birth: pointer(birthOut(f.Birth)), Place: f.Place, Detail: f.Detail,
	}
}

type findJobseekers struct {
	Body struct {
		Words     string `json:"words" minLength:"1" maxLength:"200"`
		Agency    string `json:"agency_id,omitempty" format:"uuid"`
		Region    string `json:"region,omitempty" maxLength:"40"`
		State     string `json:"state,omitempty" enum:"intake,active,lapsed,closed"`
		YearFrom  int    `json:"year_from,omitempty" minimum:"1900" maximum:"2100"`
		YearUntil int    `json:"year_until,omitempty" minimum:"1900" maximum:"2100"`
		After     string `json:"after,omitempty" maxLength:"200"`
		Limit     int    `json:"limit,omitempty" minimum:"1" maximum:"100"`
	}
}

func (a *API) findJobseekers(ctx context.Context, in *findJobseekers) (*lines[FoundPerson], error) {
	b := in.Body
	found, err := a.Jobseekers.Find(ctx, edge.ActorFrom(ctx), b.Words, person.FindFilter{
		AgencyID: id(b.Agency), Region: b.Region, State: domain.State(b.State), YearFrom: b.YearFrom, YearUntil: b.YearUntil,
	}, domain.Cursor{After: b.After, Limit: b.Limit})
	if err != nil {
		return nil, err
	}
	return &lines[FoundPerson]{Body: linesOf[FoundPerson]{PageOf: listed(found.Listing, foundOut).Body, OwnOnly: found.OwnOnly}}, nil
}

// lines are an answer of the name register.
type lines[T any] struct{ Body linesOf[T] }

type linesOf[T any] struct {
	PageOf[T]
	OwnOnly bool `json:"own_only,omitempty" doc:"Asked across agencies too often today: people of other agencies are left out"`
}

// LikelyDuplicate is a record that may be the same person's.
type LikelyDuplicate struct {
	FoundPerson
	Reason string `json:"reason" enum:"nina,name_phone,name_birth_region,parents,phone"`
}

type findDuplicates struct {
	Body struct {
		Identity
		Contact
	}
}

func (a *API) findDuplicates(ctx context.Context, in *findDuplicates) (*lines[LikelyDuplicate], error) {
	found, err := a.Jobseekers.Duplicates(ctx, edge.ActorFrom(ctx), person.Person{
		Identity: in.Body.Identity.toDomain(), Contact: in.Body.Contact.toDomain(),
	})
	if err != nil {
		return nil, err
	}
	items := each(found.List, func(d person.Duplicate) LikelyDuplicate {
		return LikelyDuplicate{FoundPerson: foundOut(d.Found), Reason: string(d.Reason)}
	})
	return &lines[LikelyDuplicate]{Body: linesOf[LikelyDuplicate]{PageOf: PageOf[LikelyDuplicate]{Items: items}, OwnOnly: found.OwnOnly}}, nil
}
