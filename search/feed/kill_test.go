package feed_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// Set for a process that is started to be killed: which database to follow, with an index where.
const (
	killURL = "BAARA_TEST_FOLLOW_URL"
	killDir = "BAARA_TEST_FOLLOW_DIR"
	// BAARA_TEST_KILLS says how often; the suite has time for a few.
	killTimes = "BAARA_TEST_KILLS"
)

func TestMain(m *testing.M) {
	if os.Getenv(killURL) != "" {
		if err := follow(context.Background(), os.Getenv(killURL), os.Getenv(killDir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// follow keeps an index as a server does, and says a line whenever it has caught up.
func follow(ctx context.Context, url, dir string) error {
	db, err := store.Open(ctx, url, nil, store.Options{Keys: domaintest.Keys()})
	if err != nil {
		return err
	}
	live, err := index.Open(dir, quiet)
	if err != nil {
		return err
	}
	f := feed.New(db.Search(), live, domain.SystemClock(), quiet)
	go func() {
		for f.Await(ctx) == nil {
			fmt.Println("caught up")
		}
	}()
	return f.Run(ctx)
}

// TestKilledWhileIndexing kills the process that keeps the index, with SIGKILL and at any moment, while people register, change and withdraw. What was
// committed is in the index afterwards as it is in the database, and nothing else.
func TestKilledWhileIndexing(t *testing.T) {
	times := 3
	if n, err := strconv.Atoi(os.Getenv(killTimes)); err == nil {
		times = n
	}
	c, dir := aCountry(t), t.TempDir()
	for n := range 50 {
		c.register(c.db.SQL, n)
	}
	d := changes{country: c, dice: rand.New(rand.NewPCG(1, 2)), next: 50}
	for range times {
		d.killAfter(dir, 1+d.dice.IntN(6))
	}

	p := c.start(dir, c.Search())
	p.await()
	p.agrees()
	if len(p.ids()) < 20 {
		t.Errorf("only %d people are left: the test says nothing", len(p.ids()))
	}
}

// changes is a country in which much happens.
type changes struct {
	country
	dice *rand.Rand
	next int
}

// some lets so many people register, change, withdraw or consent again.
func (c *changes) some(n int) {
	for range n {
		who := c.dice.IntN(c.next)
		switch c.dice.IntN(3) {
		case 0:
			c.register(c.db.SQL, c.next)
			c.next++
		case 1:
			c.exec(c.db.SQL, `UPDATE persons SET isced_level = $2 WHERE id = $1`, string(person(who)), c.dice.IntN(9))
			c.changed(c.db.SQL, who)
		default:
			c.exec(c.db.SQL, `UPDATE consents SET withdrawn_at = CASE WHEN withdrawn_at IS NULL THEN now() END WHERE person_id = $1`, string(person(who)))
			c.changed(c.db.SQL, who)
		}
	}
}

// killAfter starts a process that follows, lets people change whenever it has caught up, so many times, and kills it at the last of these, while
// it works on what just changed.
func (c *changes) killAfter(dir string, lines int) {
	c.t.Helper()
	program, err := os.Executable()
	c.must(err)
	cmd := exec.CommandContext(context.Background(), program)
	cmd.Env = append(os.Environ(), killURL+"="+c.db.AppURL, killDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	c.must(err)
	c.must(cmd.Start())
	said := bufio.NewScanner(out)
	for range lines {
		if !said.Scan() {
			c.t.Error("the process ended by itself")
			break
		}
		c.some(1 + c.dice.IntN(30))
	}
	c.must(cmd.Process.Kill())
	if err := cmd.Wait(); !errors.As(err, new(*exec.ExitError)) {
		c.t.Errorf("it was not killed: %v", err)
	}
}
