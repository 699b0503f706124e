package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// ErrNotRunning says that no process runs a cluster on the data directory.
var ErrNotRunning = errors.New("localpg: no cluster is running on this data directory")

// HeldError says that another process already runs the cluster.
type HeldError struct {
	DataDir string
	PID     int // of the process that started the cluster; 0 when it is not known
}

// Error names the process, so that a person can look at it.
func (e *HeldError) Error() string {
	return fmt.Sprintf("localpg: the data directory %s is in use by process %d", e.DataDir, e.PID)
}

func lockFile(home string) string { return filepath.Join(home, "lock") }

// acquire takes the data directory for this process. The kernel gives it back
// when the process ends, however it ends.
func acquire(home string) (*os.File, error) {
	f, err := os.OpenFile(lockFile(home), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("localpg: lock: %w", err)
	}
	// An "open file description" lock can be asked about without being taken
	// (see held), unlike flock(2): a question never disturbs a start.
	err = unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: unix.F_WRLCK})
	if err != nil {
		_ = f.Close()
		if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EACCES) {
			return nil, &HeldError{DataDir: home, PID: lockOwner(home)}
		}
		return nil, fmt.Errorf("localpg: lock: %w", err)
	}
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("localpg: lock: %w", err)
	}
	return f, nil
}

func lockOwner(home string) int {
	body, err := os.ReadFile(lockFile(home))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(body)))
	if err != nil {
		return 0
	}
	return pid
}

// held reports whether some process has the data directory.
func held(home string) (bool, error) {
	f, err := os.Open(lockFile(home))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("localpg: lock: %w", err)
	}
	defer f.Close()
	question := unix.Flock_t{Type: unix.F_WRLCK}
	if err := unix.FcntlFlock(f.Fd(), unix.F_OFD_GETLK, &question); err != nil {
		return false, fmt.Errorf("localpg: lock: %w", err)
	}
	return question.Type != unix.F_UNLCK, nil
}

// postmaster is what PostgreSQL writes into postmaster.pid.
type postmaster struct {
	pid       int
	socketDir string // empty until the socket exists
}

// readPostmaster returns false when there is no such file.
func readPostmaster(data string) (postmaster, bool, error) {
	body, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return postmaster{}, false, nil
	}
	if err != nil {
		return postmaster{}, false, fmt.Errorf("localpg: postmaster.pid: %w", err)
	}
	// pid, data directory, start time, port, socket directory, …: one a line.
	lines := strings.Split(string(body), "\n")
	p := postmaster{}
	if p.pid, err = strconv.Atoi(strings.TrimSpace(lines[0])); err != nil {
		return postmaster{}, true, nil // cut short by a crash: nobody is behind it
	}
	if len(lines) > 4 {
		p.socketDir = strings.TrimSpace(lines[4])
	}
	return p, true, nil
}

// serves reports whether the process is the postmaster of this data directory,
// and not a stranger that was given the same number later.
func serves(pid int, data string) bool {
	if pid <= 0 {
		return false
	}
	cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(bytes.Split(cmdline, []byte{0}), func(arg []byte) bool { return string(arg) == data })
}

// settle ends what an earlier owner left behind. The caller holds the lock, so
// a postmaster of this directory has lost its parent and is stopping; one that
// is not told to stop is told now. A stale postmaster.pid is removed, because
// PostgreSQL would take any process with that number for its rival.
func settle(ctx context.Context, data string) error {
	p, found, err := readPostmaster(data)
	if err != nil || !found {
		return err
	}
	for told := false; serves(p.pid, data); told = true {
		if !told {
			if err := syscall.Kill(p.pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
				return fmt.Errorf("localpg: end PostgreSQL process %d left behind: %w", p.pid, err)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("localpg: PostgreSQL process %d left behind does not end: %w", p.pid, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
	if err := os.Remove(filepath.Join(data, "postmaster.pid")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("localpg: stale postmaster.pid: %w", err)
	}
	return nil
}

// awaitPostmaster waits until the owner of the data directory has a socket and
// gives its directory, or ErrNotRunning when there is no owner.
func awaitPostmaster(ctx context.Context, home string) (string, error) {
	data := clusterDir(home)
	for {
		owned, err := held(home)
		if err != nil {
			return "", err
		}
		if !owned {
			return "", ErrNotRunning
		}
		p, _, err := readPostmaster(data)
		if err != nil {
			return "", err
		}
		if p.socketDir != "" && serves(p.pid, data) {
			return p.socketDir, nil
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("localpg: process %d does not finish starting PostgreSQL: %w", lockOwner(home), ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}
