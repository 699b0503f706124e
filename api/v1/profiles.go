package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// section is the input of an update of one part of a record.
type section[T any] struct {
	ByID
	Precondition
	Body T
}

// The parts of a record that are lists, and the one that is named like its place.
type (
	experienceBody struct {
		Experience []Experience `json:"experience" maxItems:"60"`
	}
	skillsBody struct {
		Skills []Skill `json:"skills" maxItems:"60"`
	}
	languagesBody struct {
		Languages []Spoken `json:"languages" maxItems:"60"`
	}
	licencesBody struct {
		Licences []Licence `json:"licences" maxItems:"60"`
	}
	mobilityBody struct {
		Mobility Mobility `json:"mobility"`
	}
	wishesBody struct {
		Wishes []Wish `json:"wishes" maxItems:"10"`
	}
)

// mountProfiles registers one PUT a part of the record. A list is replaced as a
// whole; the ETag of the record says what it was based on.
func (a *API) mountProfiles(g huma.API) {
	put := func(name, summary string) route {
		return route{
			id: "set-" + name, method: http.MethodPut, path: "/jobseekers/{id}/" + name, summary: summary, tag: "jobseekers", change: true,
			views: []any{JobseekerOwn{}, JobseekerStaff{}},
		}
	}
	add(g, put("identity", "Who somebody is"), func(ctx context.Context, in *section[Identity]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Identity: pointer(in.Body.toDomain())})
	})
	add(g, put("contact", "Where and how somebody is reached"), func(ctx context.Context, in *section[Contact]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Contact: pointer(in.Body.toDomain())})
	})
	add(g, put("population", "The groups the service counts somebody in"), func(ctx context.Context, in *section[Population]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Population: pointer(in.Body.toDomain())})
	})
	add(g, put("education", "Schools, courses and diplomas"), func(ctx context.Context, in *section[Education]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Schooling: pointer(in.Body.toDomain())})
	})
	add(g, put("experience", "Occupations held"), func(ctx context.Context, in *section[experienceBody]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Experience: pointer(each(in.Body.Experience, Experience.toDomain))})
	})
	add(g, put("skills", "What somebody can do"), func(ctx context.Context, in *section[skillsBody]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Skills: pointer(each(in.Body.Skills, Skill.toDomain))})
	})
	add(g, put("languages", "Languages somebody speaks"), func(ctx context.Context, in *section[languagesBody]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Languages: pointer(each(in.Body.Languages, Spoken.toDomain))})
	})
	add(g, put("licences", "Driving licences"), func(ctx context.Context, in *section[licencesBody]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Licences: pointer(each(in.Body.Licences, Licence.toDomain))})
	})
	add(g, put("mobility", "Where and when somebody can work"), func(ctx context.Context, in *section[mobilityBody]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Mobility: pointer(in.Body.Mobility.toDomain())})
	})
	add(g, put("wishes", "Occupations somebody looks for"), func(ctx context.Context, in *section[wishesBody]) (*view, error) {
		return a.update(ctx, in.ByID, in.Precondition, person.UpdatePerson{Wishes: pointer(each(in.Body.Wishes, Wish.toDomain))})
	})
	a.mountSkill(g)
}

func (a *API) update(ctx context.Context, on ByID, match Precondition, change person.UpdatePerson) (*view, error) {
	if err := a.chosen(ctx, part(change.Experience), part(change.Skills), part(change.Wishes)); err != nil {
		return nil, err
	}
	return a.edit(ctx, on, match, func(actor domain.Actor, id domain.ID, version int) (person.Person, error) {
		change.ID, change.Version = id, version
		return a.Jobseekers.Update(ctx, actor, change)
	})
}

// edit is the frame of every change of a record.
func (a *API) edit(ctx context.Context, on ByID, match Precondition, act func(domain.Actor, domain.ID, int) (person.Person, error)) (*view, error) {
	version, err := match.version()
	if err != nil {
		return nil, err
	}
	actor := edge.ActorFrom(ctx)
	p, err := act(actor, on.id(), version)
	p, err = again(p, err, func(id domain.ID) (person.Person, error) { return a.Jobseekers.Get(ctx, actor, id) })
	if err != nil {
		return nil, err
	}
	return a.jobseekerOut(ctx, p)
}

// part gives a list that is being changed, nil for one that is not.
func part[T any](list *[]T) []T {
	if list == nil {
		return nil
	}
	return *list
}

// mountSkill registers adding and removing one skill, for lists somebody else
// may be editing as well.
func (a *API) mountSkill(g huma.API) {
	shapes := []any{JobseekerOwn{}, JobseekerStaff{}}
	add(g, route{id: "add-skill", method: http.MethodPost, path: "/jobseekers/{id}/skills", summary: "Add one skill", tag: "jobseekers",
		change: true, views: shapes}, func(ctx context.Context, in *section[Skill]) (*view, error) {
		added := []person.Skill{in.Body.toDomain()}
		if err := a.chosen(ctx, nil, added, nil); err != nil {
			return nil, err
		}
		return a.edit(ctx, in.ByID, in.Precondition, func(actor domain.Actor, id domain.ID, version int) (person.Person, error) {
			return a.Jobseekers.AddSkill(ctx, actor, id, version, added[0])
		})
	})
	add(g, route{id: "remove-skill", method: http.MethodDelete, path: "/jobseekers/{id}/skills/{position}", summary: "Remove one skill", tag: "jobseekers",
		change: true, views: shapes}, func(ctx context.Context, in *removeSkill) (*view, error) {
		return a.edit(ctx, in.ByID, in.Precondition, func(actor domain.Actor, id domain.ID, version int) (person.Person, error) {
			return a.Jobseekers.RemoveSkill(ctx, actor, id, version, in.Position)
		})
	})
}

type removeSkill struct {
	ByID
	Precondition
	Position int `path:"position" minimum:"0" maximum:"59" doc:"In the list, counted from 0"`
}
