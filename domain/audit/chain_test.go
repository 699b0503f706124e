package audit_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
)

// chain makes a whole chain of n entries and its head.
func chain(n int) ([]audit.Entry, audit.Head) {
	entries := make([]audit.Entry, n)
	var before [32]byte
	for i := range entries {
		e := audit.Entry{
			Chain: 3, Seq: int64(i + 1), At: time.Date(2026, 11, 24, 9, 0, i, 0, time.UTC), ActorRole: domain.RoleCounsellor,
			ActorID: domain.ID(fmt.Sprintf("01900000-0000-7000-8000-%012x", i%3)), Action: "case.read", Allowed: i%4 > 0, Kind: "case",
			RecordID: domain.ID(fmt.Sprintf("01900000-0000-7000-8000-%012x", 100+i%5)), RequestID: fmt.Sprint("r", i),
		}
		e.Hash = e.Digest(before)
		before, entries[i] = e.Hash, e
	}
	return entries, headOf(entries)
}

func headOf(entries []audit.Entry) audit.Head {
	last := entries[len(entries)-1]
	return audit.Head{Chain: last.Chain, Seq: last.Seq, Hash: hex.EncodeToString(last.Hash[:])}
}

func verify(entries []audit.Entry, head audit.Head, anchors ...audit.Head) error {
	v := audit.NewVerifier(head.Chain, audit.Anchor{Heads: anchors})
	for _, e := range entries {
		if err := v.Next(e); err != nil {
			return err
		}
	}
	_, err := v.End(head)
	return err
}

func TestAWholeChainHolds(t *testing.T) {
	entries, head := chain(40)
	if err := verify(entries, head, headOf(entries[:7]), headOf(entries[:40])); err != nil {
		t.Error(err)
	}
}

// Each of a thousand ways to tamper with a chain is caught: an entry's field
// changed, an entry removed, two exchanged.
func TestTamperingIsCaught(t *testing.T) {
	whole, head := chain(30)
	change := []func(*audit.Entry){
		func(e *audit.Entry) { e.Allowed = !e.Allowed },
		func(e *audit.Entry) { e.Chain++ },
		func(e *audit.Entry) { e.At = e.At.Add(time.Microsecond) },
		func(e *audit.Entry) { e.ActorID = "01900000-0000-7000-8000-00000000ffff" },
		func(e *audit.Entry) { e.ActorRole = domain.RoleLead },
		func(e *audit.Entry) { e.AgencyID, e.OrganisationID = "x", "" },
		func(e *audit.Entry) { e.Action, e.Kind = e.Action+e.Kind[:1], e.Kind[1:] }, // the same letters, cut elsewhere
		func(e *audit.Entry) { e.RecordID, e.PersonID = "", e.RecordID },
		func(e *audit.Entry) { e.RequestID += "1" },
		func(e *audit.Entry) { e.Reason = "because" },
		func(e *audit.Entry) { e.Hash[0]++ },
	}
	const times = 1000
	caught := 0
	for caught < times && !t.Failed() {
		rapid.Check(t, func(r *rapid.T) {
			entries := slices.Clone(whole)
			at := rapid.IntRange(0, len(entries)-1).Draw(r, "at")
			switch rapid.SampledFrom([]string{"change", "remove", "exchange"}).Draw(r, "how") {
			case "change":
				rapid.SampledFrom(change).Draw(r, "what")(&entries[at])
			case "remove":
				entries = slices.Delete(entries, at, at+1)
			case "exchange":
				other := rapid.IntRange(0, len(entries)-1).Filter(func(i int) bool { return i != at }).Draw(r, "other")
				entries[at], entries[other] = entries[other], entries[at]
			}
			if verify(entries, head) == nil {
				r.Fatal("not caught")
			}
			caught++
		})
	}
}

// Somebody who cuts the tail and mends the head, or writes the chain anew from
// some entry on, is caught by an anchor.
func TestACutTailIsCaughtByTheAnchor(t *testing.T) {
	entries, _ := chain(30)
	anchor := headOf(entries)
	for n := 1; n < len(entries); n++ {
		if verify(entries[:n], headOf(entries[:n]), anchor) == nil {
			t.Errorf("cut after %d: not caught", n)
		}
		again := slices.Clone(entries)
		before := entries[n-1].Hash
		for i := n; i < len(again); i++ {
			again[i].Reason = "written anew"
			again[i].Hash = again[i].Digest(before)
			before = again[i].Hash
		}
		if verify(again, headOf(again)) != nil || verify(again, headOf(again), anchor) == nil {
			t.Errorf("written anew after %d: not caught by the anchor alone", n)
		}
	}
}
