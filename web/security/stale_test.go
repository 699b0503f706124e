package security_test

import (
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
)

// stale is what a session holds whose holder signed in an hour ago.
func stale(t *testing.T, w *programtest.Program, u identity.User) []byte {
	t.Helper()
	now := w.Clock.Now()
	data, err := scs.GobCodec{}.Encode(now.Add(time.Hour), map[string]any{"user_id": string(u.ID), "stepped": now.Add(-time.Hour).Unix()})
	must(t, err)
	return data
}
