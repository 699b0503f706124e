package localpg

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// installation makes a folder that looks like a PostgreSQL of the version.
func installation(t *testing.T, root, version string) string {
	t.Helper()
	major, _, _ := strings.Cut(version, ".")
	dir := filepath.Join(root, major, "bin")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{
		"initdb":   "#!/bin/sh\n",
		"postgres": "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + " (Debian " + version + "-1)'\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// written makes a data directory that was written by the major version.
func written(t *testing.T, major int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "PG_VERSION"), []byte(strconv.Itoa(major)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestNewestInstallationWins(t *testing.T) {
	root := t.TempDir()
	for _, v := range []string{"9.6", "15.18", "17.2", "16.4"} {
		installation(t, root, v)
	}
	t.Setenv("PATH", t.TempDir())
	b, err := choose(t.Context(), candidates("", filepath.Join(root, "*/bin")), t.TempDir())
	if err != nil || b.major != 17 {
		t.Fatalf("got %+v, %v; want version 17", b, err)
	}
}

func TestPathComesBeforeDebianAndIsFollowed(t *testing.T) {
	root, path := t.TempDir(), t.TempDir()
	installation(t, root, "17.2")
	real := installation(t, t.TempDir(), "16.4")
	if err := os.Symlink(filepath.Join(real, "postgres"), filepath.Join(path, "postgres")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", path+":/bin:/usr/bin")
	b, err := choose(t.Context(), candidates("", filepath.Join(root, "*/bin")), t.TempDir())
	if err != nil || b.dir != real {
		t.Fatalf("got %+v, %v; want %s", b, err, real)
	}
}

func TestNamedFolderIsTheOnlyOne(t *testing.T) {
	root := t.TempDir()
	installation(t, root, "17.2")
	_, err := choose(t.Context(), candidates(t.TempDir(), filepath.Join(root, "*/bin")), t.TempDir())
	if !errors.Is(err, ErrNotInstalled) {
		t.Fatalf("got %v, want ErrNotInstalled: the named folder is empty", err)
	}
}

func TestExistingDataChoosesItsOwnVersion(t *testing.T) {
	root := t.TempDir()
	for _, v := range []string{"15.18", "17.2"} {
		installation(t, root, v)
	}
	t.Setenv("PATH", t.TempDir())
	dirs := candidates("", filepath.Join(root, "*/bin"))
	if b, err := choose(t.Context(), dirs, written(t, 15)); err != nil || b.major != 15 {
		t.Errorf("data of 15: got %+v, %v", b, err)
	}
	var version *VersionError
	if _, err := choose(t.Context(), dirs, written(t, 16)); !errors.As(err, &version) || version.Data != 16 {
		t.Errorf("data of 16: got %v, want a VersionError", err)
	}
}

func TestNothingInstalledSaysWhatToType(t *testing.T) {
	for name, dirs := range map[string][]string{
		"nothing":  nil,
		"too old":  {installation(t, t.TempDir(), "14.9")},
		"no files": {t.TempDir()},
	} {
		_, err := choose(t.Context(), dirs, t.TempDir())
		if !errors.Is(err, ErrNotInstalled) || !strings.Contains(err.Error(), "apt-get install --yes postgresql") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestLeadingNumber(t *testing.T) {
	for in, want := range map[string]int{"15.18": 15, "18beta1": 18, "17": 17} {
		if got, err := leadingNumber(in); err != nil || got != want {
			t.Errorf("%s: got %d, %v", in, got, err)
		}
	}
	if _, err := leadingNumber("devel"); err == nil {
		t.Error("a version without a number was accepted")
	}
}

// stat is a directory as the kernel would describe it.
type stat struct {
	fs.FileInfo
	mode fs.FileMode
}

func (s stat) Mode() fs.FileMode  { return s.mode }
func (s stat) Sys() any           { return s.FileInfo.Sys() }
func (s stat) ModTime() time.Time { return time.Time{} }

func TestClosedDirectoryOnTheWay(t *testing.T) {
	info, err := os.Stat(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	server := account{uid: os.Geteuid() + 4242, gid: os.Getegid() + 4242, other: true}
	for _, c := range []struct {
		name string
		mode fs.FileMode
		as   account
		want bool
	}{
		{"closed to others", 0o700, server, false},
		{"open to pass through", 0o711, server, true},
		{"closed to the group", 0o701, account{uid: server.uid, groups: []int{os.Getegid()}, other: true}, false},
		{"open to the group", 0o710, account{uid: server.uid, groups: []int{os.Getegid()}, other: true}, true},
		{"own", 0o700, account{uid: os.Geteuid(), other: true}, true},
	} {
		if got := c.as.mayEnter(stat{info, c.mode}); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWayToTheData(t *testing.T) {
	server := account{uid: os.Geteuid() + 4242, gid: os.Getegid() + 4242, other: true}
	for _, c := range []struct {
		name   string
		closed string // below the temporary directory of the test
		data   string
		tmp    bool // the closed directory is among the temporary files
		want   bool
	}{
		{"the data directory itself", "data", "data", false, true},
		{"a directory of mktemp above it", "made", "made/deep/data", true, true},
		{"somebody's home above it", "home", "home/data", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			base := t.TempDir()
			for dir := base; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
				if err := os.Chmod(dir, 0o711); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Mkdir(filepath.Join(base, c.closed), 0o700); err != nil {
				t.Fatal(err)
			}
			if !c.tmp {
				t.Setenv("TMPDIR", filepath.Join(base, "elsewhere"))
			}
			err := server.prepare(filepath.Join(base, c.data))
			unreachable := new(UnreachableError)
			if c.want && err != nil || !c.want && !errors.As(err, &unreachable) {
				t.Fatalf("got %v", err)
			}
			if !c.want && unreachable.Dir != filepath.Join(base, c.closed) {
				t.Errorf("the closed directory is said to be %s", unreachable.Dir)
			}
			info, err := os.Stat(filepath.Join(base, c.closed))
			if err != nil {
				t.Fatal(err)
			}
			if opened := info.Mode().Perm()&0o001 != 0; opened != c.want {
				t.Errorf("mode %v", info.Mode().Perm())
			}
			if info.Mode().Perm()&0o044 != 0 {
				t.Errorf("mode %v lets others read", info.Mode().Perm())
			}
		})
	}
}

func TestSocketDirectoryIsPrivate(t *testing.T) {
	home, err := os.MkdirTemp("", "") // t.TempDir's names are too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(home)
	me := account{uid: os.Geteuid(), gid: os.Getegid()}
	dir, err := socketDir(home, me)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(dir) != home {
		t.Fatalf("%s is not in the data directory", dir)
	}
	if again, err := socketDir(home, me); err != nil || again != dir {
		t.Fatalf("the second start got %s, %v; want %s", again, err, dir)
	}
	for name, spoil := range map[string]func() error{
		"open to others": func() error { return os.Chmod(dir, 0o755) },
		"a link":         func() error { return os.Symlink(t.TempDir(), dir) },
		"a file":         func() error { return os.WriteFile(dir, nil, 0o700) },
	} {
		if name != "open to others" {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if _, err := socketDir(home, me); err == nil {
			t.Errorf("%s was accepted", name)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLongNamesAreNotUsedForSockets(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("x", 90))
	if err := os.MkdirAll(long, 0o755); err != nil {
		t.Fatal(err)
	}
	me := account{uid: os.Geteuid(), gid: os.Getegid()}
	for name, tmp := range map[string]string{"long data directory": "", "long temporary directory too": long} {
		t.Setenv("TMPDIR", tmp)
		dir, err := socketDir(long, me)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		defer os.Remove(dir)
		if len(dir) > maxSocketDir {
			t.Errorf("%s: %s is longer than a socket's name may be", name, dir)
		}
		if other, err := socketDir(long+"y", me); err != nil || other == dir {
			t.Errorf("%s: two data directories share %s (%v)", name, dir, err)
		} else {
			defer os.Remove(other)
		}
	}
}
