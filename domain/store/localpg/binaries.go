package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// BinEnv names the folder with initdb and postgres, before any other place.
const BinEnv = "BAARA_PG_BIN"

// oldestMajor is the oldest version the schema is written for.
const oldestMajor = 15

// debianPattern is where Debian and Ubuntu keep one folder a major version.
const debianPattern = "/usr/lib/postgresql/*/bin"

// ErrNotInstalled says that no usable PostgreSQL was found, and what to type.
var ErrNotInstalled = fmt.Errorf("PostgreSQL %d or newer is not installed; install it with: "+
	"sudo apt-get install --yes postgresql (or name its folder in %s, or use a server of your own)", oldestMajor, BinEnv)

// VersionError says that the data was written by another major version than
// any that is installed.
type VersionError struct {
	Data  int   // the version that wrote the data
	Found []int // the versions at hand
}

// Error names the package to install.
func (e *VersionError) Error() string {
	return fmt.Sprintf("localpg: the data directory was written by PostgreSQL %d, but only %v is installed; "+
		"install it with: sudo apt-get install --yes postgresql-%d", e.Data, e.Found, e.Data)
}

// binaries is one installation: the folder that holds initdb and postgres.
type binaries struct {
	dir     string
	version string
	major   int
}

func (b binaries) path(name string) string { return filepath.Join(b.dir, name) }

// findBinaries prefers, in this order, the folder of BAARA_PG_BIN, the one on
// PATH and the newest of Debian's. An existing cluster narrows the choice to
// the major version that wrote it.
func findBinaries(ctx context.Context, data string) (binaries, error) {
	return choose(ctx, candidates(os.Getenv(BinEnv), debianPattern), data)
}

func choose(ctx context.Context, dirs []string, data string) (binaries, error) {
	written, err := dataVersion(data)
	if err != nil {
		return binaries{}, err
	}
	var found []int
	for _, dir := range dirs {
		b, err := inspect(ctx, dir)
		if err != nil || b.major < oldestMajor {
			continue
		}
		if written == 0 || written == b.major {
			return b, nil
		}
		found = append(found, b.major)
	}
	if len(found) > 0 {
		return binaries{}, &VersionError{Data: written, Found: found}
	}
	return binaries{}, fmt.Errorf("localpg: %w", ErrNotInstalled)
}

// candidates lists the folders to look in, best first.
func candidates(named, pattern string) []string {
	if named != "" { // somebody decided: no second guess
		return []string{named}
	}
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	installed, err := filepath.Glob(pattern)
	if err != nil { // only a malformed pattern
		return dirs
	}
	slices.SortFunc(installed, func(a, b string) int { return folderMajor(b) - folderMajor(a) })
	return append(dirs, installed...)
}

// folderMajor reads 15 from /usr/lib/postgresql/15/bin; an odd name sorts last.
func folderMajor(dir string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	if err != nil {
		return 0
	}
	return n
}

// inspect asks the server program for its version and checks that initdb is
// beside it (Debian splits client and server packages).
func inspect(ctx context.Context, dir string) (binaries, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return binaries{}, err
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return binaries{}, err
	}
	fields := strings.Fields(string(out)) // postgres (PostgreSQL) 15.18 (Debian …)
	if len(fields) < 3 {
		return binaries{}, fmt.Errorf("localpg: cannot read the version of %s", dir)
	}
	major, err := leadingNumber(fields[2])
	if err != nil {
		return binaries{}, fmt.Errorf("localpg: cannot read the version of %s: %w", dir, err)
	}
	return binaries{dir: dir, version: fields[2], major: major}, nil
}

// leadingNumber reads 15 from 15.18 and 18 from 18beta1.
func leadingNumber(version string) (int, error) {
	end := strings.IndexFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(version)
	}
	return strconv.Atoi(version[:end])
}

// dataVersion is the major version that wrote the cluster, 0 without one.
func dataVersion(data string) (int, error) {
	body, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("localpg: cluster version: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(body)))
	if err != nil {
		return 0, fmt.Errorf("localpg: cluster version: %w", err)
	}
	return major, nil
}

// InstalledVersion is the full version of the PostgreSQL that a new cluster
// would use, such as "15.18", or ErrNotInstalled.
func InstalledVersion(ctx context.Context) (string, error) {
	b, err := choose(ctx, candidates(os.Getenv(BinEnv), debianPattern), "")
	return b.version, err
}

// Program is the path of a program of the PostgreSQL that a new cluster would
// use, such as pg_dump.
func Program(ctx context.Context, name string) (string, error) {
	b, err := choose(ctx, candidates(os.Getenv(BinEnv), debianPattern), "")
	return b.path(name), err
}
