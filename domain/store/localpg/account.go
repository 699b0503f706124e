package localpg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// systemAccount is the account PostgreSQL runs under when Baara is started by
// root, which PostgreSQL refuses to serve. Every distribution makes it.
const systemAccount = "postgres"

// maxSocketDir keeps the socket's full name under the kernel's 107 bytes.
const maxSocketDir = 80

// account is who PostgreSQL runs as.
type account struct {
	uid, gid int
	groups   []int
	other    bool // not the account of this process: files are handed over to it
}

// UnreachableError says that the account PostgreSQL runs under cannot enter a
// directory on the way to its data.
type UnreachableError struct {
	Dir     string // the directory that is closed
	Data    string // what lies below it
	Account string
}

// Error says what to do about it.
func (e *UnreachableError) Error() string {
	return fmt.Sprintf("localpg: the account %q, which runs PostgreSQL when Baara is started by root, may not enter %s on the way to %s; "+
		"choose another data directory with BAARA_DATA_DIR, or allow it with: chmod o+x %s", e.Account, e.Dir, e.Data, e.Dir)
}

// serverAccount is this process's account, or postgres when that is root.
func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	u, err := user.Lookup(systemAccount)
	if errors.As(err, new(user.UnknownUserError)) {
		return account{}, fmt.Errorf("localpg: there is no account %q to run PostgreSQL under: %w", systemAccount, ErrNotInstalled)
	}
	if err != nil {
		return account{}, fmt.Errorf("localpg: account: %w", err)
	}
	a := account{other: true}
	if a.uid, err = strconv.Atoi(u.Uid); err != nil {
		return account{}, fmt.Errorf("localpg: account: %w", err)
	}
	if a.gid, err = strconv.Atoi(u.Gid); err != nil {
		return account{}, fmt.Errorf("localpg: account: %w", err)
	}
	ids, err := u.GroupIds()
	if err != nil {
		return account{}, fmt.Errorf("localpg: account: %w", err)
	}
	for _, id := range ids {
		if n, err := strconv.Atoi(id); err == nil {
			a.groups = append(a.groups, n)
		}
	}
	return a, nil
}

// prepare makes the data directory and sees to it that the server can get to
// it. Root's own directories are opened for passing through, not for reading,
// where that is ours to decide: the data directory itself, and what lies among
// the temporary files, which mktemp makes closed.
func (a account) prepare(home string) error {
	mode := fs.FileMode(0o700)
	if a.other {
		mode = 0o711 // the server's account passes through, nobody reads
	}
	if err := os.MkdirAll(home, mode); err != nil {
		return fmt.Errorf("localpg: data directory: %w", err)
	}
	for {
		err := a.reach(home)
		closed := new(UnreachableError)
		if !errors.As(err, &closed) {
			return err
		}
		if !ours(closed.Dir, closed.Data) {
			return err
		}
		info, err := os.Stat(closed.Dir)
		if err == nil {
			err = os.Chmod(closed.Dir, info.Mode().Perm()|0o011)
		}
		if err != nil {
			return fmt.Errorf("localpg: data directory: %w", err)
		}
	}
}

// ours reports whether a closed directory on the way to the data may be opened.
func ours(dir, data string) bool {
	info, err := os.Stat(dir)
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(stat.Uid) != os.Geteuid() {
		return false
	}
	temporary, err := filepath.EvalSymlinks(os.TempDir())
	return dir == data || err == nil && strings.HasPrefix(dir, temporary+"/")
}

// reach checks every directory from the root down to dir.
func (a account) reach(dir string) error {
	if !a.other {
		return nil
	}
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return fmt.Errorf("localpg: data directory: %w", err)
	}
	for at := real; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return fmt.Errorf("localpg: data directory: %w", err)
		}
		if !a.mayEnter(info) {
			return &UnreachableError{Dir: at, Data: real, Account: systemAccount}
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

func (a account) mayEnter(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return true
	}
	switch {
	case int(stat.Uid) == a.uid:
		return info.Mode()&0o100 != 0
	case int(stat.Gid) == a.gid || slices.Contains(a.groups, int(stat.Gid)):
		return info.Mode()&0o010 != 0
	}
	return info.Mode()&0o001 != 0
}

// own hands a path over to the server's account.
func (a account) own(path string) error {
	if !a.other {
		return nil
	}
	return os.Chown(path, a.uid, a.gid)
}

// attributes are those of a child process under this account, in a process
// group of its own so that a terminal's Ctrl-C reaches Baara alone.
func (a account) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a.other {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// socketDir makes the private directory of the Unix socket: inside the data
// directory, or, where that name is too long for a socket, among the temporary
// files under a name that follows from it.
func socketDir(home string, owner account) (string, error) {
	dir := filepath.Join(home, "socket")
	if len(dir) > maxSocketDir {
		sum := sha256.Sum256([]byte(home))
		name := "baara-" + hex.EncodeToString(sum[:8])
		dir = filepath.Join(os.TempDir(), name)
		if len(dir) > maxSocketDir || owner.reach(os.TempDir()) != nil {
			dir = filepath.Join("/tmp", name)
		}
	}
	err := os.Mkdir(dir, 0o700)
	if err == nil {
		err = owner.own(dir)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("localpg: socket directory: %w", err)
	}
	// Somebody else could have put a directory, or a link, there to listen in.
	info, err := os.Lstat(dir)
	if err != nil {
		return "", fmt.Errorf("localpg: socket directory: %w", err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || info.Mode().Perm() != 0o700 || !ok || int(stat.Uid) != owner.uid {
		return "", fmt.Errorf("localpg: socket directory: %s is not a private directory of the server's account; remove it", dir)
	}
	return dir, nil
}
