package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/text"
)

// standing puts the survivor in the place of each file that was absorbed, so
// that whoever is found by what the absorbed one said is found once.
func (d Deps) standing(ctx context.Context, hits []Keyed) ([]Keyed, error) {
	if d.Merges == nil || len(hits) == 0 {
		return hits, nil
	}
	survivors, err := d.Merges.Survivors(ctx, idsOf(hits))
	if err != nil || len(survivors) == 0 {
		return hits, err
	}
	at := map[domain.ID]int{}
	var out []Keyed
	for _, h := range hits {
		if to, ok := survivors[h.PersonID]; ok {
			h.PersonID = to
		}
		if i, seen := at[h.PersonID]; seen {
			out[i].Weight = max(out[i].Weight, h.Weight)
			continue
		}
		at[h.PersonID] = len(out)
		out = append(out, h)
	}
	return out, nil
}

// SurvivorOf tells which file stands for one that was absorbed; "" for one that
// stands for itself. Who may not read that file learns nothing: NotFound.
func (s *Merges) SurvivorOf(ctx context.Context, actor domain.Actor, id domain.ID) (domain.ID, error) {
	survivors, err := s.d.Merges.Survivors(ctx, []domain.ID{id})
	to := survivors[id]
	if err != nil || to.IsZero() {
		return "", err
	}
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, to)
		if err != nil {
			return err
		}
		return s.d.Policy.Check(actor, access.PersonRead, facts)
	})
	return to, err
}

// Absorbed tells whether another file stands for the actor's own now, which the
// actor's account does not open: the person has to come to the agency.
func (s *Merges) Absorbed(ctx context.Context, actor domain.Actor) (bool, error) {
	if actor.PersonID.IsZero() {
		return false, nil
	}
	survivors, err := s.d.Merges.Survivors(ctx, []domain.ID{actor.PersonID})
	return len(survivors) > 0, err
}

// Of lists the merges a file survived, with what each brought, the newest first.
func (s *Merges) Of(ctx context.Context, actor domain.Actor, survivor domain.ID) ([]Merged, error) {
	var out []Merged
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, survivor)
		if err != nil {
			return err
		}
		if !s.d.Policy.Allows(actor, access.MergeRead, facts) { // let in by a share or an emergency
			return s.d.Policy.Check(actor, access.PersonRead, facts)
		}
		merges, err := s.d.Merges.MergesOf(ctx, tx, survivor)
		if err != nil {
			return err
		}
		moves, err := s.d.Merges.Moves(ctx, tx, survivor)
		if err != nil {
			return err
		}
		for _, m := range merges {
			one := Merged{Merge: m}
			for _, move := range moves {
				if move.MergeID == m.ID {
					one.Moves = append(one.Moves, move)
				}
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// Candidates lists files that may be the same person's, those said to be of two
// people left out: of the actor's agency alone, since a merge is of one agency.
// The desk is warned with them; only a lead merges.
func (s *Merges) Candidates(ctx context.Context, actor domain.Actor, id domain.ID) ([]Likely, error) {
	var out []Likely
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.MergeRead, facts); err != nil {
			return err
		}
		p, err := s.d.People.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		jobseekers := &Jobseekers{s.d}
		likely, err := jobseekers.Likely(ctx, tx, p)
		if err != nil {
			return err
		}
		apart, err := s.d.Merges.ApartFrom(ctx, tx, id)
		if err != nil {
			return err
		}
		people := make([]Person, len(likely))
		for i, l := range likely {
			people[i] = l.Person
		}
		all, err := jobseekers.factsOfAll(ctx, tx, people)
		if err != nil {
			return err
		}
		for _, l := range likely {
			if !apart[l.Person.ID] && s.d.Policy.Allows(actor, access.MergeRead, all[l.Person.ID]) {
				out = append(out, l)
			}
		}
		return nil
	})
	return out, err
}

// Twofold is two files of an agency that may be one person's.
type Twofold struct {
	One, Other Person
	Reason     DuplicateReason
}

// maxTwofold bounds the list a lead works off.
const maxTwofold = 50

// Duplicates lists pairs of the actor's agency under one identity number, or
// under one phone with alike names, that nobody said are two people. At most
// maxTwofold, the newest files first: a list to work off.
func (s *Merges) Duplicates(ctx context.Context, actor domain.Actor) ([]Twofold, error) {
	var out []Twofold
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.MergeLook, access.Facts{AgencyID: actor.AgencyID}); err != nil {
			return err
		}
		pairs, err := s.d.Merges.SharedKeys(ctx, actor.AgencyID, 4*maxTwofold)
		if err != nil {
			return err
		}
		var ids []domain.ID
		for _, pair := range pairs {
			ids = append(ids, pair[0], pair[1])
		}
		people, err := s.d.People.Many(ctx, tx, unique(ids)) // row-level security narrows it again
		if err != nil {
			return err
		}
		at := make(map[domain.ID]Person, len(people))
		for _, p := range people {
			at[p.ID] = p
		}
		for _, pair := range pairs {
			a, b := at[pair[0]], at[pair[1]]
			reason, ok := compare(a, b, text.NameSimilarity(a.FullName(), b.FullName()))
			if !ok || reason == SamePhoneAlone || a.ID == "" || b.ID == "" || len(out) == maxTwofold {
				continue
			}
			out = append(out, Twofold{a, b, reason})
		}
		return nil
	})
	return out, err
}

// Apart notes that two files are of two people: they are proposed no more.
func (s *Merges) Apart(ctx context.Context, actor domain.Actor, one, other domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		for _, id := range []domain.ID{one, other} {
			facts, err := s.d.factsOf(ctx, tx, id)
			if err != nil {
				return s.d.Policy.Unseen(tx, actor, access.MergeApart, id, err)
			}
			if err := s.d.Policy.Authorise(tx, actor, access.MergeApart, facts); err != nil {
				return err
			}
		}
		if one == other {
			return domain.Conflict("person.Apart", "error.merge.taken")
		}
		tx.Outcome("person", one, 1)
		return s.d.Merges.Apart(ctx, tx, one, other, actor.UserID, s.d.Clock.Now())
	})
}
