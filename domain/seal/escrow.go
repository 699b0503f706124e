package seal

import (
	"bytes"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// Escrow seals backups of keys to a public key whose private half nobody has
// alone: it is two halves on paper, and each is as good as noise without the
// other. The key is of X-Wing (ML-KEM-768 with X25519), so that a backup that
// was copied today is not read by the computers of later.
type Escrow struct{ public hpke.PublicKey }

// escrowWord begins the file of the public key.
const escrowWord = "baara-escrow-1 "

// NewEscrow draws a key. The halves are for two people and are nowhere else.
func NewEscrow() (Escrow, [2]string, error) {
	private, err := hpke.MLKEM768X25519().GenerateKey()
	if err != nil {
		return Escrow{}, [2]string{}, fmt.Errorf("seal: escrow: %w", err)
	}
	raw, err := private.Bytes()
	if err != nil {
		return Escrow{}, [2]string{}, fmt.Errorf("seal: escrow: %w", err)
	}
	e := Escrow{private.PublicKey()}
	one := make([]byte, len(raw))
	_, _ = rand.Read(one)
	two := make([]byte, len(raw))
	for i := range raw {
		two[i] = raw[i] ^ one[i]
	}
	return e, [2]string{e.half(1, one), e.half(2, two)}, nil
}

// Mark tells escrows apart: eight signs of the public key's hash.
func (e Escrow) Mark() string {
	sum := sha256.Sum256(e.public.Bytes())
	return paper().EncodeToString(sum[:5])
}

// MarshalText gives the file of the public key.
func (e Escrow) MarshalText() ([]byte, error) {
	return []byte(escrowWord + base64.StdEncoding.EncodeToString(e.public.Bytes()) + "\n"), nil
}

// UnmarshalText reads it.
func (e *Escrow) UnmarshalText(text []byte) error {
	rest, ok := strings.CutPrefix(strings.TrimSpace(string(text)), escrowWord)
	raw, err := base64.StdEncoding.DecodeString(rest)
	if !ok || err != nil {
		return errors.New("seal: this is no public key of an escrow")
	}
	if e.public, err = hpke.MLKEM768X25519().NewPublicKey(raw); err != nil {
		return fmt.Errorf("seal: escrow: %w", err)
	}
	return nil
}

// paper is base 32 in Crockford's signs, which are read aloud and typed without
// mistakes.
func paper() *base32.Encoding {
	return base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)
}

// halfCheck is how many bytes of a hash find a typing mistake.
const halfCheck = 3

// half writes one: the escrow's mark, 1 or 2, and 14 groups of four signs.
func (e Escrow) half(n byte, share []byte) string {
	body := append(bytes.Clone(share), halfSum(e.Mark(), n, share)...)
	signs := paper().EncodeToString(body)
	var groups []string
	for ; len(signs) > 4; signs = signs[4:] {
		groups = append(groups, signs[:4])
	}
	return fmt.Sprintf("%s %d %s", e.Mark(), n, strings.Join(append(groups, signs), "-"))
}

func halfSum(mark string, n byte, share []byte) []byte {
	sum := sha256.Sum256(append(append([]byte(mark), n), share...))
	return sum[:halfCheck]
}

// readHalf reads what somebody typed.
func readHalf(text string) (mark string, n byte, share []byte, err error) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) < 3 || words[1] != "1" && words[1] != "2" {
		return "", 0, nil, errors.New("seal: half of an escrow: want its mark, 1 or 2, and the groups")
	}
	signs := strings.NewReplacer("-", "", "o", "0", "i", "1", "l", "1").Replace(strings.Join(words[2:], ""))
	raw, err := paper().DecodeString(signs)
	if err != nil || len(raw) <= halfCheck {
		return "", 0, nil, errors.New("seal: half of an escrow: there is a sign too many, too few, or one that no half has")
	}
	mark, n, share = words[0], words[1][0]-'0', raw[:len(raw)-halfCheck]
	if !bytes.Equal(raw[len(share):], halfSum(mark, n, share)) {
		return "", 0, nil, fmt.Errorf("seal: half %d of an escrow: there is a typing mistake", n)
	}
	return mark, n, share, nil
}

// together gives the private key of two halves.
func together(one, two string) (hpke.PrivateKey, string, error) {
	mark, n, a, err := readHalf(one)
	if err != nil {
		return nil, "", err
	}
	other, m, b, err := readHalf(two)
	switch {
	case err != nil:
		return nil, "", err
	case mark != other:
		return nil, "", fmt.Errorf("seal: these are halves of two escrows, %s and %s", mark, other)
	case n == m || len(a) != len(b):
		return nil, "", errors.New("seal: this is the same half twice: both are needed")
	}
	raw := make([]byte, len(a))
	for i := range a {
		raw[i] = a[i] ^ b[i]
	}
	private, err := hpke.MLKEM768X25519().NewPrivateKey(raw)
	if err != nil {
		return nil, "", fmt.Errorf("seal: escrow: %w", err)
	}
	return private, mark, nil
}
