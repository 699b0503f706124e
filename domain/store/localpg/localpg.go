// Package localpg finds PostgreSQL on the machine and runs a private cluster
// with it, so that one command is enough to start Baara. Nothing is downloaded
// and no other server is touched: the cluster listens on no network address,
// only on a Unix socket in a directory that nobody else may enter, whatever
// else runs on port 5432.
//
// What it promises:
//   - a durable cluster (checksums, fsync, synchronous commits, full page
//     writes) or an error: the settings are read back after every start;
//   - PostgreSQL ends with the process that started it, also when that process
//     is killed with SIGKILL, by a clean shutdown in every case;
//   - a half-made cluster is never used: it is initialised aside and renamed;
//   - one process owns a data directory. The second gets a HeldError that
//     names the first, or attaches to the running cluster with Open or Attach.
//
// What it does not do: upgrade a cluster from one major version of PostgreSQL
// to the next, take backups, or run anywhere but on Linux. An operator who
// needs more gives Baara the URL of a server of their own.
package localpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

// Options say where the cluster lives and how careful it is.
type Options struct {
	// DataDir holds everything of the cluster. It is made when missing, with
	// its parents.
	DataDir string
	// Durable is what anything but a test wants: a commit that was answered is
	// on the disk. Without it the cluster starts faster and may lose data.
	Durable bool
	// Log receives PostgreSQL's own messages; nil discards them. Statements and
	// values are never among them.
	Log *slog.Logger
}

// Cluster is a running private cluster.
type Cluster struct {
	Address
	server *server // nil when another process owns the cluster
	lock   *os.File

	stopping sync.Once
	stopped  error
}

// Start runs the cluster of opt.DataDir, creating it on first use, and returns
// when it accepts connections. ctx bounds the start only; call Stop to end it.
//
// Errors: ErrNotInstalled, *HeldError, *VersionError, *UnreachableError, or
// what PostgreSQL itself said.
func Start(ctx context.Context, opt Options) (*Cluster, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	home, err := filepath.Abs(opt.DataDir)
	if err != nil {
		return nil, fmt.Errorf("localpg: data directory: %w", err)
	}
	owner, err := serverAccount()
	if err != nil {
		return nil, err
	}
	if err := owner.prepare(home); err != nil {
		return nil, err
	}
	lock, err := acquire(home)
	if err != nil {
		return nil, err
	}
	cluster, err := start(ctx, opt, home, owner)
	if err != nil {
		_ = lock.Close()
		return nil, err
	}
	cluster.lock = lock
	return cluster, nil
}

// start does the work of Start under the lock of the data directory.
func start(ctx context.Context, opt Options, home string, owner account) (*Cluster, error) {
	data := clusterDir(home)
	if err := settle(ctx, data); err != nil {
		return nil, err
	}
	bin, err := findBinaries(ctx, data)
	if err != nil {
		return nil, err
	}
	if err := create(ctx, bin, data, owner, opt.Durable); err != nil {
		return nil, err
	}
	sockets, err := socketDir(home, owner)
	if err != nil {
		return nil, err
	}
	server, err := run(bin, data, sockets, owner, opt)
	if err != nil {
		return nil, err
	}
	cluster := &Cluster{Address: Address{socketDir: sockets}, server: server}
	if err := cluster.await(ctx, server.done); err != nil {
		return nil, errors.Join(err, server.failure(), server.stop(ctx))
	}
	if err := cluster.provide(ctx, opt.Durable); err != nil {
		return nil, errors.Join(err, server.stop(ctx))
	}
	return cluster, nil
}

// Attach finds the cluster that another process runs on dataDir. It waits, as
// long as ctx allows, for one that is still starting. Without one it returns
// ErrNotRunning.
func Attach(ctx context.Context, dataDir string) (*Cluster, error) {
	home, err := filepath.Abs(dataDir)
	if err != nil {
		return nil, fmt.Errorf("localpg: data directory: %w", err)
	}
	sockets, err := awaitPostmaster(ctx, home)
	if err != nil {
		return nil, err
	}
	cluster := &Cluster{Address: Address{socketDir: sockets}}
	if err := cluster.await(ctx, nil); err != nil {
		return nil, err
	}
	return cluster, nil
}

// Open attaches to the cluster when it runs and starts it otherwise: what a
// command line tool wants beside a server that may or may not be up. Stop ends
// only what this call started.
func Open(ctx context.Context, opt Options) (*Cluster, error) {
	for {
		cluster, err := Attach(ctx, opt.DataDir)
		if !errors.Is(err, ErrNotRunning) {
			return cluster, err
		}
		cluster, err = Start(ctx, opt)
		if !errors.As(err, new(*HeldError)) { // somebody was faster: attach to theirs
			return cluster, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// Attached reports that another process owns the cluster.
func (c *Cluster) Attached() bool { return c.server == nil }

// Done is closed when PostgreSQL has ended, wanted or not. It is never closed
// for an attached cluster.
func (c *Cluster) Done() <-chan struct{} {
	if c.server == nil {
		return nil
	}
	return c.server.done
}

// Stop ends the cluster: sessions are cut, everything is written. When ctx ends
// first, PostgreSQL is stopped at once, which costs a recovery at the next
// start but no data. A second call returns what the first did. On an attached
// cluster it does nothing.
func (c *Cluster) Stop(ctx context.Context) error {
	if c.server == nil {
		return nil
	}
	c.stopping.Do(func() {
		err := c.server.stop(ctx)
		_ = os.Remove(c.socketDir) // only tidiness: the next start makes or takes it
		c.stopped = errors.Join(err, c.lock.Close())
	})
	return c.stopped
}

func clusterDir(home string) string { return filepath.Join(home, "cluster") }
