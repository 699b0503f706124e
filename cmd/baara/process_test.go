package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// asProgram lets this test's own binary be the program: nothing is built twice.
const asProgram = "BAARA_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// process is one run of the program.
type process struct {
	*testing.T
	cmd      *exec.Cmd
	out, err output
	done     chan struct{} // closed when it has ended
	url      string        // of a server
}

// start runs the program with arguments until it ends or the test does.
func start(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	p := &process{T: t, done: make(chan struct{})}
	p.cmd = exec.CommandContext(context.Background(), os.Args[0], args...)
	p.cmd.Env = append(append(cleanEnvironment(), asProgram+"=1"), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // how it ended is in ProcessState
		close(p.done)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.done:
		case <-time.After(patience):
			_ = p.cmd.Process.Kill()
			<-p.done
		}
	})
	return p
}

// cleanEnvironment leaves the settings of whoever runs the tests out.
func cleanEnvironment() []string {
	var out []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "BAARA_") && !strings.HasPrefix(v, "PG") {
			out = append(out, v)
		}
	}
	return out
}

// run runs a command to its end and gives its exit status.
func run(t *testing.T, args ...string) (*process, int) {
	t.Helper()
	p := start(t, nil, args...)
	return p, p.wait()
}

func (p *process) wait() int {
	p.Helper()
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		p.Fatalf("it does not end: %s %s", p.out.String(), p.err.String())
		return 0
	}
}

// serve starts a server and waits until it is ready.
func serve(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	addr := freeAddress(t)
	p := start(t, env, append([]string{"serve", "--addr", addr}, args...)...)
	p.url = "http://" + addr
	p.until("ready", func() bool { return p.get("/readyz") == http.StatusOK })
	return p
}

// until waits for a condition while the process lives.
func (p *process) until(what string, done func() bool) {
	p.Helper()
	waitFor(p.T, what, func() bool {
		select {
		case <-p.done:
			p.Fatalf("it ended before it was %s: %s", what, p.err.String())
		default:
		}
		return done()
	})
}

func (p *process) get(path string) int {
	res, err := http.Get(p.url + path)
	if err != nil {
		return 0
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	return res.StatusCode
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// dataDir is a data directory that PostgreSQL's account may reach, which that
// of t.TempDir is not under root.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "baara-process-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}

// leftBehind lists processes that work in the data directory.
func leftBehind(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, path := range found {
		body, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) || err != nil {
			continue
		}
		pid, _ := strconv.Atoi(strings.Split(path, "/")[2])
		if pid != os.Getpid() && bytes.Contains(body, []byte(dir)) {
			out = append(out, fmt.Sprintf("%d %s", pid, bytes.ReplaceAll(body, []byte{0}, []byte{' '})))
		}
	}
	return out
}

// output collects what a process writes while others read it.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

// String gives all that was written.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}
