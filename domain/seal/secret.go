package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"strings"
)

// Secret is 256 random bits in URL-safe text.
func Secret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// HashToken is what is kept of a random token. Tokens carry 256 bits of
// entropy, so a fast hash is enough; passwords and codes go through Passwords.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// readable leaves out letters and digits that look alike on a cheap screen.
const readable = "abcdefghjkmnpqrstuvwxyz23456789"

// Passphrase is a password somebody can read out and type: four groups of four
// signs, about 79 bits.
func Passphrase() string { return grouped(4) }

// RecoveryCode stands in for a lost second factor: six groups, about 118 bits,
// so that a fast hash of it is enough to keep.
func RecoveryCode() string { return grouped(6) }

func grouped(n int) string {
	groups := make([]string, n)
	for g := range groups {
		var b strings.Builder
		for range 4 {
			b.WriteByte(readable[below(len(readable))])
		}
		groups[g] = b.String()
	}
	return strings.Join(groups, "-")
}

// Digits is a numeric one-time code of n digits.
func Digits(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + below(10)))
	}
	return b.String()
}

func below(n int) int64 {
	v, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("seal: no randomness: " + err.Error())
	}
	return v.Int64()
}
