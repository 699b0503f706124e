package localpg_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/baara-platform/baara/domain/store/localpg"
)

// parentEnv tells the test binary to play the process that owns a cluster.
const parentEnv = "LOCALPG_TEST_PARENT_OF"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentEnv); dir != "" {
		os.Exit(parent(dir))
	}
	os.Exit(m.Run())
}

// parent runs a cluster, writes one row that was confirmed, says so and waits
// to be killed.
func parent(dir string) int {
	ctx := context.Background()
	cluster, err := localpg.Start(ctx, localpg.Options{DataDir: dir, Durable: true})
	if err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	conn, err := pgx.Connect(ctx, cluster.OwnerURL())
	if err == nil {
		_, err = conn.Exec(ctx, `CREATE TABLE confirmed AS SELECT 42 AS n`)
	}
	if err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	fmt.Println("ready")
	<-cluster.Done()
	return 0
}

// startParent returns the process once it is ready.
func startParent(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), parentEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != "ready" {
		t.Fatalf("the parent said %q (%v)", line, err)
	}
	return cmd
}

func postmasterPID(t *testing.T, dir string) int {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, "cluster", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(body), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// ended waits until the process is gone or only its exit status is left.
func ended(t *testing.T, pid int) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if err != nil || len(cmdline) == 0 {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("process %d is still there", pid)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func TestKilledParentTakesPostgresAlong(t *testing.T) {
	dir := home(t)
	cmd := startParent(t, dir)
	pid := postmasterPID(t, dir)
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	ended(t, pid)
	if _, err := os.Stat(filepath.Join(dir, "cluster", "postmaster.pid")); !os.IsNotExist(err) {
		t.Errorf("postmaster.pid is left: the shutdown was not clean (%v)", err)
	}
	again := start(t, localpg.Options{DataDir: dir, Durable: true})
	if got := ask[int](t, connect(t, again.OwnerURL()), `SELECT n FROM confirmed`); got != 42 {
		t.Errorf("the confirmed row reads %d, want 42", got)
	}
}

func TestStartRightAfterTheParentWasKilled(t *testing.T) {
	dir := home(t)
	cmd := startParent(t, dir)
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	again := start(t, localpg.Options{DataDir: dir, Durable: true}) // waits for the old one itself
	if got := ask[int](t, connect(t, again.OwnerURL()), `SELECT n FROM confirmed`); got != 42 {
		t.Errorf("the confirmed row reads %d, want 42", got)
	}
}

func TestKilledPostgresIsNoticedAndRecovers(t *testing.T) {
	dir := home(t)
	cluster, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir, Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	conn := connect(t, cluster.OwnerURL())
	if _, err := conn.Exec(t.Context(), `CREATE TABLE confirmed AS SELECT 42 AS n`); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(postmasterPID(t, dir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-cluster.Done()
	if err := cluster.Stop(t.Context()); err == nil {
		t.Error("Stop does not say that PostgreSQL was killed")
	}
	again := start(t, localpg.Options{DataDir: dir, Durable: true})
	if got := ask[int](t, connect(t, again.OwnerURL()), `SELECT n FROM confirmed`); got != 42 {
		t.Errorf("the confirmed row reads %d, want 42", got)
	}
}

func TestSecondProcessNamesAndJoinsTheFirst(t *testing.T) {
	dir := home(t)
	cmd := startParent(t, dir)
	_, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir})
	if err == nil || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Fatalf("got %v, want an error that names process %d", err, cmd.Process.Pid)
	}
	guest, err := localpg.Open(t.Context(), localpg.Options{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(guest.SocketDir()) }) // the parent is killed, it cannot tidy up
	if got := ask[int](t, connect(t, guest.OwnerURL()), `SELECT n FROM confirmed`); got != 42 {
		t.Errorf("the confirmed row reads %d, want 42", got)
	}
}
