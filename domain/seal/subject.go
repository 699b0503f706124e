package seal

import (
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/baara-platform/baara/domain"
)

// SubjectKey closes what is confided about one subject — a person, or a form
// that is not sent yet — with AES-256-GCM. Whoever has the database has the
// key only wrapped: see Wrapper.
type SubjectKey struct {
	aead tink.AEAD
	raw  [subjectKeySize]byte
}

const (
	subjectKeySize = 32
	sealVersion    = 1  // the first byte of whatever is sealed: another way of sealing is another number
	sealOverhead   = 29 // version, nonce and tag
)

// errSealed says no more than that the bytes are not this subject's, column's or key's.
var errSealed = errors.New("seal: these bytes were not sealed for this subject and column with this key")

// NewSubjectKey draws a key.
func NewSubjectKey() (SubjectKey, error) {
	raw := make([]byte, subjectKeySize)
	_, _ = rand.Read(raw)
	return subjectKey(raw)
}

func subjectKey(raw []byte) (SubjectKey, error) {
	var k SubjectKey
	if len(raw) != subjectKeySize {
		return k, fmt.Errorf("seal: a subject's key of %d bytes, want %d", len(raw), subjectKeySize)
	}
	copy(k.raw[:], raw)
	aead, err := subtle.NewAESGCM(k.raw[:])
	if err != nil {
		return k, fmt.Errorf("seal: subject's key: %w", err)
	}
	k.aead = aead
	return k, nil
}

// Seal closes a column of a subject: it opens for no other column and no other
// subject. Sealing the same twice gives different bytes, 29 more than were given.
func (k SubjectKey) Seal(plain []byte, subject domain.ID, column string) ([]byte, error) {
	sealed, err := k.aead.Encrypt(plain, place(subject, column))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return append([]byte{sealVersion}, sealed...), nil
}

// Open gives back what was sealed for that column of that subject.
func (k SubjectKey) Open(sealed []byte, subject domain.ID, column string) ([]byte, error) {
	if len(sealed) < sealOverhead || sealed[0] != sealVersion {
		return nil, errSealed
	}
	plain, err := k.aead.Decrypt(sealed[1:], place(subject, column))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// IsZero reports whether this is no key.
func (k SubjectKey) IsZero() bool { return k.aead == nil }

// place is the associated data of a column of a subject.
func place(subject domain.ID, column string) []byte {
	return append(append([]byte(subject), 0), column...)
}
