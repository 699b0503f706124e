package seal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

var backedUp = time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)

const passphrase = "quatre calebasses bleues"

func everything(string) bool { return true }

// filled is a store with three wrapping keys: one in use, one that took a
// subject over, and one that was destroyed.
func filled(t *testing.T) (s seal.KeyStore, ids []string, wrapped []byte, subject domain.ID) {
	t.Helper()
	s = seal.KeyStore{Dir: filepath.Join(t.TempDir(), "keys")}
	if _, err := s.Pair(seal.Recorded{Database: "one"}); err != nil {
		t.Fatal(err)
	}
	folder, _, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		id, err := folder.Create(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	subject = domain.ID(uuid.NewString())
	key, err := seal.NewSubjectKey()
	if err != nil {
		t.Fatal(err)
	}
	if wrapped, err = folder.Wrap(t.Context(), ids[1], subject, key); err != nil {
		t.Fatal(err)
	}
	if err := folder.Keep(t.Context(), ids[1], map[domain.ID][]byte{subject: wrapped}); err != nil {
		t.Fatal(err)
	}
	if err := folder.Destroy(t.Context(), ids[2]); err != nil {
		t.Fatal(err)
	}
	return s, ids, wrapped, subject
}

// snapshot reads every file of a store.
func snapshot(t *testing.T, s seal.KeyStore) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, dir := range []string{s.Dir, s.PeopleDir()} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.IsDir() {
				continue
			}
			text, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			out[f.Name()] = string(text)
		}
	}
	return out
}

func TestALostStoreComesBackFromABackup(t *testing.T) {
	s, ids, wrapped, subject := filled(t)
	escrow, halves, err := seal.NewEscrow()
	if err != nil {
		t.Fatal(err)
	}
	byPassphrase, err := s.BackupByPassphrase(backedUp, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	byEscrow, err := s.BackupByEscrow(backedUp, escrow)
	if err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, s)
	delete(before, "database") // is written when the database is paired again
	for name, open := range map[string]func() (seal.Opened, error){
		"by passphrase": func() (seal.Opened, error) { return seal.OpenByPassphrase(byPassphrase, passphrase) },
		"by halves":     func() (seal.Opened, error) { return seal.OpenByHalves(byEscrow, halves[0], halves[1]) },
		"by halves, typed freely": func() (seal.Opened, error) {
			return seal.OpenByHalves(byEscrow, strings.ToUpper(halves[1]), strings.ReplaceAll(halves[0], "-", " "))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := open()
			if err != nil {
				t.Fatal(err)
			}
			if got := o.Wrapping(); len(got) != 2 || !slices.Contains(got, ids[0]) || !o.Took(ids[1]) || o.Took(ids[0]) {
				t.Errorf("wrapping keys %v of %v", got, ids)
			}
			back := seal.KeyStore{Dir: filepath.Join(t.TempDir(), "keys")}
			done, err := back.Restore(o, everything)
			if want := (seal.Restored{Box: true, Back: 2}); done != want || err != nil {
				t.Fatalf("%+v, want %+v; %v", done, want, err)
			}
			if after := snapshot(t, back); len(after) != len(before) {
				t.Errorf("%d files, were %d", len(after), len(before))
			} else {
				for name, text := range before {
					if after[name] != text {
						t.Errorf("%s came back otherwise", name)
					}
				}
			}
			folder, _, err := back.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := folder.Unwrap(t.Context(), ids[1], subject, wrapped); err != nil {
				t.Errorf("a subject's key: %v", err)
			}
			again, err := back.Restore(o, everything)
			if again != (seal.Restored{}) || err != nil {
				t.Errorf("restoring again did %+v, %v", again, err)
			}
			if wrong, err := back.Permissions(); len(wrong) > 0 || err != nil {
				t.Errorf("permissions: %v, %v", wrong, err)
			}
		})
	}
}

func TestABackupOpensForNobodyElse(t *testing.T) {
	s, _, _, _ := filled(t)
	escrow, halves, err := seal.NewEscrow()
	if err != nil {
		t.Fatal(err)
	}
	_, others, err := seal.NewEscrow()
	if err != nil {
		t.Fatal(err)
	}
	byPassphrase, err := s.BackupByPassphrase(backedUp, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	byEscrow, err := s.BackupByEscrow(backedUp, escrow)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.BackupByPassphrase(backedUp, "trop court"); err == nil {
		t.Error("a short passphrase is taken")
	}
	later := bytes.Replace(byPassphrase, []byte("2026-11-27"), []byte("2027-11-27"), 1) // a younger date by hand
	typo := strings.Replace(halves[0], halves[0][12:13], map[bool]string{true: "2", false: "3"}[halves[0][12] != '2'], 1)
	for name, open := range map[string]func() (seal.Opened, error){
		"another passphrase":    func() (seal.Opened, error) { return seal.OpenByPassphrase(byPassphrase, passphrase+".") },
		"a changed date":        func() (seal.Opened, error) { return seal.OpenByPassphrase(later, passphrase) },
		"a changed byte":        func() (seal.Opened, error) { return seal.OpenByPassphrase(flip(byPassphrase), passphrase) },
		"the same half twice":   func() (seal.Opened, error) { return seal.OpenByHalves(byEscrow, halves[0], halves[0]) },
		"another's half":        func() (seal.Opened, error) { return seal.OpenByHalves(byEscrow, halves[0], others[1]) },
		"another's halves":      func() (seal.Opened, error) { return seal.OpenByHalves(byEscrow, others[0], others[1]) },
		"a typing mistake":      func() (seal.Opened, error) { return seal.OpenByHalves(byEscrow, typo, halves[1]) },
		"a passphrase's halves": func() (seal.Opened, error) { return seal.OpenByHalves(byPassphrase, halves[0], halves[1]) },
		"not a backup":          func() (seal.Opened, error) { return seal.OpenByPassphrase([]byte("x\n"), passphrase) },
	} {
		if _, err := open(); err == nil {
			t.Errorf("%s: it opens", name)
		} else if strings.Contains(err.Error(), passphrase) || strings.Contains(err.Error(), halves[0][11:]) {
			t.Errorf("%s: the error tells a secret: %v", name, err)
		}
	}
	for name, text := range snapshot(t, s) {
		if text != "" && (bytes.Contains(byPassphrase, []byte(strings.TrimSpace(text))) || bytes.Contains(byEscrow, []byte(strings.TrimSpace(text)))) && name != "store.id" {
			t.Errorf("%s is in the backup in clear", name)
		}
	}
}

func flip(text []byte) []byte {
	out := bytes.Clone(text)
	out[len(out)-1] ^= 1
	return out
}

func TestBackupsServeForThirtyDays(t *testing.T) {
	for _, c := range []struct {
		age  time.Duration
		good bool
	}{{0, true}, {30 * 24 * time.Hour, true}, {30*24*time.Hour + time.Second, false}, {-23 * time.Hour, true}, {-25 * time.Hour, false}} {
		if err := (seal.Backup{Made: backedUp}).Fresh(backedUp.Add(c.age)); (err == nil) != c.good {
			t.Errorf("after %s: %v", c.age, err)
		}
	}
}

func TestRestoringBringsNobodyBackWhoWasErased(t *testing.T) {
	s, ids, _, _ := filled(t)
	text, err := s.BackupByPassphrase(backedUp, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	o, err := seal.OpenByPassphrase(text, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	folder, _, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Destroy(t.Context(), ids[0]); err != nil { // after the backup
		t.Fatal(err)
	}
	if done, err := s.Restore(o, everything); done.Back != 0 || done.LeftAway != 1 || err != nil {
		t.Errorf("where the store remembers: %+v, %v", done, err)
	}
	empty := seal.KeyStore{Dir: filepath.Join(t.TempDir(), "keys")}
	if done, err := empty.Restore(o, func(id string) bool { return id != ids[0] }); done.Back != 1 || done.LeftAway != 1 || err != nil {
		t.Errorf("where the database remembers: %+v, %v", done, err)
	}
	if left, _ := filepath.Glob(filepath.Join(empty.PeopleDir(), ids[0]+"*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	other, _, _, _ := filled(t)
	if _, err := other.Restore(o, everything); !errors.Is(err, seal.ErrKeysWrong) {
		t.Errorf("into another store: %v", err)
	}
}

func FuzzBackups(f *testing.F) {
	f.Add([]byte("baara-keys-1 00112233445566778899aabbccddeeff 2026-11-27T08:00:00Z escrow 0123abcd\nbody"), "0123abcd 1 aaaa-bbbb", "x")
	f.Add([]byte("baara-keys-1 00112233445566778899aabbccddeeff 2026-11-27T08:00:00Z passphrase AAAA\n"), "0123abcd 2 0000", "0123abcd 1 0000")
	f.Add([]byte{}, "", "")
	f.Fuzz(func(t *testing.T, text []byte, one, two string) {
		if b, err := seal.BackupHead(text); err == nil && b.How != "passphrase" && b.How != "escrow" {
			t.Errorf("sealed by %q", b.How)
		}
		if _, err := seal.OpenByHalves(text, one, two); err == nil {
			t.Error("it opens")
		}
		var e seal.Escrow
		if e.UnmarshalText(text) == nil && e.Mark() == "" {
			t.Error("an escrow without a mark")
		}
	})
}
