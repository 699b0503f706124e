package seal_test

import (
	"context"
	"errors"
	"regexp"
	"testing"

	"github.com/baara-platform/baara/domain/seal"
)

func TestPasswords(t *testing.T) {
	ctx := context.Background()
	p := seal.NewPasswords(2)
	hash, err := p.Hash(ctx, "une phrase assez longue")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		password, hash string
		want           bool
	}{
		"the password":         {"une phrase assez longue", hash, true},
		"another password":     {"une phrase assez longuE", hash, false},
		"unknown account":      {"une phrase assez longue", "", false},
		"unknown and no words": {"", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := p.Compare(ctx, c.password, c.hash)
			if err != nil || got != c.want {
				t.Fatalf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
	again, _ := p.Hash(ctx, "une phrase assez longue")
	if again == hash {
		t.Error("two hashes of one password are equal: no salt")
	}
}

func TestPasswordsWaitNoLongerThanTheCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := seal.NewPasswords(1)
	if _, err := p.Compare(ctx, "x", ""); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestSecretsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		for _, s := range []string{seal.Secret(), seal.Passphrase(), seal.RecoveryCode()} {
			if seen[s] {
				t.Fatalf("twice the same secret: %s", s)
			}
			seen[s] = true
		}
	}
	if s := seal.Digits(6); !regexp.MustCompile(`^[0-9]{6}$`).MatchString(s) {
		t.Errorf("code %q", s)
	}
	if seal.HashToken("a") == seal.HashToken("b") || len(seal.HashToken("a")) != 64 {
		t.Error("token hashes")
	}
}
