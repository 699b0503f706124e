package identity

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// KeptPage is a sealed answer to a form that waits for the browser that sent it.
type KeptPage struct {
	KeyHash     string // of the key in the address
	Owner       string // hash of whose browser it is
	SessionHash string // of who is signed in; "" for a visitor
	Place       string // hash of the form's address
	Sealed      []byte // 64 KiB at most
	ExpiresAt   time.Time
}

// KeptBounds keep what forms leave from filling the disk.
type KeptBounds struct {
	Each     int // pages of one browser; older ones go
	Visitors int // pages of everybody who is not signed in, together
}

// KeptStore keeps answers to forms for a while.
type KeptStore interface {
	// Keep writes a page, or is TooMany where visitors left too many already.
	Keep(ctx context.Context, p KeptPage, bounds KeptBounds, now time.Time) error
	// Kept gives what a browser left under a key, or NotFound.
	Kept(ctx context.Context, keyHash, owner string, now time.Time) ([]byte, error)
	// Unchanged tells whether all of these people are still here and none of them
	// took a consent back, nor saw one end, since then.
	Unchanged(ctx context.Context, people []domain.ID, since, now time.Time) (bool, error)
	// Forget removes a browser's pages of one form, or all when place is "".
	Forget(ctx context.Context, owner, place string) error
}

// MaxKept bounds a sealed page in bytes, as the database does.
const MaxKept = 64 << 10
