package main

import (
	"slices"
	"testing"
)

func TestHelpIsACommandToo(t *testing.T) {
	for given, want := range map[string][]string{
		"help": {"--help"}, "serve": {"serve"}, "": {},
	} {
		args := []string{}
		if given != "" {
			args = append(args, given)
		}
		if got := arguments(args); !slices.Equal(got, want) {
			t.Errorf("%q became %q, want %q", args, got, want)
		}
	}
	if got := arguments([]string{"help", "audit", "verify"}); !slices.Equal(got, []string{"audit", "verify", "--help"}) {
		t.Errorf("help of a command: %q", got)
	}
}
