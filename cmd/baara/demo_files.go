package main

import (
	"context"
	"maps"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// filesPerAgency is how many case files a counsellor of the demonstration has.
const filesPerAgency = 8

// tellFiles opens case files of people who may be matched, at every stage.
func (t *tale) tellFiles(ctx context.Context) error {
	opened := map[domain.ID]int{}
	for _, who := range slices.Sorted(maps.Keys(t.people)) {
		agency := t.agency[who]
		if opened[agency] == filesPerAgency || !t.standing(ctx, who) {
			continue
		}
		if err := t.tellFile(ctx, who, opened[agency]); err != nil {
			return err
		}
		opened[agency]++
	}
	return nil
}

// standing reports whether the person is registered and known to the agency.
func (t *tale) standing(ctx context.Context, who int) bool {
	r, err := t.core.Registrations.Of(ctx, t.counsellor(who), t.people[who].ID)
	return err == nil && r.State == "active"
}

// tellFile opens a file and leads it as far as the nth of them goes.
func (t *tale) tellFile(ctx context.Context, who, n int) error {
	f := &fileTale{tale: t, ctx: ctx, actor: t.counsellor(who)}
	since := []int{2, 10, 21, 52, 44, 60, 33, 26}[n%filesPerAgency]
	f.on(since, func() (err error) {
		f.file, err = t.core.Files.Take(ctx, f.actor, t.people[who].ID)
		return err
	})
	f.note(since, "visit", "Premier entretien. Cherche un travail dans son métier, peut commencer bientôt.")
	if n == 0 {
		return f.err
	}
	f.barriers(since-1, n)
	f.move(since-2, casework.Plan, "", domain.Date{})
	f.goal(since-2, "Trouver un emploi dans son métier", "Refaire le CV avec l’agence", t.today.AddDays(2-n*2))
	if n == 1 {
		return f.err
	}
	f.move(since-6, casework.Activate, "", domain.Date{})
	f.note(max(1, since-7), "call", "Appel : deux employeurs contactés, une réponse attendue.")
	switch n {
	case 3: // no contact for a long time: asks for attention
	case 4:
		f.note(3, "call", "Part aider la famille aux champs, reprend contact après.")
		f.move(3, casework.Suspend, "", t.today.AddDays(35))
	case 5:
		f.move(8, casework.Close, "training", domain.Date{})
	default:
		f.goal(4, "Obtenir une attestation de travail", "Demander l’attestation à l’ancien employeur", t.today.AddDays(n))
	}
	return f.err
}

// fileTale leads one file. The first error ends it.
type fileTale struct {
	*tale
	ctx   context.Context
	actor domain.Actor
	file  casework.CaseFile
	err   error
}

func (f *fileTale) on(days int, act func() error) {
	if f.err == nil {
		f.ago(days)
		f.err = act()
	}
}

// change does an act that wants the file's present version.
func (f *fileTale) change(days int, act func(version int) error) {
	f.on(days, func() error {
		now, err := f.core.Files.Get(f.ctx, f.actor, f.file.ID)
		if err != nil {
			return err
		}
		return act(now.Version)
	})
}

func (f *fileTale) note(days int, contact, body string) {
	f.on(days, func() error {
		_, err := f.core.Files.WriteNote(f.ctx, f.actor, casework.WriteNote{
			CaseID: f.file.ID, Visibility: casework.VisibleFile, Contact: contact, Body: body,
		})
		return err
	})
}

func (f *fileTale) move(days int, transition, reason string, until domain.Date) {
	f.change(days, func(version int) error {
		_, err := f.core.Files.Move(f.ctx, f.actor, casework.MoveFile{
			ID: f.file.ID, Version: version, Transition: transition, Reason: reason, Until: until,
		})
		return err
	})
}

func (f *fileTale) barriers(days, n int) {
	kinds := casework.BarrierKinds()
	f.change(days, func(version int) error {
		_, err := f.core.Files.SetBarriers(f.ctx, f.actor, casework.SaveBarriers{
			ID: f.file.ID, Version: version, Barriers: []casework.Barrier{{Kind: kinds[n%len(kinds)]}, {Kind: kinds[(n+3)%len(kinds)]}},
		})
		return err
	})
}

func (f *fileTale) goal(days int, goal, action string, due domain.Date) {
	f.on(days, func() error {
		_, err := f.core.Files.AddGoal(f.ctx, f.actor, casework.AddGoal{
			CaseID: f.file.ID, Words: goal, DueOn: f.today.AddDays(60),
			First: casework.AddAction{CaseID: f.file.ID, Words: action, Doer: casework.ByJobseeker, DueOn: due},
		})
		return err
	})
}
