package casework_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
)

// TestAWithdrawalWaitsForAnExport: a hundred people withdraw while a lead's export of their files is made and sent. None of
// them is committed between the first line that is read and the last byte that is sent.
func TestAWithdrawalWaitsForAnExport(t *testing.T) {
	d := newDesk(t)
	d.deps.Holds, d.deps.Exports, d.persons.Holds = d.db, d.db.Exports(), d.db
	files, consents := casework.NewFiles(d.deps), person.NewConsents(d.persons)
	var people []domain.ID
	var newcomers []person.Newcomer
	for range 100 {
		n := domaintest.APerson(d.ids).At(d.agency)
		newcomers, people = append(newcomers, n), append(people, n.Person.ID)
	}
	d.write(func(tx domain.Tx) error { return d.persons.People.InsertBatch(context.Background(), tx, newcomers) })
	for _, id := range people {
		if _, err := files.Take(t.Context(), d.awa, id); err != nil {
			t.Fatal(err)
		}
	}
	count := func(query string) (n int) {
		t.Helper()
		if err := d.raw.SQL.QueryRowContext(context.WithoutCancel(t.Context()), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	const (
		withdrawn = `SELECT count(*) FROM consents WHERE withdrawn_at IS NOT NULL`
		waiting   = `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND NOT granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
	)
	ctx, sending := domain.BeginSending(t.Context(), func() {})
	var leaving sync.WaitGroup
	begun := false
	_, err := files.Export(ctx, d.lead, casework.CaseFilter{}, domain.Destination{Recipient: "ONEF"}, func(domain.Export) func(casework.CaseRow) error {
		return func(casework.CaseRow) error {
			if !begun { // with the first line
				begun = true
				for part := range 4 {
					leaving.Go(func() {
						for i := part; i < len(people); i += 4 {
							her := domain.Actor{UserID: d.awa.UserID, Role: domain.RoleJobseeker, PersonID: people[i]}
							if err := consents.Withdraw(context.WithoutCancel(t.Context()), her, person.WithdrawConsent{PersonID: people[i], Purpose: person.ForMatching}); err != nil {
								t.Errorf("withdrawing: %v", err)
							}
						}
					})
				}
				until(t, func() bool { return count(waiting) == 4 })
			}
			return nil
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	// The file is made; its last byte leaves now.
	if n := count(withdrawn); n != 0 || count(waiting) != 4 {
		t.Errorf("%d withdrawals were committed while the export was on its way", n)
	}
	sending.End()
	leaving.Wait()
	if n := count(withdrawn); n != len(people) {
		t.Errorf("%d of %d withdrew in the end", n, len(people))
	}
}

// until waits for a condition, not for a time.
func until(t *testing.T, met func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.WithoutCancel(t.Context()), 20*time.Second)
	defer stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !met() {
		select {
		case <-ctx.Done():
			t.Error("it never came")
			return
		case <-tick.C:
		}
	}
}
