package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// Lookup makes keyed hashes under which sealed values are found again. Equal
// values of one kind give equal hashes: whoever has the database sees that two
// records share a value, and without the key not which.
type Lookup struct{ key []byte }

// NewLookup makes look-ups with a key of 32 bytes: Box.Derive gives one.
func NewLookup(key []byte) Lookup { return Lookup{key: key} }

// lookupBytes is how much of a hash is kept: 128 bits.
const lookupBytes = 16

// Hash gives 22 letters, digits, - and _.
func (l Lookup) Hash(kind, value string) string {
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(kind))
	mac.Write([]byte{0})
	mac.Write([]byte(value))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:lookupBytes])
}
