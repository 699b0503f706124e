package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// Set for a process that is started to be killed: what to work on, and at which step to end.
const (
	killedURL  = "BAARA_TEST_KEYS_URL"
	killedDir  = "BAARA_TEST_KEYS_DIR"
	killedAct  = "BAARA_TEST_KEYS_ACT"  // the wrapping key to empty, or "rotate"
	killedStep = "BAARA_TEST_KEYS_STEP" // its name and how often it came; "" says every step and goes on
	// BAARA_TEST_KILLS says how often; the suite has time for one of each step.
	killTimes = "BAARA_TEST_KILLS"
)

// steps are those of moving keys, in order.
var steps = []string{"retired", "locked", "created", "known", "kept", "rewritten", "moved", "doomed", "destroyed"}

func TestMain(m *testing.M) {
	if os.Getenv(killedURL) != "" {
		if err := workUntilKilled(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// workUntilKilled empties a wrapping key or rotates, as a server does, and kills itself with SIGKILL at the step it was told.
func workUntilKilled(ctx context.Context) error {
	folder, err := seal.OpenKeyFolder(os.Getenv(killedDir))
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, os.Getenv(killedURL), uuids(), store.Options{Keys: store.Keys{Wrapper: folder}})
	if err != nil {
		return err
	}
	at := map[string]int{}
	db.OnKeyStep(func(step string) {
		at[step]++
		if os.Getenv(killedStep) == fmt.Sprint(step, " ", at[step]) {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // nothing is done after the step
		}
		fmt.Println(step)
	})
	if act := os.Getenv(killedAct); act != "rotate" {
		return db.KeyWork().Empty(ctx, act)
	}
	_, err = db.KeyWork().Rotate(ctx, func(int, int) {})
	return err
}

// killed runs the act in a process of its own. With a step it kills itself there; else it is killed from outside as soon as it has said so many
// steps, wherever it is then. It reports whether the process was killed before it was done.
func (c *confided) killed(act, step string, lines int) bool {
	c.Helper()
	cmd := exec.CommandContext(context.Background(), os.Args[0])
	cmd.Env = append(os.Environ(), killedURL+"="+c.raw.AppURL, killedDir+"="+c.dir, killedAct+"="+act, killedStep+"="+step)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	c.must(err)
	c.must(cmd.Start())
	said := bufio.NewScanner(out)
	for n := 0; said.Scan(); {
		if n++; step == "" && n == lines {
			c.must(cmd.Process.Kill())
		}
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		c.Fatalf("it failed by itself: %v", err)
	}
	return err != nil
}

func killings(t *testing.T) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv(killTimes)); err == nil {
		return n
	}
	return len(steps) + 2
}

// how says where the nth run is killed: at each step in turn, the first or a later time; else at any moment.
func how(n int, dice *rand.Rand) (step string, lines int) {
	if n%(len(steps)+2) < len(steps) {
		return fmt.Sprint(steps[n%(len(steps)+2)], " ", 1+n/(len(steps)+2)%2), 0
	}
	return "", 1 + dice.IntN(2*len(steps))
}

// TestKilledWhileErasing kills the process that follows an erasure at every step. Everybody else is read at once and afterwards, whoever goes on
// finishes, and no copy opens for whoever was erased: neither those of the key they were under, nor those of an attempt that was not finished.
func TestKilledWhileErasing(t *testing.T) {
	t.Parallel()
	c, dice := newConfided(t), rand.New(rand.NewPCG(3, 4))
	c.register(c.db, 40)
	any := func() domain.ID { return c.alive[dice.IntN(len(c.alive))] }
	happened := map[string]int{}
	for n := range killings(t) {
		c.register(c.db, 4)
		who := any()
		old := c.erase(who)
		step, lines := how(n, dice)
		if c.killed(old, step, lines) {
			happened[strings.TrimRight(step, " 12")]++
		}
		c.everybodyReads("after kill -9 at " + step)
		switch n % 3 {
		case 0: // somebody else of the same key is erased before anybody goes on
			c.must(c.db.KeyWork().Empty(t.Context(), c.erase(any())))
			c.must(c.db.KeyWork().Empty(t.Context(), old))
		case 1: // another process goes on, and is killed too
			c.killed(old, "", 1+dice.IntN(9))
			c.everybodyReads("after the second kill")
		default:
			c.must(c.db.KeyWork().Empty(t.Context(), old))
		}
		_, err := c.db.KeyWork().Sweep(t.Context(), time.Now().Add(2*time.Hour))
		c.must(err)
		c.dropStray()
		c.everybodyReads("after going on")
		c.settled("after kill -9 at " + step)
	}
	for _, step := range steps[1:] {
		if happened[step] == 0 {
			t.Errorf("no process was killed at %q: the test says nothing of it; killed at %v", step, happened)
		}
	}
}

// TestKilledWhileRotating does the same to a rotation, while people go on to register.
func TestKilledWhileRotating(t *testing.T) {
	t.Parallel()
	c, dice := newConfided(t), rand.New(rand.NewPCG(5, 6))
	happened := map[string]int{}
	for n := range killings(t) {
		for range 3 {
			db, _ := c.process()
			c.register(db, 4)
			c.must(db.Close())
		}
		before, err := c.db.KeyWork().List(t.Context())
		c.must(err)
		step, lines := how(n, dice)
		if c.killed("rotate", step, lines) {
			happened[strings.TrimRight(step, " 12")]++
		}
		c.everybodyReads("after kill -9 at " + step)
		c.register(c.db, 2)
		if n%2 == 0 {
			c.killed("rotate", "", 1+dice.IntN(9))
			c.everybodyReads("after the second kill")
		}
		_, err = c.db.KeyWork().Rotate(t.Context(), func(int, int) {})
		c.must(err)
		_, err = c.db.KeyWork().Sweep(t.Context(), time.Now().Add(2*time.Hour))
		c.must(err)
		c.dropStray()
		c.everybodyReads("after going on")
		c.settled("after kill -9 at " + step)
		for _, k := range before {
			if _, err := c.folder.Made(t.Context(), k.ID); !errors.Is(err, seal.ErrNoKey) {
				t.Errorf("%s was there before the rotation and still is: %v", k.ID, err)
			}
		}
	}
	for _, step := range steps {
		if happened[step] == 0 {
			t.Errorf("no process was killed at %q: the test says nothing of it; killed at %v", step, happened)
		}
	}
}

// dropStray removes keys that were made and not even named by the database: nothing is under them, and the sweep leaves them for a month.
func (c *confided) dropStray() {
	c.Helper()
	stray, err := c.db.KeyWork().Unknown(c.Context(), time.Now().Add(time.Hour), 0)
	c.must(err)
	for _, id := range stray {
		kept, err := c.folder.Kept(c.Context(), id)
		c.must(err)
		if len(kept) > 0 {
			c.Errorf("%s is in the store, holds %d people and is unknown to the database", id, len(kept))
		}
		c.must(c.folder.Destroy(c.Context(), id))
	}
}
