package seal_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain/seal"
)

// paired is a store that serves the database "one" and holds a wrapping key.
func paired(t *testing.T) (seal.KeyStore, seal.Pairing) {
	t.Helper()
	s := seal.KeyStore{Dir: filepath.Join(t.TempDir(), "keys")}
	p, err := s.Pair(seal.Recorded{Database: "one"})
	if err != nil {
		t.Fatal(err)
	}
	folder, _, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Create(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s, p
}

func TestADatabaseKnowsItsKeyStore(t *testing.T) {
	away := func(names ...string) func(*testing.T, seal.KeyStore) {
		return func(t *testing.T, s seal.KeyStore) {
			for _, name := range names {
				if err := os.RemoveAll(filepath.Join(s.Dir, name)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	from := func(names ...string) func(*testing.T, seal.KeyStore) {
		return func(t *testing.T, s seal.KeyStore) {
			other, _ := paired(t)
			for _, name := range names {
				text, err := os.ReadFile(filepath.Join(other.Dir, name))
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(s.Dir, name), text, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, c := range map[string]struct {
		change   func(*testing.T, seal.KeyStore)
		recorded func(*seal.Recorded)
		want     error
	}{
		"nothing changed":                   {want: nil},
		"the folder is gone":                {change: away("."), want: seal.ErrKeysLost},
		"the folder is empty":               {change: away("store.id", "database", "identity.key", "people"), want: seal.ErrKeysLost},
		"without the box's key":             {change: away("identity.key"), want: seal.ErrKeysLost},
		"without people's keys":             {change: away("people"), want: seal.ErrKeysLost},
		"without its name":                  {change: away("store.id"), want: seal.ErrKeysLost},
		"without its database's name":       {change: away("database"), want: nil},
		"another store":                     {change: from("store.id", "identity.key"), want: seal.ErrKeysWrong},
		"another box's key":                 {change: from("identity.key"), want: seal.ErrKeysWrong},
		"a copy of the database":            {recorded: func(r *seal.Recorded) { r.Database = "two" }, want: seal.ErrKeysElsewhere},
		"another database, new":             {recorded: func(r *seal.Recorded) { *r = seal.Recorded{Database: "two"} }, want: seal.ErrKeysElsewhere},
		"a database that forgot its record": {recorded: func(r *seal.Recorded) { r.Pairing = seal.Pairing{} }, want: nil},
		"a database from before keys were recorded, with its box": {change: away("store.id", "database", "people"),
			recorded: func(r *seal.Recorded) { *r = seal.Recorded{Database: "one", Sealed: true} }, want: nil},
		"the same without its box": {change: away("."),
			recorded: func(r *seal.Recorded) { *r = seal.Recorded{Database: "one", Sealed: true} }, want: seal.ErrKeysLost},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := paired(t)
			r := seal.Recorded{Pairing: p, Database: "one", Sealed: true, Wrapping: 1}
			if c.change != nil {
				c.change(t, s)
			}
			if c.recorded != nil {
				c.recorded(&r)
			}
			before, err := s.Contents()
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.Pair(r)
			if !errors.Is(err, c.want) {
				t.Fatalf("%v, want %v", err, c.want)
			}
			after, err := s.Contents()
			if err != nil {
				t.Fatal(err)
			}
			if c.want != nil && after != before {
				t.Errorf("something was made in its place: %+v, was %+v", after, before)
			}
			if c.want == nil && (r.Store != "" && got != p || after.Database != "one" || after.ID != got.Store) {
				t.Errorf("paired as %+v with %+v; was %+v", got, after, p)
			}
		})
	}
}

func TestAdopting(t *testing.T) {
	s, p := paired(t)
	r := seal.Recorded{Pairing: p, Database: "two", Sealed: true, Wrapping: 1}
	if _, err := s.Pair(r); !errors.Is(err, seal.ErrKeysElsewhere) {
		t.Fatal(err)
	}
	if got, err := s.Adopt(r); got != p || err != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := s.Pair(r); err != nil {
		t.Errorf("the restored database: %v", err)
	}
	r.Database = "one"
	if _, err := s.Pair(r); !errors.Is(err, seal.ErrKeysElsewhere) {
		t.Errorf("the database it served before: %v", err)
	}
	r.Store = "00112233445566778899aabbccddeeff"
	if _, err := s.Adopt(r); !errors.Is(err, seal.ErrKeysWrong) {
		t.Errorf("another database's store: %v", err)
	}
}

func TestPermissionsOfTheKeyStore(t *testing.T) {
	s, _ := paired(t)
	if wrong, err := s.Permissions(); len(wrong) > 0 || err != nil {
		t.Fatalf("as it was made: %v, %v", wrong, err)
	}
	for path, mode := range map[string]os.FileMode{".": 0o750, "people": 0o701, "identity.key": 0o640, "store.id": 0o604} {
		at := filepath.Join(s.Dir, path)
		info, err := os.Stat(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(at, mode); err != nil {
			t.Fatal(err)
		}
		if wrong, err := s.Permissions(); len(wrong) == 0 || err != nil {
			t.Errorf("%s with %#o: %v, %v", path, mode, wrong, err)
		}
		if err := os.Chmod(at, info.Mode().Perm()); err != nil {
			t.Fatal(err)
		}
	}
}
