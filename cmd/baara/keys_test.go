package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeysAreLostAndComeBack runs what an operator runs: a store is paired with a
// new database, backed up, lost, told apart from another one, and brought back.
func TestKeysAreLostAndComeBack(t *testing.T) {
	t.Parallel()
	dir, backups := dataDir(t), filepath.Join(t.TempDir(), "backups")
	keys, public := filepath.Join(dir, "keys"), filepath.Join(t.TempDir(), "escrow.pub")
	does := func(status int, says string, env []string, args ...string) string {
		t.Helper()
		p := start(t, env, append(args, "--data-dir", dir)...)
		if got := p.wait(); got != status || !strings.Contains(p.out.String()+p.err.String(), says) {
			t.Fatalf("%v: status %d, want %d and %q: %s %s", args, got, status, says, p.out.String(), p.err.String())
		}
		return p.out.String()
	}
	newest := func() string {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(backups, "*.sealed"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no backup: %v", err)
		}
		return files[len(files)-1]
	}
	does(0, "", nil, "migrate")
	does(0, "0 people", nil, "keys", "list") // pairs both
	escrow := does(0, "open with both halves together", nil, "keys", "escrow", "create", "--public", public)
	var halves []string
	for line := range strings.Lines(escrow) {
		if line = strings.TrimSpace(line); strings.Count(line, "-") > 10 {
			halves = append(halves, line)
		}
	}
	if len(halves) != 2 {
		t.Fatalf("the halves: %q", halves)
	}
	does(0, "is good until", nil, "keys", "backup", backups, "--escrow", public)
	backup := newest()

	away := keys + ".away"
	check(t, os.Rename(keys, away))
	does(3, "the key store is lost", nil, "keys", "list")
	does(3, "the key store is lost", nil, "serve", "--addr", freeAddress(t))
	if _, err := os.Stat(keys); !os.IsNotExist(err) {
		t.Errorf("something was made in its place: %v", err)
	}
	does(0, "are back", []string{"BAARA_KEYS_HALF_1=" + halves[1], "BAARA_KEYS_HALF_2=" + halves[0]}, "keys", "restore", backup)
	does(0, "people and forms", nil, "keys", "rotate")

	box := filepath.Join(keys, "identity.key")
	own, err := os.ReadFile(box)
	check(t, err)
	check(t, os.WriteFile(box, []byte("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), 0o600))
	does(4, "this is another key store", nil, "keys", "list")
	check(t, os.WriteFile(box, own, 0o600))
	check(t, os.WriteFile(filepath.Join(keys, "store.id"), []byte("00112233445566778899aabbccddeeff\n"), 0o600))
	does(4, "this is another key store", nil, "keys", "list")
	check(t, os.RemoveAll(keys))
	check(t, os.Rename(away, keys))
	check(t, os.WriteFile(filepath.Join(keys, "database"), []byte("another\n"), 0o600))
	does(4, "serves another database", nil, "keys", "list")
	does(0, "serve this database from now on", nil, "keys", "adopt")
	does(0, "0 people", nil, "keys", "list")
}
