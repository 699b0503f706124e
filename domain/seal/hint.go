package seal

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Hints name somebody to one account, for a while, without saying who it is:
// the record's identifier and an end, sealed for the account.
type Hints struct{ Box *Box }

// errHint says no more than that a hint is of no use.
var errHint = errors.New("seal: no hint, or not this account's, or over")

// Give makes a hint of letters that an address can carry.
func (h Hints) Give(record, account domain.ID, until time.Time) string {
	raw, err := hex.DecodeString(strings.ReplaceAll(string(record), "-", ""))
	if err != nil {
		return "" // no identifier of ours
	}
	plain := binary.BigEndian.AppendUint64(nil, uint64(until.Unix()))
	return base64.RawURLEncoding.EncodeToString(h.Box.Seal(append(plain, raw...), h.use(account)))
}

// Take gives back whom a hint names. One of another account, one that is over
// and one nobody gave are not found alike.
func (h Hints) Take(hint string, account domain.ID, now time.Time) (domain.ID, error) {
	const op = "seal.Take"
	sealed, err := base64.RawURLEncoding.DecodeString(hint)
	if err == nil {
		sealed, err = h.Box.Open(sealed, h.use(account))
	}
	if err == nil && (len(sealed) != 24 || now.Unix() >= int64(binary.BigEndian.Uint64(sealed))) {
		err = errHint
	}
	if err != nil {
		return "", domain.NotFound(op)
	}
	id := sealed[8:]
	return domain.ParseID(fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]))
}

func (Hints) use(account domain.ID) string { return "hint " + string(account) }
