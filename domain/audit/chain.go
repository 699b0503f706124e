package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Head is where a chain ended at some moment. Kept elsewhere it is an anchor:
// a chain that does not pass through it any more was cut or written anew.
type Head struct {
	Seq  int64     `json:"seq"`
	Hash string    `json:"hash"` // hex
	At   time.Time `json:"at"`   // when it was read
}

// Verifier reads a chain from its first entry on. The zero value is ready.
type Verifier struct {
	seq     int64
	hash    [sha256.Size]byte
	anchors map[int64]string
}

// NewVerifier also holds the chain against anchors.
func NewVerifier(anchors []Head) *Verifier {
	v := &Verifier{anchors: make(map[int64]string, len(anchors))}
	for _, a := range anchors {
		v.anchors[a.Seq] = a.Hash
	}
	return v
}

// BrokenError says where a chain does not hold.
type BrokenError struct {
	Seq int64
	Why string
}

// Error names the entry.
func (e *BrokenError) Error() string { return fmt.Sprintf("audit: entry %d %s", e.Seq, e.Why) }

// Next takes the next entry in the order of Seq.
func (v *Verifier) Next(e Entry) error {
	switch {
	case e.Seq != v.seq+1:
		return &BrokenError{v.seq + 1, fmt.Sprintf("is missing: %d follows %d", e.Seq, v.seq)}
	case e.Digest(v.hash) != e.Hash:
		return &BrokenError{e.Seq, "was changed, or one before it"}
	}
	v.seq, v.hash = e.Seq, e.Hash
	if want, anchored := v.anchors[e.Seq]; anchored && want != hex.EncodeToString(e.Hash[:]) {
		return &BrokenError{e.Seq, "is not the one that was anchored"}
	}
	delete(v.anchors, e.Seq)
	return nil
}

// End holds the end of the chain against the head the database keeps and
// against anchors beyond it. It gives how many entries were read.
func (v *Verifier) End(head Head) (int64, error) {
	if head.Seq != v.seq || head.Hash != hex.EncodeToString(v.hash[:]) {
		return v.seq, &BrokenError{head.Seq, fmt.Sprintf("is the head, but the last entry is %d: the tail was cut", v.seq)}
	}
	for seq := range v.anchors {
		if seq > v.seq {
			return v.seq, &BrokenError{seq, "was anchored and is gone: the tail was cut"}
		}
	}
	return v.seq, nil
}
