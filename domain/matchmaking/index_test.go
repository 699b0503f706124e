package matchmaking_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/matchmaking"
)

// asked counts how often a rebuild was asked for.
type asked int

func (a *asked) State() (matchmaking.IndexState, error) {
	return matchmaking.IndexState{State: "ready", Documents: 7}, nil
}

func (a *asked) Rebuild() { *a++ }

func TestOnlyAdministratorsLookAfterTheIndex(t *testing.T) {
	o := domaintest.NewOffice(t)
	for _, role := range domain.AllRoles() {
		times := new(asked)
		index, actor := matchmaking.NewIndex(o.DB, times, access.Default()), domain.Actor{Role: role}
		may := role == domain.RoleAdministrator || role == domain.RoleSystem
		if state, err := index.State(t.Context(), actor); (err == nil) != may || (state.Documents == 7) != may {
			t.Errorf("%s reads %+v: %v", role, state, err)
		}
		if err := index.Rebuild(t.Context(), actor); (err == nil) != may || (*times == 1) != may {
			t.Errorf("%s rebuilds %d times: %v", role, *times, err)
		}
	}
}
