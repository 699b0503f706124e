package feed_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// TestAFullDiskHoldsUpTheIndexAlone: while the disk of the index has not a byte left, people are registered and the index answers from what it has;
// once there is room it catches up, without being built anew.
func TestAFullDiskHoldsUpTheIndexAlone(t *testing.T) {
	c, disk := aCountry(t), smallDisk(t, 8)
	for n := range 20 {
		c.register(c.db.SQL, n)
	}
	p := c.start(filepath.Join(disk, "index"), c.Search())
	p.await()
	before := p.ids()

	room := fill(t, disk)
	c.register(c.db.SQL, 20)
	p.until("failing", func(s feed.Status) bool { return s.State == feed.Failing })
	c.register(c.db.SQL, 21)
	var people int
	c.must(c.db.SQL.QueryRow(`SELECT count(*) FROM persons`).Scan(&people))
	if people != 22 {
		t.Errorf("%d people are registered, want 22", people)
	}
	var got []domain.ID
	p.until("answering", func(feed.Status) bool { // not in the moments in which it is opened again
		got = nil
		return p.live.Read(t.Context(), func(s *index.Snapshot) error {
			return s.Each(func(e index.Entry) error { got = append(got, e.ID); return nil })
		}) == nil
	})
	slices.Sort(got)
	if !slices.Equal(got, before) {
		t.Errorf("on the full disk the index answers with %v, want %v as before", got, before)
	}

	room()
	p.await()
	p.agrees()
	if got := p.ids(); len(got) != 22 {
		t.Errorf("the index caught up to %d people, want 22", len(got))
	}
	if left := generations(t, filepath.Join(disk, "index")); len(left) != 1 || filepath.Base(left[0]) != "g000001" {
		t.Errorf("it was built anew: %v", left)
	}
}

// smallDisk is a disk in memory of so many MB. It is mounted by a process with namespaces of its own, so that no other sees it and it goes with
// that process, and used by way of /proc.
func smallDisk(t *testing.T, megabytes int) string {
	t.Helper()
	at := t.TempDir()
	script := fmt.Sprintf(`mount -t tmpfs -o size=%dm,mode=0700 tmpfs "$0" && echo mounted && exec cat`, megabytes)
	keeper := exec.CommandContext(context.WithoutCancel(t.Context()), "unshare", "--map-root-user", "--mount", "sh", "-c", script, at)
	in, err := keeper.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := keeper.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	keeper.Stderr = &said
	if err := keeper.Start(); err != nil {
		t.Skipf("no disk of its own size can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		_ = in.Close() // ends it
		_ = keeper.Wait()
	})
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "mounted\n" {
		_ = in.Close()
		_ = keeper.Wait()
		t.Skipf("no disk of its own size can be mounted here: %s", said.String())
	}
	return filepath.Join("/proc", fmt.Sprint(keeper.Process.Pid), "root", at)
}

// fill takes all the room of a disk; room gives it back.
func fill(t *testing.T, disk string) (room func()) {
	t.Helper()
	name := filepath.Join(disk, "ballast")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		if _, err := io.CopyN(f, zeros{}, int64(size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
