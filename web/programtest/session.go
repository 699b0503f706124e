package programtest

import (
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/baara-platform/baara/domain/identity"
)

// Lapse makes the sessions of an account those of somebody who said an hour ago who they are: delicate acts ask again.
func (p *Program) Lapse(t *testing.T, u identity.User) {
	t.Helper()
	now := p.Clock.Now()
	data, err := scs.GobCodec{}.Encode(now.Add(time.Hour), map[string]any{"user_id": string(u.ID), "stepped": now.Add(-time.Hour).Unix()})
	must(t, err)
	_, err = p.SQL.ExecContext(t.Context(), `UPDATE sessions SET data = $1 WHERE user_id = $2`, data, string(u.ID))
	must(t, err)
}
