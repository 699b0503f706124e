package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// hostRules lets in whoever can enter the private socket directory and nobody
// over a network. The directory is the wall; passwords beside it would only be
// one more secret to keep.
const hostRules = "local all all trust\n"

// create initialises the cluster when there is none. It works in a directory
// aside and renames it at the end, so that a crash in between leaves nothing
// that looks like a cluster.
func create(ctx context.Context, bin binaries, data string, owner account, durable bool) error {
	if _, err := os.Stat(data); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("localpg: cluster: %w", err)
	}
	aside := data + ".new"
	if err := os.RemoveAll(aside); err != nil {
		return fmt.Errorf("localpg: half-made cluster: %w", err)
	}
	if err := os.Mkdir(aside, 0o700); err != nil {
		return fmt.Errorf("localpg: cluster: %w", err)
	}
	if err := owner.own(aside); err != nil {
		return fmt.Errorf("localpg: cluster: %w", err)
	}
	args := []string{"--pgdata=" + aside, "--username=" + SuperuserRole, "--auth=trust", "--data-checksums",
		"--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"}
	if !durable {
		args = append(args, "--no-sync")
	}
	cmd := exec.CommandContext(ctx, bin.path("initdb"), args...)
	cmd.Dir = "/"
	cmd.Env = environment()
	cmd.SysProcAttr = owner.attributes()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("localpg: initdb: %w: %s", err, strings.TrimSpace(string(out)))
	}
	if err := os.WriteFile(filepath.Join(aside, "pg_hba.conf"), []byte(hostRules), 0o600); err != nil {
		return fmt.Errorf("localpg: host rules: %w", err)
	}
	if err := os.Rename(aside, data); err != nil {
		return fmt.Errorf("localpg: cluster: %w", err)
	}
	return syncDir(filepath.Dir(data))
}

// syncDir makes a rename in the directory survive a power cut.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("localpg: sync: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("localpg: sync: %w", err)
	}
	return nil
}

// environment keeps PGDATA, PGOPTIONS and the like of the caller's shell away
// from the programs, and their messages in English.
func environment() []string {
	env := []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	if libraries, ok := os.LookupEnv("LD_LIBRARY_PATH"); ok {
		env = append(env, "LD_LIBRARY_PATH="+libraries)
	}
	return env
}
