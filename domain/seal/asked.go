package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Asked puts words into an address, for one session and for a while, so that
// neither the address nor the browser that remembers it says them.
type Asked struct{ Box *Box }

// askedStep hides how long the words are, in bytes.
const askedStep = 64

// Give makes of words what an address can carry. Words end with no space.
func (a Asked) Give(words, session string, until time.Time) string {
	plain := append(binary.BigEndian.AppendUint64(nil, uint64(until.Unix())), words...)
	if over := len(plain) % askedStep; over > 0 {
		plain = append(plain, bytes.Repeat([]byte(" "), askedStep-over)...)
	}
	return base64.RawURLEncoding.EncodeToString(a.Box.Seal(plain, a.use(session)))
}

// Take gives the words back. What another session asked, what is over and what
// nobody asked are not found alike.
func (a Asked) Take(given, session string, now time.Time) (string, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(given)
	if err == nil {
		sealed, err = a.Box.Open(sealed, a.use(session))
	}
	if err != nil || len(sealed) < 8 || now.Unix() >= int64(binary.BigEndian.Uint64(sealed)) {
		return "", domain.NotFound("seal.Asked")
	}
	return string(bytes.TrimRight(sealed[8:], " ")), nil
}

func (Asked) use(session string) string { return "asked " + session }
