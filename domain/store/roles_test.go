package store_test

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/store"
)

func TestTheSystemsURL(t *testing.T) {
	for name, c := range map[string]struct{ app, given, want string }{
		"given":                          {"postgres://baara_app:a@db/baara", "postgres://baara_system:b@db/baara", "postgres://baara_system:b@db/baara"},
		"derived where nothing is asked": {"postgres://baara_app@/baara?host=%2Fsocket", "", "postgres://baara_system@/baara?host=%2Fsocket"},
		"never with a password":          {"postgres://baara_app:secret@db/baara", "", ""},
		"never from another role":        {"postgres://somebody@db/baara", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := store.SystemURL(c.app, c.given)
			if got != c.want || (err != nil) != (c.want == "") {
				t.Errorf("got %q, %v", got, err)
			}
			if err != nil && (!strings.Contains(err.Error(), "BAARA_SYSTEM_URL") || strings.Contains(err.Error(), "secret")) {
				t.Errorf("the error says %q", err)
			}
		})
	}
}
