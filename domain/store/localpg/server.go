package localpg

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// server is the running postgres process.
type server struct {
	cmd  *exec.Cmd
	log  *relay
	done chan struct{} // closed when the process has ended
	err  error         // how it ended; read after done
}

// run starts postgres in the foreground and returns at once. The thread that
// starts it stays locked to its goroutine until it ends: the kernel ties the
// parent-death signal to the thread, not to the process, so a thread that Go
// gave up early would take the database with it.
func run(bin binaries, data, sockets string, owner account, opt Options) (*server, error) {
	s := &server{log: newRelay(opt.Log), done: make(chan struct{})}
	args := append([]string{"-D", data}, settings(sockets, opt.Durable)...)
	s.cmd = exec.Command(bin.path("postgres"), args...) //nolint:noctx // lives until Stop, not as long as the call that started it
	s.cmd.Dir = "/"
	s.cmd.Env = environment()
	s.cmd.Stdout = s.log
	s.cmd.Stderr = s.log
	s.cmd.WaitDelay = time.Second // a backend may hold the pipe a moment longer
	s.cmd.SysProcAttr = owner.attributes()
	s.cmd.SysProcAttr.Pdeathsig = syscall.SIGINT // fast shutdown: cut sessions, write everything
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := s.cmd.Start()
		started <- err
		if err != nil {
			return
		}
		s.err = s.cmd.Wait()
		close(s.done)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("localpg: start PostgreSQL: %w", err)
	}
	return s, nil
}

// settings are given on the command line, where neither a configuration file
// nor ALTER SYSTEM can change them.
func settings(sockets string, durable bool) []string {
	safe := "on"
	if !durable {
		safe = "off"
	}
	pairs := []string{
		"listen_addresses=",
		"port=" + socketPort,
		"unix_socket_directories=" + sockets,
		"unix_socket_permissions=0700",
		"fsync=" + safe,
		"synchronous_commit=" + safe,
		"full_page_writes=" + safe,
		"max_connections=200",
		"timezone=UTC",
		"log_timezone=UTC",
		"lc_messages=C",
		"log_destination=stderr",
		"logging_collector=off",
		"log_line_prefix=",
		// An error's message may quote what somebody typed; the caller gets it, the log does not.
		"log_min_messages=log",
		"log_min_error_statement=panic",
		"log_error_verbosity=terse",
		"log_statement=none",
	}
	if !durable {
		pairs = append(pairs, "autovacuum=off", "max_wal_size=128MB", "checkpoint_timeout=1h")
	}
	args := make([]string, 0, 2*len(pairs))
	for _, pair := range pairs {
		args = append(args, "-c", pair)
	}
	return args
}

// stop asks for a fast shutdown; when ctx ends first, for an immediate one.
func (s *server) stop(ctx context.Context) error {
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT}
	for i, sig := range signals {
		if err := s.cmd.Process.Signal(sig); err != nil { // it has ended by itself
			<-s.done
			return s.failure()
		}
		if i == len(signals)-1 {
			break
		}
		select {
		case <-s.done:
			return s.failure()
		case <-ctx.Done():
		}
	}
	select {
	case <-s.done:
	case <-time.After(5 * time.Second): // PostgreSQL kills its own after five seconds too
		_ = s.cmd.Process.Kill()
		<-s.done
	}
	return fmt.Errorf("localpg: PostgreSQL did not stop in time and was ended at once: %w", ctx.Err())
}

// failure is how PostgreSQL ended, with its last words, once it has.
func (s *server) failure() error {
	select {
	case <-s.done:
	default:
		return nil
	}
	if s.err == nil || errors.Is(s.err, exec.ErrWaitDelay) {
		return nil
	}
	return fmt.Errorf("localpg: PostgreSQL: %w: %s", s.err, s.log.lastWords())
}
