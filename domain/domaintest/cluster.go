package domaintest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain/store/localpg"
)

// sharedOnce starts the cluster of this test process at the first call. It is
// never written again.
var sharedOnce = sync.OnceValues(func() (*localpg.Cluster, error) {
	dir, err := newRun()
	if err != nil {
		return nil, err
	}
	return dir.start(context.Background())
})

// shared is the cluster of this test process. Nothing stops it: it ends with
// the process.
func shared(t testing.TB) *localpg.Cluster {
	t.Helper()
	cluster, err := sharedOnce()
	if err != nil {
		t.Fatalf("domaintest: %v", err)
	}
	return cluster
}

// run is the directory of one cluster of this process.
type run string

// newRun copies the empty cluster into a new directory, which a small process
// of its own removes after this one has ended and PostgreSQL with it.
func newRun() (run, error) {
	root, err := rootDir()
	if err != nil {
		return "", err
	}
	sweep(root)
	empty, err := emptyCluster(root)
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(root, fmt.Sprintf("run-%d-", os.Getpid()))
	if err != nil {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	if err := removeAtExit(dir); err != nil {
		return "", err
	}
	// cp keeps the account that owns the files, which is not ours under root.
	if out, err := exec.Command("cp", "-a", filepath.Join(empty, "cluster"), dir).CombinedOutput(); err != nil {
		return "", fmt.Errorf("domaintest: copy the empty cluster: %w: %s", err, out)
	}
	return run(dir), nil
}

func (r run) start(ctx context.Context) (*localpg.Cluster, error) {
	return localpg.Start(ctx, localpg.Options{DataDir: string(r)})
}

func (r run) remove() { _ = os.RemoveAll(string(r)) }

// memory is Linux's file system in memory. On a disk a database takes ten times
// longer, even when nothing is synced: it is some thousand files.
const memory = "/dev/shm"

// enoughMemory is what the tests of two packages may fill at once, generously.
const enoughMemory = 2 << 30

// rootDir holds the clusters of this user's tests. Another user's tests have
// another one, and one that somebody else made in our name is refused.
func rootDir() (string, error) {
	base := os.TempDir()
	var fs syscall.Statfs_t
	if err := syscall.Statfs(memory, &fs); err == nil && fs.Bavail*uint64(fs.Bsize) >= enoughMemory {
		base = memory
	}
	return privateDir(filepath.Join(base, fmt.Sprintf("baara-tests-%d", os.Geteuid())))
}

func privateDir(dir string) (string, error) {
	if err := os.Mkdir(dir, 0o711); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || info.Mode().Perm()&0o022 != 0 || !ok || int(stat.Uid) != os.Geteuid() {
		return "", fmt.Errorf("domaintest: %s belongs to somebody else; remove it", dir)
	}
	return dir, nil
}

// emptyCluster is the stopped cluster, with its roles and database, that every
// run starts from. The first process on the machine makes it, the others wait;
// another PostgreSQL version gets another one.
func emptyCluster(root string) (string, error) {
	version, err := localpg.InstalledVersion(context.Background())
	if err != nil {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	dir := filepath.Join(root, "empty-"+version)
	lock, err := os.OpenFile(dir+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", fmt.Errorf("domaintest: lock: %w", err)
	}
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	aside := dir + ".new"
	if err := os.RemoveAll(aside); err != nil {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	ctx := context.Background()
	cluster, err := run(aside).start(ctx)
	if err != nil {
		return "", err
	}
	if err := cluster.Stop(ctx); err != nil {
		return "", err
	}
	if err := os.Rename(aside, dir); err != nil {
		return "", fmt.Errorf("domaintest: %w", err)
	}
	return dir, nil
}

// removeAtExit starts a shell that waits for the end of its input, which is the
// end of this process, then until PostgreSQL has left the directory, and
// removes it. It has no terminal and none of our outputs, so that go test does
// not wait for it.
func removeAtExit(dir string) error {
	const script = `read -r _; n=0
while [ -e "$0/cluster/postmaster.pid" ] && [ "$n" -lt 300 ]; do sleep 0.1; n=$((n+1)); done
rm -rf -- "$0"`
	cmd := exec.Command("/bin/sh", "-c", script, dir)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	// The writing end is a bare number, left open on purpose: an *os.File would
	// be closed when it is collected as garbage, long before the process ends.
	var ends [2]int
	if err := syscall.Pipe2(ends[:], syscall.O_CLOEXEC); err != nil {
		return fmt.Errorf("domaintest: %w", err)
	}
	input := os.NewFile(uintptr(ends[0]), "end of the process")
	defer input.Close()
	cmd.Stdin = input
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("domaintest: %w", err)
	}
	return nil
}

// sweep removes what a power cut or a kill of everything left behind: runs of
// dead processes that are older than an hour.
func sweep(root string) {
	old, err := filepath.Glob(filepath.Join(root, "run-*-*"))
	if err != nil {
		return
	}
	for _, dir := range old {
		var pid int
		if _, err := fmt.Sscanf(filepath.Base(dir), "run-%d-", &pid); err != nil {
			continue
		}
		if _, err := os.Stat("/proc/" + strconv.Itoa(pid)); err == nil {
			continue
		}
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(dir)
		}
	}
}
