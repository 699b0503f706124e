package seal

import (
	"crypto/subtle"
	"fmt"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// OneTimePasswords are the codes of authenticator apps: six digits, thirty
// seconds, SHA-1, which is what every app understands (RFC 6238).
type OneTimePasswords struct{}

const (
	totpPeriod = 30
	totpSkew   = 1 // periods before and after: phones' clocks are off
)

// New makes a secret and the otpauth address an app reads it from.
func (OneTimePasswords) New(issuer, account string) (secret, url string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, Period: totpPeriod, SecretSize: 20})
	if err != nil {
		return "", "", fmt.Errorf("seal: one-time password: %w", err)
	}
	return key.Secret(), key.URL(), nil
}

// Step gives the period whose code this is. All periods are compared, so that
// the time taken does not tell which one it is near to.
func (OneTimePasswords) Step(secret, code string, at time.Time) (int64, bool) {
	found, ok := int64(0), false
	for skew := int64(-totpSkew); skew <= totpSkew; skew++ {
		step := at.Unix()/totpPeriod + skew
		want, err := totp.GenerateCodeCustom(secret, time.Unix(step*totpPeriod, 0), totp.ValidateOpts{
			Period: totpPeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
		})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found, ok = step, true
		}
	}
	return found, ok
}
