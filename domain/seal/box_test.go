package seal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain/seal"
)

func TestABoxOpensForItsUseAndKeyOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys", "identity.key")
	box, err := seal.OpenBox(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file is %v (%v)", info.Mode(), err)
	}
	sealed := box.Seal([]byte("JBSWY3DPEHPK3PXP"), "factor totp a")
	if bytes.Contains(sealed, []byte("JBSWY3DPEHPK3PXP")) || bytes.Equal(sealed, box.Seal([]byte("JBSWY3DPEHPK3PXP"), "factor totp a")) {
		t.Error("what is sealed can be read or compared")
	}
	again, err := seal.OpenBox(file)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open(sealed, "factor totp a"); err != nil || string(plain) != "JBSWY3DPEHPK3PXP" {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := again.Open(sealed, "factor totp b"); err == nil {
		t.Error("it opens for another account")
	}
	if _, err := seal.RandomBox().Open(sealed, "factor totp a"); err == nil {
		t.Error("it opens with another key")
	}
	if err := os.WriteFile(file, []byte("AAAA\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.OpenBox(file); err == nil {
		t.Error("a key of three bytes is taken")
	}
}
