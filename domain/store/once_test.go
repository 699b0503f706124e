package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/baara-platform/baara/domain"
)

func TestTheSameKeyDoesTheActOnce(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	actor := domain.System()
	actor.Once = domain.Once{Scope: "user POST /x", Key: "0123456789", PayloadHash: "a"}
	id, runs := uuids().New(), 0
	act := func(tx domain.Tx) error {
		runs++
		tx.Outcome("thing", id, 3)
		return nil
	}
	if err := db.InTx(ctx, actor, act); err != nil {
		t.Fatal(err)
	}
	err := db.InTx(ctx, actor, act)
	var replay *domain.Replay
	if !errors.As(err, &replay) || *replay != (domain.Replay{RecordKind: "thing", ID: id, Version: 3}) || runs != 1 {
		t.Errorf("the repeat gave %v after %d runs", err, runs)
	}
	other := actor
	other.Once.PayloadHash = "b"
	if err := db.InTx(ctx, other, act); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("another payload under the same key: %v", err)
	}
	other = actor
	other.Once.Scope = "somebody else POST /x"
	if err := db.InTx(ctx, other, act); err != nil || runs != 2 {
		t.Errorf("somebody else's key is not this one: %v", err)
	}
}

func TestAFailedActMayBeTriedAgain(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	actor := domain.System()
	actor.Once = domain.Once{Scope: "s", Key: "0123456789", PayloadHash: "a"}
	failure := domain.Conflict("test", "error.state")
	err := db.InTx(ctx, actor, func(tx domain.Tx) error {
		tx.Outcome("thing", uuids().New(), 1)
		return failure
	})
	if !errors.Is(err, failure) {
		t.Fatal(err)
	}
	if err := db.InTx(ctx, actor, func(domain.Tx) error { return nil }); err != nil {
		t.Errorf("after a failure: %v", err)
	}
}

func TestASecondRequestIsToldThatTheFirstIsUnderWay(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	actor := domain.System()
	actor.Once = domain.Once{Scope: "s", Key: "0123456789", PayloadHash: "a"}
	err := db.InTx(ctx, actor, func(domain.Tx) error {
		inner := db.InTx(ctx, actor, func(domain.Tx) error { return errors.New("ran twice") })
		if domain.KindOf(inner) != domain.KindConflict {
			t.Errorf("meanwhile: %v, want a conflict", inner)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAViewWritesNothing(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	err := db.View(ctx, domain.System(), func(tx domain.Tx) error {
		return db.History("case").Append(ctx, tx, domain.Step{ID: uuids().New(), RecordID: uuids().New()})
	})
	if err == nil {
		t.Error("a view wrote")
	}
}
