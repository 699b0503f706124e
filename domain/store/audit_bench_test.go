package store_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/store"
)

// BenchmarkAuditChain measures what the trail costs eight clients that write
// at the same time, on a cluster that syncs every commit: an account's
// worth of work in a transaction, with an entry and without.
func BenchmarkAuditChain(b *testing.B) {
	raw := domaintest.DurableDatabase(b)
	ids := uuids()
	db, err := store.Open(b.Context(), raw.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	actor, policy := domain.Actor{Role: domain.RoleAdministrator, UserID: ids.New()}, access.Default()
	const clients = 8
	for _, trail := range []bool{false, true} {
		b.Run(fmt.Sprintf("clients=%d/trail=%t", clients, trail), func(b *testing.B) {
			var all sync.WaitGroup
			for c := range clients {
				all.Go(func() {
					for i := c; i < b.N; i += clients {
						err := db.InTx(b.Context(), actor, func(tx domain.Tx) error {
							if trail {
								if err := policy.Authorise(tx, actor, access.AccountCreate, access.Facts{}); err != nil {
									return err
								}
							}
							return db.Users().InsertUser(b.Context(), tx, identity.User{
								ID: ids.New(), Role: domain.RoleAnalyst, Name: "Bench", Email: string(ids.New()) + "@example.org", Language: "fr",
								CreatedAt: domain.SystemClock().Now(), Version: 1,
							})
						})
						if err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
		})
	}
}

// BenchmarkAuditVerify reads and proves a trail of a million entries.
func BenchmarkAuditVerify(b *testing.B) {
	raw := domaintest.Database(b)
	const entries = 1_000_000
	fillTrail(b, raw, entries)
	db, err := store.Open(b.Context(), raw.AppURL, uuids(), store.Options{Keys: domaintest.Keys()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	trail := audit.NewTrail(audit.Deps{Tx: db, Store: db.Audit(), Exports: db.Exports(), Policy: access.Default(), IDs: uuids(), Clock: domain.SystemClock()})
	for b.Loop() {
		if n, err := trail.Verify(b.Context(), domain.System(), nil, nil); err != nil || n < entries {
			b.Fatal(n, err)
		}
	}
}

// fillTrail writes a whole chain behind the database's back: a million calls
// of audit_append would be a million transactions.
func fillTrail(b *testing.B, raw domaintest.DB, entries int) {
	b.Helper()
	conn, err := pgx.Connect(b.Context(), raw.OwnerURL)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close(b.Context()) }()
	ids, e := uuids(), audit.Entry{Chain: 1, At: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), ActorRole: domain.RoleCounsellor, Action: "case.read", Allowed: true, Kind: "case"}
	e.ActorID, e.AgencyID, e.RequestID = ids.New(), ids.New(), string(ids.New())
	_, err = conn.CopyFrom(b.Context(), pgx.Identifier{"audit_entries"}, []string{"chain", "seq", "at", "actor_id", "actor_role", "agency_id", "request_id",
		"action", "allowed", "record_kind", "record_id", "person_id", "reason", "hash"}, pgx.CopyFromSlice(entries, func(int) ([]any, error) {
		e.Seq++
		e.RecordID, e.PersonID = ids.New(), ids.New()
		e.Hash = e.Digest(e.Hash)
		return []any{e.Chain, e.Seq, e.At, string(e.ActorID), string(e.ActorRole), string(e.AgencyID), e.RequestID, e.Action, e.Allowed, e.Kind,
			string(e.RecordID), string(e.PersonID), e.Reason, bytes.Clone(e.Hash[:])}, nil
	}))
	if err == nil {
		_, err = conn.Exec(b.Context(), `UPDATE audit_heads SET seq = $1, hash = $2 WHERE chain = 1`, e.Seq, e.Hash[:])
	}
	if err != nil {
		b.Fatal(err)
	}
}
