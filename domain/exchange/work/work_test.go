package work_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/work"
	"github.com/baara-platform/baara/domain/watch"
)

// solved tries numbers, as anybody would, and gives the solution's parts.
func solved(t *testing.T, c watch.Challenge) map[string]any {
	t.Helper()
	for n := range c.Most + 1 {
		if sum := sha256.Sum256([]byte(c.Salt + strconv.FormatInt(n, 10))); hex.EncodeToString(sum[:]) == c.Hash {
			return map[string]any{"algorithm": c.Algorithm, "challenge": c.Hash, "number": n, "salt": c.Salt, "signature": c.Signature}
		}
	}
	t.Fatal("no number solves it")
	return nil
}

func text(t *testing.T, parts map[string]any) string {
	t.Helper()
	plain, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(plain)
}

func TestOnlyASolutionInTimeForItsPurposeCounts(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	clock := domain.ClockFunc(func() time.Time { return now })
	p := work.New([]byte("the key of the servers"), 500, clock)
	c, err := p.Pose(watch.ForRegistration)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Salt)+6 > 55 { // what the script's single block holds
		t.Errorf("a salt of %d bytes leaves no room for the number in one block", len(c.Salt))
	}
	good := solved(t, c)
	change := func(name string, value any) string {
		other := map[string]any{}
		for k, v := range good {
			other[k] = v
		}
		other[name] = value
		return text(t, other)
	}
	for name, s := range map[string]struct {
		purpose  watch.Purpose
		solution string
	}{
		"another purpose":      {watch.ForSignUp, text(t, good)},
		"another number":       {watch.ForRegistration, change("number", good["number"].(int64)+1)},
		"a later end":          {watch.ForRegistration, change("salt", strings.Replace(c.Salt, "expires=", "expires=9", 1))},
		"a purpose put in":     {watch.ForSignUp, change("salt", strings.Replace(c.Salt, "for=register", "for=sign_up", 1))},
		"another signature":    {watch.ForRegistration, change("signature", strings.Repeat("0", 64))},
		"a weaker hash":        {watch.ForRegistration, change("algorithm", "SHA-1")},
		"no text of this kind": {watch.ForRegistration, "bm9uc2Vuc2U="},
		"nothing":              {watch.ForRegistration, ""},
		"far too much":         {watch.ForRegistration, strings.Repeat("A", 4000)},
	} {
		if _, ok := p.Check(s.purpose, s.solution); ok {
			t.Errorf("%s counts", name)
		}
	}
	if _, ok := work.New([]byte("another key"), 500, clock).Check(watch.ForRegistration, text(t, good)); ok {
		t.Error("a server of another key takes it")
	}
	mark, ok := work.New([]byte("the key of the servers"), 500, clock).Check(watch.ForRegistration, text(t, good))
	if !ok || mark.Mark != c.Hash || !mark.ExpiresAt.Equal(now.Add(work.Life)) {
		t.Errorf("a second server of the same key gives %+v, %v", mark, ok)
	}
	now = now.Add(work.Life)
	if _, ok := p.Check(watch.ForRegistration, text(t, good)); ok {
		t.Error("it counts after its end")
	}
}

func FuzzCheck(f *testing.F) {
	p := work.New([]byte("key"), 100, domain.SystemClock())
	f.Add("")
	f.Add("eyJhbGdvcml0aG0iOiJTSEEtMjU2Iiwic2FsdCI6IngifQ==")
	f.Fuzz(func(t *testing.T, solution string) {
		if _, ok := p.Check(watch.ForRegistration, solution); ok {
			t.Errorf("%q counts without the key", solution)
		}
	})
}
