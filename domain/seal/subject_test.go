package seal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

const (
	awa    domain.ID = "01900000-0000-7000-8000-00000000000a"
	moussa domain.ID = "01900000-0000-7000-8000-00000000000b"
)

func TestASubjectsColumnOpensForNothingElse(t *testing.T) {
	mine, err := seal.NewSubjectKey()
	if err != nil {
		t.Fatal(err)
	}
	other, err := seal.NewSubjectKey()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := mine.Seal([]byte("Coulibaly"), awa, "persons.family_name")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := mine.Seal([]byte("Coulibaly"), awa, "persons.family_name")
	if bytes.Contains(sealed, []byte("Coulibaly")) || bytes.Equal(sealed, again) {
		t.Error("what is sealed can be read or compared")
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for name, c := range map[string]struct {
		key     seal.SubjectKey
		sealed  []byte
		subject domain.ID
		column  string
		opens   bool
	}{
		"as it was sealed": {mine, sealed, awa, "persons.family_name", true},
		"another key":      {other, sealed, awa, "persons.family_name", false},
		"another subject":  {mine, sealed, moussa, "persons.family_name", false},
		"another column":   {mine, sealed, awa, "persons.given_names", false},
		"a bit changed":    {mine, changed, awa, "persons.family_name", false},
		"cut":              {mine, sealed[:20], awa, "persons.family_name", false},
		"nothing":          {mine, nil, awa, "persons.family_name", false},
		"another version":  {mine, append([]byte{9}, sealed[1:]...), awa, "persons.family_name", false},
	} {
		t.Run(name, func(t *testing.T) {
			plain, err := c.key.Open(c.sealed, c.subject, c.column)
			if (err == nil) != c.opens || c.opens && string(plain) != "Coulibaly" {
				t.Errorf("%q, %v", plain, err)
			}
		})
	}
}

func TestWrappingKeysOfAFolder(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "people")
	folder, err := seal.OpenKeyFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	another, err := seal.OpenKeyFolder(dir) // another process
	if err != nil {
		t.Fatal(err)
	}
	id, err := folder.Create(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, id+".key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v, %v", info, err)
	}
	key, _ := seal.NewSubjectKey()
	wrapped, err := folder.Wrap(ctx, id, awa, key)
	if err != nil {
		t.Fatal(err)
	}
	sealed, _ := key.Seal([]byte("Coulibaly"), awa, "c")
	back, err := another.Unwrap(ctx, id, awa, wrapped)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := back.Open(sealed, awa, "c"); err != nil || string(plain) != "Coulibaly" {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := another.Unwrap(ctx, id, moussa, wrapped); err == nil {
		t.Error("a key opens for another subject")
	}
	if ids, err := another.List(ctx); err != nil || len(ids) != 1 || ids[0] != id {
		t.Errorf("the folder lists %v, %v", ids, err)
	}
	if err := folder.Destroy(ctx, id); err != nil {
		t.Fatal(err)
	}
	if _, err := another.Unwrap(ctx, id, awa, wrapped); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("after its end, in another process: %v", err)
	}
	if err := folder.Destroy(ctx, id); err != nil {
		t.Errorf("destroyed twice: %v", err)
	}
	for _, bad := range []string{"", "../identity", "../../etc/passwd", "zz"} {
		if _, err := folder.Unwrap(ctx, bad, awa, wrapped); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("the name %q: %v", bad, err)
		}
		if err := folder.Destroy(ctx, bad); err == nil {
			t.Errorf("the name %q is destroyed", bad)
		}
	}
}

func TestLookupsNeedTheKey(t *testing.T) {
	l := seal.NewLookup([]byte("01234567890123456789012345678901"))
	hash := l.Hash("w", "coulibaly")
	if len(hash) != 22 || hash != l.Hash("w", "coulibaly") {
		t.Errorf("a hash is %q and then %q", hash, l.Hash("w", "coulibaly"))
	}
	for name, other := range map[string]string{
		"another kind":  l.Hash("s", "coulibaly"),
		"another value": l.Hash("w", "diarra"),
		"moved border":  l.Hash("wc", "oulibaly"),
		"another key":   seal.NewLookup([]byte("11234567890123456789012345678901")).Hash("w", "coulibaly"),
	} {
		if other == hash {
			t.Errorf("%s gives the same hash", name)
		}
	}
}
