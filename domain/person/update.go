package person

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// UpdatePerson changes parts of a record; what is nil stays as it is. A list
// is replaced as a whole: Version tells what the actor had read.
type UpdatePerson struct {
	ID         domain.ID
	Version    int
	Identity   *Identity
	Contact    *Contact
	Population *Population
	Schooling  *Schooling
	Experience *[]Experience
	Skills     *[]Skill
	Languages  *[]Language
	Licences   *[]Licence
	Mobility   *Mobility
	Wishes     *[]Wish
}

// Update changes a record. Somebody else's change in between is Stale.
func (s *Jobseekers) Update(ctx context.Context, actor domain.Actor, in UpdatePerson) (Person, error) {
	return s.change(ctx, actor, in.ID, in.Version, func(p *Person) error {
		in.apply(p)
		return nil
	})
}

func (in UpdatePerson) apply(p *Person) {
	set(&p.Identity, in.Identity)
	if in.Contact != nil {
		verified := p.Contact.Phones
		p.Contact = *in.Contact
		p.Contact.Phones = keepVerified(slices.Clone(in.Contact.Phones), verified)
	}
	set(&p.Population, in.Population)
	set(&p.Schooling, in.Schooling)
	set(&p.Experience, in.Experience)
	set(&p.Skills, in.Skills)
	set(&p.Languages, in.Languages)
	set(&p.Licences, in.Licences)
	set(&p.Mobility, in.Mobility)
	set(&p.Wishes, in.Wishes)
}

func set[T any](part *T, to *T) {
	if to != nil {
		*part = *to
	}
}

// keepVerified carries over when a number was verified: no form sets that.
func keepVerified(phones, before []Phone) []Phone {
	for i := range phones {
		phones[i].VerifiedAt = Phone{}.VerifiedAt
		for _, b := range before {
			if b.Number == phones[i].Number {
				phones[i].VerifiedAt = b.VerifiedAt
			}
		}
	}
	return phones
}

// AddSkill adds one skill to a record.
func (s *Jobseekers) AddSkill(ctx context.Context, actor domain.Actor, id domain.ID, version int, skill Skill) (Person, error) {
	return s.change(ctx, actor, id, version, func(p *Person) error {
		p.Skills = append(p.Skills, skill)
		return nil
	})
}

// RemoveSkill takes away the skill at a position, counted from 0.
func (s *Jobseekers) RemoveSkill(ctx context.Context, actor domain.Actor, id domain.ID, version, position int) (Person, error) {
	return s.change(ctx, actor, id, version, func(p *Person) error {
		if position < 0 || position >= len(p.Skills) {
			return domain.NotFound("person.RemoveSkill")
		}
		p.Skills = slices.Delete(p.Skills, position, position+1)
		return nil
	})
}

// change loads, edits, checks, links and saves a record. Words are linked
// before the transaction, on a copy; the version tells that the copy was
// still the record.
func (s *Jobseekers) change(ctx context.Context, actor domain.Actor, id domain.ID, version int, edit func(*Person) error) (Person, error) {
	const op = "person.Update"
	before, err := s.mayChange(ctx, actor, id)
	if err != nil {
		return Person{}, err
	}
	if before.Version != version {
		return Person{}, s.staleUnlessReplayed(ctx, actor, op)
	}
	p := before.clone()
	if err := edit(&p); err != nil {
		return Person{}, err
	}
	p = p.clone()
	check := s.d.checker()
	check.all(&p)
	required(&check.fields, p, s.d.today())
	if err := check.fields.Err(op); err != nil {
		return Person{}, err
	}
	if actor.Role == domain.RoleJobseeker {
		declareOnly(p.Skills, before.Skills)
	}
	unlinkChanged(&p, before)
	if err := s.d.link(ctx, &p); err != nil {
		return Person{}, err
	}
	p.UpdatedAt = s.d.Clock.Now()
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonUpdate, facts); err != nil {
			return err
		}
		if err := s.d.People.Save(ctx, tx, p); err != nil {
			return err
		}
		p.Version++
		tx.Outcome("person", p.ID, p.Version)
		return nil
	})
	if err != nil {
		return Person{}, err
	}
	return p, nil
}

func (s *Jobseekers) mayChange(ctx context.Context, actor domain.Actor, id domain.ID) (Person, error) {
	var p Person
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonUpdate, facts); err != nil {
			return err
		}
		p, err = s.d.People.Get(ctx, tx, id)
		return err
	})
	return p, err
}

// staleUnlessReplayed answers for a version that is not the present one: a
// repeat of a finished request is a replay, anything else is stale.
func (s *Jobseekers) staleUnlessReplayed(ctx context.Context, actor domain.Actor, op string) error {
	return s.d.Tx.InTx(ctx, actor, func(domain.Tx) error { return domain.Stale(op) })
}

// declareOnly keeps people from proving their own skills: evidence stays what
// it was for a skill that was there, and is declared for a new one.
func declareOnly(skills, before []Skill) {
	for i := range skills {
		skills[i].Evidence = Declared
		for _, b := range before {
			if b.Folded == skills[i].Folded {
				skills[i].Evidence = b.Evidence
			}
		}
	}
}

// unlinkChanged takes the link away from words that were changed in place,
// so that they are looked up again. A link the actor chose anew stays.
func unlinkChanged(p *Person, before Person) {
	for i := range p.Experience {
		e := &p.Experience[i]
		if i < len(before.Experience) && before.Experience[i].Title != e.Title && before.Experience[i].OccupationID == e.OccupationID {
			e.OccupationID, e.ISCO, e.LinkScore = "", "", 0
		}
	}
	for i := range p.Skills {
		k := &p.Skills[i]
		if i < len(before.Skills) && before.Skills[i].Words != k.Words && before.Skills[i].ConceptID == k.ConceptID {
			k.ConceptID, k.LinkScore = "", 0
		}
	}
	for i := range p.Wishes {
		w := &p.Wishes[i]
		if i < len(before.Wishes) && before.Wishes[i].Words != w.Words && before.Wishes[i].OccupationID == w.OccupationID {
			w.OccupationID, w.LinkScore = "", 0
		}
	}
}

// clone copies the lists of a record, so that checking and completing one
// never writes into a list the caller holds.
func (p Person) clone() Person {
	p.Aliases, p.Nationalities, p.Phones = slices.Clone(p.Aliases), slices.Clone(p.Nationalities), slices.Clone(p.Phones)
	p.Groups, p.Educations, p.Experience = slices.Clone(p.Groups), slices.Clone(p.Educations), slices.Clone(p.Experience)
	p.Skills, p.Languages, p.Licences = slices.Clone(p.Skills), slices.Clone(p.Languages), slices.Clone(p.Licences)
	p.Mobility.Places, p.Wishes = slices.Clone(p.Mobility.Places), slices.Clone(p.Wishes)
	return p
}
