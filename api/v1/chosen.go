package v1

import (
	"context"
	"fmt"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// chosen checks the concepts somebody chose for a record's words: each must be
// there and of its kind. An occupation brings its ISCO group with it.
func (a *API) chosen(ctx context.Context, experience []person.Experience, skills []person.Skill, wishes []person.Wish) error {
	n, err := a.named(ctx, conceptsOf(person.Person{Experience: experience, Skills: skills, Wishes: wishes}))
	if err != nil {
		return err
	}
	var bad domain.Fields
	for i := range experience {
		e := &experience[i]
		if n.check(&bad, e.OccupationID, taxonomy.Occupation, fmt.Sprintf("experience.%d.occupation", i)) {
			e.ISCO = n.concepts[e.OccupationID].ISCO
		}
	}
	for i, s := range skills {
		n.check(&bad, s.ConceptID, taxonomy.Skill, fmt.Sprintf("skills.%d.concept", i))
	}
	for i, w := range wishes {
		n.check(&bad, w.OccupationID, taxonomy.Occupation, fmt.Sprintf("wishes.%d.occupation", i))
	}
	return bad.Err("v1.chosen")
}

// check notes a concept that does not exist or is of the other kind, and
// reports whether there is one to use.
func (n names) check(bad *domain.Fields, id domain.ID, kind taxonomy.Kind, field string) bool {
	if id.IsZero() {
		return false
	}
	ok := n.concepts[id].Kind == kind
	bad.Check(ok, field, "error.choice")
	return ok
}
