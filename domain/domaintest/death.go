package domaintest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/store"
)

// Death counts steps down and kills its process with SIGKILL at the last.
type Death struct{ Left int }

// Step is a moment at which the process may be killed.
func (d *Death) Step() {
	if d.Left--; d.Left == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// Around makes a step before and after a write.
func (d *Death) Around(write func() error) error {
	d.Step()
	err := write()
	d.Step()
	return err
}

// DyingTx makes a step after each commit.
type DyingTx struct {
	*store.DB
	Death *Death
}

// InTx implements domain.Transactor.
func (x DyingTx) InTx(ctx context.Context, actor domain.Actor, fn func(domain.Tx) error) error {
	err := x.DB.InTx(ctx, actor, fn)
	x.Death.Step()
	return err
}

// Killed runs a test of this binary in a process of its own, with something
// more in its environment, and tells whether it was killed; one that fails by
// itself ends the test.
func Killed(t testing.TB, test, environment string) bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+test+"$")
	cmd.Env = append(os.Environ(), environment)
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return true
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s", environment, err, out)
	}
	return false
}
