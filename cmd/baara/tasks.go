package main

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/jobs"
)

// tasks is what falls due by the clock. Each is a use-case that may run twice
// without harm and does the same whoever's turn it is.
func (a *app) tasks() []jobs.Task {
	return []jobs.Task{
		{Name: "lapse-registrations", Every: time.Hour, Do: untilNone(a.lapse)},
		{Name: "lapse-transfers", Every: time.Hour, Do: untilNone(a.lapseTransfers)},
		{Name: "clear-quarantine", Every: time.Hour, Do: untilNone(a.clearQuarantine)},
		{Name: "remind-consents", Every: 6 * time.Hour, Do: untilNone(a.remindConsents)},
		{Name: "finish-merges", Every: time.Hour, Do: untilNone(a.finishMerges)},
		{Name: "expire-vacancies", Every: time.Hour, Do: untilNone(a.expireVacancies)},
		{Name: "end-silence", Every: time.Hour, Do: untilNone(a.endSilence)},
		{Name: "apply-contact-changes", Every: 10 * time.Minute, Do: a.applyContacts},
		{Name: "resume-erasures", Every: 10 * time.Minute, Do: a.resumeErasures},
		{Name: "prune-search-changes", Every: time.Hour, Do: a.pruneChanges},
		{Name: "prune-requests", Every: 6 * time.Hour, Do: a.pruneRequests},
		{Name: "sweep-keys", Every: time.Hour, Do: a.sweepKeys},
	}
}

// dueBatch is how many records a round of a task takes: transactions stay short.
const dueBatch = 200

// mostRounds ends a task that finds ever more; the next turn goes on.
const mostRounds = 100

// untilNone repeats rounds until one finds nothing due.
func untilNone(round func(context.Context) (int, error)) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		sum := 0
		for range mostRounds {
			n, err := round(ctx)
			sum += n
			if n == 0 || err != nil {
				return sum, err
			}
		}
		return sum, nil
	}
}

func (a *app) lapse(ctx context.Context) (int, error) {
	return a.core.Registrations.LapseDue(ctx, domain.System())
}

func (a *app) lapseTransfers(ctx context.Context) (int, error) {
	return a.core.Transfers.LapseDue(ctx, domain.System())
}

func (a *app) clearQuarantine(ctx context.Context) (int, error) {
	return a.core.Registrations.ClearDue(ctx, domain.System())
}

func (a *app) remindConsents(ctx context.Context) (int, error) {
	return a.core.Consents.RemindEnding(ctx, dueBatch)
}

func (a *app) finishMerges(ctx context.Context) (int, error) {
	return a.core.Merges.FinishDue(ctx, domain.System())
}

func (a *app) expireVacancies(ctx context.Context) (int, error) {
	return a.core.Vacancies.ExpireVacancies(ctx, dueBatch)
}

func (a *app) endSilence(ctx context.Context) (int, error) {
	done, err := a.core.Applications.EndSilence(ctx, dueBatch)
	return done.Expired + done.Chased + done.Closed, err
}

// resumeErasures carries out what was confirmed when the program ended.
func (a *app) resumeErasures(ctx context.Context) (int, error) {
	return a.core.Requests.Resume(ctx, domain.System())
}

// feedDays is how long rows of the search feed live; an older index rebuilds.
const feedDays = 7

func (a *app) pruneChanges(ctx context.Context) (int, error) {
	n, err := a.core.DB.Search().Prune(ctx, a.core.Clock.Now().AddDate(0, 0, -feedDays))
	return int(n), err
}

func (a *app) pruneRequests(ctx context.Context) (int, error) {
	return a.core.DB.PruneRequests(ctx, a.core.Clock.Now())
}

func (a *app) sweepKeys(ctx context.Context) (int, error) {
	return a.core.DB.KeyWork().Sweep(ctx, a.core.Clock.Now())
}
