package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Head is where one chain ends.
type Head struct {
	Chain int    `json:"chain"`
	Seq   int64  `json:"seq"`
	Hash  string `json:"hash"` // hex
}

// Anchor is where all chains ended at some moment. Kept elsewhere it vouches
// for them: a chain that does not pass through it any more was cut or written
// anew.
type Anchor struct {
	At    time.Time `json:"at"`
	Heads []Head    `json:"heads"`
}

// Verifier reads one chain from its first entry on.
type Verifier struct {
	chain   int
	seq     int64
	hash    [sha256.Size]byte
	anchors map[int64]string
}

// NewVerifier begins a chain and holds it against anchors.
func NewVerifier(chain int, anchors ...Anchor) *Verifier {
	v := &Verifier{chain: chain, anchors: map[int64]string{}}
	for _, a := range anchors {
		for _, h := range a.Heads {
			if h.Chain == chain && h.Seq > 0 {
				v.anchors[h.Seq] = h.Hash
			}
		}
	}
	return v
}

// BrokenError says where a chain does not hold.
type BrokenError struct {
	Chain int
	Seq   int64
	Why   string
}

// Error names the entry.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("audit: entry %d of chain %d %s", e.Seq, e.Chain, e.Why)
}

func (v *Verifier) broken(seq int64, why string) error { return &BrokenError{v.chain, seq, why} }

// Next takes the next entry in the order of Seq.
func (v *Verifier) Next(e Entry) error {
	switch {
	case e.Chain != v.chain || e.Seq != v.seq+1:
		return v.broken(v.seq+1, fmt.Sprintf("is missing: %d follows %d", e.Seq, v.seq))
	case e.Digest(v.hash) != e.Hash:
		return v.broken(e.Seq, "was changed, or one before it")
	}
	v.seq, v.hash = e.Seq, e.Hash
	if want, anchored := v.anchors[e.Seq]; anchored && want != hex.EncodeToString(e.Hash[:]) {
		return v.broken(e.Seq, "is not the one that was anchored")
	}
	delete(v.anchors, e.Seq)
	return nil
}

// End holds the chain's end against the head the database keeps and against
// anchors beyond it. It gives how many entries were read.
func (v *Verifier) End(head Head) (int64, error) {
	if head.Seq != v.seq || head.Seq > 0 && head.Hash != hex.EncodeToString(v.hash[:]) {
		return v.seq, v.broken(head.Seq, fmt.Sprintf("is the head, but the last entry is %d: the tail was cut", v.seq))
	}
	for seq := range v.anchors {
		if seq > v.seq {
			return v.seq, v.broken(seq, "was anchored and is gone: the tail was cut")
		}
	}
	return v.seq, nil
}
