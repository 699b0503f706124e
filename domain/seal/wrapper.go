package seal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/baara-platform/baara/domain"
)

// Wrapper keeps wrapping keys outside the database and closes subjects' keys
// with them. Each belongs to at most SubjectsPerKey subjects, so that one can
// be destroyed: what only it opens is then gone for good, from every copy of
// the database. KeyFolder keeps them in files; a service of keys is another.
//
// Several processes use one store at once.
type Wrapper interface {
	// Create makes a wrapping key and gives its name.
	Create(ctx context.Context) (id string, err error)
	// Wrap closes a subject's key.
	Wrap(ctx context.Context, id string, subject domain.ID, key SubjectKey) ([]byte, error)
	// Unwrap opens a subject's key. ErrNoKey where there is no such wrapping key.
	Unwrap(ctx context.Context, id string, subject domain.ID, wrapped []byte) (SubjectKey, error)
	// Destroy removes a wrapping key and what was kept beside it. One that is
	// gone already is no error.
	Destroy(ctx context.Context, id string) error
	// Destroyed reports whether a wrapping key is gone by Destroy, not by loss.
	Destroyed(ctx context.Context, id string) (bool, error)
	// List names the wrapping keys there are, in order.
	List(ctx context.Context) ([]string, error)
	// Made says when a wrapping key came into the store.
	Made(ctx context.Context, id string) (time.Time, error)
	// Keep notes beside a wrapping key the subjects it has taken over from
	// others, wrapped under it, instead of what was noted before. A database that
	// is restored from before they were wrapped again finds them there: the keys
	// it names for them are destroyed.
	Keep(ctx context.Context, id string, taken map[domain.ID][]byte) error
	// Kept gives what was noted beside a wrapping key.
	Kept(ctx context.Context, id string) (map[domain.ID][]byte, error)
}

// SubjectsPerKey is how many subjects share a wrapping key at most: as many
// keys are wrapped again when one of the subjects is erased.
const SubjectsPerKey = 1000

// ErrNoKey says that a wrapping key is not in the store: destroyed, or of
// another store.
var ErrNoKey = errors.New("seal: no such wrapping key")

// wrap closes a subject's key with a wrapping key.
func wrap(aead tink.AEAD, subject domain.ID, key SubjectKey) ([]byte, error) {
	wrapped, err := aead.Encrypt(key.raw[:], place(subject, "key"))
	if err != nil {
		return nil, fmt.Errorf("seal: wrap: %w", err)
	}
	return wrapped, nil
}

// unwrap opens a subject's key.
func unwrap(aead tink.AEAD, subject domain.ID, wrapped []byte) (SubjectKey, error) {
	raw, err := aead.Decrypt(wrapped, place(subject, "key"))
	if err != nil {
		return SubjectKey{}, errSealed
	}
	return subjectKey(raw)
}
