// Package work poses challenges that cost a computer some time and checks their
// solutions (proof of work, in the form of ALTCHA 1).
//
// A challenge is the SHA-256 of a salt and a number below a bound; who finds
// the number proves to have tried many. It is signed, so the server keeps
// nothing of it; its purpose and its end are part of the salt. That a solution
// counts once is its user's business: [Solved.Mark] names it.
package work

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/altcha-org/altcha-lib-go"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/watch"
)

// MaxNumber bounds the number to find: half of it is tried on average. What
// that costs a cheap phone is measured in docs/security.md.
const MaxNumber = 100_000

// Life is how long a solution counts from the moment the challenge was posed.
const Life = 20 * time.Minute

const (
	saltBytes   = 6    // with purpose, end and number one block of SHA-256
	maxSolution = 1000 // bytes
)

// Puzzles implements watch.Puzzles.
type Puzzles struct {
	key   string
	clock domain.Clock
	most  int64
}

// New makes puzzles signed with a key that every server of a database has.
// most is the bound of the numbers; 0 means MaxNumber.
func New(key []byte, most int64, clock domain.Clock) Puzzles {
	if most == 0 {
		most = MaxNumber
	}
	return Puzzles{key: hex.EncodeToString(key), clock: clock, most: most}
}

// Pose makes a new challenge for one purpose.
func (p Puzzles) Pose(purpose watch.Purpose) (watch.Challenge, error) {
	ends := p.clock.Now().Add(Life).Truncate(time.Second)
	c, err := altcha.CreateChallenge(altcha.ChallengeOptions{
		Algorithm: altcha.SHA256, MaxNumber: p.most, SaltLength: saltBytes, HMACKey: p.key, Expires: &ends,
		Params: url.Values{"for": {string(purpose)}},
	})
	if err != nil {
		return watch.Challenge{}, err
	}
	return watch.Challenge{
		Algorithm: c.Algorithm, Hash: c.Challenge, Salt: c.Salt, Signature: c.Signature, Most: c.MaxNumber, ExpiresAt: ends,
	}, nil
}

// Check reads a solution: false for one that is malformed, wrong, for another
// purpose or too late. A solution whose challenge has more of a salt than Pose
// gives it has no signature.
func (p Puzzles) Check(purpose watch.Purpose, solution string) (watch.Solved, bool) {
	var s altcha.Payload
	plain, err := base64.StdEncoding.DecodeString(solution)
	if err != nil || len(solution) > maxSolution || json.Unmarshal(plain, &s) != nil {
		return watch.Solved{}, false
	}
	_, params, _ := strings.Cut(s.Salt, "?")
	said, err := url.ParseQuery(strings.TrimSuffix(params, "&"))
	if err != nil || s.Algorithm != string(altcha.SHA256) || said.Get("for") != string(purpose) {
		return watch.Solved{}, false
	}
	seconds, err := strconv.ParseInt(said.Get("expires"), 10, 64)
	ends := time.Unix(seconds, 0).UTC()
	if err != nil || !p.clock.Now().Before(ends) {
		return watch.Solved{}, false
	}
	// The library's own look at the end would ask the wall clock.
	if ok, err := altcha.VerifySolutionSafe(s, p.key, false); err != nil || !ok {
		return watch.Solved{}, false
	}
	return watch.Solved{Mark: s.Challenge, ExpiresAt: ends}, true
}
